/* What can be done with the requirements of attributes. */
#include <stdio.h>
#include <string.h>

#include "screen/requirements.h"
#include "widget/words.h"

static bool may_change(const struct requirements_screen *screen)
{
	if (screen->wizard->read_only)
		shell_say(screen->shell, DRAW_ERROR, "Read-only. %s", screen->wizard->why);
	return !screen->wizard->read_only;
}

/* After wizard_remember and the change. */
static void changed(struct requirements_screen *screen)
{
	entities_refresh(&screen->entities);
	wizard_changed(screen->wizard);
	require_count(screen);
}

/* ---- toggles ---- */

static struct requirement set_missing(
	struct requirement now, enum missing missing, enum list_set how)
{
	bool on = how == LIST_FLIP ? now.missing != missing : how == LIST_ON;

	if (on)
		now.include = true;
	if (on)
		now.missing = missing;
	else if (now.missing == missing)
		now.missing = MISSING_TAKEN;
	return now;
}

static struct requirement set_include(
	const struct attribute *attribute, struct requirement now, enum list_set how)
{
	bool on = how == LIST_FLIP ? !now.include : how == LIST_ON;

	if (on && !now.include)
		requirement_default(attribute, &now);
	else if (!on)
		now = (struct requirement){false, MISSING_TAKEN, MASK_NONE};
	return now;
}

/* The next mask that fits; behind the last one none. */
static struct requirement next_mask(const struct attribute *attribute, struct requirement now)
{
	do
		now.mask = (now.mask + 1) % MASK_KINDS;
	while (!requirement_fits(attribute, now.mask));
	now.include = true;
	return now;
}

static struct requirement toggled(const struct attribute *attribute, struct requirement now,
	int column, enum list_set how)
{
	switch (column) {
	case REQUIRE_INCLUDE: return set_include(attribute, now, how);
	case REQUIRE_REPORT: return set_missing(now, MISSING_REPORTED, how);
	case REQUIRE_SKIP: return set_missing(now, MISSING_SKIPPED, how);
	default: break;
	}
	if (how == LIST_FLIP)
		return next_mask(attribute, now);
	now.mask = MASK_NONE;
	return now;
}

void require_flip(struct requirements_screen *screen)
{
	const struct attribute *attribute = entities_current(&screen->entities);
	int column = screen->entities.list.column;
	struct requirement now, then;
	struct err err;

	if (!attribute || !may_change(screen))
		return;
	if (column == REQUIRE_MASK && !requirement_fits(attribute, MASK_FIXED) &&
		!requirement_fits(attribute, MASK_YEAR)) {
		shell_say(screen->shell, DRAW_NORMAL,
			"No mask fits %s; it can be left out in the column Include.",
			attribute->name);
		return;
	}
	now = require_of(screen, attribute);
	then = toggled(attribute, now, column, LIST_FLIP);
	if (requirement_check(attribute, &then, &err)) {
		shell_say(screen->shell, DRAW_ERROR, "%s", err.text);
		return;
	}
	wizard_remember(screen->wizard);
	requirements_set(require_rules(screen), attribute, &then);
	changed(screen);
}

/* Sets a row as far as it may be so; whether that changed it. */
static bool set_row(struct requirements_screen *screen, const struct attribute *attribute,
	enum list_set how)
{
	struct requirement now = require_of(screen, attribute);
	struct requirement then = toggled(attribute, now, screen->entities.list.column, how);
	struct err ignored;

	if (requirement_same(&now, &then) || requirement_check(attribute, &then, &ignored))
		return false;
	requirements_set(require_rules(screen), attribute, &then);
	return true;
}

void require_set_all(struct requirements_screen *screen, enum list_set how)
{
	static const char *const titles[REQUIRE_COLUMNS] = {[REQUIRE_INCLUDE] = "Include",
		[REQUIRE_REPORT] = "Report",
		[REQUIRE_SKIP] = "Skip",
		[REQUIRE_MASK] = "Masking"};
	const struct entities *entities = &screen->entities;
	int column = entities->list.column;
	char number[WORDS_SIZE];
	size_t i, rows, count = 0;
	const struct attribute *row = schema_of(entities_entity(entities), &rows);

	if (!may_change(screen))
		return;
	if (column == REQUIRE_MASK && how != LIST_OFF) {
		shell_say(screen->shell, DRAW_NORMAL,
			"A mask is chosen for each attribute: m. x takes all masks shown away.");
		return;
	}
	wizard_remember(screen->wizard);
	for (i = 0; i < entities->view.count; i++)
		count += set_row(screen, &row[entities->view.rows[i]], how);
	changed(screen);
	shell_say(screen->shell, DRAW_OK,
		"%s of the attributes shown changed in %s; u takes it "
		"back.",
		words_number(count, number), titles[column]);
}

/* ---- menus ---- */

static void add_choice(struct requirements_screen *screen, const struct attribute *attribute,
	struct requirement is, const char *text)
{
	struct require_choice *choice = &screen->choices[screen->choice_count];
	struct requirement now = require_of(screen, attribute);
	struct err ignored;

	if (screen->choice_count == REQUIRE_CHOICES ||
		requirement_check(attribute, &is, &ignored))
		return;
	choice->is = is;
	snprintf(choice->text, sizeof(choice->text), "%s %s",
		draw_glyph(requirement_same(&is, &now) ? GLYPH_RADIO_ON : GLYPH_RADIO_OFF),
		text);
	screen->labels[screen->choice_count++] = choice->text;
}

