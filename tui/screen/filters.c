/* Step 5, Filter Rules: which records come in, and what goes along with those that do not. */
#include "screen/filters.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "fetch.h"
#include "settings/filter_text.h"

struct rules *filters_rules(const struct filters_screen *screen)
{
	return wizard_rules(screen->wizard, RULE_FILTER);
}

/* ---- counting -----------------------------------------------------------------------------
 */

static int run(struct work *work, void *arg, struct err *err)
{
	struct filters_count *count = arg;
	const struct filter_trial_samples samples = {count->entity, FILTERS_SAMPLES};

	return filter_trial(count->state, count->settings.apps[0], count->today, &samples,
		&work->cancel, &count->trial, err);
}

static void count_clear(struct filters_count *count)
{
	work_stop(&count->work);
	settings_clear(&count->settings);
	filter_trial_clear(&count->trial);
	mem_replace(&count->state, NULL);
}

/* Counts the rules as they are now on the last pull, if there is one. */
static void count_on(struct filters_screen *screen)
{
	struct filters_count *count = &screen->count;
	const struct app *app = wizard_app(screen->wizard);
	const struct filters_row *row = filters_current(screen);
	struct err err;

	screen->counted = fetch_when(screen->wizard);
	screen->known = false;
	count_clear(count);
	if (!screen->counted)
		return;
	count->state = mem_strdup(shell_options(screen->shell)->state);
	count->entity = row ? row->entity : ENTITY_STUDENT;
	date_of_day(time(NULL), count->today);
	app_copy(settings_add_app(&count->settings, app->kind, app->name, &err), app);
	work_begin(&count->work, shell_wake(screen->shell), run, count);
}

static void took(struct filters_screen *screen, int result, const struct err *err)
{
	*screen->error = '\0';
	if (result)
		snprintf(screen->error, sizeof(screen->error), "%s", err->text);
	if (!result) {
		filter_trial_clear(&screen->trial);
		screen->trial = screen->count.trial;
		screen->count.trial = (struct filter_trial){0};
		screen->known = true;
		list_refresh(&screen->list);
	}
	if (screen->tell && !result)
		filters_tell(screen);
	screen->tell = false;
}

void filters_changed(struct filters_screen *screen)
{
	filters_make_rows(screen);
	list_refresh(&screen->list);
	wizard_changed(screen->wizard);
	count_on(screen);
}

/* ---- the screen ---------------------------------------------------------------------------
 */

static void *filters_open(struct shell *shell, void *wizard)
{
	struct filters_screen *screen = mem_zero(1, sizeof(*screen));

	screen->shell = shell;
	screen->wizard = wizard;
	filters_make_rows(screen);
	list_init(&screen->list, &filters_source, screen, filters_columns, FILTERS_COLUMNS);
	count_on(screen);
	return screen;
}

static void filters_close(void *state)
{
	struct filters_screen *screen = state;

	count_clear(&screen->count);
	filter_trial_clear(&screen->trial);
	list_clear(&screen->list);
	filters_free_labels(screen);
	free(screen->rows);
	free(screen->needle);
	free(screen);
}

static void filters_draw(void *state, struct rect area)
{
	struct filters_screen *screen = state;

	area = fetch_draw(screen->wizard, area);
	list_draw(&screen->list, area, WIDGET_FOCUSED);
}

static void undo(struct filters_screen *screen)
{
	if (!wizard_undo(screen->wizard)) {
		shell_say(screen->shell, DRAW_NORMAL, "There is nothing to undo yet.");
		return;
	}
	filters_make_rows(screen);
	list_refresh(&screen->list);
	count_on(screen);
	shell_say(screen->shell, DRAW_OK, "The last change is taken back.");
}

/* Who of the row's entity type would be left out: told when it is counted. */
static void who(struct filters_screen *screen)
{
	if (!fetch_when(screen->wizard)) {
		shell_say(screen->shell, DRAW_NORMAL, "There is no data yet: r fetches it.");
		return;
	}
	count_on(screen);
	screen->tell = true;
}

