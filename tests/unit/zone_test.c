/*
 * Zones against the C library, which reads the same database by other code; then the hours that
 * clocks skip and repeat.
 */
#include "base/zone.h"

#include <stdlib.h>
#include <time.h>

#include "tap.h"

static struct zone *need(const char *name)
{
	struct err err = {0};
	struct zone *zone = zone_open(name, &err);

	if (!zone) {
		ok(false, "%s: %s", name, err.text);
		exit(done_testing());
	}
	return zone;
}

/* Whether `when` reads the same by the C library, whose TZ is that of the zone. */
static bool reads_the_same(const struct zone *zone, time_t when)
{
	struct zone_time ours;
	struct tm tm;

	zone_at(zone, when, &ours);
	localtime_r(&when, &tm);
	if (ours.year == tm.tm_year + 1900 && ours.month == tm.tm_mon + 1 &&
		ours.day == tm.tm_mday && ours.hour == tm.tm_hour && ours.minute == tm.tm_min &&
		ours.second == tm.tm_sec && (ours.weekday + 1) % 7 == tm.tm_wday &&
		ours.offset == tm.tm_gmtoff && !strcmp(ours.name, tm.tm_zone))
		return true;
	printf("# %s at %lld: %04d-%02d-%02d %02d:%02d %s, libc %04d-%02d-%02d %02d:%02d %s\n",
		zone_name(zone), (long long)when, ours.year, ours.month, ours.day, ours.hour,
		ours.minute, ours.name, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		tm.tm_hour, tm.tm_min, tm.tm_zone);
	return false;
}

/* Where the offset changes within a day, the two seconds around the change. */
static int64_t change_between(const struct zone *zone, int64_t from, int64_t to)
{
	struct zone_time a, b;

	zone_at(zone, from, &a);
	zone_at(zone, to, &b);
	if (a.offset == b.offset)
		return 0;
	while (to - from > 1) {
		int64_t middle = from + (to - from) / 2;

		zone_at(zone, middle, &b);
		if (b.offset == a.offset)
			from = middle;
		else
			to = middle;
	}
	return to;
}

static void test_like_libc(void)
{
	const int64_t begin = 631152000, end = INT64_C(2398377600); /* 1990 to 2046 */
	size_t count, i, bad = 0, changes = 0;
	struct zone_entry *list = zone_list(&count);

	ok(count > 400, "the database lists %zu zones", count);
	for (i = 0; i < count; i++) {
		struct zone *zone = need(list[i].name);
		int64_t at, change;

		setenv("TZ", list[i].name, 1);
		tzset();
		for (at = begin; at < end && bad < 10; at += 5 * 86400) {
			bad += !reads_the_same(zone, at);
			change = change_between(zone, at, at + 5 * 86400);
			if (!change)
				continue;
			changes++;
			bad += !reads_the_same(zone, change - 1);
			bad += !reads_the_same(zone, change);
		}
		zone_free(zone);
	}
	is_int((long long)bad, 0, "all of them read as by the C library, 1990 to 2046");
	ok(changes > 5000, "at %zu changes too", changes);
	zone_list_free(list, count);
}

