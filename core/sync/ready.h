/*
 * Before a run: may it start, and what is otherwise on the day that the district has.
 */
#ifndef SYNC_READY_H
#define SYNC_READY_H

#include "base/date.h"
#include "sync/import.h"

/* ERR_SETTINGS: terms not accepted, no school on, settings that do not go together. */
int ready_check(const struct app *app, enum import_mode mode, struct err *err);

/* The date of a moment in the zone of the app's schedule, and the limits that hold then. */
int ready_day(const struct app *app, int64_t when, char date[DATE_SIZE],
	struct hold_settings *limits, struct err *err);

#endif
