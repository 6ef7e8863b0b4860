/*
 * Step 8, Schedule: when imports run by themselves, the next runs as they would be, and the
 * rollover.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "labels.h"
#include "schedule/outlook.h"
#include "shell.h"
#include "wizard.h"

enum { FIELDS_MOST = 32 };

struct schedule_page {
	struct shell *shell;
	struct wizard *wizard;
	struct form form;
	struct field fields[FIELDS_MOST];
	size_t count;
	int mode; /* what the drop-down is bound to */
};

static const struct choice_option modes[] = {{SCHEDULE_OFF, "when somebody runs them"},
	{SCHEDULE_DAILY, "daily"}, {SCHEDULE_WEEKLY, "weekly, on the days below"},
	{SCHEDULE_MONTHLY, "monthly, on the day below"}};

/* ---- what the fields are bound to ---- */

static void get_setting(void *data, const struct field *field, struct buf *out)
{
	app_get(wizard_app(((struct schedule_page *)data)->wizard), field->tag, out);
}

static int put_setting(void *data, const struct field *field, const char *text, struct err *err)
{
	struct app *app = wizard_app(((struct schedule_page *)data)->wizard);
	const struct setting *setting = field->tag;
	struct zone *zone = NULL;

	if (!strcmp(setting->key, "schedule.zone") && *text) {
		zone = zone_open(text, err);
		if (!zone)
			return err_context(err, "%s", setting_label(setting));
		zone_free(zone);
	}
	if (app_set(app, setting->key, text, err)) {
		setting_label_error(setting, err);
		return -1;
	}
	return 0;
}

static const struct app *app_of(void *data)
{
	return wizard_app(((struct schedule_page *)data)->wizard);
}

static bool is_on(void *data, const struct field *field)
{
	(void)field;
	return app_of(data)->schedule.mode != SCHEDULE_OFF;
}

static bool is_weekly(void *data, const struct field *field)
{
	(void)field;
	return app_of(data)->schedule.mode == SCHEDULE_WEEKLY;
}

static bool is_monthly(void *data, const struct field *field)
{
	(void)field;
	return app_of(data)->schedule.mode == SCHEDULE_MONTHLY;
}

static void add_runs(const struct app *app, const struct zone *zone, struct buf *out)
{
	struct next_run runs[NEXT_RUNS];
	size_t count = next_runs(
		&app->schedule, zone, &app->rollover.suspend, time(NULL), runs, NEXT_RUNS);
	size_t i;

	buf_addf(out, "The next runs, in %s:", zone_name(zone));
	for (i = 0; i < count; i++) {
		buf_adds(out, "\n  ");
		next_run_describe(&app->schedule, &runs[i], out);
		buf_adds(out, runs[i].fit == ZONE_ONCE ? "" : "  ! ");
		next_run_warn(zone, &runs[i], out);
	}
	if (!count)
		buf_adds(out, "\n  none");
	buf_addf(out,
		"\nAfter Finish, what asks for them is installed with:\n  lumenport schedule "
		"install %s\n ",
		app->name);
}

static void say_runs(void *data, const struct field *field, struct buf *out)
{
	const struct app *app = app_of(data);
	struct zone *zone;
	struct err err = {0};

	(void)field;
	if (app->schedule.mode == SCHEDULE_OFF) {
		buf_adds(out, "Imports run when somebody presses Run Import.\n ");
		return;
	}
	zone = schedule_zone(&app->schedule, &err);
	if (zone)
		add_runs(app, zone, out);
	else
		buf_addf(out, "%s\n ", err.text);
	zone_free(zone);
}

/* ---- the fields ---- */

static void add(struct schedule_page *page, struct field field)
{
	if (page->count == FIELDS_MOST)
		abort(); /* a mistake of this screen */
	page->fields[page->count++] = field;
}

static void add_setting(struct schedule_page *page, const char *key, const char *placeholder,
	bool (*shown)(void *data, const struct field *field))
{
	const struct setting *setting = setting_by_key(key);

	add(page, (struct field){.kind = FIELD_TEXT,
			  .label = setting_label(setting),
			  .help = setting->help,
			  .example = setting->example,
			  .get = get_setting,
			  .put = put_setting,
			  .placeholder = placeholder,
			  .shown = shown,
			  .tag = setting});
}

static void add_rollover(struct schedule_page *page)
{
	static const char *const keys[] = {"rollover.suspend.from", "rollover.suspend.until",
		"rollover.keep.from", "rollover.keep.until", "rollover.limits.from",
		"rollover.limits.until", "rollover.limits.created", "rollover.limits.updated",
		"rollover.limits.deleted"};
	size_t i;

	add(page, (struct field){.kind = FIELD_SECTION,
			  .label = "Data rollover: around the change of the school year",
			  .fold = FIELD_FOLDED,
			  .help = "Space unfolds. Each holds between two dates and ends by "
				  "itself."});
	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		add_setting(page, keys[i], i < 6 ? "(never)" : "(as otherwise)", NULL);
	add(page, (struct field){.kind = FIELD_END});
}

