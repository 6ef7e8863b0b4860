/*
 * One set on its way: made from the hub, summed, and written into the history of deliveries.
 */
#ifndef PUBLISH_SET_H
#define PUBLISH_SET_H

#include "base/err.h"
#include "base/lock.h"
#include "publish/export.h"
#include "publish/publish.h"
#include "store/delivery.h"
#include "store/store.h"

/* What shapes the rows: when it changes, so does what should be there. The caller frees. */
char *set_scope(const struct format *format, const char *exclude);

/* Fills what is known of a set before it is made; delivery_clear it in any case. */
void set_begin(const struct publisher *publisher, enum delivery_kind kind, const char *target,
	struct delivery *delivery);

/*
 * Makes the set at `path`, and fills in what is known then. One at a time: else one that began
 * before an accept could end after, and over, the one that shows it; who comes second waits.
 */
int set_make(const struct publisher *publisher, struct store *store, const char *path,
	struct delivery *delivery, struct moment *moment, struct err *err);

/*
 * Into the history, and into the audit when it has arrived. A new one with the hub that it
 * shows, or NULL when it could not be made; one that has its number already is brought up to
 * date.
 */
int set_record(struct store *store, const struct publisher *publisher,
	struct delivery *delivery, const struct moment *moment, struct err *err);

/* The same for a set that could not be made, as far as that is possible. */
void set_record_failure(struct store *store, const struct publisher *publisher,
	struct delivery *delivery, const struct err *failure);

/* Takes a lock of the state directory, or waits for it a minute. */
int set_turn(const char *state, const char *name, const char *doing, struct lock *lock,
	struct err *err);

#endif
