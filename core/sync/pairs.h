/*
 * The duplicates to be resolved, and those that were: what imports found (store/duplicates.h)
 * with what was decided of it, and both records as they are now. For commands and screens.
 */
#ifndef SYNC_PAIRS_H
#define SYNC_PAIRS_H

#include <stdatomic.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "roster/record.h"
#include "settings/rule.h"

struct pair {
	const char *app; /* whose import found it; NULL: resolved, and not found any more */
	enum entity entity;
	const char *domain;     /* NULL likewise */
	const char *id, *other; /* `other` is NULL of one that is left out for good */
	const struct record *record, *other_record; /* NULL: not there, or not any more */
};

struct pairs {
	struct pair *list; /* owned; what it points to lies in the arena */
	size_t count;
	struct arena arena;
};

/*
 * Of one app, or (NULL) of all; what was resolved belongs to all. Goes over the records of the
 * entity types concerned. ERR_CANCELLED. pairs_clear in any case.
 */
int pairs_load(struct pairs *pairs, const char *state, const char *app,
	const struct rules *of_hub, const atomic_bool *cancel, struct err *err);
void pairs_clear(struct pairs *pairs);

/* What was decided of it; NULL: it is open. */
const struct rule *pair_resolution(const struct pair *pair, const struct rules *of_hub);

/* What people call a record: "Lopez, Maria", "Algebra 1"; nothing when it has no name. */
void pair_name(const struct record *record, struct buf *out);

#endif
