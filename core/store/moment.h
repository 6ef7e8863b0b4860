/*
 * The hub of one moment: for each app whose rows are the hub's (layers.h), the sync that was
 * its accepted one. As rows have versions (store.h), the hub of a moment can be read as long as
 * its versions are kept.
 */
#ifndef STORE_MOMENT_H
#define STORE_MOMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "roster/record.h"
#include "store/store.h"

struct moment_app {
	int64_t id;       /* of the store */
	int64_t accepted; /* sync; 0: none */
	char *name;       /* owned; STORE_HUB where several apps make the hub */
};

struct moment {
	int64_t revision; /* of the hub */
	int64_t when;     /* Unix seconds at which the newest of these syncs was accepted */
	struct moment_app *apps; /* owned, ascending by id */
	size_t count;
};

/* The hub as it is; inside store_freeze, what is read later is the same. */
int moment_now(struct store *store, struct moment *moment, struct err *err);
void moment_add(struct moment *moment, int64_t app, int64_t accepted, const char *name);
void moment_clear(struct moment *moment);

/* Calls `each` for the records of one entity type that were in the hub, in order of arrival. */
int moment_each(struct store *store, const struct moment *moment, enum entity entity,
	store_each_fn *each, void *arg, struct err *err);

#endif