static void add_masks(struct requirements_screen *screen, const struct attribute *attribute)
{
	static const char *const texts[MASK_KINDS] = {[MASK_NONE] = "No mask: stored as it is",
		[MASK_FIXED] = "Fixed mask: ***",
		[MASK_INITIALS] = "Initials: Maria Jose is M. J.",
		[MASK_HASH] = "Hash: same for same values",
		[MASK_YEAR] = "Year only: 2012-01-01"};
	struct requirement is = require_of(screen, attribute);

	if (!requirement_fits(attribute, MASK_FIXED) && !requirement_fits(attribute, MASK_YEAR))
		return;
	for (is.mask = MASK_NONE; is.mask < MASK_KINDS; is.mask++) {
		is.include = true;
		add_choice(screen, attribute, is, texts[is.mask]);
	}
}

static void answer_choice(void *arg, struct dialog *dialog, int answer)
{
	struct requirements_screen *screen = arg;
	const struct attribute *attribute = entities_current(&screen->entities);

	(void)dialog;
	if (answer < 0 || !attribute)
		return;
	wizard_remember(screen->wizard);
	requirements_set(require_rules(screen), attribute, &screen->choices[answer].is);
	changed(screen);
}

static void ask_choice(struct requirements_screen *screen, const char *text)
{
	const struct attribute *attribute = entities_current(&screen->entities);
	struct dialog dialog;
	char title[80];

	snprintf(
		title, sizeof(title), "%s.%s", entity_name(attribute->entity), attribute->name);
	dialog_menu(&dialog, title, text, screen->labels, screen->choice_count, 0);
	shell_ask(screen->shell, &dialog, answer_choice, screen);
}

void require_menu(struct requirements_screen *screen)
{
	static const char *const texts[MISSING_KINDS] = {
		[MISSING_TAKEN] = "Optional: comes in without it",
		[MISSING_REPORTED] = "Report: comes in, as an Error",
		[MISSING_SKIPPED] = "Skip: left out without it"};
	const struct attribute *attribute = entities_current(&screen->entities);
	struct requirement is;

	if (!attribute || !may_change(screen))
		return;
	is = require_of(screen, attribute);
	is.include = true;
	screen->choice_count = 0;
	for (is.missing = MISSING_TAKEN; is.missing < MISSING_KINDS; is.missing++)
		add_choice(screen, attribute, is, texts[is.missing]);
	add_choice(screen, attribute, (struct requirement){false, MISSING_TAKEN, MASK_NONE},
		"Exclude: never taken");
	add_masks(screen, attribute);
	ask_choice(screen, "If it is missing; what is stored");
}

void require_mask_menu(struct requirements_screen *screen)
{
	const struct attribute *attribute = entities_current(&screen->entities);

	if (!attribute || !may_change(screen))
		return;
	screen->choice_count = 0;
	add_masks(screen, attribute);
	if (screen->choice_count)
		ask_choice(screen, "What is stored in the place of the value");
	else
		shell_say(screen->shell, DRAW_NORMAL,
			"No mask fits %s; it can be left out in the column Include.",
			attribute->name);
}

/* ---- defaults, undo ---- */

static void restore(struct requirements_screen *screen, const struct attribute *attribute)
{
	struct requirement usual;

	requirement_default(attribute, &usual);
	requirements_set(require_rules(screen), attribute, &usual);
}

void require_default(struct requirements_screen *screen)
{
	const struct attribute *attribute = entities_current(&screen->entities);

	if (!attribute || !may_change(screen))
		return;
	if (!require_is_changed(screen, attribute)) {
		shell_say(screen->shell, DRAW_NORMAL, "%s is as by default already.",
			attribute->name);
		return;
	}
	wizard_remember(screen->wizard);
	restore(screen, attribute);
	changed(screen);
	shell_say(screen->shell, DRAW_OK, "%s is as by default again; u takes it back.",
		attribute->name);
}

static void answer_default_all(void *arg, struct dialog *dialog, int answer)
{
	struct requirements_screen *screen = arg;
	size_t count, i;
	const struct attribute *row = schema_of(entities_entity(&screen->entities), &count);

	(void)dialog;
	if (answer != 0)
		return;
	wizard_remember(screen->wizard);
	for (i = 0; i < count; i++)
		restore(screen, &row[i]);
	changed(screen);
	shell_say(screen->shell, DRAW_OK, "The defaults are restored; u takes it back.");
}

void require_default_all(struct requirements_screen *screen)
{
	static const char *const labels[] = {"Restore", "Stay"};
	enum entity entity = entities_entity(&screen->entities);
	size_t count, i, differ = 0;
	const struct attribute *row = schema_of(entity, &count);
	struct dialog dialog;
	char text[120];

	if (!may_change(screen))
		return;
	for (i = 0; i < count; i++)
		differ += require_is_changed(screen, &row[i]);
	if (!differ) {
		shell_say(screen->shell, DRAW_NORMAL, "All of a %s is as by default.",
			entity_name(entity));
		return;
	}
	snprintf(text, sizeof(text), "%zu of %zu attributes of %s become as by default.",
		differ, count, entity_plural(entity));
	dialog_confirm(&dialog, "Restore defaults", text, labels, 2, 1);
	shell_ask(screen->shell, &dialog, answer_default_all, screen);
}

void require_undo(struct requirements_screen *screen)
{
	if (!may_change(screen))
		return;
	if (!wizard_undo(screen->wizard)) {
		shell_say(screen->shell, DRAW_NORMAL, "Nothing was changed yet.");
		return;
	}
	entities_refresh(&screen->entities);
	require_count(screen);
	shell_say(screen->shell, DRAW_OK, "Taken back; u once more brings it again.");
}
