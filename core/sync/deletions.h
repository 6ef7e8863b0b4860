/*
 * Hold deletions only: additions and updates go through, the deletions wait as a sync of their
 * own.
 */
#ifndef SYNC_DELETIONS_H
#define SYNC_DELETIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "store/history.h"
#include "store/store.h"
#include "sync/tally.h"

/* Only deletions are held, and there is something else that need not wait for them. */
bool deletions_can_wait(const struct sync *sync);

/*
 * Hands what `sync` deletes, and the rules that fired, to a held sync of their own; its number
 * is in sync->waiting then, and `sync` is to be accepted. Inside the stage's transaction.
 */
int deletions_split(
	struct store *store, struct sync *sync, const struct tally *tally, struct err *err);

#endif
