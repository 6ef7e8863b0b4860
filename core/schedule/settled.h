/*
 * Up to when the runs that a schedule asks for are settled: made, or not wanted any more. Kept
 * as one line in STATE/schedule/APP, so that what was missed is made up once, and once only.
 */
#ifndef SCHEDULE_SETTLED_H
#define SCHEDULE_SETTLED_H

#include <stdint.h>

#include "base/err.h"
#include "settings/settings.h"

/* Unix seconds; 0: nothing is written down. */
int64_t settled_read(const char *state, const char *app);
int settled_write(const char *state, const char *app, int64_t when, struct err *err);

/*
 * Before settings are written: a schedule that is new or another one asks for nothing of the
 * time before `now`. `before` may be NULL. Does nothing when it is as it was.
 */
int settled_by_change(const char *state, const struct app *before, const struct app *after,
	int64_t now, struct err *err);

int settled_remove(const char *state, const char *app, struct err *err); /* none is fine */

#endif