/* Times of the calendar: how often they are shown, and when first (in UTC). */
static void test_find(void)
{
	static const struct {
		const char *zone;
		int year, month, day, hour, minute;
		enum zone_fit fit;
		const char *utc;
	} rows[] = {
		{"America/Los_Angeles", 2027, 3, 14, 1, 59, ZONE_ONCE, "2027-03-14 09:59"},
		{"America/Los_Angeles", 2027, 3, 14, 2, 0, ZONE_NEVER, "2027-03-14 10:00"},
		{"America/Los_Angeles", 2027, 3, 14, 2, 59, ZONE_NEVER, "2027-03-14 10:00"},
		{"America/Los_Angeles", 2027, 3, 14, 3, 0, ZONE_ONCE, "2027-03-14 10:00"},
		{"America/Los_Angeles", 2026, 11, 1, 0, 59, ZONE_ONCE, "2026-11-01 07:59"},
		{"America/Los_Angeles", 2026, 11, 1, 1, 0, ZONE_TWICE, "2026-11-01 08:00"},
		{"America/Los_Angeles", 2026, 11, 1, 1, 59, ZONE_TWICE, "2026-11-01 08:59"},
		{"America/Los_Angeles", 2026, 11, 1, 2, 0, ZONE_ONCE, "2026-11-01 10:00"},
		{"Europe/Berlin", 2027, 3, 28, 2, 30, ZONE_NEVER, "2027-03-28 01:00"},
		{"Europe/Berlin", 2026, 10, 25, 2, 30, ZONE_TWICE, "2026-10-25 00:30"},
		{"Europe/Berlin", 2026, 10, 25, 3, 30, ZONE_ONCE, "2026-10-25 02:30"},
		/* half an hour only */
		{"Australia/Lord_Howe", 2026, 10, 4, 2, 15, ZONE_NEVER, "2026-10-03 15:30"},
		{"Australia/Lord_Howe", 2026, 10, 4, 2, 30, ZONE_ONCE, "2026-10-03 15:30"},
		{"Australia/Lord_Howe", 2027, 4, 4, 1, 45, ZONE_TWICE, "2027-04-03 14:45"},
		{"Australia/Lord_Howe", 2027, 4, 4, 2, 0, ZONE_ONCE, "2027-04-03 15:30"},
		/* a whole day was left out */
		{"Pacific/Apia", 2011, 12, 30, 12, 0, ZONE_NEVER, "2011-12-30 10:00"},
		/* behind the last change that a file lists */
		{"America/Los_Angeles", 2090, 3, 12, 2, 30, ZONE_NEVER, "2090-03-12 10:00"},
		{"Asia/Kolkata", 2027, 3, 28, 2, 30, ZONE_ONCE, "2027-03-27 21:00"},
		{"America/Phoenix", 2027, 3, 14, 2, 30, ZONE_ONCE, "2027-03-14 09:30"},
		{"UTC", 2028, 2, 29, 23, 59, ZONE_ONCE, "2028-02-29 23:59"},
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct zone *zone = need(rows[i].zone);
		int64_t when;
		enum zone_fit fit = zone_find(zone, rows[i].year, rows[i].month, rows[i].day,
			rows[i].hour, rows[i].minute, &when);
		time_t t = (time_t)when;
		char text[40];
		struct tm tm;

		strftime(text, sizeof(text), "%Y-%m-%d %H:%M", gmtime_r(&t, &tm));
		ok(fit == rows[i].fit && !strcmp(text, rows[i].utc),
			"%s %04d-%02d-%02d %02d:%02d: %d, %s", rows[i].zone, rows[i].year,
			rows[i].month, rows[i].day, rows[i].hour, rows[i].minute, (int)fit,
			text);
		zone_free(zone);
	}
}

static void test_names(void)
{
	static const char *const none[] = {"", "/etc/passwd", "../zoneinfo/UTC", "zone.tab",
		"America", "America/", "right/UTC", "UTC ", "Mars/Olympus",
		"America/Los Angeles"};
	struct err err = {0};
	char system[ZONE_NAME];
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(*none); i++) {
		ok(!zone_open(none[i], &err) && err.code == ERR_SETTINGS,
			"\"%s\" is no zone: %s", none[i], err.text);
	}
	zone_open("america/los_angles", &err);
	ok(strstr(err.text, "Did you mean America/Los_Angeles?") != NULL, "%s", err.text);
	zone_system(system);
	zone_free(need(system));
	ok(true, "this machine is in %s", system);
}

static void test_rules(void)
{
	static const char *const bad[] = {"", "PST", "PST8PDT", "PST8PDT,M3.2.0",
		"PST8PDT,M13.2.0,M11.1.0", "PST8PDT,M3.2.0,M11.1.0x", "P8", "<+03-3",
		"PST8PDT,M3.2.7,M11.1.0", "PST999", "PST8PDT,J0,J365", "ABCDEFGHIJKLMNOP8"};
	struct zone_rule rule;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!zone_rule_parse(bad[i], &rule), "\"%s\" is no rule", bad[i]);
	ok(zone_rule_parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", &rule) &&
			rule.standard == -7200 && rule.summer == -3600 &&
			rule.start.time == -3600,
		"a change before midnight");
	/* Summer time over the turn of the year, by days of the year. */
	ok(zone_rule_parse("AAA0BBB,J305/0,J60/0", &rule), "days without the leap day");
	ok(zone_rule_is_summer(&rule, 1798761600), "2027-01-01");
	ok(zone_rule_is_summer(&rule, 1835481600 - 3601) &&
			!zone_rule_is_summer(&rule, 1835481600 - 3600),
		"J60 is the first of March, in a leap year too");
	ok(zone_rule_parse("AAA0BBB,59/0,60/0", &rule) &&
			zone_rule_is_summer(&rule, 1835395200 + 3600),
		"59 is the leap day, where there is one");
}

int main(void)
{
	test_names();
	test_rules();
	test_find();
	test_like_libc();
	return done_testing();
}
