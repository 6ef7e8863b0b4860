/*
 * The intake's organisations. They wait until all are there, for only then is known which are
 * above a mapped one.
 */
#ifndef SYNC_ORGANISATIONS_H
#define SYNC_ORGANISATIONS_H

#include "sync/intake.h"

/* Puts an organisation with the others, and the record it makes (NULL: it stays as the hub has
 * it).
 */
void organisations_take(
	struct intake *intake, const struct source_record *source, const struct record *record);

/*
 * All have come: the school plan is made, and the schools of the sync are kept. ERR_SOURCE when
 * there is none at all.
 */
int organisations_end(struct intake *intake, struct err *err);

#endif
