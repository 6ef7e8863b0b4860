#include "schedule/next_run.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

enum {
	DAY = 86400,
	LOOK_DAYS = 40000, /* how far ahead there may be a run: a century */
	SLACK_DAYS = 2     /* a date may begin that much before or after the one of UTC */
};

struct zone *schedule_zone(const struct schedule *schedule, struct err *err)
{
	char system[ZONE_NAME];

	if (schedule->zone)
		return zone_open(schedule->zone, err);
	zone_system(system);
	return zone_open(system, err);
}

static void write_date(int year, int month, int day, char out[DATE_SIZE])
{
	snprintf(out, DATE_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000,
		(unsigned)month % 100, (unsigned)day % 100);
}

void schedule_date(const struct zone *zone, int64_t when, char out[DATE_SIZE])
{
	struct zone_time local;

	zone_at(zone, when, &local);
	write_date(local.year, local.month, local.day, out);
}

/* ---- the runs ---- */

static bool has_day(const struct schedule *schedule, int year, int month, int day, int weekday)
{
	int last = date_month_days(year, month);

	switch (schedule->mode) {
	case SCHEDULE_OFF: return false;
	case SCHEDULE_DAILY: return true;
	case SCHEDULE_WEEKLY: return schedule->days & 1u << weekday;
	case SCHEDULE_MONTHLY: return day == (schedule->day < last ? schedule->day : last);
	}
	return false;
}

/* The run of a day, in days since 1970-01-01. False: it has none. */
static bool run_of_day(const struct schedule *schedule, const struct zone *zone,
	const struct window *suspend, int64_t days, struct next_run *run)
{
	char date[DATE_SIZE];

	date_from_days(days, &run->year, &run->month, &run->day);
	run->weekday = date_weekday(days);
	if (!has_day(schedule, run->year, run->month, run->day, run->weekday))
		return false;
	write_date(run->year, run->month, run->day, date);
	if ((suspend && window_has(suspend, date)) ||
		(*schedule->until && strcmp(date, schedule->until) > 0))
		return false;
	run->fit = zone_find(zone, run->year, run->month, run->day, schedule->time / 60,
		schedule->time % 60, &run->when);
	zone_at(zone, run->when, &run->local);
	return true;
}

size_t next_runs(const struct schedule *schedule, const struct zone *zone,
	const struct window *suspend, int64_t after, struct next_run *list, size_t most)
{
	int64_t first = after / DAY - SLACK_DAYS, days;
	size_t count = 0;

	for (days = first; count < most && days < first + LOOK_DAYS; days++)
		if (run_of_day(schedule, zone, suspend, days, &list[count]) &&
			list[count].when > after)
			count++;
	return count;
}

bool next_run(const struct schedule *schedule, const struct zone *zone,
	const struct window *suspend, int64_t after, struct next_run *run)
{
	while (next_runs(schedule, zone, suspend, after, run, 1)) {
		if (run->fit != ZONE_NEVER)
			return true;
		after = run->when;
	}
	return false;
}

bool due_run(const struct schedule *schedule, const struct zone *zone,
	const struct window *suspend, int64_t since, int64_t now, struct next_run *run)
{
	int64_t days;

	for (days = now / DAY + SLACK_DAYS; days >= since / DAY - SLACK_DAYS; days--)
		if (run_of_day(schedule, zone, suspend, days, run) && run->fit != ZONE_NEVER &&
			run->when > since && run->when <= now)
			return true;
	return false;
}

bool schedule_is_other(const struct schedule *a, const struct schedule *b)
{
	return a->mode != b->mode || a->days != b->days || a->day != b->day ||
	       a->time != b->time ||
	       strcmp(a->zone ? a->zone : "", b->zone ? b->zone : "") != 0;
}

/* ---- words ---- */

static void add_days(unsigned days, struct buf *out)
{
	const char *comma = "";
	int day;

	for (day = 0; day < WEEK_DAYS; day++) {
		if (!(days & 1u << day))
			continue;
		buf_addf(out, "%s%.3s", comma, when_day_name(day));
		comma = ", ";
	}
}

void schedule_describe(const struct schedule *schedule, struct buf *out)
{
	switch (schedule->mode) {
	case SCHEDULE_OFF: buf_adds(out, "off"); return;
	case SCHEDULE_DAILY: buf_adds(out, "daily"); break;
	case SCHEDULE_WEEKLY:
		buf_adds(out, "weekly on ");
		add_days(schedule->days, out);
		break;
	case SCHEDULE_MONTHLY:
		if (schedule->day == 31)
			buf_adds(out, "monthly on the last day");
		else
			buf_addf(out, "monthly on day %d%s", schedule->day,
				schedule->day > 28 ? " (or the last one)" : "");
	}
	buf_adds(out, " at ");
	when_write_time(schedule->time, out);
	if (*schedule->until)
		buf_addf(out, ", until %s", schedule->until);
}

void next_run_describe(
	const struct schedule *schedule, const struct next_run *run, struct buf *out)
{
	buf_addf(out, "%.3s %04d-%02d-%02d ", when_day_name(run->weekday), run->year,
		run->month, run->day);
	when_write_time(schedule->time, out);
	if (run->fit != ZONE_NEVER)
		buf_addf(out, " %s", run->local.name);
}

void next_run_warn(const struct zone *zone, const struct next_run *run, struct buf *out)
{
	struct zone_time before;

	if (run->fit == ZONE_TWICE) {
		buf_adds(out, "the clocks go back over this time: it runs the first time");
	} else if (run->fit == ZONE_NEVER) {
		zone_at(zone, run->when - 1, &before);
		buf_adds(out, "skipped: the clocks go forward from ");
		when_write_time((before.hour * 60 + before.minute + 1) % (24 * 60), out);
		buf_adds(out, " to ");
		when_write_time(run->local.hour * 60 + run->local.minute, out);
	}
}
