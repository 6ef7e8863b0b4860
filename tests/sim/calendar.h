/*
 * Dates of the simulated district as text. Day 0 is 2026-09-01; days only count changes, and
 * the school year turns on day 100 whatever the date.
 */
#ifndef SIM_CALENDAR_H
#define SIM_CALENDAR_H

#include "buf.h"

/* Year, month, day of a day counted from 1970-01-01. */
void calendar_civil(long days, int *year, int *month, int *day);
long calendar_days(int year, int month, int day);
/* "2026-09-01T02:15:59.123Z" for the day of a record's last change. */
void calendar_stamp(struct buf *b, int changed, uint64_t hash);

#endif
