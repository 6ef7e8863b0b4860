#include "screen/schools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "widget/toggle.h"

struct app *schools_app(const struct schools *schools)
{
	return wizard_app(schools->wizard);
}

static size_t all_rows(void *data)
{
	return ((struct schools *)data)->count;
}

static const char *row_text(void *data, size_t row)
{
	return ((struct schools *)data)->texts[row];
}

static bool row_keep(void *data, size_t row)
{
	static const enum school_state states[FILTERS] = {
		SCHOOL_MISSING, SCHOOL_EXISTING, SCHOOL_MISSING, SCHOOL_MISSING_DATA};
	const struct schools *schools = data;

	return !schools->filter || schools->rows[row].state == states[schools->filter];
}

bool schools_is_no_school(const struct school_row *row)
{
	return row->state == SCHOOL_ALONG || row->state == SCHOOL_OFFICE;
}

/* By name; what is no school comes last. */
static int row_compare(const void *a, const void *b, void *data)
{
	const struct schools *schools = data;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int office = schools_is_no_school(&schools->rows[x]) -
		     schools_is_no_school(&schools->rows[y]);
	int order = office ? office : strcmp(schools->order[x], schools->order[y]);

	return order ? order : strcmp(schools->rows[x].id, schools->rows[y].id);
}

static size_t shown_rows(void *data)
{
	return ((struct schools *)data)->view.count;
}

const struct school_row *schools_row(const struct schools *schools, size_t row)
{
	return &schools->rows[schools->view.rows[row]];
}

/* FNV-1a of the id: the cursor stays on its school when rows come and go. */
static uint64_t row_id(void *data, size_t row)
{
	const unsigned char *c = (const unsigned char *)schools_row(data, row)->id;
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *c; c++)
		hash = (hash ^ *c) * 0x100000001b3u;
	return hash;
}

static bool is_on(const struct schools *schools, const struct school_row *row)
{
	const struct school_choice *choice = app_school(schools_app(schools), row->id);

	return choice && choice->on;
}

static const char *state_text(const struct school_row *row)
{
	if (row->state == SCHOOL_OFFICE)
		return "no school";
	return row->state == SCHOOL_MISSING_DATA ? "data missing"
						 : school_state_name(row->state);
}

static void row_cell(void *data, size_t at, size_t column, struct list_cell *cell)
{
	const struct schools *schools = data;
	const struct school_row *row = schools_row(schools, at);
	bool on = is_on(schools, row);
	const char *text = "";

	if (column == 0)
		text = schools_is_no_school(row) ? "" : toggle_text(TOGGLE_SLIDER, on);
	else if (column == 1)
		text = *row->name ? row->name : row->id;
	else if (column == 2)
		text = row->number ? row->number : "";
	else if (column == 3)
		text = state_text(row);
	else if (on)
		text = !row->hub_id && !strcmp(row->hub_name, row->name) ? "same name"
									 : row->hub_name;
	snprintf(cell->text, sizeof(cell->text), "%s%s",
		column == 4 && on && row->hub_id ? "= " : "", text);
	if (column == 3 && row->state == SCHOOL_MISSING_DATA)
		cell->role = DRAW_WARNING;
	else if (column == 0 && on)
		cell->role = DRAW_OK;
	else
		cell->role = schools_is_no_school(row) || column == 3 ? DRAW_DIM : DRAW_NORMAL;
}

bool schools_set(void *data, size_t at, enum list_set how)
{
	struct schools *schools = data;
	const struct school_row *row = schools_row(schools, at);
	bool before = is_on(schools, row), after = how == LIST_FLIP ? !before : how == LIST_ON;

	if (before == after || schools->wizard->read_only ||
		(schools_is_no_school(row) && !before))
		return false;
	app_need_school(schools_app(schools), row->id)->on = after;
	return true;
}

static void row_filter(void *data, const char *text)
{
	view_search(&((struct schools *)data)->view, text);
}

const struct view_source schools_view_source = {
	.count = all_rows, .text = row_text, .keep = row_keep, .compare = row_compare};
const struct list_source schools_list_source = {.count = shown_rows,
	.total = all_rows,
	.id = row_id,
	.cell = row_cell,
	.set = schools_set,
	.filter = row_filter};
const struct list_column schools_columns[SCHOOLS_COLUMNS] = {{"Sync", 8, 0, 0, LIST_LEFT},
	{"School in the source", 20, 0, 3, LIST_LEFT}, {"Number", 8, 3, 0, LIST_LEFT},
	{"State", 12, 1, 0, LIST_LEFT}, {"Name in the hub", 15, 2, 1, LIST_LEFT}};

void schools_free_rows(struct schools *schools)
{
	size_t i;

	for (i = 0; i < schools->count; i++) {
		free(schools->texts[i]);
		free(schools->order[i]);
	}
	free(schools->texts);
	free(schools->order);
	free(schools->rows);
	schools->texts = schools->order = NULL;
	schools->rows = NULL;
	schools->count = 0;
}

void schools_make_rows(struct schools *schools)
{
	size_t i;

	schools_free_rows(schools);
	schools->rows =
		schools_rows(schools_app(schools), &schools->wizard->lists, &schools->count);
	schools->texts = mem_zero(schools->count + 1, sizeof(*schools->texts));
	schools->order = mem_zero(schools->count + 1, sizeof(*schools->order));
	for (i = 0; i < schools->count; i++) {
		const struct school_row *row = &schools->rows[i];

		schools->texts[i] = mem_printf("%s %s %s %s", row->name, row->id,
			row->number ? row->number : "", row->hub_name);
		schools->order[i] = text_fold(*row->name ? row->name : row->id);
	}
}

/* A row that was just switched stays where it is, whatever the filter: it can be put right. */
static void refresh(struct schools *schools)
{
	size_t before = schools->count;

	schools_make_rows(schools);
	if (schools->count != before)
		view_reload(&schools->view);
	list_refresh(&schools->list);
}

void schools_refilter(struct schools *schools)
{
	view_reload(&schools->view);
	list_refresh(&schools->list);
}

void schools_changed(struct schools *schools)
{
	refresh(schools);
	wizard_changed(schools->wizard);
}
