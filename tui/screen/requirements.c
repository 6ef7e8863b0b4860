/*
 * Step 4, Data Requirements: a row for each attribute of the hub, what is asked of it as
 * toggles in columns, and beside it how often it is missing in the data of the last pull.
 */
#include "screen/requirements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fetch.h"
#include "widget/toggle.h"
#include "widget/words.h"

enum { NARROW = 72 }; /* columns of the screen below which the toggles become one text */

struct rules *require_rules(const struct requirements_screen *screen)
{
	return wizard_rules(screen->wizard, RULE_REQUIRE);
}

struct requirement require_of(
	const struct requirements_screen *screen, const struct attribute *attribute)
{
	struct requirement is;
	struct err ignored;

	if (requirements_of(require_rules(screen), attribute, &is, &ignored))
		requirement_default(attribute, &is); /* a draft of another version */
	return is;
}

bool require_is_changed(
	const struct requirements_screen *screen, const struct attribute *attribute)
{
	struct requirement is = require_of(screen, attribute), usual;

	requirement_default(attribute, &usual);
	return !requirement_same(&is, &usual);
}

/* ---- rows ---- */

/* How often it is missing, "37 of 10,006"; "" when that is not known. */
static void write_missing(const struct requirements_screen *screen,
	const struct attribute *attribute, char *out, size_t size)
{
	const struct shortfall *found = &screen->found;
	int64_t missing = found->missing[attribute->entity][attribute->attr];
	char some[WORDS_SIZE], all[WORDS_SIZE];

	*out = '\0';
	if (screen->known && found->records[attribute->entity])
		snprintf(out, size, "%s of %s",
			missing ? words_number((uint64_t)missing, some) : "none",
			words_number((uint64_t)found->records[attribute->entity], all));
}

static void missing_cell(const struct requirements_screen *screen,
	const struct attribute *attribute, const struct requirement *is, struct list_cell *cell)
{
	bool misses =
		screen->known && screen->found.missing[attribute->entity][attribute->attr] > 0;

	write_missing(screen, attribute, cell->text, sizeof(cell->text));
	cell->role = misses && is->missing != MISSING_TAKEN ? DRAW_WARNING : DRAW_DIM;
}

static void cell(
	void *data, const struct attribute *attribute, size_t column, struct list_cell *cell)
{
	const struct requirements_screen *screen = data;
	struct requirement is = require_of(screen, attribute);
	const char *text = "";

	switch (column) {
	case REQUIRE_MARK:
		text = require_is_changed(screen, attribute) ? "*" : "";
		cell->role = DRAW_OK;
		break;
	case REQUIRE_NAME: text = attribute->name; break;
	case REQUIRE_INCLUDE: text = toggle_text(TOGGLE_CHECK, is.include); break;
	case REQUIRE_REPORT:
		text = toggle_text(TOGGLE_CHECK, is.missing == MISSING_REPORTED);
		break;
	case REQUIRE_SKIP:
		text = toggle_text(TOGGLE_CHECK, is.missing == MISSING_SKIPPED);
		break;
	case REQUIRE_MASK: text = is.mask == MASK_NONE ? "-" : mask_name(is.mask); break;
	default: missing_cell(screen, attribute, &is, cell); return;
	}
	if (!is.include && column > REQUIRE_INCLUDE)
		text = "";
	snprintf(cell->text, sizeof(cell->text), "%s", text);
}

/* The same where there is no room for toggles. */
static void narrow_cell(
	void *data, const struct attribute *attribute, size_t column, struct list_cell *out)
{
	const struct requirements_screen *screen = data;
	struct requirement is = require_of(screen, attribute);
	struct buf text;

	if (column != 2) {
		cell(data, attribute, column == 3 ? REQUIRE_MISSING : column, out);
		return;
	}
	buf_init(&text);
	require_text_tell(&is, &text);
	snprintf(out->text, sizeof(out->text), "%s", text.data);
	buf_clear(&text);
}

static void search(void *data, const struct attribute *attribute, struct buf *text)
{
	struct requirement is = require_of(data, attribute);
	struct buf told;

	buf_init(&told);
	require_text_tell(&is, &told);
	buf_addf(text, "%s%s", told.data,
		require_is_changed(data, attribute) ? " * changed" : "");
	buf_clear(&told);
}

static const struct entities_source source = {.cell = cell, .search = search};
static const struct entities_source narrow_source = {.cell = narrow_cell, .search = search};

