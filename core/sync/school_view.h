/*
 * What Schools Mapping shows: the organisations of the source beside the schools of the hub.
 */
#ifndef SYNC_SCHOOL_VIEW_H
#define SYNC_SCHOOL_VIEW_H

#include <stdatomic.h>

#include "base/err.h"
#include "rules/schools.h"
#include "settings/secret.h"
#include "settings/settings.h"
#include "store/store.h"

/*
 * Pulls the source's organisations and reads the hub's schools. Free with school_lists_clear.
 * app->learned is brought up to date. `cancel` as in source_open.
 */
int school_view(const char *state, struct app *app, const struct secret *secret,
	const atomic_bool *cancel, struct school_lists *lists, struct err *err);

/* Adds an organisation that the source gave, unless it is marked as deleted. */
void school_view_add(struct school_lists *lists, const struct source_record *record);

/* Adds the schools that are in the hub to `lists`. */
int school_view_hub(struct store *store, struct school_lists *lists, struct err *err);

#endif
