/*
 * Whose a record of the hub is, where the hub has rows of its own and the record is of one app:
 * the app in whose layer it is. (One made of several tells its origins itself.)
 */
#ifndef SYNC_OWNERS_H
#define SYNC_OWNERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "roster/schema.h"
#include "store/layers.h"

struct owner {
	uint64_t id; /* hash of the SIS id */
	size_t layer;
};

struct owners {
	struct layer *layers; /* owned */
	size_t layer_count;
	struct owner *list; /* owned; ascending by id */
	size_t count, room;
};

/* Of one entity type, as accepted; nothing when the store has no layers. */
int owners_load(
	struct owners *owners, struct store *store, enum entity entity, struct err *err);
void owners_clear(struct owners *owners); /* in any case */

/* The app; NULL when it is not known. Borrowed. */
const char *owners_find(const struct owners *owners, const char *sis_id);

#endif
