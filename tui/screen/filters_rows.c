#include "screen/filters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "settings/filter_text.h"
#include "widget/toggle.h"
#include "widget/words.h"

static void add(struct filters_screen *screen, enum filters_kind kind, enum entity entity,
	size_t number)
{
	screen->rows = mem_grow(screen->rows, screen->row_count + 1, sizeof(*screen->rows));
	screen->rows[screen->row_count++] = (struct filters_row){kind, entity, number};
}

static bool is_found(const struct filters_screen *screen, const char *text)
{
	char *folded;
	bool found;

	if (!screen->needle || !*screen->needle)
		return true;
	folded = text_fold(text);
	found = strstr(folded, screen->needle) != NULL;
	free(folded);
	return found;
}

/* An entity type that is found is shown with all it has; else what of it is found. */
static void add_type(struct filters_screen *screen, enum entity entity)
{
	bool whole = is_found(screen, entity_plural(entity));
	size_t heading = screen->row_count, at = 0, i;
	const struct rule *rule;

	add(screen, ROW_TYPE, entity, 0);
	while ((rule = rules_next(filters_rules(screen), RULE_FILTER, entity, &at)))
		if (whole || is_found(screen, rule->name) || is_found(screen, rule->text))
			add(screen, ROW_RULE, entity, at - 1);
	for (i = 0; i < LINKED_COUNT; i++)
		if (linked_table[i].from == entity &&
			(whole || is_found(screen, linked_table[i].label)))
			add(screen, ROW_LINK, entity, i);
	if (!whole && screen->row_count == heading + 1)
		screen->row_count = heading;
}

void filters_make_rows(struct filters_screen *screen)
{
	size_t e;

	screen->row_count = 0;
	for (e = 0; e < FILTER_ENTITIES; e++)
		add_type(screen, filter_entities[e]);
}

static void search(void *data, const char *text)
{
	struct filters_screen *screen = data;

	free(screen->needle);
	screen->needle = text_fold(text);
	filters_make_rows(screen);
}

const struct filters_row *filters_current(const struct filters_screen *screen)
{
	return screen->list.row < screen->row_count ? &screen->rows[screen->list.row] : NULL;
}

static size_t count(void *data)
{
	return ((struct filters_screen *)data)->row_count;
}

static uint64_t id(void *data, size_t row)
{
	const struct filters_row *it = &((struct filters_screen *)data)->rows[row];

	return (uint64_t)it->kind << 48 | (uint64_t)it->entity << 32 | it->number;
}

static bool is_on(const struct filters_screen *screen, size_t linked)
{
	bool on[LINKED_COUNT] = {0};
	struct err ignored;

	linked_of(filters_rules(screen), on, &ignored);
	return on[linked];
}

static void tell_kept(
	const struct filters_screen *screen, enum entity e, char *out, size_t size)
{
	const struct filter_trial *trial = &screen->trial;
	char kept[WORDS_SIZE], all[WORDS_SIZE];

	if (!screen->known) {
		*out = '\0';
		return;
	}
	words_number(
		(uint64_t)(trial->records[e] - trial->filtered[e] - trial->along[e]), kept);
	words_number((uint64_t)trial->records[e], all);
	snprintf(out, size, "%s%s of %s", trial->unknown[e] ? "about " : "", kept, all);
}

static void type_cell(const struct filters_screen *screen, enum entity entity, size_t column,
	struct list_cell *cell)
{
	size_t at = 0;
	bool any = rules_next(filters_rules(screen), RULE_FILTER, entity, &at) != NULL;
	bool along = screen->known && screen->trial.along[entity];

	cell->role = DRAW_TITLE;
	if (!column)
		snprintf(cell->text, sizeof(cell->text), "%s", entity_plural(entity));
	else if (column == 1)
		tell_kept(screen, entity, cell->text, sizeof(cell->text));
	else
		snprintf(cell->text, sizeof(cell->text), "%s",
			any     ? "come in by one of these rules:"
			: along ? "no rule, but some go along with others"
				: "all come in");
	if (column == 2)
		cell->role = DRAW_DIM;
}

static void rule_cell(const struct filters_screen *screen, size_t number, size_t column,
	struct list_cell *cell)
{
	const struct rule *rule = &filters_rules(screen)->list[number];
	char words[WORDS_SIZE], *c;

	if (!column)
		snprintf(cell->text, sizeof(cell->text), "  %s", rule->name);
	else if (column == 1 && screen->known)
		snprintf(cell->text, sizeof(cell->text), "lets in %s",
			words_number((uint64_t)screen->trial.keeps[number], words));
	else if (column == 2)
		snprintf(cell->text, sizeof(cell->text), "%s", rule->text);
	for (c = cell->text; *c; c++)
		*c = *c == '\n' ? ';' : *c;
}

static void cell(void *data, size_t at, size_t column, struct list_cell *cell)
{
	const struct filters_screen *screen = data;
	const struct filters_row *row = &screen->rows[at];
	bool on;

	*cell->text = '\0';
	cell->role = DRAW_NORMAL;
	if (row->kind == ROW_TYPE) {
		type_cell(screen, row->entity, column, cell);
	} else if (row->kind == ROW_RULE) {
		rule_cell(screen, row->number, column, cell);
	} else {
		on = is_on(screen, row->number);
		cell->role = on && !column ? DRAW_OK : DRAW_DIM;
		if (!column)
			snprintf(cell->text, sizeof(cell->text), "  %s %s go along",
				toggle_text(TOGGLE_CHECK, on),
				entity_plural(linked_table[row->number].to));
		else if (column == 2)
			snprintf(cell->text, sizeof(cell->text), "%s",
				linked_table[row->number].label);
	}
}

static bool set(void *data, size_t at, enum list_set how)
{
	struct filters_screen *screen = data;
	const struct filters_row *row = &screen->rows[at];
	bool on[LINKED_COUNT] = {0}, before;
	struct err ignored;
	struct buf text;

	if (row->kind != ROW_LINK || screen->wizard->read_only)
		return false;
	linked_of(filters_rules(screen), on, &ignored);
	before = on[row->number];
	on[row->number] = how == LIST_FLIP ? !before : how == LIST_ON;
	if (on[row->number] == before)
		return false;
	wizard_remember(screen->wizard);
	buf_init(&text);
	linked_write(row->entity, on, &text);
	rules_set(filters_rules(screen), RULE_LINKED, row->entity, "",
		text.used ? text.data : NULL);
	buf_clear(&text);
	return true;
}

const struct list_source filters_source = {
	.count = count, .id = id, .cell = cell, .set = set, .filter = search};
const struct list_column filters_columns[FILTERS_COLUMNS] = {
	{"Records and rules", 22, 0, 1, LIST_LEFT}, {"Would keep", 16, 1, 0, LIST_LEFT},
	{"Conditions", 20, 0, 3, LIST_LEFT}};