static void *schedule_open(struct shell *shell, void *wizard)
{
	struct schedule_page *page = mem_zero(1, sizeof(*page));

	page->shell = shell;
	page->wizard = wizard;
	page->mode = (int)wizard_app(wizard)->schedule.mode;
	add(page, (struct field){.kind = FIELD_CHOICE,
			  .label = setting_label(setting_by_key("schedule.mode")),
			  .help = "Space opens the list.",
			  .choice = &page->mode,
			  .options = modes,
			  .option_count = sizeof(modes) / sizeof(*modes)});
	add_setting(page, "schedule.days", NULL, is_weekly);
	add_setting(page, "schedule.day", NULL, is_monthly);
	add_setting(page, "schedule.time", NULL, is_on);
	add_setting(page, "schedule.zone", "(this machine's)", is_on);
	add_setting(page, "schedule.until", "(no end)", is_on);
	add(page, (struct field){.kind = FIELD_NOTE, .get = say_runs, .role = DRAW_DIM});
	add_rollover(page);
	add(page, (struct field){.kind = FIELD_BUTTON,
			  .label = "Next",
			  .help = "On to the summary and Finish."});
	form_init(&page->form, page->fields, page->count, page);
	page->form.access = wizard_access(page->wizard);
	page->wizard->bad[WIZARD_SCHEDULE] = false;
	return page;
}

static void schedule_close(void *state)
{
	struct schedule_page *page = state;

	form_clear(&page->form);
	free(page);
}

static void schedule_draw(void *state, struct rect area)
{
	form_draw(&((struct schedule_page *)state)->form, area, WIDGET_FOCUSED);
}

static void take_changes(struct schedule_page *page)
{
	struct app *app = wizard_app(page->wizard);
	size_t i;

	if (!page->wizard->read_only)
		app->schedule.mode = (enum schedule_mode)page->mode;
	page->wizard->bad[WIZARD_SCHEDULE] = false;
	for (i = 0; i < page->count; i++)
		page->wizard->bad[WIZARD_SCHEDULE] |= page->form.states[i].err.code != ERR_NONE;
	if (page->form.changed)
		wizard_changed(page->wizard);
	page->form.changed = false;
}

static enum screen_answer schedule_key(void *state, const struct key *key)
{
	struct schedule_page *page = state;
	size_t before = page->form.focus;
	enum widget_answer answer = form_key(&page->form, key, term_now());

	if (before != page->form.focus && page->form.states[before].err.code)
		shell_say(page->shell, DRAW_ERROR, "%s", page->form.states[before].err.text);
	take_changes(page);
	if (answer == WIDGET_DONE)
		wizard_next(page->wizard);
	else if (answer == WIDGET_NEXT)
		form_enter_first(&page->form);
	else if (answer == WIDGET_PREVIOUS)
		form_enter_last(&page->form);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void schedule_tick(void *state, int64_t now)
{
	form_tick(&((struct schedule_page *)state)->form, now);
}

static int schedule_wait(void *state, int64_t now)
{
	return form_wait(&((struct schedule_page *)state)->form, now);
}

static const char *schedule_message(void *state, enum draw_role *role)
{
	return form_message(&((struct schedule_page *)state)->form, role);
}

static size_t schedule_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Tab", "Next field"};
	hints[1] = (struct hint){"Space", "Open, unfold"};
	return 2;
}

/* Dates that do not go together stop only who goes on: aside, they are a draft. */
static int schedule_leave(void *state, enum screen_leave how, struct err *err)
{
	struct schedule_page *page = state;
	int result = form_check(&page->form, err);

	take_changes(page);
	return result || how == LEAVE_ASIDE ? result : app_check(wizard_app(page->wizard), err);
}

static void schedule_help(void *state, struct buf *text)
{
	const struct schedule_page *page = state;
	const struct field *field = &page->fields[page->form.focus];

	if (page->form.focus < page->count && field->tag)
		buf_addf(text, "%s\n%s %s\n\n", field->label, field->help, field->example);
	buf_addf(text,
		"Schedule\n"
		"When imports run by themselves. The next runs are shown as they would be; "
		"where clocks change, it is said which one is skipped or comes twice. What "
		"asks for the runs, a timer of systemd or a line for cron, is installed after "
		"Finish with: lumenport schedule install %s. It shows what it writes.\n\n"
		"Data rollover\n"
		"Around the change of the school year, each between two dates, both included: "
		"imports are suspended (Run Import asks, and runs one all the same); nothing "
		"is deleted, and what would be is listed; other limits hold, in the district "
		"and in schools. It ends by itself.",
		wizard_app(page->wizard)->name);
}

const struct screen schedule_screen = {
	.name = "schedule",
	.title = "Schedule",
	.open = schedule_open,
	.close = schedule_close,
	.draw = schedule_draw,
	.key = schedule_key,
	.tick = schedule_tick,
	.wait = schedule_wait,
	.message = schedule_message,
	.hints = schedule_hints,
	.help = schedule_help,
	.leave = schedule_leave,
};