static const struct list_column columns[REQUIRE_COLUMNS] = {
	[REQUIRE_MARK] = {"", 1, 0, 0, LIST_LEFT},
	[REQUIRE_NAME] = {"Hub attribute", 20, 0, 1, LIST_LEFT},
	[REQUIRE_INCLUDE] = {"Include", 7, 0, 0, LIST_LEFT},
	[REQUIRE_REPORT] = {"Report", 6, 0, 0, LIST_LEFT},
	[REQUIRE_SKIP] = {"Skip", 4, 0, 0, LIST_LEFT},
	[REQUIRE_MASK] = {"Masking", 8, 0, 0, LIST_LEFT},
	[REQUIRE_MISSING] = {"Missing", 16, 0, 0, LIST_RIGHT},
};
static const struct list_column narrow_columns[] = {{"", 1, 0, 0, LIST_LEFT},
	{"Hub attribute", 14, 0, 1, LIST_LEFT}, {"Requirement", 12, 0, 1, LIST_LEFT},
	{"Missing", 15, 1, 0, LIST_RIGHT}};

/* ---- the screen ---- */

static void *requirements_open(struct shell *shell, void *wizard)
{
	struct requirements_screen *screen = mem_zero(1, sizeof(*screen));

	screen->shell = shell;
	screen->wizard = wizard;
	settings_init(&screen->counting.settings);
	entities_init(&screen->entities, wizard, &source, screen, columns, REQUIRE_COLUMNS);
	screen->entities.list.column = REQUIRE_INCLUDE;
	require_count(screen);
	return screen;
}

static void requirements_close(void *state)
{
	struct requirements_screen *screen = state;

	require_count_clear(screen);
	entities_clear(&screen->entities);
	free(screen);
}

/* What Skip does to the entity type that is shown, in all. */
static enum draw_role write_about(struct requirements_screen *screen)
{
	enum entity entity = entities_entity(&screen->entities);
	char some[WORDS_SIZE], all[WORDS_SIZE], more[WORDS_SIZE];
	const struct shortfall *found = &screen->found;
	size_t room = sizeof(screen->about);
	int64_t skipped = found->skipped[entity];

	*screen->about = '\0';
	if (*screen->error) {
		snprintf(screen->about, room, "%s", screen->error);
		return DRAW_ERROR;
	}
	if (!screen->known) {
		if (work_running(&screen->counting.work))
			snprintf(screen->about, room, "Counting ...");
		return DRAW_DIM;
	}
	if (!skipped)
		return DRAW_DIM;
	snprintf(screen->about, room, "Skip would leave out %s of %s %s.",
		words_number((uint64_t)skipped, some),
		words_number((uint64_t)found->records[entity], all), entity_plural(entity));
	if (found->enrollments)
		snprintf(screen->about + strlen(screen->about), room - strlen(screen->about),
			" Enrollments that go along: %s.",
			words_number((uint64_t)found->enrollments, more));
	return DRAW_WARNING;
}

/* Toggles in columns where there is room for them. Returns whether there is. */
static bool lay_out(struct requirements_screen *screen)
{
	struct entities *entities = &screen->entities;
	bool wide = draw_screen().width >= NARROW;

	if (wide == (entities->source == &source))
		return wide;
	entities->source = wide ? &source : &narrow_source;
	entities->list.columns = wide ? columns : narrow_columns;
	entities->list.column_count =
		wide ? REQUIRE_COLUMNS : sizeof(narrow_columns) / sizeof(*narrow_columns);
	entities->list.column = wide ? REQUIRE_INCLUDE : -1;
	return wide;
}

static void requirements_draw(void *state, struct rect area)
{
	struct requirements_screen *screen = state;
	enum draw_role role = write_about(screen);

	lay_out(screen);
	entities_draw(&screen->entities, area, role, screen->about);
}

/* Left and Right: the columns of toggles. */
static bool column_key(struct requirements_screen *screen, const struct key *key)
{
	int *column = &screen->entities.list.column;

	if (!lay_out(screen))
		return false;
	if (key->code == K_LEFT)
		*column -= *column > REQUIRE_INCLUDE;
	else if (key->code == K_RIGHT)
		*column += *column < REQUIRE_MASK;
	else if (key_typed(key, " "))
		require_flip(screen);
	else if (key_typed(key, "a"))
		require_set_all(screen, LIST_ON);
	else if (key_typed(key, "x"))
		require_set_all(screen, LIST_OFF);
	else if (key_typed(key, "i"))
		require_set_all(screen, LIST_FLIP);
	else
		return false;
	return true;
}

