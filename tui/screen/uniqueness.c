/*
 * Step 6, Domains of Uniqueness: for each entity type what must be unique, in order, and how
 * many records of the last pull share it with another one.
 */
#include "screen/uniqueness.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fetch.h"
#include "rules/domain_rules.h"
#include "term/term.h"
#include "widget/tabs.h"
#include "widget/toggle.h"
#include "widget/words.h"

enum { LOW = 9, ABOUT = 2 };

/* ---- rows ---- */

static size_t rows(void *data)
{
	return ((struct uniqueness *)data)->domains.count;
}

static uint64_t row_id(void *data, size_t row)
{
	(void)data;
	return row;
}

static bool is_counted(const struct uniqueness *screen)
{
	return screen->read && !screen->stale && !work_running(&screen->reading.work) &&
	       !*screen->error;
}

static void count_cell(const struct uniqueness *screen, size_t row, struct list_cell *cell)
{
	char shared[WORDS_SIZE], filled[WORDS_SIZE];
	enum entity entity = uniqueness_entity(screen);
	int64_t count = screen->found.domain[entity][row].shared;

	cell->role = DRAW_DIM;
	if (!is_counted(screen))
		return;
	snprintf(cell->text, sizeof(cell->text), "%s of %s share it",
		words_number((uint64_t)count, shared),
		words_number((uint64_t)screen->found.domain[entity][row].filled, filled));
	if (count)
		cell->role = DRAW_WARNING;
}

static void row_cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	const struct uniqueness *screen = data;
	enum entity entity = uniqueness_entity(screen);
	const struct domain *domain = &screen->domains.list[row];
	struct buf text;

	*cell->text = '\0';
	if (column == 0)
		snprintf(cell->text, sizeof(cell->text), "%zu", row + 1);
	else if (column == 1)
		snprintf(cell->text, sizeof(cell->text), "%s", domain->name);
	else if (column == 3)
		count_cell(screen, row, cell);
	if (column != 2)
		return;
	buf_init(&text);
	domain_write(entity, &domain->by, &text);
	snprintf(cell->text, sizeof(cell->text), "%s", text.data);
	buf_clear(&text);
}

static const struct list_source source = {.count = rows, .id = row_id, .cell = row_cell};
static const struct list_column columns[] = {{"", 1, 0, 0, LIST_LEFT},
	{"Domain", 16, 0, 1, LIST_LEFT}, {"Unique together", 20, 0, 2, LIST_LEFT},
	{"In the last pull", 20, 1, 1, LIST_LEFT}};

/* ---- the screen ---- */

static void *uniqueness_open(struct shell *shell, void *wizard)
{
	struct uniqueness *screen = mem_zero(1, sizeof(*screen));

	screen->shell = shell;
	screen->wizard = wizard;
	screen->tab = ENTITY_STUDENT;
	settings_init(&screen->reading.settings);
	list_init(&screen->list, &source, screen, columns, 4);
	screen->list.empty =
		"No domain: records of this type are told apart by their SIS id alone. n adds "
		"one.";
	uniqueness_refresh(screen);
	uniqueness_read_on(screen);
	return screen;
}

static void uniqueness_close(void *state)
{
	struct uniqueness *screen = state;

	attribute_picker_close(&screen->picker);
	uniqueness_read_clear(screen);
	list_clear(&screen->list);
	free(screen->changing);
	free(screen);
}

static void draw_tabs(const struct uniqueness *screen, struct rect area)
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

/* Below the list: what the row under the cursor means, or why there are no counts. */
static void draw_about(const struct uniqueness *screen, struct rect area)
{
	enum entity entity = uniqueness_entity(screen);
	bool own = domain_rules_are_own(uniqueness_rules(screen), entity);

	if (*screen->error) {
		draw_wrapped(area, 0, DRAW_ERROR, screen->error);
		return;
	}
	draw_textf(area.y, area.x, area.width, DRAW_DIM, "%s",
		work_running(&screen->reading.work) ? "Counting ..."
		: own                               ? "Your own; D brings the defaults back."
						    : "These are the defaults.");
	draw_text(area.y + 1, area.x, area.width, DRAW_DIM,
		"They hold for all apps of the hub. The first that matches decides.");
}

static void uniqueness_draw(void *state, struct rect area)
{
	struct uniqueness *screen = state;
	const struct app *app = wizard_app(screen->wizard);
	bool low = area.height < LOW;
	struct rect about;

	draw_tabs(screen, area);
	area.y++;
	area.height--;
	if (!low) {
		draw_textf(area.y, area.x, area.width,
			app->uniqueness ? DRAW_NORMAL : DRAW_WARNING,
			"%s Compare records accordingly to the Domains of Uniqueness (c)",
			toggle_text(TOGGLE_SLIDER, app->uniqueness));
		area.y += 2;
		area.height -= 2;
	}
	area = fetch_draw(screen->wizard, area);
	if (!low) {
		about = area;
		about.y += area.height - ABOUT;
		about.height = ABOUT;
		area.height -= ABOUT;
		draw_about(screen, about);
	}
	list_draw(&screen->list, area, WIDGET_FOCUSED);
	if (screen->picker.open)
		attribute_picker_draw(&screen->picker);
}

