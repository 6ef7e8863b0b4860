/*
 * Schedules through a whole school year: both clock changes in several zones, the leap day,
 * short months, ends and suspensions; and what is due when somebody asks every hour, or was
 * away.
 */
#include "schedule/next_run.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tap.h"

static struct err err;

static struct zone *need(const char *name)
{
	struct zone *zone = zone_open(name, &err);

	if (!zone) {
		ok(false, "%s", err.text);
		exit(done_testing());
	}
	return zone;
}

/* A moment in UTC: "2027-03-14 10:00". */
static int64_t at(const char *text)
{
	struct tm tm = {0};

	strptime(text, "%Y-%m-%d %H:%M", &tm);
	return timegm(&tm);
}

/* ---- the runs of a moment, as a text ---- */

static const char *describe(const struct schedule *schedule, const struct zone *zone,
	const struct window *suspend, const char *after, size_t most)
{
	static struct buf text;
	struct next_run runs[10];
	size_t count = next_runs(schedule, zone, suspend, at(after), runs, most), i;

	if (!text.data)
		buf_init(&text);
	buf_reset(&text);
	for (i = 0; i < count; i++) {
		next_run_describe(schedule, &runs[i], &text);
		if (runs[i].fit != ZONE_ONCE) {
			buf_adds(&text, " (");
			next_run_warn(zone, &runs[i], &text);
			buf_adds(&text, ")");
		}
		buf_adds(&text, i + 1 < count ? "; " : "");
	}
	return text.data;
}

static void test_rows(void)
{
	static const struct {
		struct schedule schedule;
		const char *zone, *after, *want;
	} rows[] = {
		{{.mode = SCHEDULE_OFF}, "UTC", "2026-11-23 12:00", ""},
		{{.mode = SCHEDULE_DAILY, .time = 210}, "America/Los_Angeles",
			"2026-11-23 11:29",
			"Mon 2026-11-23 03:30 PST; Tue 2026-11-24 03:30 PST"},
		{{.mode = SCHEDULE_DAILY, .time = 210}, "America/Los_Angeles",
			"2026-11-23 11:30",
			"Tue 2026-11-24 03:30 PST; Wed 2026-11-25 03:30 PST"},
		/* over the changes of the clocks */
		{{.mode = SCHEDULE_DAILY, .time = 210}, "America/Los_Angeles",
			"2027-03-13 12:00",
			"Sun 2027-03-14 03:30 PDT; Mon 2027-03-15 03:30 PDT"},
		{{.mode = SCHEDULE_DAILY, .time = 150}, "America/Los_Angeles",
			"2027-03-13 12:00",
			"Sun 2027-03-14 02:30 (skipped: the clocks go forward from 02:00 to "
			"03:00); Mon 2027-03-15 02:30 PDT"},
		{{.mode = SCHEDULE_DAILY, .time = 90}, "America/Los_Angeles",
			"2026-11-01 07:00",
			"Sun 2026-11-01 01:30 PDT (the clocks go back over this time: it runs "
			"the first time); Mon 2026-11-02 01:30 PST"},
		{{.mode = SCHEDULE_DAILY, .time = 90}, "America/Los_Angeles",
			"2026-11-01 08:30",
			"Mon 2026-11-02 01:30 PST; Tue 2026-11-03 01:30 PST"},
		{{.mode = SCHEDULE_WEEKLY, .days = 1 << 6, .time = 150}, "Europe/Berlin",
			"2027-03-22 12:00",
			"Sun 2027-03-28 02:30 (skipped: the clocks go forward from 02:00 to "
			"03:00); Sun 2027-04-04 02:30 CEST"},
		{{.mode = SCHEDULE_DAILY, .time = 150}, "Europe/Berlin", "2026-10-24 12:00",
			"Sun 2026-10-25 02:30 CEST (the clocks go back over this time: it runs "
			"the first time); Mon 2026-10-26 02:30 CET"},
		/* half an hour only */
		{{.mode = SCHEDULE_DAILY, .time = 135}, "Australia/Lord_Howe",
			"2026-10-03 10:00",
			"Sun 2026-10-04 02:15 (skipped: the clocks go forward from 02:00 to "
			"02:30); Mon 2026-10-05 02:15 +11"},
		{{.mode = SCHEDULE_DAILY, .time = 105}, "Australia/Lord_Howe",
			"2027-04-03 10:00",
			"Sun 2027-04-04 01:45 +11 (the clocks go back over this time: it runs "
			"the first time); Mon 2027-04-05 01:45 +1030"},
		/* days of the week, of the month */
		{{.mode = SCHEDULE_WEEKLY, .days = 1 << 0 | 1 << 4, .time = 0}, "Asia/Kolkata",
			"2027-12-30 12:00",
			"Fri 2027-12-31 00:00 IST; Mon 2028-01-03 00:00 IST"},
		{{.mode = SCHEDULE_MONTHLY, .day = 31, .time = 210}, "UTC", "2028-01-15 00:00",
			"Mon 2028-01-31 03:30 UTC; Tue 2028-02-29 03:30 UTC"},
		{{.mode = SCHEDULE_MONTHLY, .day = 30, .time = 210}, "UTC", "2027-02-01 00:00",
			"Sun 2027-02-28 03:30 UTC; Tue 2027-03-30 03:30 UTC"},
		{{.mode = SCHEDULE_MONTHLY, .day = 29, .time = 210}, "UTC", "2100-02-01 00:00",
			"Sun 2100-02-28 03:30 UTC; Mon 2100-03-29 03:30 UTC"},
		{{.mode = SCHEDULE_MONTHLY, .day = 14, .time = 150}, "America/Los_Angeles",
			"2027-03-01 00:00",
			"Sun 2027-03-14 02:30 (skipped: the clocks go forward from 02:00 to "
			"03:00); Wed 2027-04-14 02:30 PDT"},
		/* zones without summer time */
		{{.mode = SCHEDULE_DAILY, .time = 150}, "America/Phoenix", "2027-03-14 00:00",
			"Sun 2027-03-14 02:30 MST; Mon 2027-03-15 02:30 MST"},
		/* an end */
		{{.mode = SCHEDULE_DAILY, .time = 210, .until = "2027-06-30"}, "UTC",
			"2027-06-29 12:00", "Wed 2027-06-30 03:30 UTC"},
		{{.mode = SCHEDULE_DAILY, .time = 210, .until = "2027-06-30"}, "UTC",
			"2027-06-30 12:00", ""},
		/* far from UTC: the day is that of the zone */
		{{.mode = SCHEDULE_DAILY, .time = 10, .until = "2027-06-30"},
			"Pacific/Kiritimati", "2027-06-28 11:00", "Wed 2027-06-30 00:10 +14"},
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct zone *zone = need(rows[i].zone);
		const char *got = describe(&rows[i].schedule, zone, NULL, rows[i].after, 2);

		is_str(got, rows[i].want, "%s after %s", rows[i].zone, rows[i].after);
		zone_free(zone);
	}
}

