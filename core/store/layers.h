/*
 * Several sources in one hub. As long as there is one, its rows are the hub's. When records of
 * several apps are to become one, the hub gets rows of its own, those of the app STORE_HUB, and
 * each app's rows become a layer: what that app says. The hub is then made of the layers
 * (sync/unite.h), and both move in the same transaction.
 */
#ifndef STORE_LAYERS_H
#define STORE_LAYERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "roster/record.h"
#include "store/store.h"

/* Whether the hub has rows of its own. */
int layers_are(struct store *store, bool *are, struct err *err);

/* Whether something of another app was ever accepted. */
int layers_others(struct store *store, const char *app, bool *others, struct err *err);

/*
 * Gives the hub rows of its own: copies of what is accepted, so that nothing changes for
 * whoever looks at it. Of several apps' records of one id the first stays. What is held is
 * rejected, for sync `number` takes its place. Inside a transaction; done already is fine.
 */
int layers_separate(struct store *store, int64_t number, struct err *err);

struct layer {
	char *name;    /* owned; of the app */
	int64_t app;   /* its number in the store */
	int64_t until; /* the sync up to which its rows count */
};

/*
 * The layers there are, `importing` (may be NULL) as of its sync `number`, the others as
 * accepted. Free with layers_free.
 */
int layers_load(struct store *store, const char *importing, int64_t number,
	struct layer **layers, size_t *count, struct err *err);
void layers_free(struct layer *layers, size_t count);

/* Which part of a record is wanted: its SIS id alone costs less. */
enum layer_part { LAYER_IDS, LAYER_RECORDS };

/*
 * Calls `each` for the records of one entity type in those layers, in the order of their rows.
 * `layer` is an index of `layers`. Strings live until the next one.
 */
typedef int layer_fn(
	void *arg, size_t layer, uint32_t row, const struct record *record, struct err *err);
int layers_each(struct store *store, const struct layer *layers, size_t count,
	enum entity entity, enum layer_part part, layer_fn *each, void *arg, struct err *err);

/* Reads rows one by one, whosever they are. */
struct row_reader;
struct row_reader *row_reader_new(struct store *store, struct err *err);
void row_reader_free(struct row_reader *reader); /* NULL is fine */

/* 1: read, its strings lie in `arena`; 0: there is no such row; -1: failed. */
int row_read(struct row_reader *reader, enum entity entity, uint32_t row, struct record *record,
	struct arena *arena, struct err *err);

#endif
