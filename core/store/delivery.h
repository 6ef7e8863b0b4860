/*
 * What was published: each set that was made, where it went, what became of it, and the hub it
 * showed, so that the next one can say what changed since.
 */
#ifndef STORE_DELIVERY_H
#define STORE_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/moment.h"
#include "store/store.h"

enum delivery_kind { DELIVERY_FOLDER, DELIVERY_ZIP, DELIVERY_SFTP };
const char *delivery_kind_name(enum delivery_kind kind); /* "folder", "zip", "sftp" */

enum delivery_state {
	DELIVERY_DONE,    /* it is where it was to go */
	DELIVERY_WAITING, /* made, but not there yet: it is tried again */
	DELIVERY_FAILED,  /* could not be made */
	DELIVERY_DROPPED, /* a later one took its place before it arrived */
};
const char *delivery_state_name(enum delivery_state state); /* "delivered" ... */

struct delivery {
	int64_t number;
	char *app; /* whose settings said so; NULL: by hand */
	enum delivery_kind kind;
	char *target; /* path, or "sftp://user@host:port/path" */
	char *format; /* "oneroster" */
	char *scope;  /* what shapes the rows: format and what is excluded */
	bool changes; /* only what changed since an earlier one */
	enum delivery_state state;
	int64_t begun, finished; /* Unix seconds; finished: of the last try */
	int64_t revision;        /* of the hub */
	int64_t rows, deleted, left_out, blanked, bytes;
	char sha256[65]; /* of the zip; of a folder, see checksum.h; "" when there is none */
	uint64_t sum;    /* over the rows of the bulk set (export.h) */
	int tries;
	char *error; /* of the last try; NULL */
};
void delivery_clear(struct delivery *delivery);

/*
 * Adds one and gives its number, inside a transaction; `moment` (NULL: of a failed one) is the
 * hub that it shows.
 */
int delivery_add(struct store *store, struct delivery *delivery, const struct moment *moment,
	struct err *err);

/* Writes state, finished, tries and error. */
int delivery_update(struct store *store, const struct delivery *delivery, struct err *err);

/* The newest in a state at a target. 1: filled, 0: none, -1: failed. */
int delivery_newest(struct store *store, const char *target, enum delivery_state state,
	struct delivery *delivery, struct err *err);

/* The hub that a delivery showed, to be read by moment_each. */
int delivery_moment(
	struct store *store, int64_t number, struct moment *moment, struct err *err);

/*
 * Whether what is in the hub, in that scope, has not arrived at a target: what should have
 * brought it there was killed, failed, or is configured since. Nothing is owed by an empty hub.
 */
int delivery_is_owed(struct store *store, const char *target, const char *scope, bool *owed,
	struct err *err);

/* Newest first, of one app or (NULL) all, at most `most`. */
typedef int delivery_fn(void *arg, const struct delivery *delivery, struct err *err);
int delivery_each(struct store *store, const char *app, int64_t most, delivery_fn *each,
	void *arg, struct err *err);

/* Those in which a sync is the one that was accepted, newest first. */
int delivery_each_of(
	struct store *store, int64_t sync, delivery_fn *each, void *arg, struct err *err);

#endif
