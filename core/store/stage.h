/*
 * Staging: the one transaction in which a sync's new rows are written and old rows end. A
 * thread of its own writes, while the caller goes on with the next records. Nothing is visible
 * in the hub before a verdict moves the app's accepted number (verdict.h); a crash leaves
 * nothing.
 */
#ifndef STORE_STAGE_H
#define STORE_STAGE_H

#include <stdint.h>

#include "base/err.h"
#include "roster/record.h"
#include "store/store.h"

struct stage;

/* Whether the rows of an app are the hub's, or a layer below it (layers.h). */
enum stage_kind { STAGE_HUB, STAGE_LAYER };

/*
 * Opens the transaction for sync `number` of `app` and drops, inside it, what an earlier held
 * sync of the app had staged. STAGE_LAYER gives the hub rows of its own where it has none yet.
 * The store is the stage's until stage_settle.
 */
struct stage *stage_open(struct store *store, const char *app, int64_t number,
	enum stage_kind kind, struct err *err);

/*
 * Opens a stage for the hub's own rows, inside the transaction of a layer that is settled. It
 * writes at once, so that the store may be read meanwhile.
 */
struct stage *stage_open_hub(struct store *store, int64_t number, struct err *err);

/* Ends a stage of stage_open_hub, after stage_settle; the transaction goes on. NULL is fine. */
void stage_close_hub(struct stage *stage);

/* The first row number that is free for an entity type. */
uint32_t stage_first_row(const struct stage *stage, enum entity entity);

/*
 * Stages a record under a row number of the caller's (ascending within its entity type).
 * `replaces` is the row of the version that ends with it, 0 for a new record. What is handed
 * over is copied. An earlier failure of the writer is returned by any call.
 */
int stage_put(struct stage *stage, enum entity entity, uint32_t row, uint32_t replaces,
	const char *sis_id, const void *body, size_t length, struct err *err);

/* Gives a row that this stage put another body. */
int stage_correct(struct stage *stage, enum entity entity, uint32_t row, const void *body,
	size_t length, struct err *err);

/* Ends a row without a successor. */
int stage_delete(struct stage *stage, enum entity entity, uint32_t row, struct err *err);

/* Waits until all is written. From then on the caller may use the store, inside the
 * transaction. */
int stage_settle(struct stage *stage, struct err *err);

/* Reads a row; after stage_settle. Strings live until the next call and in `arena`. */
int stage_read(struct stage *stage, enum entity entity, uint32_t row, struct record *record,
	struct arena *arena, struct err *err);

/*
 * Takes back a row that this stage put, when it says the same as the one it replaces; after
 * stage_settle. 1: done, and *replaced lives on; 0: it differs, or replaces none; -1: failed.
 */
int stage_take_back(struct stage *stage, enum entity entity, uint32_t row, uint32_t *replaced,
	struct err *err);

/* Commits all of it and ends the stage, after stage_settle. On failure nothing was changed. */
int stage_commit(struct stage *stage, struct err *err);

/* Rolls all of it back and ends the stage. NULL is fine. */
void stage_abandon(struct stage *stage);

#endif
