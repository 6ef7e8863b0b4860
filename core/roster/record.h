/*
 * One roster record, and its packed form: what the store keeps and what is fingerprinted.
 */
#ifndef ROSTER_RECORD_H
#define ROSTER_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "roster/schema.h"

enum {
	RECORD_LIST = '\x1f', /* between the items of a list value */
	RECORD_SECRET = 192,  /* bytes of the secret that keys fingerprints (XXH3) */
};

/* An attribute outside the schema: metadata.* and other extensions, as found. */
struct extra {
	const char *name;
	const char *value;
};

/* All strings are borrowed: from an arena, a packed body, or a literal. */
struct record {
	enum entity entity;
	const char *sis_id;
	const char *value[ATTR_COUNT]; /* NULL: not there. Never "" */
	const struct extra *extra;     /* in ascending order of name */
	size_t extras;
};

void record_init(struct record *record, enum entity entity, const char *sis_id);

/*
 * Writes the record to `body` (emptied first) so that equal records give equal bytes.
 * Returns how many of the first bytes are content: what follows is lastModified, which is
 * kept but not compared.
 */
size_t record_pack(const struct record *record, struct buf *body);

/*
 * Reads a packed body. The record's strings lie in `body`, the extras array in `arena`.
 * entity and sis_id are as given. Returns 0, or -1 when the body is damaged.
 */
int record_unpack(struct record *record, enum entity entity, const char *sis_id,
	const char *body, size_t length, struct arena *arena);

/* How many of the first bytes of a packed body are content, as record_pack told. */
size_t record_content(const char *body, size_t length);

/* Fingerprint of a packed body's content under the store's secret: XXH3, 128 bits. */
struct fingerprint {
	uint64_t low;
	uint64_t high;
};
struct fingerprint record_fingerprint(
	const void *content, size_t length, const uint8_t secret[RECORD_SECRET]);

/* One attribute in which two versions differ. A side is NULL where it has no value. */
struct difference {
	const char *name; /* the hub's word for the attribute */
	const char *before;
	const char *after;
	bool personal;
};

/*
 * Lists the attributes in which `after` differs from `before` (either may be NULL: all of the
 * other's). At most `most` are written; returns how many there are. lastModified never counts.
 */
size_t record_compare(const struct record *before, const struct record *after,
	struct difference *out, size_t most);

/* The next item of a list value: sets `length`, moves `list` on; NULL at its end. */
const char *list_next(const char **list, size_t *length);

/*
 * The items of a set in one order, each once, so that another order is no change. Returns
 * `list` or a copy in `arena`.
 */
const char *list_sort(const char *list, struct arena *arena);

/* A list with the items of both (either may be NULL), each once: NULL when there are none. */
const char *list_unite(const char *a, const char *b, struct arena *arena);

/* Adds to `into` the extras of `from` that it has not. */
void record_unite_extras(struct record *into, const struct record *from, struct arena *arena);

#endif
