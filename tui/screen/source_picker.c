#include "screen/source_picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "settings/map_check.h"
#include "term/term.h"
#include "widget/words.h"

enum { WIDTH = 76, HEIGHT = 17, LOW = 9 };

/* The last row: nothing feeds it. */
static bool is_none(const struct source_picker *picker, size_t row)
{
	return row == picker->offers->count;
}

static size_t all(void *data)
{
	return ((struct source_picker *)data)->offers->count + 1;
}

static const char *text(void *data, size_t row)
{
	struct source_picker *picker = data;
	size_t i;

	buf_reset(&picker->found);
	if (is_none(picker, row)) {
		buf_adds(&picker->found, "none");
		return picker->found.data;
	}
	buf_addf(&picker->found, "%s %s", picker->offers->list[row].name, picker->fed[row]);
	for (i = 0; i < picker->offers->list[row].samples; i++)
		buf_addf(&picker->found, " %s", picker->offers->list[row].sample[i]);
	return picker->found.data;
}

static size_t shown(void *data)
{
	return ((struct source_picker *)data)->view.count;
}

static uint64_t id(void *data, size_t row)
{
	return ((struct source_picker *)data)->view.rows[row];
}

static void none_cell(size_t column, struct list_cell *cell)
{
	snprintf(cell->text, sizeof(cell->text), "%s",
		column == 0   ? "none"
		: column == 3 ? "nothing feeds it"
			      : "");
}

static void offer_cell(
	const struct source_picker *picker, size_t row, size_t column, struct list_cell *cell)
{
	const struct offer *offer = &picker->offers->list[row];
	char used[WORDS_SIZE], of[WORDS_SIZE];

	if (column == 0)
		snprintf(cell->text, sizeof(cell->text), "%s", offer->name);
	else if (column == 2)
		snprintf(cell->text, sizeof(cell->text), "%s", picker->fed[row]);
	else if (column == 3)
		snprintf(cell->text, sizeof(cell->text), "%s",
			offer->samples ? offer->sample[0] : "");
	else if (picker->offers->records)
		snprintf(cell->text, sizeof(cell->text), "%s of %s",
			words_short_number(offer->used, used),
			words_short_number(picker->offers->records, of));
	cell->role = column ? DRAW_DIM : DRAW_NORMAL;
}

static void cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	const struct source_picker *picker = data;
	size_t at = picker->view.rows[row];

	if (is_none(picker, at))
		none_cell(column, cell);
	else
		offer_cell(picker, at, column, cell);
}

static void filter(void *data, const char *needle)
{
	view_search(&((struct source_picker *)data)->view, needle);
}

static const struct view_source view_source = {.count = all, .text = text};
static const struct list_source list_source = {
	.count = shown, .total = all, .id = id, .cell = cell, .filter = filter};
static const struct list_column columns[] = {{"Source attribute", 28, 0, 2, LIST_LEFT},
	{"Filled", 10, 2, 0, LIST_RIGHT}, {"Feeds", 12, 3, 1, LIST_LEFT},
	{"For example", 16, 1, 2, LIST_LEFT}};

/* The attributes of the hub that draw from each. */
static void find_fed(struct source_picker *picker, const struct rules *rules)
{
	size_t count, i, j;
	const struct attribute *hub = schema_of(picker->offers->entity, &count);

	picker->fed = mem_zero(picker->offers->count + 1, sizeof(*picker->fed));
	for (i = 0; i < picker->offers->count; i++) {
		struct buf fed;

		buf_init(&fed);
		for (j = 0; j < count; j++)
			if (map_draws_from(
				    map_of(rules, &hub[j]), picker->offers->list[i].name))
				buf_addf(&fed, "%s%s", fed.used ? ", " : "", hub[j].name);
		picker->fed[i] = buf_detach(&fed);
	}
}

/* On the attribute of that name, if there is one. */
static void go_to(struct source_picker *picker, const char *name)
{
	size_t i;

	for (i = 0; i < picker->offers->count; i++)
		if (!strcmp(picker->offers->list[i].name, name))
			list_select(&picker->list, i);
}

void source_picker_open(struct source_picker *picker, const struct offers *offers,
	const struct rules *rules, const char *name)
{
	source_picker_close(picker);
	picker->offers = offers;
	buf_init(&picker->found);
	find_fed(picker, rules);
	view_init(&picker->view, &view_source, picker);
	list_init(&picker->list, &list_source, picker, columns, 4);
	picker->open = true;
	go_to(picker, name);
}

void source_picker_close(struct source_picker *picker)
{
	size_t i;

	if (!picker->open)
		return;
	view_clear(&picker->view);
	list_clear(&picker->list);
	for (i = 0; i < picker->offers->count; i++)
		free(picker->fed[i]);
	free(picker->fed);
	buf_clear(&picker->found);
	memset(picker, 0, sizeof(*picker));
}

/* The row under the cursor in full: its name, and its values. */
static void draw_row(const struct source_picker *picker, int y, struct rect inner)
{
	size_t at = picker->view.count ? picker->view.rows[picker->list.row] : 0, i;
	const struct offer *offer = &picker->offers->list[at];
	struct buf text;

	if (!picker->view.count || is_none(picker, at))
		return;
	buf_init(&text);
	buf_adds(&text, offer->name);
	for (i = 0; i < offer->samples; i++)
		buf_addf(&text, "%s%s", i ? ", " : ": ", offer->sample[i]);
	draw_text(y, inner.x, inner.width, DRAW_DIM, text.data);
	buf_clear(&text);
}

void source_picker_draw(struct source_picker *picker)
{
	struct rect inner = draw_popup(HEIGHT, WIDTH, "Source attributes"), list = inner;

	list.height--;
	if (list.height >= LOW) {
		list.height--;
		draw_row(picker, list.y + list.height, inner);
	}
	list_draw(&picker->list, list, WIDGET_FOCUSED);
	draw_text(inner.y + inner.height - 1, inner.x, inner.width, DRAW_LINK,
		"Enter takes it, Space adds it as another, / searches, Esc closes");
}

enum pick source_picker_key(
	struct source_picker *picker, const struct key *key, const char **name)
{
	bool space = !picker->list.filtering && key_typed(key, " ");
	enum widget_answer answer =
		space ? WIDGET_DONE : list_key(&picker->list, key, term_now());
	size_t at;

	if (answer == WIDGET_IGNORED && key->code == K_ESC)
		source_picker_close(picker);
	if (answer != WIDGET_DONE || !picker->view.count)
		return PICK_NOTHING;
	at = picker->view.rows[picker->list.row];
	*name = is_none(picker, at) ? "" : picker->offers->list[at].name;
	return space ? PICK_BEHIND : PICK_INSTEAD;
}
