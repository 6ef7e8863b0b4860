#include "screen/school_picker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/term.h"

enum { WIDTH = 70, HEIGHT = 15 };

static size_t all(void *data)
{
	return ((struct school_picker *)data)->count;
}

static const char *text(void *data, size_t row)
{
	return ((struct school_picker *)data)->options[row].text;
}

static size_t shown(void *data)
{
	return ((struct school_picker *)data)->view.count;
}

static uint64_t id(void *data, size_t row)
{
	return ((struct school_picker *)data)->view.rows[row];
}

static void cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	const struct school_picker *picker = data;
	const struct school_option *option = &picker->options[picker->view.rows[row]];

	snprintf(cell->text, sizeof(cell->text), "%s",
		column == 0   ? option->name
		: column == 1 ? option->id
			      : option->from);
	cell->role = column ? DRAW_DIM : DRAW_NORMAL;
}

static void filter(void *data, const char *needle)
{
	view_search(&((struct school_picker *)data)->view, needle);
}

static const struct view_source view_source = {.count = all, .text = text};
static const struct list_source list_source = {
	.count = shown, .total = all, .id = id, .cell = cell, .filter = filter};
static const struct list_column columns[] = {{"School in the hub", 18, 0, 2, LIST_LEFT},
	{"Id", 10, 2, 1, LIST_LEFT}, {"From", 12, 1, 0, LIST_LEFT}};

static bool has(const struct school_picker *picker, const char *hub_id)
{
	size_t i;

	for (i = 0; i < picker->count; i++) {
		if (!strcmp(picker->options[i].id, hub_id))
			return true;
	}
	return false;
}

/* Takes `hub_id`. */
static void add(struct school_picker *picker, char *hub_id, const char *name, const char *from)
{
	struct school_option *option;

	if (has(picker, hub_id)) {
		free(hub_id);
		return;
	}
	picker->options =
		mem_grow(picker->options, picker->count + 1, sizeof(*picker->options));
	option = &picker->options[picker->count++];
	option->id = hub_id;
	option->name = mem_strdup(name);
	option->from = mem_strdup(from);
	option->text = mem_printf("%s %s %s", name, option->id, from);
}

static void add_own(struct school_picker *picker, const struct app *app,
	const struct school_lists *lists, const char *but)
{
	const char *prefix = app->sis_id_prefix ? app->sis_id_prefix : "";
	size_t i;

	for (i = 0; i < lists->source_count; i++) {
		const struct source_school *source = &lists->source[i];
		const struct school_choice *choice = app_school(app, source->id);

		if (choice && choice->on && !choice->hub_id && strcmp(source->id, but) != 0)
			add(picker, mem_printf("%s%s", prefix, source->id),
				choice->name ? choice->name : source->name, "this sync");
	}
}

void school_picker_open(struct school_picker *picker, const struct app *app,
	const struct school_lists *lists, const struct school_row *row)
{
	size_t i;

	school_picker_close(picker);
	picker->source_id = mem_strdup(row->id);
	picker->title = mem_printf("Map %s onto", *row->name ? row->name : row->id);
	for (i = 0; i < lists->hub_count; i++)
		add(picker, mem_strdup(lists->hub[i].id), lists->hub[i].name,
			lists->hub[i].app);
	add_own(picker, app, lists, row->id);
	view_init(&picker->view, &view_source, picker);
	list_init(&picker->list, &list_source, picker, columns, 3);
	picker->list.empty =
		"There is no school to map onto yet: the hub is empty and no other "
		"school is switched on. Esc closes.";
	picker->open = true;
}

void school_picker_close(struct school_picker *picker)
{
	if (!picker->open)
		return;
	view_clear(&picker->view);
	list_clear(&picker->list);
	while (picker->count) {
		struct school_option *option = &picker->options[--picker->count];

		free(option->id);
		free(option->name);
		free(option->from);
		free(option->text);
	}
	free(picker->options);
	free(picker->source_id);
	free(picker->title);
	memset(picker, 0, sizeof(*picker));
}

void school_picker_draw(struct school_picker *picker)
{
	struct rect inner = draw_popup(HEIGHT, WIDTH, picker->title), list = inner;

	list.height--;
	list_draw(&picker->list, list, WIDGET_FOCUSED);
	draw_text(inner.y + inner.height - 1, inner.x, inner.width, DRAW_LINK,
		"Enter maps, / searches, Esc closes");
}

const struct school_option *school_picker_key(
	struct school_picker *picker, const struct key *key)
{
	enum widget_answer answer = list_key(&picker->list, key, term_now());

	if (answer == WIDGET_DONE && picker->view.count)
		return &picker->options[picker->view.rows[picker->list.row]];
	if (answer == WIDGET_IGNORED && key->code == K_ESC)
		school_picker_close(picker);
	return NULL;
}
