/*
 * Where apps say different things of the records that they share, and who wins under the
 * Master Fields, before anything is saved: what the last syncs made one, looked at once more.
 */
#ifndef SYNC_CONFLICTS_H
#define SYNC_CONFLICTS_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/err.h"
#include "rules/masters.h"
#include "settings/settings.h"

struct conflict {
	int64_t differ;             /* records in which the apps' values differ */
	int64_t open;               /* .. and no master decides */
	int64_t wins[MASTERS_APPS]; /* by number of the app */
};

struct conflicts {
	char **app; /* owned, each owned: in order of precedence */
	size_t app_count;
	int64_t shared[ENTITY_COUNT];                     /* records made of several */
	struct conflict of[ENTITY_COUNT][ATTR_COUNT + 1]; /* MASTERS_SIS_ID, too */
};

/*
 * Counts under the hub's rules of `settings` (a draft's, say), whose apps are in order of
 * precedence. Nothing is shared when the store has no layers. ERR_CANCELLED. conflicts_clear in
 * any case.
 */
int conflicts_count(const char *state, const struct settings *settings,
	const atomic_bool *cancel, struct conflicts *out, struct err *err);
void conflicts_clear(struct conflicts *conflicts);

#endif
