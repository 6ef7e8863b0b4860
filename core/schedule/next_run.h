/*
 * When a schedule asks for a run: pure functions of the schedule, its zone and a moment. No
 * clock is read and nothing is run here.
 *
 * Where clocks go forward over the time of a run, there is none that day, as with systemd's
 * timers; where they go back over it, it is the first of the two moments.
 */
#ifndef SCHEDULE_NEXT_RUN_H
#define SCHEDULE_NEXT_RUN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/zone.h"
#include "settings/settings.h"

enum { NEXT_RUNS = 5 }; /* that are shown */

struct next_run {
	int64_t when;                  /* of one that is skipped: when the clocks go over it */
	enum zone_fit fit;             /* ZONE_NEVER: skipped; ZONE_TWICE: the first time */
	struct zone_time local;        /* of `when` */
	int year, month, day, weekday; /* that the schedule says */
};

/* The zone that a schedule is read in. NULL: ERR_SETTINGS, this machine has no such zone. */
struct zone *schedule_zone(const struct schedule *schedule, struct err *err);

/* The date of a moment in a zone, YYYY-MM-DD. */
void schedule_date(const struct zone *zone, int64_t when, char out[DATE_SIZE]);

/*
 * The runs after a moment, `most` at most, those that are skipped among them; days of `suspend`
 * (may be NULL) have none. Fewer than `most` when the schedule ends; 0 when it is off.
 */
size_t next_runs(const struct schedule *schedule, const struct zone *zone,
	const struct window *suspend, int64_t after, struct next_run *list, size_t most);

/* The first of them that is not skipped. False: there is none. */
bool next_run(const struct schedule *schedule, const struct zone *zone,
	const struct window *suspend, int64_t after, struct next_run *run);

/* The last run after `since`, up to and including `now`: the one that is due. False: none. */
bool due_run(const struct schedule *schedule, const struct zone *zone,
	const struct window *suspend, int64_t since, int64_t now, struct next_run *run);

/* Whether two schedules ask for other runs; where they end does not count. */
bool schedule_is_other(const struct schedule *a, const struct schedule *b);

/* "daily at 03:30", "weekly on Mon, Wed at 03:30, until 2027-06-30", "off". */
void schedule_describe(const struct schedule *schedule, struct buf *out);

/* "Tue 2026-11-24 03:30 PST". Of one that is skipped, the time that never comes. */
void next_run_describe(
	const struct schedule *schedule, const struct next_run *run, struct buf *out);

/* What is special about a run: "skipped: the clocks go forward from 02:00 to 03:00". */
void next_run_warn(const struct zone *zone, const struct next_run *run, struct buf *out);

#endif
