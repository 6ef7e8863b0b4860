/*
 * Step 7, Master Fields: for each entity type its attributes, a column for each app, and how
 * often the apps differ now.
 */
#include "screen/masters.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/term.h"
#include "widget/tabs.h"
#include "widget/words.h"

enum { LOW = 9, ABOUT = 2, NAME_WIDTH = 18, MODE_WIDTH = 17, DIFFER_WIDTH = 8 };

/* ---- rows ---- */

static size_t all_rows(void *data)
{
	return ((struct masters_screen *)data)->row_count;
}

static const char *row_text(void *data, size_t row)
{
	return masters_row_name(data, row);
}

static size_t rows(void *data)
{
	return ((struct masters_screen *)data)->view.count;
}

static void row_filter(void *data, const char *text)
{
	view_search(&((struct masters_screen *)data)->view, text);
}

static uint64_t row_id(void *data, size_t row)
{
	return ((struct masters_screen *)data)->view.rows[row];
}

static bool is_counted(const struct masters_screen *screen)
{
	return screen->known && !work_running(&screen->reading.work) && !*screen->error;
}

static void mode_cell(
	const struct masters_screen *screen, size_t row, size_t app, struct list_cell *cell)
{
	struct master_text text;
	enum master_mode mode;
	bool here = row == masters_row(screen) && app == screen->at;

	master_rules_of(masters_rules(screen), masters_entity(screen),
		masters_row_name(screen, row), &text);
	mode = master_of(&text, screen->app[app]);
	snprintf(cell->text, sizeof(cell->text), here ? "[%s]" : " %s",
		here && mode == MASTER_NONE ? " " : master_mode_title(mode));
	cell->role = mode == MASTER_WINS       ? DRAW_OK
		     : mode == MASTER_GIVES_IN ? DRAW_DIM
					       : DRAW_NORMAL;
}

static void row_cell(void *data, size_t shown, size_t column, struct list_cell *cell)
{
	const struct masters_screen *screen = data;
	size_t row = screen->view.rows[shown];
	const struct conflict *conflict = masters_conflict_of(screen, row);

	if (column == 0) {
		snprintf(cell->text, sizeof(cell->text), "%s",
			screen->row[row] ? screen->row[row]->name : "SIS id");
	} else if (column <= screen->shown) {
		mode_cell(screen, row, screen->first + column - 1, cell);
	} else if (is_counted(screen) && conflict->differ) {
		words_number((uint64_t)conflict->differ, cell->text);
		cell->role = conflict->open ? DRAW_WARNING : DRAW_DIM;
	}
}

static const struct view_source view_source = {.count = all_rows, .text = row_text};
static const struct list_source source = {
	.count = rows, .total = all_rows, .id = row_id, .cell = row_cell, .filter = row_filter};

/* The columns that the width has room for, around the app under the cursor. */
static void make_columns(struct masters_screen *screen, int width)
{
	int room = (width - NAME_WIDTH - DIFFER_WIDTH - 4) / (MODE_WIDTH + 2);
	size_t shown = room < 1 ? 1 : (size_t)room, i;

	screen->shown = shown < screen->app_count ? shown : screen->app_count;
	if (screen->at < screen->first)
		screen->first = screen->at;
	if (screen->at >= screen->first + screen->shown)
		screen->first = screen->at + 1 - screen->shown;
	if (screen->first + screen->shown > screen->app_count)
		screen->first = screen->app_count - screen->shown;
	screen->columns[0] = (struct list_column){"Attribute", NAME_WIDTH, 0, 1, LIST_LEFT};
	for (i = 0; i < screen->shown; i++) {
		size_t app = screen->first + i;

		snprintf(screen->titles[i], MASTERS_TITLE, app == screen->at ? "[%s]" : " %s",
			screen->app[app]);
		screen->columns[i + 1] =
			(struct list_column){screen->titles[i], MODE_WIDTH, 0, 0, LIST_LEFT};
	}
	screen->columns[i + 1] = (struct list_column){"Differ", DIFFER_WIDTH, 1, 0, LIST_RIGHT};
	screen->list.column_count = screen->shown + 2;
}

/* ---- the screen ---- */

