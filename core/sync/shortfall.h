/*
 * What Data Requirements meet in an app's last pull: how often each attribute is missing, and
 * what Skip would leave out, before anything is saved.
 */
#ifndef SYNC_SHORTFALL_H
#define SYNC_SHORTFALL_H

#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "roster/schema.h"
#include "settings/settings.h"

struct shortfall {
	time_t when;                               /* the pull ended */
	int64_t records[ENTITY_COUNT];             /* of the mapped schools */
	int64_t missing[ENTITY_COUNT][ATTR_COUNT]; /* of these, whatever the rules */
	int64_t skipped[ENTITY_COUNT];             /* that the rules leave out .. */
	int64_t enrollments; /* .. and the enrollments that go with them */
};

/*
 * Counts under the rules of `app` (a draft's, say). Goes over all of the pull: some tenths of a
 * second for a large district. ERR_SETTINGS when there is no pull yet, ERR_CANCELLED.
 */
int shortfall_count(const char *state, const struct app *app, const char *today,
	const atomic_bool *cancel, struct shortfall *out, struct err *err);

#endif