static void test_suspend(void)
{
	const struct schedule schedule = {.mode = SCHEDULE_DAILY, .time = 210};
	const struct window summer = {"2027-06-20", "2027-08-08"};
	const struct window ages = {"2027-06-20", "2999-08-08"};
	struct zone *zone = need("America/Los_Angeles");
	struct next_run run;

	is_str(describe(&schedule, zone, &summer, "2027-06-18 12:00", 2),
		"Sat 2027-06-19 03:30 PDT; Mon 2027-08-09 03:30 PDT", "the summer has no runs");
	ok(!next_run(&schedule, zone, &ages, at("2027-06-20 00:00") + 86400, &run),
		"suspended for ages there is no next one");
	ok(!due_run(&schedule, zone, &summer, at("2027-06-19 12:00"), at("2027-08-09 08:00"),
		   &run),
		"nothing of the summer is due when it ends");
	ok(due_run(&schedule, zone, &summer, at("2027-06-19 12:00"), at("2027-08-09 10:30"),
		   &run) &&
			run.when == at("2027-08-09 10:30"),
		"but the first one after it");
	zone_free(zone);
}

/* ---- a school year against the C library ---- */

/* The run of each day as mktime has it, which knows nothing of the zone files read here. */
static void test_year(const char *name, int time, int want_skipped, int want_twice)
{
	const struct schedule schedule = {.mode = SCHEDULE_DAILY, .time = time};
	struct zone *zone = need(name);
	int64_t after = at("2027-07-31 12:00");
	int day, same = 0, skipped = 0, twice = 0;

	setenv("TZ", name, 1);
	tzset();
	for (day = 1; day <= 366; day++) { /* August 2027 to July 2028: a leap year */
		struct tm tm = {.tm_year = 127,
			.tm_mon = 7,
			.tm_mday = day,
			.tm_hour = time / 60,
			.tm_min = time % 60,
			.tm_isdst = -1};
		struct next_run run;
		time_t when = mktime(&tm);

		if (next_runs(&schedule, zone, NULL, after, &run, 1) != 1)
			break;
		after = run.when;
		skipped += run.fit == ZONE_NEVER;
		twice += run.fit == ZONE_TWICE;
		if (run.day != tm.tm_mday || run.month != tm.tm_mon + 1)
			continue;
		/* mktime takes either of two; and moves what there is not */
		same += run.when == when ||
			(run.fit == ZONE_NEVER && tm.tm_hour * 60 + tm.tm_min != time) ||
			(run.fit == ZONE_TWICE && when - run.when <= 3600 && when > run.when);
	}
	ok(same == 366 && skipped == want_skipped && twice == want_twice,
		"%s %02d:%02d: %d of 366 days, %d skipped, %d twice", name, time / 60,
		time % 60, same, skipped, twice);
	zone_free(zone);
}

