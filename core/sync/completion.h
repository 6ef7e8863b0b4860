/*
 * Collections of which a source gives only what changed, or nothing: they are completed from
 * the last pull (pulled.h), so that everything behind sees the whole, and what is in neither
 * stays as it is.
 */
#ifndef SYNC_COMPLETION_H
#define SYNC_COMPLETION_H

#include "base/err.h"
#include "sync/intake.h"

/* Nothing of the collection leaves the hub because it does not come. */
void completion_stays(struct intake *intake, enum collection collection);

/*
 * The collection is a delta (or absent, `delta` false), before its first record. ERR_SOURCE
 * when it is a delta and there is no earlier pull that it could be added to.
 */
int completion_begin(
	struct intake *intake, enum collection collection, bool delta, struct err *err);

/* One of its records came: it is not to be taken from the last pull. */
void completion_came(struct intake *intake, const struct source_record *source, uint64_t key);

/* Its last record came: takes the others from the last pull. */
int completion_end(struct intake *intake, enum collection collection, struct err *err);

#endif