static void *masters_open(struct shell *shell, void *wizard)
{
	struct masters_screen *screen = mem_zero(1, sizeof(*screen));

	screen->shell = shell;
	screen->wizard = wizard;
	settings_init(&screen->reading.settings);
	masters_list_apps(screen);
	view_init(&screen->view, &view_source, screen);
	list_init(&screen->list, &source, screen, screen->columns, 2);
	masters_turn(screen, ENTITY_STUDENT);
	masters_read_on(screen);
	return screen;
}

static void masters_close(void *state)
{
	struct masters_screen *screen = state;

	masters_read_clear(screen);
	conflicts_clear(&screen->found);
	list_clear(&screen->list);
	view_clear(&screen->view);
	free(screen);
}

static void draw_tabs(const struct masters_screen *screen, struct rect area)
{
	char titles[ENTITY_COUNT][24];
	const char *tabs[ENTITY_COUNT];
	int i;

	for (i = 0; i < ENTITY_COUNT; i++) {
		snprintf(titles[i], sizeof(titles[i]), "%s", entity_name((enum entity)i));
		titles[i][0] = (char)toupper((unsigned char)titles[i][0]);
		tabs[i] = titles[i];
	}
	tabs_draw(area.y, area.x, area.width, tabs, ENTITY_COUNT, screen->tab, WIDGET_BLURRED);
}

/* "Differ in 12 of 340: east counts in 10, west in 2." */
static void write_conflict(const struct masters_screen *screen, struct buf *out)
{
	const struct conflict *conflict = masters_conflict_of(screen, masters_row(screen));
	char differ[WORDS_SIZE], shared[WORDS_SIZE], wins[WORDS_SIZE];
	int64_t all = screen->found.shared[masters_entity(screen)];
	const char *between = "";
	size_t i;

	if (!all) {
		buf_addf(out, "No %s are shared by several apps yet.",
			entity_plural(masters_entity(screen)));
		return;
	}
	if (!conflict->differ) {
		buf_addf(out, "The apps say the same in all %s %s that they share.",
			words_number((uint64_t)all, shared),
			entity_plural(masters_entity(screen)));
		return;
	}
	buf_addf(out, "The apps differ in %s of %s %s they share: ",
		words_number((uint64_t)conflict->differ, differ),
		words_number((uint64_t)all, shared), entity_plural(masters_entity(screen)));
	for (i = 0; i < screen->found.app_count; i++) {
		if (!conflict->wins[i])
			continue;
		buf_addf(out, "%s%s counts in %s", between, screen->found.app[i],
			words_number((uint64_t)conflict->wins[i], wins));
		between = ", ";
	}
	buf_adds(out, conflict->open ? ", by the order of the apps." : ", by Master Fields.");
}

static void draw_about(const struct masters_screen *screen, struct rect area)
{
	struct buf text;

	buf_init(&text);
	if (*screen->error)
		buf_adds(&text, screen->error);
	else if (!is_counted(screen))
		buf_adds(&text, "Comparing what the apps say ...");
	else
		write_conflict(screen, &text);
	draw_wrapped(area, 0, *screen->error ? DRAW_ERROR : DRAW_DIM, text.data);
	buf_clear(&text);
}

static void draw_alone(const struct masters_screen *screen, struct rect area)
{
	char *text = mem_printf(
		"Master Fields need more than one app. There is one, %s, so every value comes "
		"from it, and there is nothing to decide here.\n\n"
		"A second app is added on the dashboard (7 Settings, n), or with lumenport app "
		"add. Give both of them \"Data will be uploaded from multiple "
		"data sources\" in Delivery Config. Then this step says, for each attribute, "
		"whose value counts.\n\nF8 goes on.",
		wizard_app(screen->wizard)->name);

	draw_wrapped(area, 0, DRAW_NORMAL, text);
	draw_cursor(area.y, area.x);
	free(text);
}

static void masters_draw(void *state, struct rect area)
{
	struct masters_screen *screen = state;
	struct rect about;

	if (screen->app_count < 2) {
		draw_alone(screen, area);
		return;
	}
	draw_tabs(screen, area);
	area.y++;
	area.height--;
	make_columns(screen, area.width);
	if (area.height >= LOW) {
		about = area;
		about.y += area.height - ABOUT;
		about.height = ABOUT;
		area.height -= ABOUT;
		draw_about(screen, about);
	}
	list_draw(&screen->list, area, WIDGET_FOCUSED);
}

