/*
 * Dates and times as rosters write them. No clock is read here.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum {
	DATE_SIZE = 11, /* YYYY-MM-DD and the NUL */
	TIME_SIZE = 25, /* YYYY-MM-DDTHH:MM:SS.mmmZ and the NUL */
};

/* Whether the text is an ISO 8601 date of the calendar, YYYY-MM-DD and nothing else. */
bool date_is_iso(const char *text);

/*
 * Reads a date leniently (YYYY-MM-DD, M/D/YYYY, YYYYMMDD, any of them followed by a time)
 * and writes it as ISO 8601. False when it is none, or not in the calendar.
 */
bool date_normalise(const char *text, char out[DATE_SIZE]);

/* The days of a month; 0 when there is no such month, or the year is not of four digits. */
int date_month_days(int year, int month);

/* Days from 1970-01-01 to a date of the Gregorian calendar, and back. */
int64_t date_to_days(int year, int month, int day);
void date_from_days(int64_t days, int *year, int *month, int *day);

/* 0 Monday to 6 Sunday. */
int date_weekday(int64_t days);

/* The day on this machine's calendar, in its time zone (TZ, /etc/localtime): YYYY-MM-DD. */
void date_of_day(time_t when, char out[DATE_SIZE]);

/* Writes a moment as ISO 8601 in UTC, to the second: 2026-11-23T15:04:05Z. */
void date_of_time(time_t when, char out[TIME_SIZE]);

/* Reads an ISO 8601 moment (fractions ignored, "Z" or an offset) into `when`. */
bool date_parse_time(const char *text, time_t *when);

#endif
