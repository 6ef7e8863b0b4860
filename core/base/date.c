#include "base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool in_calendar(int year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (year < 1000 || year > 9999 || month < 1 || month > 12)
		return false;
	return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

/* Whether what follows a date may: nothing, or a time behind 'T' or a blank. */
static bool ends_date(const char *rest)
{
	return *rest == '\0' ||
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

void date_of_time(time_t when, char out[TIME_SIZE])
{
	struct tm tm;

	strftime(out, TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&when, &tm));
}

bool date_parse_time(const char *text, time_t *when)
{
	struct tm tm = {0};
	int hours = 0, minutes = 0;
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);

	if (!rest)
		return false;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	if (*rest == '+' || *rest == '-') {
		int sign = *rest == '-' ? 1 : -1;

		if (sscanf(rest + 1, "%2d:%2d", &hours, &minutes) < 1)
			return false;
		hours *= sign;
		minutes *= sign;
	} else if (*rest != 'Z' && *rest != '\0') {
		return false;
	}
	*when = timegm(&tm) + hours * 3600 + minutes * 60;
	return true;
}
