/*
 * What a sync changed, record by record.
 */
#ifndef STORE_CHANGES_H
#define STORE_CHANGES_H

#include <stdint.h>

#include "base/err.h"
#include "roster/record.h"
#include "store/store.h"

/*
 * What a sync changed, in order: `before` is NULL for a created record, `after` for a deleted
 * one. `entity` ENTITY_NONE: all. A rejected sync's changes are gone: nothing is called.
 */
typedef int change_fn(void *arg, enum change change, const struct record *before,
	const struct record *after, struct err *err);
int history_changes(struct store *store, int64_t number, enum entity entity, change_fn *each,
	void *arg, struct err *err);

#endif
