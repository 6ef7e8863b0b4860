/*
 * How many records of each entity type the filters of a sync left out.
 */
#ifndef STORE_FILTERED_H
#define STORE_FILTERED_H

#include <stdint.h>

#include "base/err.h"
#include "roster/schema.h"
#include "store/store.h"

/* Inside a transaction. */
int filtered_write(struct store *store, int64_t sync, const int64_t filtered[ENTITY_COUNT],
	struct err *err);

/* Those that are stored; the others stay as they are. */
int filtered_read(
	struct store *store, int64_t sync, int64_t filtered[ENTITY_COUNT], struct err *err);

#endif
