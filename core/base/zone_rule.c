#include "base/zone_rule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum { DAY = 86400, HOURS_MOST = 167 };

/* ---- reading it: each takes what it knows from the front of *at ---- */

static bool take(const char **at, char c)
{
	if (**at != c)
		return false;
	++*at;
	return true;
}

static bool read_number(const char **at, int least, int most, int *number)
{
	*number = 0;
	if (!isdigit((unsigned char)**at))
		return false;
	while (isdigit((unsigned char)**at) && *number <= most)
		*number = *number * 10 + (*(*at)++ - '0');
	return *number >= least && *number <= most;
}

static bool read_name(const char **at, char out[ZONE_ABBREVIATION])
{
	bool quoted = take(at, '<');
	size_t length = 0;

	while (quoted ? **at && **at != '>' : isalpha((unsigned char)**at)) {
		if (length + 1 >= ZONE_ABBREVIATION)
			return false;
		out[length++] = *(*at)++;
	}
	out[length] = '\0';
	return length >= 3 && (!quoted || take(at, '>'));
}

/* [+-]hh[:mm[:ss]], in seconds. */
static bool read_time(const char **at, int *seconds)
{
	bool minus = take(at, '-');
	int hours, minutes = 0, rest = 0;

	if (!minus)
		take(at, '+');
	if (!read_number(at, 0, HOURS_MOST, &hours) ||
		(take(at, ':') && !read_number(at, 0, 59, &minutes)) ||
		(take(at, ':') && !read_number(at, 0, 59, &rest)))
		return false;
	*seconds = hours * 3600 + minutes * 60 + rest;
	if (minus)
		*seconds = -*seconds;
	return true;
}

/* POSIX counts what has to be added to reach UTC: west is positive. */
static bool read_offset(const char **at, int *east)
{
	if (!read_time(at, east))
		return false;
	*east = -*east;
	return true;
}

static bool read_change(const char **at, struct zone_change *change)
{
	bool good;

	if (take(at, 'M')) {
		change->form = ZONE_IN_MONTH;
		good = read_number(at, 1, 12, &change->month) && take(at, '.') &&
		       read_number(at, 1, 5, &change->week) && take(at, '.') &&
		       read_number(at, 0, 6, &change->day);
	} else if (take(at, 'J')) {
		change->form = ZONE_JULIAN;
		good = read_number(at, 1, 365, &change->day);
	} else {
		change->form = ZONE_DAY;
		good = read_number(at, 0, 365, &change->day);
	}
	change->time = 2 * 3600;
	return good && (!take(at, '/') || read_time(at, &change->time));
}

bool zone_rule_parse(const char *text, struct zone_rule *rule)
{
	memset(rule, 0, sizeof(*rule));
	if (!read_name(&text, rule->standard_name) || !read_offset(&text, &rule->standard))
		return false;
	rule->has_summer = *text != '\0';
	if (!rule->has_summer)
		return true;
	rule->summer = rule->standard + 3600;
	if (!read_name(&text, rule->summer_name) ||
		(*text != ',' && !read_offset(&text, &rule->summer)))
		return false;
	return take(&text, ',') && read_change(&text, &rule->start) && take(&text, ',') &&
	       read_change(&text, &rule->end) && !*text;
}

/* ---- asking it ---- */

/* The day of a change, in days since 1970-01-01. */
static int64_t change_day(const struct zone_change *change, int year)
{
	int64_t first;
	int day, leap = date_month_days(year, 2) == 29;

	if (change->form == ZONE_DAY)
		return date_to_days(year, 1, 1) + change->day;
	if (change->form == ZONE_JULIAN) /* a leap day is not counted */
		return date_to_days(year, 1, 1) + change->day - 1 + (leap && change->day >= 60);
	first = date_to_days(year, change->month, 1);
	/* date_weekday counts from Monday, POSIX from Sunday. */
	day = (change->day + 6 - date_weekday(first) + 7) % 7 + 7 * (change->week - 1);
	while (day >= date_month_days(year, change->month))
		day -= 7; /* week 5 is the last one */
	return first + day;
}

static int64_t change_moment(const struct zone_change *change, int year, int offset_before)
{
	return change_day(change, year) * DAY + change->time - offset_before;
}

bool zone_rule_is_summer(const struct zone_rule *rule, int64_t when)
{
	int64_t local = when + rule->standard, start, end;
	int year, month, day;

	if (!rule->has_summer)
		return false;
	date_from_days((local >= 0 ? local : local - DAY + 1) / DAY, &year, &month, &day);
	start = change_moment(&rule->start, year, rule->standard);
	end = change_moment(&rule->end, year, rule->summer);
	return start < end ? when >= start && when < end : when < end || when >= start;
}
