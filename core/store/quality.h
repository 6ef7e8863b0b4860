/*
 * What syncs found wrong in the data: counts and the records. The newest sync of an app keeps
 * up to PROBLEMS_KEPT of each class; older ones QUALITY_OLD, enough to see what it was about.
 */
#ifndef STORE_QUALITY_H
#define STORE_QUALITY_H

#include <stdint.h>

#include "base/err.h"
#include "roster/problem.h"
#include "store/store.h"

enum { QUALITY_OLD = 100 };

/*
 * Writes the problems of an app's new sync, and takes from the one before what only the newest
 * keeps; inside a transaction.
 */
int quality_write(struct store *store, const char *app, int64_t number,
	const struct problems *problems, struct err *err);

/*
 * The problems of a sync that were kept, by class and in the order in which they were found; of
 * one class, or (PROBLEM_KINDS) of all.
 */
typedef int quality_fn(void *arg, enum problem problem, enum entity entity, const char *sis_id,
	const char *detail, struct err *err);
int quality_each(struct store *store, int64_t number, enum problem of, quality_fn *each,
	void *arg, struct err *err);

#endif
