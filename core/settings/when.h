/*
 * Times of the day and days of the week as the settings write them, and the dates between which
 * something holds.
 */
#ifndef SETTINGS_WHEN_H
#define SETTINGS_WHEN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/date.h"

enum { WEEK_DAYS = 7 };

/* Both included; "" and "": never. */
struct window {
	char from[DATE_SIZE];
	char until[DATE_SIZE];
};

/* Whether a date (YYYY-MM-DD) lies in it; one that lacks an end holds never. */
bool window_has(const struct window *window, const char *date);

/* "03:30" or "3:30", in minutes after midnight. False: it is none. */
bool when_read_time(const char *text, int *minutes);
void when_write_time(int minutes, struct buf *out);

/*
 * "mon, wed" or "Monday Wednesday": a bit for each, 1 << 0 for Monday. False when a word is no
 * day, or there is none.
 */
bool when_read_days(const char *text, unsigned *days);
void when_write_days(unsigned days, struct buf *out); /* "mon,wed" */

const char *when_day_name(int day); /* 0 Monday: "Monday" */

#endif
