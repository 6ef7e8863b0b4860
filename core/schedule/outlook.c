#include "schedule/outlook.h"

#include <stdio.h>
#include <string.h>

void outlook_take(const struct app *app, int64_t now, struct outlook *out)
{
	struct zone *zone;
	enum rollover_kind kind;

	memset(out, 0, sizeof(*out));
	zone = schedule_zone(&app->schedule, &out->err);
	if (!zone)
		return;
	snprintf(out->zone, sizeof(out->zone), "%s", zone_name(zone));
	schedule_date(zone, now, out->date);
	out->has_next = next_run(&app->schedule, zone, &app->rollover.suspend, now, &out->next);
	for (kind = 0; kind < ROLLOVER_KINDS; kind++)
		out->rollover[kind] = rollover_is_on(&app->rollover, kind, out->date);
	zone_free(zone);
}

void outlook_describe_next(
	const struct app *app, const struct outlook *outlook, struct buf *out)
{
	if (outlook->err.code) {
		buf_addf(out, "not known: %s", outlook->err.text);
	} else if (app->schedule.mode == SCHEDULE_OFF) {
		buf_adds(out, "when somebody runs it; its schedule is off");
	} else if (!outlook->has_next) {
		buf_adds(out, "none; its schedule was ");
		schedule_describe(&app->schedule, out);
	} else {
		next_run_describe(&app->schedule, &outlook->next, out);
		buf_adds(out, " (");
		schedule_describe(&app->schedule, out);
		buf_addc(out, ')');
	}
}
