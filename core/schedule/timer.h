/*
 * What asks for the runs of a schedule: a service and a timer of systemd, or a file for cron.
 * Their texts, where they belong, and whether they are there. Only timer_install and
 * timer_remove change anything.
 */
#ifndef SCHEDULE_TIMER_H
#define SCHEDULE_TIMER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "settings/settings.h"

enum timer_kind {
	TIMER_SYSTEM, /* units of systemd, for root */
	TIMER_USER,   /* units of the user's own systemd */
	TIMER_CRON,   /* a file in /etc/cron.d */
	TIMER_LINE,   /* a line that the user adds to the own crontab */
};

/* What the texts are made of; all paths are full ones, all borrowed. */
struct timer_plan {
	const struct app *app;
	enum timer_kind kind;
	const char *program, *config, *state;
	const char *root; /* put before the system's paths, for an image; "" */
	const char *zone; /* in which the schedule is read */
	int minute;       /* of the hour, at which cron asks */
};

struct timer_file {
	char *path; /* owned */
	char *text; /* owned */
};

enum { TIMER_FILES = 2 };
struct timer_files {
	struct timer_file file[TIMER_FILES];
	size_t count; /* 0 with TIMER_LINE */
};

/* systemd where it runs, else cron; by who asks. */
enum timer_kind timer_kind_here(void);

/* "OnCalendar=" lines: when systemd fires. */
void timer_calendar(const struct schedule *schedule, const char *zone, struct buf *out);

/* The line for cron; `user` is the one it runs as in /etc/cron.d, NULL in a crontab. */
void timer_cron_line(const struct timer_plan *plan, const char *user, struct buf *out);

void timer_make(const struct timer_plan *plan, struct timer_files *files);
void timer_files_clear(struct timer_files *files);

/*
 * Writes the files (0644) and, where systemd runs and `root` is "", has it take them up. An
 * error says what is written already.
 */
int timer_install(
	const struct timer_plan *plan, const struct timer_files *files, struct err *err);

/* Stops the timer of an app and removes its files, of whichever kind; `count` of them. */
int timer_remove(const char *app, const char *root, size_t *count, struct err *err);

/* The path of the file of an app that asks for its runs, whichever is there; NULL. Caller
 * frees. */
char *timer_find(const char *app, const char *root);

#endif
