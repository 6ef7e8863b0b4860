#include "command/scheduled.h"

#include <stdio.h>
#include <time.h>

#include "command/json.h"
#include "command/print.h"
#include "schedule/rollover.h"
#include "schedule/settled.h"
#include "store/history.h"

enum {
	FIRST_LOOK = 3600,    /* seconds back, when nothing is known of earlier runs */
	LATE_FROM = 45 * 60,  /* seconds; cron asks once an hour */
	WAIT_SECONDS = 2,     /* between two tries */
	WAIT_MOST = 4 * 3600, /* for other imports to end */
};

/* ---- what is known of earlier runs ---- */

static int keep_start(void *arg, const struct sync *sync, struct err *err)
{
	(void)err;
	*(int64_t *)arg = sync->started;
	return 0;
}

/* Up to when nothing has to be made up: settled, or imported since by whoever it was. */
static int find_since(const struct context *context, const struct app *app, int64_t now,
	int64_t *since, struct err *err)
{
	int64_t started = 0;
	int result;
	struct store *store = store_open_there(context, &result, err);

	if (store)
		result = history_each(store, app->name, 1, keep_start, &started, err);
	store_close(store);
	*since = settled_read(context->state, app->name);
	if (started > *since)
		*since = started;
	if (!*since)
		*since = now - FIRST_LOOK;
	return result;
}

/* ---- nothing to do ---- */

enum reason { REASON_OFF, REASON_SUSPENDED, REASON_ENDED, REASON_NOT_DUE };

static void describe(const struct app *app, enum reason reason, const char *date,
	const struct next_run *next, struct buf *out)
{
	switch (reason) {
	case REASON_OFF: buf_addf(out, "The schedule of %s is off.", app->name); return;
	case REASON_ENDED:
		buf_addf(out, "The schedule of %s has no more runs: it ended on %s.", app->name,
			app->schedule.until);
		return;
	case REASON_SUSPENDED:
		buf_addf(out, "%s: ", app->name);
		rollover_describe(&app->rollover, ROLLOVER_SUSPEND, date, out);
		break;
	case REASON_NOT_DUE: buf_addf(out, "Nothing is due for %s.", app->name);
	}
	if (next) {
		buf_adds(out, " Next run: ");
		next_run_describe(&app->schedule, next, out);
		buf_addc(out, '.');
	}
}

static void tell_nothing(const struct context *context, const struct app *app,
	enum reason reason, const char *date, const struct next_run *next)
{
	static const char *const names[] = {[REASON_OFF] = "off",
		[REASON_SUSPENDED] = "suspended",
		[REASON_ENDED] = "ended",
		[REASON_NOT_DUE] = "not_due"};
	struct buf text;
	cJSON *json;

	buf_init(&text);
	describe(app, reason, date, next, &text);
	if (context->json) {
		json = json_new();
		json_text(json, "app", app->name);
		json_text(json, "not_run", names[reason]);
		json_time(json, "next", next ? next->when : 0);
		json_text(json, "message", text.data);
		json_print(json);
	} else {
		print_line("%s Nothing was done.", text.data);
	}
	buf_clear(&text);
}

/* ---- is it due ---- */

/* In a zone that is there. */
static int look(const struct context *context, const struct app *app, const struct zone *zone,
	struct next_run *run, struct err *err)
{
	const struct window *suspend = &app->rollover.suspend;
	int64_t now = time(NULL), since;
	char date[DATE_SIZE];
	struct next_run next;
	bool due, more;

	if (find_since(context, app, now, &since, err))
		return -1;
	schedule_date(zone, now, date);
	due = due_run(&app->schedule, zone, suspend, since, now, run);
	more = next_run(&app->schedule, zone, suspend, now, &next);
	if (!rollover_is_on(&app->rollover, ROLLOVER_SUSPEND, date)) {
		if (!due)
			tell_nothing(context, app,
				!more && *app->schedule.until ? REASON_ENDED : REASON_NOT_DUE,
				date, more ? &next : NULL);
		return due;
	}
	tell_nothing(context, app, REASON_SUSPENDED, date, more ? &next : NULL);
	/* What was missed before is not made up in the first minute afterwards. */
	return due ? settled_write(context->state, app->name, now, err) : 0;
}

int scheduled_due(const struct context *context, const struct app *app, struct next_run *run,
	struct err *err)
{
	struct zone *zone;
	int result;

	if (app->schedule.mode == SCHEDULE_OFF) {
		tell_nothing(context, app, REASON_OFF, "", NULL);
		return 0;
	}
	zone = schedule_zone(&app->schedule, err);
	result = zone ? look(context, app, zone, run, err)
		      : err_context(err, "schedule.zone of %s", app->name);
	zone_free(zone);
	return result;
}

void scheduled_tell_late(
	const struct context *context, const struct app *app, const struct next_run *run)
{
	struct buf text;

	if (context->json || time(NULL) - run->when < LATE_FROM)
		return;
	buf_init(&text);
	next_run_describe(&app->schedule, run, &text);
	print_line("This makes up for the run of %s, which was missed.", text.data);
	buf_clear(&text);
}

bool scheduled_wait(const struct context *context, const struct err *err, int *waited)
{
	const struct timespec pause = {WAIT_SECONDS, 0};

	if (err->code != ERR_LOCKED || *waited >= WAIT_MOST || atomic_load(context->cancel))
		return false;
	if (!*waited && !context->json) {
		print_line("Waiting. %s", err->text);
		fflush(stdout); /* into the journal now */
	}
	nanosleep(&pause, NULL); /* a signal wakes it */
	*waited += WAIT_SECONDS;
	return true;
}

int scheduled_check_suspended(const struct app *app, struct err *err)
{
	struct zone *zone = schedule_zone(&app->schedule, err);
	char date[DATE_SIZE];
	struct buf text;
	int result = 0;

	if (!zone)
		return err_context(err, "schedule.zone of %s", app->name);
	schedule_date(zone, time(NULL), date);
	zone_free(zone);
	if (!rollover_is_on(&app->rollover, ROLLOVER_SUSPEND, date))
		return 0;
	buf_init(&text);
	rollover_describe(&app->rollover, ROLLOVER_SUSPEND, date, &text);
	result = err_set(err, ERR_SETTINGS,
		"%s: %s To run one all the same: lumenport run %s --anyway", app->name,
		text.data, app->name);
	buf_clear(&text);
	return result;
}
