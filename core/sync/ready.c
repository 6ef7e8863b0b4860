#include "sync/ready.h"

#include "schedule/next_run.h"
#include "schedule/rollover.h"

int ready_check(const struct app *app, enum import_mode mode, struct err *err)
{
	size_t i, on = 0;

	if (mode == IMPORT_WITHDRAW)
		return 0;
	if (!app->terms.version)
		return err_set(err, ERR_SETTINGS,
			"The terms of %s are not accepted yet. Read them with: lumenport terms "
			"show %s, then: lumenport terms accept %s",
			app->name, app->name, app->name);
	for (i = 0; i < app->school_count; i++)
		on += app->schools[i].on;
	if (!on)
		return err_set(err, ERR_SETTINGS,
			"No school of %s is switched on. See them with: lumenport schools %s, "
			"or take all with: lumenport schools %s --auto",
			app->name, app->name, app->name);
	return app_check(app, err);
}

int ready_day(const struct app *app, int64_t when, char date[DATE_SIZE],
	struct hold_settings *limits, struct err *err)
{
	struct zone *zone = schedule_zone(&app->schedule, err);

	if (!zone)
		return err_context(err, "schedule.zone of %s", app->name);
	schedule_date(zone, when, date);
	rollover_hold(app, date, limits);
	zone_free(zone);
	return 0;
}
