/*
 * The fingerprints of accepted records, kept apart from the records: 20 bytes each, in chunks,
 * so that an import learns in a moment what the hub holds without reading it. Each sync adds
 * chunks with what it put and what it removed; the importer now and then rewrites them as one.
 */
#ifndef STORE_PRINT_H
#define STORE_PRINT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "roster/schema.h"
#include "store/store.h"

struct print {
	uint64_t key;     /* of the SIS id */
	uint64_t content; /* of what is compared */
	uint32_t row;     /* of the record, see row_id in db.h */
} __attribute__((packed));

enum print_kind { PRINT_PUT, PRINT_REMOVED };

/*
 * Tells the chunks of what is accepted of an app, in the order in which they apply. Of a
 * removed print only the key counts.
 */
typedef void print_fn(void *arg, enum entity entity, enum print_kind kind,
	const struct print *prints, size_t count);
int print_load(
	struct store *store, const char *app, print_fn *each, void *arg, struct err *err);

/* How many prints print_load will tell of each entity type, removed ones not counted. */
int print_counts(
	struct store *store, const char *app, int64_t counts[ENTITY_COUNT], struct err *err);

/* Adds prints to what sync `number` staged; inside a transaction. */
int print_add(struct store *store, const char *app, int64_t number, enum entity entity,
	enum print_kind kind, const struct print *prints, size_t count, struct err *err);

/* Forgets all prints of an app; inside a transaction. */
int print_forget(struct store *store, const char *app, struct err *err);

#endif