static bool letter_key(struct requirements_screen *screen, const struct key *key)
{
	if (key_typed(key, "m"))
		require_mask_menu(screen);
	else if (key_typed(key, "d") || key->code == K_DELETE)
		require_default(screen);
	else if (key_typed(key, "D"))
		require_default_all(screen);
	else if (key_typed(key, "u"))
		require_undo(screen);
	else if (!lay_out(screen) && key_typed(key, " "))
		require_menu(screen);
	else
		return false;
	return true;
}

static enum screen_answer requirements_key(void *state, const struct key *key)
{
	struct requirements_screen *screen = state;

	if (!entities_is_typing(&screen->entities) &&
		(column_key(screen, key) || letter_key(screen, key)))
		return SCREEN_TAKEN;
	switch (entities_key(&screen->entities, key)) {
	case ENTITIES_CHOSEN: require_menu(screen); return SCREEN_TAKEN;
	case ENTITIES_IGNORED: return SCREEN_IGNORED;
	default: return SCREEN_TAKEN;
	}
}

static void requirements_tick(void *state, int64_t now)
{
	struct requirements_screen *screen = state;

	edit_tick(&screen->entities.list.filter, now);
	require_count_tick(screen);
}

static const char *requirements_message(void *state, enum draw_role *role)
{
	static const char *const texts[REQUIRE_COLUMNS] = {
		[REQUIRE_INCLUDE] = "Include: off, the attribute is not taken at all.",
		[REQUIRE_REPORT] = "Report if missing: comes in, listed as an Error",
		[REQUIRE_SKIP] = "Skip if missing: left out, listed as Skipped",
		[REQUIRE_MASK] = "Masking: what is stored instead. Space for the next, m to "
				 "choose."};
	struct requirements_screen *screen = state;
	const struct attribute *attribute = entities_current(&screen->entities);
	bool wide = lay_out(screen);
	int column = screen->entities.list.column;
	char now[80];

	*role = DRAW_NORMAL;
	if (screen->wizard->read_only)
		return "";
	if (!wide)
		return "Enter: what is asked of it. * is not as by default.";
	if (!attribute || (column != REQUIRE_REPORT && column != REQUIRE_SKIP))
		return texts[column];
	write_missing(screen, attribute, now, sizeof(now));
	snprintf(screen->message, sizeof(screen->message), "%s%s%s.", texts[column],
		*now ? ": now that is " : "", now);
	return screen->message;
}

static size_t requirements_hints(void *state, struct hint *hints)
{
	hints[0] = lay_out(state) ? (struct hint){"Space", "On/off"}
				  : (struct hint){"Enter", "Change"};
	hints[1] = (struct hint){"d", "Default"};
	hints[2] = (struct hint){"u", "Undo"};
	hints[3] = (struct hint){"/", "Search"};
	hints[4] = (struct hint){"r", "Fetch data"};
	return 5;
}

static void requirements_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Data Requirements\n"
		"What is asked of each attribute, for every entity type: Tab turns the tabs. "
		"Left and Right choose a column, Space toggles, Enter shows all choices in "
		"words.\n\n"
		"Include: the attribute is taken; off, it never comes into the hub. Report if "
		"missing: a record without it comes in and is listed under Data Quality as an "
		"Error. Skip if missing: it is left out, with its enrollments, and listed as "
		"Skipped. Masking: what is stored in the place of the value: *** (fixed), "
		"initials, a hash, of a date its year.\n\n"
		"Missing says in how many records of the last pull there is no value, and the "
		"line below the list how many records Skip would leave out. r fetches the "
		"data, in a dry run.\n\n"
		"* marks what is not as by default: d or Delete gives the default back, D for "
		"all of the tab, u takes the last change back. a, x and i set the column on, "
		"off, or the other way round in all rows shown; / searches names, words such "
		"as skip, and \"changed\".\n\n"
		"A hash is the same for equal values, so that people can still be told apart "
		"and found again; who has only an export cannot find out what it stands for. "
		"Filters see a value before it is masked. Of what is masked or not included, "
		"nothing is kept of the pull but that it was there.\n\n"
		"A changed rule changes nothing by itself: the next import shows what it does, "
		"counts it, and holds it like any other change.");
}

const struct screen requirements_screen = {
	.name = "requirements",
	.title = "Data Requirements",
	.open = requirements_open,
	.close = requirements_close,
	.draw = requirements_draw,
	.key = requirements_key,
	.tick = requirements_tick,
	.message = requirements_message,
	.hints = requirements_hints,
	.help = requirements_help,
};
