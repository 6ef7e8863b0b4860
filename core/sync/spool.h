/*
 * Records that wait until more is known. They lie in a private file without a name, so that
 * nothing of them stays whatever happens; they come out in the order in which they went in, as
 * often as is wanted.
 */
#ifndef SYNC_SPOOL_H
#define SYNC_SPOOL_H

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "roster/record.h"

struct spool {
	FILE *file;      /* NULL until the first record */
	struct buf body; /* being written or read */
	struct buf name;
};

void spool_init(struct spool *spool);
void spool_clear(struct spool *spool); /* nothing waits any more; usable again */

/* Puts a record in. `state` is the directory in which the file is made. */
int spool_put(
	struct spool *spool, const char *state, const struct record *record, struct err *err);

/* Ends the putting: the next spool_next gives the first record. */
int spool_rewind(struct spool *spool, struct err *err);

/* The next record. 1: there is one, 0: no more, -1: failed. Strings live until the next call.
 */
int spool_next(
	struct spool *spool, struct record *record, struct arena *arena, struct err *err);

#endif