static void test_years(void)
{
	test_year("America/Los_Angeles", 210, 0, 0);
	test_year("America/Los_Angeles", 150, 1, 0);
	test_year("America/Los_Angeles", 90, 0, 1);
	test_year("America/St_Johns", 150, 1, 0);
	test_year("Europe/Berlin", 150, 1, 1);
	test_year("Europe/Berlin", 210, 0, 0);
	test_year("Europe/London", 90, 1, 1);
	test_year("Australia/Lord_Howe", 135, 1, 0);
	test_year("Australia/Lord_Howe", 105, 0, 1);
	test_year("Pacific/Auckland", 150, 1, 1);
	test_year("America/Phoenix", 150, 0, 0);
	test_year("Asia/Kolkata", 0, 0, 0);
	test_year("Pacific/Kiritimati", 1439, 0, 0);
	test_year("UTC", 150, 0, 0);
}

/* ---- what is due ---- */

/* Asked every hour through a year, but while it is away: how many runs, how many made up. */
static void test_asked_hourly(void)
{
	const struct schedule schedule = {.mode = SCHEDULE_DAILY, .time = 210};
	struct zone *zone = need("America/Los_Angeles");
	int64_t now, since = at("2027-08-01 00:00"), end = since + INT64_C(366) * 86400;
	const int64_t away = at("2028-01-10 00:00"), back = at("2028-01-20 15:30");
	int runs = 0, late = 0, twice = 0;
	int64_t last = 0;
	struct next_run run;

	for (now = since + 1800; now < end; now += 3600) {
		if (now >= away && now < back)
			continue;
		if (!due_run(&schedule, zone, NULL, since, now, &run))
			continue;
		runs++;
		late += run.when != now;
		twice += run.when == last;
		last = since = run.when;
	}
	is_int(runs, 366 - 10, "one run a day, and one for the ten days away");
	is_int(late, 1, "only that one is late");
	is_int(twice, 0, "none is made twice");
	zone_free(zone);
}

static void test_due(void)
{
	const struct schedule schedule = {.mode = SCHEDULE_DAILY, .time = 150};
	struct zone *zone = need("America/Los_Angeles");
	struct next_run run;

	ok(!due_run(
		   &schedule, zone, NULL, at("2027-03-13 10:30"), at("2027-03-15 09:29"), &run),
		"what is skipped is not due");
	ok(due_run(&schedule, zone, NULL, at("2027-03-13 10:29"), at("2027-03-15 09:29"),
		   &run) &&
			run.when == at("2027-03-13 10:30"),
		"the one before it is");
	ok(due_run(&schedule, zone, NULL, at("2026-10-31 12:00"), at("2026-11-02 00:00"),
		   &run) &&
			run.when == at("2026-11-01 10:30"),
		"02:30 comes once on the day of November on which 01:30 comes twice");
	zone_free(zone);
}

/* ---- words ---- */

static void describes(struct schedule schedule, const char *want)
{
	struct buf text;

	buf_init(&text);
	schedule_describe(&schedule, &text);
	is_str(text.data, want, "%s", want);
	buf_clear(&text);
}

static void test_words(void)
{
	describes((struct schedule){.mode = SCHEDULE_OFF}, "off");
	describes((struct schedule){.mode = SCHEDULE_DAILY, .time = 210}, "daily at 03:30");
	describes((struct schedule){.mode = SCHEDULE_WEEKLY,
			  .days = 1 << 0 | 1 << 6,
			  .time = 5,
			  .until = "2027-06-30"},
		"weekly on Mon, Sun at 00:05, until 2027-06-30");
	describes((struct schedule){.mode = SCHEDULE_MONTHLY, .day = 15, .time = 1439},
		"monthly on day 15 at 23:59");
	describes((struct schedule){.mode = SCHEDULE_MONTHLY, .day = 30},
		"monthly on day 30 (or the last one) at 00:00");
	describes((struct schedule){.mode = SCHEDULE_MONTHLY, .day = 31},
		"monthly on the last day at 00:00");
}

static void test_zone(void)
{
	struct schedule schedule = {.zone = (char *)"Europe/Berlin"};
	struct zone *zone = schedule_zone(&schedule, &err);
	char date[DATE_SIZE];

	ok(zone && !strcmp(zone_name(zone), "Europe/Berlin"), "its own zone");
	schedule_date(zone, at("2027-06-19 22:00"), date);
	is_str(date, "2027-06-20", "whose days begin earlier");
	zone_free(zone);
	schedule.zone = (char *)"Mars/Olympus";
	ok(!schedule_zone(&schedule, &err), "or an error: %s", err.text);
	schedule.zone = NULL;
	zone = schedule_zone(&schedule, &err);
	ok(zone != NULL, "or that of the machine");
	zone_free(zone);
}

int main(void)
{
	test_rows();
	test_suspend();
	test_years();
	test_asked_hourly();
	test_due();
	test_words();
	test_zone();
	return done_testing();
}
