/* schedule show, next: when an app runs by itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/scheduled.h"
#include "schedule/outlook.h"
#include "schedule/timer.h"

enum { COUNT_MOST = 1000 };

/* ---- next ---- */

static void tell_run(const struct context *context, const struct app *app,
	const struct zone *zone, const struct next_run *run)
{
	struct buf when, warning;
	cJSON *json;

	buf_init(&when);
	buf_init(&warning);
	next_run_describe(&app->schedule, run, &when);
	next_run_warn(zone, run, &warning);
	if (context->json) {
		json = json_new();
		json_text(json, "app", app->name);
		json_time(json, "when", run->fit == ZONE_NEVER ? 0 : run->when);
		json_text(json, "local", when.data);
		json_text(json, "zone", zone_name(zone));
		json_bool(json, "skipped", run->fit == ZONE_NEVER);
		json_text(json, "warning", warning.used ? warning.data : NULL);
		json_print(json);
	} else {
		print_line("%s%s%s", when.data, warning.used ? "  ! " : "", warning.data);
	}
	buf_clear(&when);
	buf_clear(&warning);
}

/* The moment before a date begins in a zone. */
static int moment_of(const struct args *args, const struct zone *zone, const char *text,
	int64_t *moment, struct err *err)
{
	int year, month, day;
	char date[DATE_SIZE];

	if (!date_normalise(text, date) || sscanf(date, "%d-%d-%d", &year, &month, &day) != 3)
		return args_fault(args, err,
			"\"%s\" is no date of the calendar. Enter one such as 2027-03-01.",
			text);
	zone_find(zone, year, month, day, 0, 0, moment);
	(*moment)--;
	return 0;
}

static void list_runs(const struct context *context, const struct app *app,
	const struct zone *zone, int64_t after, size_t most)
{
	struct next_run *runs = mem_zero(most, sizeof(*runs));
	size_t count =
		next_runs(&app->schedule, zone, &app->rollover.suspend, after, runs, most);
	size_t i;

	for (i = 0; i < count; i++)
		tell_run(context, app, zone, &runs[i]);
	if (!count && app->schedule.mode == SCHEDULE_OFF)
		print_talk("The schedule of %s is off. Set one with: lumenport app set %s "
			   "schedule.mode=daily",
			app->name, app->name);
	else if (!count)
		print_talk("The schedule of %s has no more runs.", app->name);
	free(runs);
}

int command_schedule_next(struct context *context, struct args *args, struct err *err)
{
	int64_t count = NEXT_RUNS, after = time(NULL);
	const char *name, *from = NULL;
	const struct app *app;
	struct zone *zone;
	int result = -1;

	if (args_number_option(args, "--count", 1, &count, err) < 0 ||
		args_option(args, "--from", &from, err) < 0 ||
		args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	if (count > COUNT_MOST)
		return args_fault(args, err, "--count is at most %d.", COUNT_MOST);
	app = settings_need_app(&context->settings, name, err);
	zone = app ? schedule_zone(&app->schedule, err) : NULL;
	if (zone && (!from || !moment_of(args, zone, from, &after, err))) {
		list_runs(context, app, zone, after, (size_t)count);
		result = EXIT_OK;
	}
	zone_free(zone);
	return result;
}

/* ---- show ---- */

static bool is_ahead(const struct window *window, const char *date)
{
	return *window->until && strcmp(date, window->until) <= 0;
}

static void print_rollover(const struct app *app, const char *date)
{
	enum rollover_kind kind;
	struct buf text;

	buf_init(&text);
	for (kind = 0; kind < ROLLOVER_KINDS; kind++) {
		if (!is_ahead(rollover_window(&app->rollover, kind), date))
			continue;
		buf_reset(&text);
		rollover_describe(&app->rollover, kind, date, &text);
		print_line("%s", text.data);
	}
	buf_clear(&text);
}

static void show_text(const struct app *app, const struct outlook *outlook, const char *timer)
{
	struct buf text;

	buf_init(&text);
	schedule_describe(&app->schedule, &text);
	print_line("Schedule of %s: %s", app->name, text.data);
	print_line("Time zone: %s%s", outlook->zone,
		app->schedule.zone ? "" : " (that of this machine)");
	if (app->schedule.mode != SCHEDULE_OFF) {
		buf_reset(&text);
		if (outlook->has_next)
			next_run_describe(&app->schedule, &outlook->next, &text);
		print_line("Next run: %s", outlook->has_next ? text.data : "none");
	}
	print_rollover(app, outlook->date);
	if (timer)
		print_line("Timer: %s", timer);
	else if (app->schedule.mode != SCHEDULE_OFF)
		print_line(
			"Timer: not installed. Install it with: lumenport schedule install %s",
			app->name);
	buf_clear(&text);
}

static void json_window(cJSON *json, const struct rollover *rollover, enum rollover_kind kind,
	const struct outlook *outlook)
{
	const struct window *window = rollover_window(rollover, kind);
	cJSON *one = cJSON_AddObjectToObject(json, rollover_name(kind));

	json_text(one, "from", *window->from ? window->from : NULL);
	json_text(one, "until", *window->until ? window->until : NULL);
	json_bool(one, "now", outlook->rollover[kind]);
}

static void show_json(const struct app *app, const struct outlook *outlook, const char *timer)
{
	cJSON *json = json_new(), *rollover;
	enum rollover_kind kind;
	struct buf text;

	buf_init(&text);
	schedule_describe(&app->schedule, &text);
	json_text(json, "app", app->name);
	json_text(json, "schedule", text.data);
	json_text(json, "zone", outlook->zone);
	json_text(json, "today", outlook->date);
	json_time(json, "next", outlook->has_next ? outlook->next.when : 0);
	json_text(json, "timer", timer);
	rollover = cJSON_AddObjectToObject(json, "rollover");
	for (kind = 0; kind < ROLLOVER_KINDS; kind++)
		json_window(rollover, &app->rollover, kind, outlook);
	json_print(json);
	buf_clear(&text);
}

int command_schedule_show(struct context *context, struct args *args, struct err *err)
{
	const struct app *app;
	struct outlook outlook;
	const char *name;
	char *timer;

	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	app = settings_need_app(&context->settings, name, err);
	if (!app)
		return -1;
	outlook_take(app, time(NULL), &outlook);
	if (outlook.err.code) {
		*err = outlook.err;
		return -1;
	}
	timer = timer_find(name, "");
	if (context->json)
		show_json(app, &outlook, timer);
	else
		show_text(app, &outlook, timer);
	free(timer);
	return EXIT_OK;
}
