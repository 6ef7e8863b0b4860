/*
 * How the schedule of an app stands at a moment: its zone, the next run, what the rollover
 * does. What status, dashboard and `schedule show` tell.
 */
#ifndef SCHEDULE_OUTLOOK_H
#define SCHEDULE_OUTLOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "schedule/next_run.h"
#include "schedule/rollover.h"

struct outlook {
	struct err err; /* why nothing is known: this machine lacks the zone; or ERR_NONE */
	char zone[ZONE_NAME];
	char date[DATE_SIZE]; /* there */
	bool has_next;
	struct next_run next;          /* neither skipped nor suspended */
	bool rollover[ROLLOVER_KINDS]; /* in force */
};

void outlook_take(const struct app *app, int64_t now, struct outlook *out);

/* "Tue 2026-11-24 03:30 PST, daily at 03:30", or why there is none: "the schedule is off". */
void outlook_describe_next(
	const struct app *app, const struct outlook *outlook, struct buf *out);

#endif