static enum screen_answer own_key(struct filters_screen *screen, const struct key *key)
{
	const struct filters_row *row = filters_current(screen);
	bool deletes = key_typed(key, "d") || key->code == K_DELETE;

	if (key_typed(key, "w")) {
		who(screen);
		return SCREEN_TAKEN;
	}
	if (!deletes && !key_typed(key, "n") && !key_typed(key, "u"))
		return fetch_key(screen->wizard, key) ? SCREEN_TAKEN : SCREEN_IGNORED;
	if (!row || !filters_may_change(screen))
		return SCREEN_TAKEN;
	if (key_typed(key, "n"))
		filters_new(screen, row->entity);
	else if (key_typed(key, "u"))
		undo(screen);
	else if (row->kind == ROW_RULE)
		filters_delete(screen, row);
	return SCREEN_TAKEN;
}

static enum screen_answer filters_key(void *state, const struct key *key)
{
	struct filters_screen *screen = state;
	const struct filters_row *row = filters_current(screen);

	switch (list_key(&screen->list, key, term_now())) {
	case WIDGET_IGNORED: return own_key(screen, key);
	case WIDGET_CHANGED: filters_changed(screen); break;
	case WIDGET_DONE:
		if (!row || !filters_may_change(screen))
			break;
		if (row->kind == ROW_RULE)
			filters_menu(screen, row);
		else if (row->kind == ROW_TYPE)
			filters_new(screen, row->entity);
		else if (filters_source.set(screen, screen->list.row, LIST_FLIP))
			filters_changed(screen);
		break;
	default: break;
	}
	return SCREEN_TAKEN;
}

static void filters_tick(void *state, int64_t now)
{
	struct filters_screen *screen = state;
	struct err err = {0};
	int result;

	(void)now;
	if (work_take(&screen->count.work, &result, &err))
		took(screen, result, &err);
	if (fetch_when(screen->wizard) != screen->counted)
		count_on(screen);
}

static const char *filters_message(void *state, enum draw_role *role)
{
	const struct filters_screen *screen = state;

	*role = DRAW_NORMAL;
	if (screen->wizard->read_only)
		return "";
	if (*screen->error) {
		*role = DRAW_ERROR;
		return screen->error;
	}
	if (work_running(&screen->count.work))
		return "Counting ...";
	return "n adds a rule for these records. A record comes in when one rule lets it in.";
}

static size_t filters_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"n", "New rule"};
	hints[1] = (struct hint){"Enter", "Change"};
	hints[2] = (struct hint){"d", "Delete"};
	hints[3] = (struct hint){"u", "Undo"};
	hints[4] = (struct hint){"w", "Who is out"};
	hints[5] = (struct hint){"/", "Search"};
	hints[6] = (struct hint){"r", "Fetch data"};
	return 7;
}

static void filters_help(void *state, struct buf *text)
{
	size_t count, i;
	const struct condition_row *rows = filter_conditions(&count);

	(void)state;
	buf_adds(text,
		"Filter Rules\n"
		"Which records come in. A rule allows: a record comes in when all conditions of "
		"one rule of its type hold. A type without a rule comes in whole. / searches "
		"types, rules and conditions; n adds a rule, ready-made or of your own; Enter on a rule adds or removes conditions; d deletes "
		"it; u takes the last change back.\n\n"
		"Go along: what is left out together with records that the rules leave out; "
		"Space switches it. Enrollments always go with their class and their person.\n\n"
		"Would keep: counted on the last pull, at once after each change. w lists who "
		"would be left out, and why; r fetches data, in a dry run.\n\n"
		"A changed rule changes nothing by itself: the next import shows what it does, "
		"counts it, and holds it like any other change.\n\n"
		"Conditions:\n");
	for (i = 0; i < count; i++)
		buf_addf(text, "%s%s%s: %s.\n", rows[i].words, *rows[i].example ? " " : "",
			rows[i].example, rows[i].help);
}

const struct screen filters_screen = {
	.name = "filters",
	.title = "Filter Rules",
	.open = filters_open,
	.close = filters_close,
	.draw = filters_draw,
	.key = filters_key,
	.tick = filters_tick,
	.message = filters_message,
	.hints = filters_hints,
	.help = filters_help,
};
