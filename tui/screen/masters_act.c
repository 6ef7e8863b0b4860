#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screen/masters.h"

struct rules *masters_rules(const struct masters_screen *screen)
{
	return wizard_rules(screen->wizard, RULE_MASTER);
}

enum entity masters_entity(const struct masters_screen *screen)
{
	return (enum entity)screen->tab;
}

size_t masters_row(const struct masters_screen *screen)
{
	return screen->list.row < screen->view.count ? screen->view.rows[screen->list.row] : 0;
}

const char *masters_row_name(const struct masters_screen *screen, size_t row)
{
	return screen->row[row] ? screen->row[row]->name : MASTER_SIS_ID;
}

const struct conflict *masters_conflict_of(const struct masters_screen *screen, size_t row)
{
	return &screen->found.of[masters_entity(
		screen)][screen->row[row] ? (int)screen->row[row]->attr : MASTERS_SIS_ID];
}

static void add_app(struct masters_screen *screen, const struct app *app)
{
	if (screen->app_count == MASTER_APPS || strlen(app->name) >= MASTER_NAME)
		return;
	snprintf(screen->app[screen->app_count], MASTER_NAME, "%s", app->name);
	screen->kind[screen->app_count++] = app->kind;
}

void masters_list_apps(struct masters_screen *screen)
{
	const struct settings *base = &screen->wizard->base;
	const struct app *own = wizard_app(screen->wizard);
	size_t i;

	screen->app_count = 0;
	for (i = 0; i < base->count; i++)
		add_app(screen, base->apps[i]);
	if (!settings_app(base, own->name))
		add_app(screen, own); /* it comes last when it is finished */
}

void masters_turn(struct masters_screen *screen, size_t tab)
{
	size_t count, i;
	const struct attribute *row = schema_of((enum entity)tab, &count);

	screen->tab = tab;
	screen->row_count = 0;
	screen->row[screen->row_count++] = NULL;
	for (i = 0; i < count && screen->row_count < MASTERS_ROWS; i++)
		if (master_rules_take(&row[i]))
			screen->row[screen->row_count++] = &row[i];
	screen->list.row = screen->list.top = 0;
	view_reload(&screen->view);
	list_refresh(&screen->list);
	list_select(&screen->list, 0);
}

/* ---- counting ---- */

static int run(struct work *work, void *arg, struct err *err)
{
	struct conflict_reading *reading = arg;

	return conflicts_count(
		reading->state, &reading->settings, &work->cancel, &reading->found, err);
}

void masters_read_clear(struct masters_screen *screen)
{
	work_stop(&screen->reading.work);
	settings_clear(&screen->reading.settings);
	conflicts_clear(&screen->reading.found);
	mem_replace(&screen->reading.state, NULL);
}

void masters_read_on(struct masters_screen *screen)
{
	struct conflict_reading *reading = &screen->reading;
	struct err ignored;
	size_t i;

	if (screen->app_count < 2 || (screen->known && !screen->stale) ||
		work_running(&reading->work))
		return;
	masters_read_clear(screen);
	screen->stale = false;
	screen->known = true;
	reading->state = mem_strdup(shell_options(screen->shell)->state);
	for (i = 0; i < screen->app_count; i++)
		settings_add_app(&reading->settings, screen->kind[i], screen->app[i], &ignored);
	rules_copy(&reading->settings.rules, masters_rules(screen));
	work_begin(&reading->work, shell_wake(screen->shell), run, reading);
}

void masters_read_tick(struct masters_screen *screen)
{
	struct err err;
	int result;

	if (work_take(&screen->reading.work, &result, &err)) {
		*screen->error = '\0';
		if (!result) {
			conflicts_clear(&screen->found);
			screen->found = screen->reading.found;
			memset(&screen->reading.found, 0, sizeof(screen->reading.found));
		} else if (err.code != ERR_CANCELLED) {
			snprintf(screen->error, sizeof(screen->error), "%s", err.text);
		}
		masters_read_clear(screen);
	}
	masters_read_on(screen);
}

/* ---- edits ---- */

static void changed(struct masters_screen *screen)
{
	screen->stale = true;
	wizard_changed(screen->wizard);
	masters_read_on(screen);
}

void masters_cycle(struct masters_screen *screen)
{
	const char *name = masters_row_name(screen, masters_row(screen));
	const char *app = screen->app[screen->at];
	struct master_text text;
	enum master_mode mode;

	master_rules_of(masters_rules(screen), masters_entity(screen), name, &text);
	mode = master_of(&text, app);
	mode = mode == MASTER_NONE   ? MASTER_WINS
	       : mode == MASTER_WINS ? MASTER_GIVES_IN
				     : MASTER_NONE;
	wizard_remember(screen->wizard);
	master_rules_set(masters_rules(screen), masters_entity(screen), name, app, mode);
	changed(screen);
	if (mode == MASTER_WINS && !screen->row[masters_row(screen)])
		shell_say(screen->shell, DRAW_WARNING,
			"Records in the hub whose id in %s is another get that one.", app);
}

void masters_remove(struct masters_screen *screen)
{
	const char *name = masters_row_name(screen, masters_row(screen));

	if (!rules_find(masters_rules(screen), RULE_MASTER, masters_entity(screen), name)) {
		shell_say(screen->shell, DRAW_NORMAL, "Nothing is set for %s.", name);
		return;
	}
	wizard_remember(screen->wizard);
	rules_set(masters_rules(screen), RULE_MASTER, masters_entity(screen), name, NULL);
	changed(screen);
	shell_say(screen->shell, DRAW_OK, "%s has no master; u takes it back.", name);
}

static void answer_generate(void *arg, struct dialog *dialog, int answer)
{
	struct masters_screen *screen = arg;
	const char *app = screen->app[screen->at];
	enum entity e;

	(void)dialog;
	if (answer != 0 && answer != 1)
		return;
	wizard_remember(screen->wizard);
	for (e = 0; e < ENTITY_COUNT; e++)
		if (answer == 1 || e == masters_entity(screen))
			master_rules_generate(masters_rules(screen), e, app);
	changed(screen);
	shell_say(screen->shell, DRAW_OK, "%s is master of every attribute; u takes it back.",
		app);
}

void masters_generate(struct masters_screen *screen)
{
	static const char *const labels[] = {"This type", "All types", "Cancel"};
	struct dialog dialog;
	char *text = mem_printf(
		"%s becomes the master of every attribute of %s, or of all entity types. "
		"Another master gives way; what may not override stays so. The SIS id is left "
		"as it is: records in the hub keep theirs.",
		screen->app[screen->at], entity_plural(masters_entity(screen)));

	dialog_confirm(&dialog, "Generate", text, labels, 3, 2);
	shell_ask(screen->shell, &dialog, answer_generate, screen);
	free(text);
}

void masters_undo(struct masters_screen *screen)
{
	if (!wizard_undo(screen->wizard)) {
		shell_say(screen->shell, DRAW_NORMAL, "Nothing was changed yet.");
		return;
	}
	changed(screen);
	shell_say(screen->shell, DRAW_OK, "Taken back; u once more brings it again.");
}
