/*
 * What is otherwise around the change of the school year, by date: imports suspended, deletions
 * disabled, other limits. Pure functions; the date is that of the schedule's zone.
 */
#ifndef SCHEDULE_ROLLOVER_H
#define SCHEDULE_ROLLOVER_H

#include <stdbool.h>

#include "base/buf.h"
#include "settings/settings.h"

enum rollover_kind { ROLLOVER_SUSPEND, ROLLOVER_KEEP, ROLLOVER_LIMITS, ROLLOVER_KINDS };
const char *rollover_name(enum rollover_kind kind); /* "suspend" */

const struct window *rollover_window(const struct rollover *rollover, enum rollover_kind kind);
bool rollover_is_on(const struct rollover *rollover, enum rollover_kind kind, const char *date);

/* The limits in force on a date: those of the app, or what the rollover puts in their place. */
void rollover_hold(const struct app *app, const char *date, struct hold_settings *out);

/* One sentence about one that is on or will be: "Imports are suspended until 2027-08-15." */
void rollover_describe(const struct rollover *rollover, enum rollover_kind kind,
	const char *date, struct buf *out);

#endif
