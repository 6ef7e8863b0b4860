#include "base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

int date_month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (year < 1000 || year > 9999 || month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && leap);
}

static bool in_calendar(int year, int month, int day)
{
	return day >= 1 && day <= date_month_days(year, month);
}

/* Years begin in March here, so that a leap day is the last of its year. */
int64_t date_to_days(int year, int month, int day)
{
	int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void date_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

int date_weekday(int64_t days)
{
	int64_t since_monday = (days + 3) % 7; /* 1970-01-01 was a Thursday */

	return (int)(since_monday < 0 ? since_monday + 7 : since_monday);
}

/* The number in `count` digits, -1 where there is none. */
static int digits(const char *text, int count)
{
	int number = 0, i;

	for (i = 0; i < count; i++) {
		if (!isdigit((unsigned char)text[i]))
			return -1;
		number = number * 10 + text[i] - '0';
	}
	return number;
}

bool date_is_iso(const char *text)
{
	return strlen(text) == 10 && text[4] == '-' && text[7] == '-' &&
	       in_calendar(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
}

/* Whether what follows a date may: nothing but blanks, or a time behind 'T' or a blank. */
static bool ends_date(const char *rest)
{
	return rest[strspn(rest, " \t\r\n")] == '\0' ||
	       ((*rest == 'T' || *rest == ' ') && isdigit((unsigned char)rest[1]));
}

bool date_normalise(const char *text, char out[DATE_SIZE])
{
	int year, month, day, used = 0;

	while (isspace((unsigned char)*text))
		text++;
	if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &used) < 3 || !used) {
		used = 0;
		if (sscanf(text, "%2d/%2d/%4d%n", &month, &day, &year, &used) < 3 || !used) {
			used = 0;
			if (strspn(text, "0123456789") != 8 ||
				sscanf(text, "%4d%2d%2d%n", &year, &month, &day, &used) < 3)
				return false;
		}
	}
	if (!used || !ends_date(text + used) || !in_calendar(year, month, day))
		return false;
	snprintf(out, DATE_SIZE, "%04u-%02u-%02u", (unsigned)year % 10000,
		(unsigned)month % 100, (unsigned)day % 100);
	return true;
}

void date_of_day(time_t when, char out[DATE_SIZE])
{
	struct tm tm;

	strftime(out, DATE_SIZE, "%Y-%m-%d", localtime_r(&when, &tm));
}

void date_of_time(time_t when, char out[TIME_SIZE])
{
	struct tm tm;

	strftime(out, TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&when, &tm));
}

/* Reads "Z", nothing, or an offset (+05:30, +0530, +05) to the end of the text, in seconds. */
static bool read_zone(const char *text, long *offset)
{
	int hours = 0, minutes = 0, used = 0;
	size_t length;

	*offset = 0;
	if (!*text || !strcmp(text, "Z"))
		return true;
	length = strspn(text + 1, "0123456789");
	if ((*text != '+' && *text != '-') || (length != 2 && length != 4))
		return false;
	sscanf(text + 1, length == 4 ? "%2d%2d%n" : "%2d:%2d%n", &hours, &minutes, &used);
	if (!used && length == 2)
		used = 2;
	if (text[1 + used] || hours > 23 || minutes > 59)
		return false;
	*offset = (hours * 3600L + minutes * 60L) * (*text == '-' ? -1 : 1);
	return true;
}

bool date_parse_time(const char *text, time_t *when)
{
	struct tm tm = {0};
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
	long offset;

	if (!rest || !in_calendar(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday))
		return false;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	if (!read_zone(rest, &offset))
		return false;
	*when = timegm(&tm) - offset;
	return true;
}
