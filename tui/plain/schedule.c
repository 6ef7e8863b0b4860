/* Step 8 in lines: when imports run by themselves, and the rollover. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/print.h"
#include "labels.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "schedule/outlook.h"

/* Asks for one setting until it is good. False: no more answers. */
static bool ask_key(struct setup *setup, const char *key)
{
	const struct setting *setting = setting_by_key(key);
	struct app *app = draft_app(&setup->draft);
	struct err err;
	struct buf now;
	bool good = false;
	char *answer;

	buf_init(&now);
	app_get(app, setting, &now);
	while (!good && (answer = ask_text(setting_label(setting), now.data))) {
		/* A single - empties what Enter would keep. */
		good = !app_set(app, key, strcmp(answer, "-") ? answer : "", &err) &&
		       (strcmp(key, "schedule.zone") != 0 || !app_check(app, &err));
		if (!good) {
			setting_label_error(setting, &err);
			print_line("%s", err.text);
		}
		free(answer);
	}
	buf_clear(&now);
	return good;
}

static bool ask_keys(struct setup *setup, const char *const *keys, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!ask_key(setup, keys[i]))
			return false;
	return true;
}

static void show_runs(const struct app *app)
{
	struct next_run runs[NEXT_RUNS];
	struct err err;
	struct zone *zone = schedule_zone(&app->schedule, &err);
	size_t count = zone ? next_runs(&app->schedule, zone, &app->rollover.suspend,
				      time(NULL), runs, NEXT_RUNS)
			    : 0;
	struct buf line;
	size_t i;

	buf_init(&line);
	for (i = 0; i < count; i++) {
		buf_reset(&line);
		next_run_describe(&app->schedule, &runs[i], &line);
		buf_adds(&line, runs[i].fit == ZONE_ONCE ? "" : "  ! ");
		next_run_warn(zone, &runs[i], &line);
		print_line("  %s", line.data);
	}
	buf_clear(&line);
	zone_free(zone);
}

static bool ask_rollover(struct setup *setup)
{
	static const char *const keys[] = {"rollover.suspend.from", "rollover.suspend.until",
		"rollover.keep.from", "rollover.keep.until", "rollover.limits.from",
		"rollover.limits.until", "rollover.limits.created", "rollover.limits.updated",
		"rollover.limits.deleted"};
	struct err err;
	bool good = false;

	print_line("Dates such as 2027-06-20; Enter keeps, - empties.");
	while (!good && ask_keys(setup, keys, sizeof(keys) / sizeof(*keys))) {
		good = !app_check(draft_app(&setup->draft), &err);
		if (!good)
			print_line("%s", err.text);
	}
	return good;
}

enum setup_go setup_schedule(struct setup *setup)
{
	static const char *const choices[] = {
		"When somebody runs them", "Daily", "Weekly", "Monthly"};
	static const char *const keys[] = {"schedule.time", "schedule.zone", "schedule.until"};
	struct app *app = draft_app(&setup->draft);
	int mode = ask_choice("Imports run", choices, 4, (size_t)app->schedule.mode);

	if (mode < 0)
		return SETUP_LEAVE;
	app->schedule.mode = (enum schedule_mode)mode;
	if ((mode == SCHEDULE_WEEKLY && !ask_key(setup, "schedule.days")) ||
		(mode == SCHEDULE_MONTHLY && !ask_key(setup, "schedule.day")) ||
		(mode != SCHEDULE_OFF && !ask_keys(setup, keys, 3)))
		return SETUP_LEAVE;
	if (ask_yes("Change the data rollover?", ASK_NO) == ASK_YES && !ask_rollover(setup))
		return SETUP_LEAVE;
	setup_save(setup);
	if (mode == SCHEDULE_OFF)
		return ask_ended() ? SETUP_LEAVE : SETUP_NEXT;
	print_line("The next runs:");
	show_runs(app);
	print_line(
		"After Finish, what asks for them is installed with: lumenport schedule install %s",
		app->name);
	return ask_ended() ? SETUP_LEAVE : SETUP_NEXT;
}
