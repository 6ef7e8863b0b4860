/*
 * What a verdict does to the store: accepting moves one number, rejecting deletes what carries
 * the sync's number. All run inside the caller's transaction.
 */
#ifndef STORE_VERDICT_H
#define STORE_VERDICT_H

#include <stdint.h>

#include "base/err.h"
#include "store/history.h"
#include "store/store.h"

/* How a row ended; stored. Rows of a layer: ROW_OF_LAYER more. */
enum row_ending { ROW_REPLACED = 1, ROW_DELETED = 2, ROW_OF_LAYER = 2 };

/*
 * Moves the app's accepted number to sync->number, remembers its source, and counts the hub's
 * revision up. With sync->without_deletions, rows that it deletes stay. Of a layer, the hub's
 * own number moves along, and other syncs that are held of an older hub are rejected.
 */
int verdict_accept(struct store *store, const struct sync *sync, struct err *err);

/* Remembers source and prefix of a sync that changed nothing. */
int verdict_remember_source(struct store *store, const struct sync *sync, struct err *err);

/* Deletes what a sync staged, and lets rows that it would have ended live on. */
int verdict_drop(struct store *store, int64_t number, struct err *err);

/*
 * Rejects what is held of an app, or (NULL) of any, because sync `number` takes its place; but
 * not what was compared with hub `revision` (-1: no such).
 */
int verdict_drop_held(struct store *store, const char *app, int64_t number, int64_t revision,
	struct err *err);

/*
 * Hands the deletions that sync `from` staged to sync `to`, which waits for a decision of its
 * own.
 */
int verdict_split_deletions(struct store *store, int64_t from, int64_t to, struct err *err);

/* What an app's next sync compares with. */
struct baseline {
	int64_t accepted; /* sync; 0: none yet */
	int64_t revision; /* of the hub */
	char *source;     /* owned: collection root of the accepted sync; NULL */
	char *prefix;     /* owned: its SIS ID prefix; NULL */
};
int verdict_baseline(
	struct store *store, const char *app, struct baseline *baseline, struct err *err);

void baseline_clear(struct baseline *baseline);

/*
 * A number for all that sync `number` staged, whatever the order: the sum of the fingerprints
 * of its changes. See staged_add for one change.
 */
struct staged_sum {
	uint64_t low;
	uint64_t high;
};
void staged_add(struct staged_sum *sum, const struct store *store, enum entity entity,
	enum change change, const char *sis_id, struct fingerprint content);
int verdict_staged_sum(
	struct store *store, int64_t number, struct staged_sum *sum, struct err *err);

#endif