static bool move_key(struct masters_screen *screen, const struct key *key)
{
	size_t tab = screen->tab;

	if (key->code == K_LEFT)
		screen->at -= screen->at > 0;
	else if (key->code == K_RIGHT)
		screen->at += screen->at + 1 < screen->app_count;
	else if (key->code == K_TAB)
		tab = (tab + 1) % ENTITY_COUNT;
	else if (key->code == K_BACKTAB)
		tab = (tab + ENTITY_COUNT - 1) % ENTITY_COUNT;
	else
		return false;
	if (tab != screen->tab)
		masters_turn(screen, tab);
	return true;
}

static bool own_key(struct masters_screen *screen, const struct key *key)
{
	bool cycles = key->code == K_ENTER || key_typed(key, " ");
	bool removes = key->code == K_DELETE || key_typed(key, "d");

	if (!cycles && !removes && !key_typed(key, "g") && !key_typed(key, "u"))
		return false;
	if (!screen->view.count)
		return true;
	if (screen->wizard->read_only)
		shell_say(screen->shell, DRAW_ERROR, "Read-only. %s", screen->wizard->why);
	else if (cycles)
		masters_cycle(screen);
	else if (removes)
		masters_remove(screen);
	else if (key_typed(key, "g"))
		masters_generate(screen);
	else
		masters_undo(screen);
	return true;
}

static enum screen_answer masters_key(void *state, const struct key *key)
{
	struct masters_screen *screen = state;

	if (screen->app_count < 2) {
		if (key->code != K_ENTER)
			return SCREEN_IGNORED;
		wizard_next(screen->wizard);
		return SCREEN_TAKEN;
	}
	if (!screen->list.filtering && (move_key(screen, key) || own_key(screen, key)))
		return SCREEN_TAKEN;
	return list_key(&screen->list, key, term_now()) == WIDGET_IGNORED ? SCREEN_IGNORED
									  : SCREEN_TAKEN;
}

static void masters_tick(void *state, int64_t now)
{
	edit_tick(&((struct masters_screen *)state)->list.filter, now);
	masters_read_tick(state);
}

static const char *masters_message(void *state, enum draw_role *role)
{
	const struct masters_screen *screen = state;

	*role = DRAW_NORMAL;
	return screen->app_count < 2 ? ""
				     : "Whose value counts. Without a master: the first app "
				       "that has one.";
}

static size_t masters_hints(void *state, struct hint *hints)
{
	const struct masters_screen *screen = state;

	if (screen->app_count < 2) {
		hints[0] = (struct hint){"Enter", "Next"};
		return 1;
	}
	hints[0] = (struct hint){"Space", "Change"};
	hints[1] = (struct hint){"Left/Right", "App"};
	hints[2] = (struct hint){"Tab", "Entity type"};
	hints[3] = (struct hint){"g", "Generate"};
	hints[4] = (struct hint){"d", "Remove"};
	hints[5] = (struct hint){"u", "Undo"};
	hints[6] = (struct hint){"/", "Search"};
	return 7;
}

static void masters_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Master Fields\n"
		"With two sources, one may be right about names and the other about email "
		"addresses. Where several apps have the same record (by its SIS id or a domain "
		"of uniqueness), this says for each attribute whose value the hub takes:\n\n"
		"Master           this app's value, wherever it has one\n"
		"Do not override  this app's value only where no other has one\n"
		"neither          the first app that has a value, in the order of the "
		"columns\n\n"
		"Differ counts the records in which the apps say different things now; below "
		"the list stands who wins. When an app is removed, or loses a value, the "
		"other's takes its place. The order in which apps are imported makes no "
		"difference.\n\n"
		"Space or Enter   the next of the three, for the app in brackets\n"
		"Left, Right      app\n"
		"Tab              entity type\n"
		"g                Generate: the app in brackets is Master of every attribute\n"
		"d or Delete      nothing is set for the attribute\n"
		"u                take the last change back\n"
		"/                search\n\n"
		"The SIS id is the id in the hub: another master of it gives records that are "
		"there another id. Changed fields change nothing by themselves: the next "
		"import of any app shows what they do, and holds it like any other change.");
}

const struct screen masters_screen = {
	.name = "masters",
	.title = "Master Fields",
	.open = masters_open,
	.close = masters_close,
	.draw = masters_draw,
	.key = masters_key,
	.tick = masters_tick,
	.message = masters_message,
	.hints = masters_hints,
	.help = masters_help,
};
