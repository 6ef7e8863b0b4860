#include "base/date.h"

#include <stdlib.h>

#include "tap.h"

static void is_date(const char *in, const char *want)
{
	char out[DATE_SIZE] = "";

	if (want)
		ok(date_normalise(in, out) && is_str(out, want, "the date of '%s'", in),
			"'%s' is a date", in);
	else
		ok(!date_normalise(in, out), "'%s' is none", in);
}

static void is_time(const char *in, long long want)
{
	time_t when = -7;

	ok(date_parse_time(in, &when), "'%s' is a moment", in);
	is_int(when, want, "the moment of '%s'", in);
}

static void is_no_time(const char *in)
{
	time_t when;

	ok(!date_parse_time(in, &when), "'%s' is no moment", in);
}

static void test_dates(void)
{
	is_date("2026-11-23", "2026-11-23");
	is_date("2026-1-5", "2026-01-05");
	is_date("1/5/2026", "2026-01-05");
	is_date("01/05/2026", "2026-01-05");
	is_date("20260105", "2026-01-05");
	is_date("2018-03-14 12:55:52", "2018-03-14");
	is_date("2018-03-14T12:55:52.000Z", "2018-03-14");
	is_date("3/14/2018 1:00 PM", "2018-03-14");
	is_date("20180314T1200", "2018-03-14");
	is_date("  2026-11-23", "2026-11-23");
	is_date("2026-11-23 \t", "2026-11-23");
	is_date("2024-02-29", "2024-02-29");
	is_date("2000-02-29", "2000-02-29");
	is_date("1900-02-29", NULL);
	is_date("2026-02-29", NULL);
	is_date("2026-13-01", NULL);
	is_date("2026-00-01", NULL);
	is_date("2026-04-31", NULL);
	is_date("13/14/2018", NULL);
	is_date("1/5/26", NULL);
	is_date("0000-00-00", NULL);
	is_date("2026", NULL);
	is_date("202601055", NULL);
	is_date("20261-01-05", NULL);
	is_date("2026-11-23x", NULL);
	is_date("2026-11-234", NULL);
	is_date("2026-11-", NULL);
	is_date("-026-11-23", NULL);
	is_date("23.11.2026", NULL);
	is_date("next Monday", NULL);
	is_date("", NULL);
	is_date(" ", NULL);
}

static void test_times(void)
{
	char out[TIME_SIZE];

	date_of_time(0, out);
	is_str(out, "1970-01-01T00:00:00Z", "the epoch");
	date_of_time(1795446245, out);
	is_str(out, "2026-11-23T15:04:05Z", "a moment of today");
	is_time("2026-11-23T15:04:05Z", 1795446245);
	is_time("2026-11-23T15:04:05", 1795446245);
	is_time("2026-11-23T15:04:05.123Z", 1795446245);
	is_time("2026-11-23T15:04:05.123456+00:00", 1795446245);
	is_time("2026-11-23T20:34:05+05:30", 1795446245);
	is_time("2026-11-23T20:34:05+0530", 1795446245);
	is_time("2026-11-23T10:04:05-05", 1795446245);
	is_time("2026-11-23T08:34:05.0-06:30", 1795446245);
	is_time("1969-12-31T23:59:59Z", -1);
	is_no_time("2026-02-30T00:00:00Z");
	is_no_time("2026-11-23T25:00:00Z");
	is_no_time("2026-11-23T15:04:05Zulu");
	is_no_time("2026-11-23T15:04:05+5");
	is_no_time("2026-11-23T15:04:05+05:");
	is_no_time("2026-11-23T15:04:05+05:3x");
	is_no_time("2026-11-23");
	is_no_time("");
}

static void test_days(void)
{
	int year, month, day;
	int64_t days;
	bool same = true;

	is_int(date_to_days(1970, 1, 1), 0, "days are counted from 1970");
	is_int(date_to_days(2028, 3, 1) - date_to_days(2028, 2, 28), 2, "2028 has a leap day");
	is_int(date_to_days(2100, 3, 1) - date_to_days(2100, 2, 28), 1, "2100 has none");
	for (days = -800000; days < 3000000; days += 7) {
		date_from_days(days, &year, &month, &day);
		same = same && date_to_days(year, month, day) == days;
	}
	ok(same, "there and back over the ages");
	is_int(date_weekday(date_to_days(2026, 11, 23)), 0, "2026-11-23 is a Monday");
	is_int(date_weekday(date_to_days(1969, 12, 28)), 6, "1969-12-28 was a Sunday");
	is_int(date_month_days(2028, 2), 29, "February of a leap year");
	is_int(date_month_days(2027, 13), 0, "there is no month 13");
}

static void is_day(const char *zone, time_t when, const char *want)
{
	char day[DATE_SIZE];

	setenv("TZ", zone, 1);
	tzset();
	date_of_day(when, day);
	is_str(day, want, "the day of %ld in %s", (long)when, zone);
}

/* Around midnight it is another day elsewhere; and there is no day but the local one. */
static void test_day(void)
{
	is_day("UTC0", 1795391999, "2026-11-22");
	is_day("UTC0", 1795392000, "2026-11-23");
	is_day("EST5EDT", 1795409999, "2026-11-22");
	is_day("EST5EDT", 1795410000, "2026-11-23");
	is_day("<+14>-14", 1795341600, "2026-11-23");
	is_day("PST8PDT", 1835495999, "2028-02-29");
	is_day("PST8PDT", 1835510400, "2028-03-01");
}

int main(void)
{
	test_day();
	test_dates();
	test_times();
	test_days();
	return done_testing();
}
