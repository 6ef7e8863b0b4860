/*
 * What a row asks of other records, kept packed and found by the hash of an id: the school of a
 * class, its teachers, its course. A state's million of classes fit in memory.
 */
#ifndef PUBLISH_LOOKUP_H
#define PUBLISH_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "roster/record.h"

/* One thing kept under a key. */
struct lookup_item {
	uint64_t key;
	uint64_t order;   /* within the key: rank first, then arrival */
	const char *text; /* in the arena */
	size_t length;
};

struct lookup {
	struct lookup_item *items; /* owned */
	size_t count, room;
	struct arena arena;
};

void lookup_init(struct lookup *lookup);
void lookup_clear(struct lookup *lookup);

/* Keeps a text, or a record's values of the attributes named (ATTR_NONE at the end) and its id.
 */
void lookup_add(struct lookup *lookup, uint64_t key, unsigned rank, const char *text);
void lookup_add_record(struct lookup *lookup, uint64_t key, const struct record *record,
	const enum attr *attrs);

/* Once, after the last was added and before the first question. */
void lookup_sort(struct lookup *lookup);

/* What is kept under a key, in order: the first, and how many follow on. */
const struct lookup_item *lookup_find(const struct lookup *lookup, uint64_t key, size_t *count);

/* Reads a record that was kept. False when there is none: `record` is not touched then. */
bool lookup_record(const struct lookup_item *item, enum entity entity, struct record *record,
	struct arena *arena);

#endif
