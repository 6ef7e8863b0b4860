#include "settings/when.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { SHORT_NAME = 3 }; /* letters that are enough of a day's name */

static const char *const names[WEEK_DAYS] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

bool window_has(const struct window *window, const char *date)
{
	/* ISO dates sort as texts. */
	return *window->from && *window->until && strcmp(window->from, date) <= 0 &&
	       strcmp(date, window->until) <= 0;
}

bool when_read_time(const char *text, int *minutes)
{
	int hour, minute, used = 0;
	size_t digits = strspn(text, "0123456789");

	if (digits < 1 || digits > 2 || strspn(text + digits + 1, "0123456789") != 2 ||
		sscanf(text, "%d:%2d%n", &hour, &minute, &used) != 2 || text[used] ||
		hour > 23 || minute > 59)
		return false;
	*minutes = hour * 60 + minute;
	return true;
}

void when_write_time(int minutes, struct buf *out)
{
	buf_addf(out, "%02d:%02d", minutes / 60, minutes % 60);
}

/* The day that a word means; -1: none. */
static int day_of(const char *word, size_t length)
{
	int day;

	for (day = 0; day < WEEK_DAYS; day++) {
		if (length >= SHORT_NAME && length <= strlen(names[day]) &&
			!strncasecmp(word, names[day], length))
			return day;
	}
	return -1;
}

bool when_read_days(const char *text, unsigned *days)
{
	unsigned found = 0;

	while (*(text += strspn(text, ", \t"))) {
		size_t length = strcspn(text, ", \t");
		int day = day_of(text, length);

		if (day < 0)
			return false;
		found |= 1u << day;
		text += length;
	}
	if (found)
		*days = found;
	return found != 0;
}

void when_write_days(unsigned days, struct buf *out)
{
	const char *comma = "";
	int day;

	for (day = 0; day < WEEK_DAYS; day++) {
		if (!(days & 1u << day))
			continue;
		buf_addf(out, "%s%c%.*s", comma, tolower((unsigned char)names[day][0]),
			SHORT_NAME - 1, names[day] + 1);
		comma = ",";
	}
}

const char *when_day_name(int day)
{
	return names[day];
}