static bool turn_key(struct uniqueness *screen, const struct key *key)
{
	size_t tab = screen->tab;

	if (key->code == K_TAB)
		tab = (tab + 1) % ENTITY_COUNT;
	else if (key->code == K_BACKTAB)
		tab = (tab + ENTITY_COUNT - 1) % ENTITY_COUNT;
	else if (key->code == K_LEFT || key->code == K_RIGHT)
		tabs_key(&tab, ENTITY_COUNT, key);
	else
		return false;
	if (tab != screen->tab) {
		screen->tab = tab;
		screen->list.row = screen->list.top = 0;
		uniqueness_refresh(screen);
		list_select(&screen->list, 0);
	}
	return true;
}

/* Letters that change something. */
static bool own_key(struct uniqueness *screen, const struct key *key)
{
	static const char letters[] = "nedDuc+-";
	bool removes = key_typed(key, "d") || key->code == K_DELETE;

	if (!removes && !(key->code == K_CHAR && !key->pasted && !key->text[1] &&
				strchr(letters, key->text[0])))
		return false;
	if (screen->wizard->read_only)
		shell_say(screen->shell, DRAW_ERROR, "Read-only. %s", screen->wizard->why);
	else if (removes)
		uniqueness_remove(screen);
	else if (key_typed(key, "n"))
		uniqueness_new(screen);
	else if (key_typed(key, "e"))
		uniqueness_change(screen);
	else if (key_typed(key, "D"))
		uniqueness_restore(screen);
	else if (key_typed(key, "u"))
		uniqueness_undo(screen);
	else if (key_typed(key, "c"))
		uniqueness_switch(screen);
	else
		uniqueness_move(screen, key_typed(key, "+") ? RULE_UP : RULE_DOWN);
	return true;
}

static enum screen_answer uniqueness_key(void *state, const struct key *key)
{
	const struct key change = {.code = K_CHAR, .text = "e"};
	struct uniqueness *screen = state;

	if (screen->picker.open) {
		if (attribute_picker_key(&screen->picker, key))
			uniqueness_picked(screen);
		return SCREEN_TAKEN;
	}
	if (fetch_key(screen->wizard, key) || turn_key(screen, key) || own_key(screen, key))
		return SCREEN_TAKEN;
	if (key->code == K_ENTER)
		return own_key(screen, &change) ? SCREEN_TAKEN : SCREEN_IGNORED;
	return list_key(&screen->list, key, term_now()) == WIDGET_IGNORED ? SCREEN_IGNORED
									  : SCREEN_TAKEN;
}

static void uniqueness_tick(void *state, int64_t now)
{
	(void)now;
	uniqueness_read_tick(state);
}

static const char *uniqueness_message(void *state, enum draw_role *role)
{
	const struct uniqueness *screen = state;

	*role = DRAW_NORMAL;
	if (screen->picker.open)
		return "Nothing is saved before the title.";
	return "Two records with the same value in a domain are one, or duplicates.";
}

static size_t uniqueness_hints(void *state, struct hint *hints)
{
	const struct uniqueness *screen = state;

	if (screen->picker.open)
		return 0;
	hints[0] = (struct hint){"n", "New"};
	hints[1] = (struct hint){"Enter", "Change"};
	hints[2] = (struct hint){"d", "Remove"};
	hints[3] = (struct hint){"+ -", "Order"};
	hints[4] = (struct hint){"D", "Defaults"};
	hints[5] = (struct hint){"u", "Undo"};
	return 6;
}

static void uniqueness_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Domains of Uniqueness\n"
		"What must be unique, for each entity type: one attribute, or several "
		"together, such as firstName, lastName and birthDate. Case, accents and "
		"blanks do not count in names and addresses; ids and codes are compared as "
		"they are. A record in which one of the attributes is empty matches none.\n\n"
		"Two records of different apps that match become one record of the hub, where "
		"both apps have \"Data will be uploaded from multiple data sources\" on. Two "
		"records of one app that match are duplicates: they are listed in the tab "
		"Duplicates, and never merged by themselves. The domains are tried in their "
		"order: the first that matches decides.\n\n"
		"They are of the hub, and hold for all its apps. Whether an app's records are "
		"compared by them at all is its own switch: c.\n\n"
		"n               a new domain: tick its attributes, give it a title\n"
		"Enter or e      change the one under the cursor\n"
		"d or Delete     remove it; without any, only the SIS id tells records apart\n"
		"+ and -         move it up or down\n"
		"D               the defaults of this entity type again\n"
		"u               take the last change back\n"
		"c               the app's switch\n"
		"r               fetch the data, in a dry run, to see counts\n"
		"Left, Right     entity type\n\n"
		"Changed domains change nothing by themselves: the next import shows what they "
		"do, counts it, and holds it like any other change.");
}

const struct screen uniqueness_screen = {
	.name = "uniqueness",
	.title = "Domains of Uniqueness",
	.open = uniqueness_open,
	.close = uniqueness_close,
	.draw = uniqueness_draw,
	.key = uniqueness_key,
	.tick = uniqueness_tick,
	.message = uniqueness_message,
	.hints = uniqueness_hints,
	.help = uniqueness_help,
};
