/*
 * Looking into sets of any size: first the row numbers of what is asked for, 8 bytes each, then
 * the few records that are shown. For screens; an import or an export has no use for it.
 */
#ifndef STORE_BROWSE_H
#define STORE_BROWSE_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "roster/record.h"
#include "roster/schema.h"
#include "store/store.h"

/* A record of the hub (`after` only), or a change: created has no `before`, deleted no `after`.
 */
struct browse_row {
	uint32_t before; /* 0: none */
	uint32_t after;
};

enum change browse_change(struct browse_row row);

struct browse_query {
	enum entity entity;
	int64_t sync;              /* what this one changes; 0: what is in the hub */
	enum change change;        /* only these; CHANGE_NONE: all */
	const char *app;           /* what this app says; NULL: the hub */
	const char *search;        /* every word of it must occur in a value; NULL or "": all */
	const atomic_bool *cancel; /* looked at now and then; may be NULL */
};

struct browse {
	struct browse_row *rows; /* owned; in order of arrival */
	size_t count;
	size_t total; /* without the search */
};

/* Fills `found` (initialised by this). A search ignores case and accents. ERR_CANCELLED. */
int browse_find(struct store *store, const struct browse_query *query, struct browse *found,
	struct err *err);
void browse_clear(struct browse *browse);

/* The row of the hub's record of that SIS id; 0: there is none. -1: failed. */
int browse_by_id(struct store *store, enum entity entity, const char *sis_id, uint32_t *row,
	struct err *err);

/*
 * Reads a record by its row. Its strings lie in `arena`, as does the app's name. 1: read, 0: it
 * is no longer there (rejected, purged), -1: failed.
 */
int browse_read(struct store *store, enum entity entity, uint32_t row, struct record *record,
	const char **app, struct arena *arena, struct err *err);

#endif
