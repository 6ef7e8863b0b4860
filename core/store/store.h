/*
 * The hub and what is staged, in SQLite under the state directory. The only directory with SQL.
 *
 * Rows have versions: a row came with one sync (`since`) and may end with another (`until`).
 * For each app one number, its accepted sync, says which rows are in the hub: those with
 * since <= accepted and (until is null or until > accepted). So accepting moves one number.
 * Once several apps make one hub, the rows of apps are layers below the hub's (layers.h).
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdint.h>

#include "base/err.h"
#include "roster/record.h"
#include "roster/schema.h"

struct store;

/* The app whose rows are the hub's own, once there are layers (layers.h). */
#define STORE_HUB ""

/*
 * Opens STATE/hub.db, creating or migrating it. The directory is made 0700. A store written by
 * a newer lumenport is an error. Readers and one writer may work at the same time.
 */
struct store *store_open(const char *state, struct err *err);
void store_close(struct store *store); /* NULL is fine */

/* The random secret that keys this store's fingerprints. RECORD_SECRET bytes, borrowed. */
const uint8_t *store_secret(const struct store *store);

/*
 * All that is read between the two is of one moment, whatever another process accepts
 * meanwhile: for readers that go over the hub more than once. Not around anything that writes.
 */
int store_freeze(struct store *store, struct err *err);
void store_thaw(struct store *store); /* not frozen is fine */

/* A transaction that writes; inside it, whatever the store does belongs together. */
int store_begin(struct store *store, struct err *err);
int store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store); /* none open is fine */

/*
 * Calls `each` for the records of one entity type that are in the hub, in order of arrival.
 * `app` is whose they are: STORE_HUB where records of several apps became one.
 */
typedef int store_each_fn(
	void *arg, const struct record *record, const char *app, struct err *err);
int store_each(struct store *store, enum entity entity, store_each_fn *each, void *arg,
	struct err *err);

/* The same for what the apps say, be they layers or not. */
int store_each_of_apps(struct store *store, enum entity entity, store_each_fn *each, void *arg,
	struct err *err);

/* Number of accepted records of each entity type, of one app or (NULL) of the hub. */
int store_totals(
	struct store *store, const char *app, int64_t totals[ENTITY_COUNT], struct err *err);

#endif
