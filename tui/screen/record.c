/* One record: its attributes, or, for a change, old and new values. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "screen/dash.h"
#include "screen/rows.h"
#include "sync/origins.h"
#include "widget/list.h"

struct attribute_line {
	const char *name;           /* static, or in the arena */
	const char *before, *after; /* NULL: none */
	bool differs;
};

struct record_screen {
	struct dash *dash;
	enum entity entity;
	struct browse_row row;
	bool is_change; /* old and new values; else one column */
	struct work work;
	struct arena arena; /* the worker's until it has ended */
	struct record before, after;
	const char *app;
	bool gone;
	bool known;
	struct err err;
	struct attribute_line *lines; /* owned */
	size_t count;
	struct list list;
	char name[ROWS_TEXT];
};

static const struct list_column two_columns[] = {
	{"Attribute", 12, 0, 1, LIST_LEFT},
	{"", 1, 0, 0, LIST_LEFT},
	{"Before", 12, 0, 2, LIST_LEFT},
	{"After", 12, 0, 2, LIST_LEFT},
};
static const struct list_column one_column[] = {
	{"Attribute", 14, 0, 1, LIST_LEFT},
	{"", 1, 9, 0, LIST_LEFT},
	{"Value", 18, 0, 5, LIST_LEFT},
};

static const char last_modified[] = "lastModified";

static int read_record(struct work *work, void *arg, struct err *err)
{
	struct record_screen *screen = arg;
	struct store *store = store_open(screen->dash->state, err);
	int result = store ? 1 : -1;

	(void)work;
	if (result > 0 && screen->row.before)
		result = browse_read(store, screen->entity, screen->row.before, &screen->before,
			&screen->app, &screen->arena, err);
	if (result > 0 && screen->row.after)
		result = browse_read(store, screen->entity, screen->row.after, &screen->after,
			&screen->app, &screen->arena, err);
	store_close(store);
	screen->gone = !result;
	return result < 0 ? -1 : 0;
}

static void add_line(
	struct record_screen *screen, const char *name, const char *before, const char *after)
{
	bool same = before && after ? !strcmp(before, after) : before == after;

	if (!before && !after)
		return;
	same = same || !strcmp(name, last_modified); /* kept, but no change by itself */
	screen->lines = mem_grow(screen->lines, screen->count + 1, sizeof(*screen->lines));
	screen->lines[screen->count++] = (struct attribute_line){name, before, after, !same};
}

/* An app that a record is made of is told in words; what came from it is the value. */
static const char *extra_name(struct record_screen *screen, const struct extra *extra)
{
	struct origin origin;

	return origin_read(extra, screen->entity, &origin)
		       ? arena_printf(&screen->arena, "From %s", origin.app)
		       : extra->name;
}

static const char *extra_of(const struct record *record, const char *name)
{
	size_t i;

	for (i = 0; record && i < record->extras; i++)
		if (!strcmp(record->extra[i].name, name))
			return record->extra[i].value;
	return NULL;
}

/* What differs comes first, else as the schema has it. */
static void sort_lines(struct record_screen *screen)
{
	struct attribute_line *sorted = mem_zero(screen->count, sizeof(*sorted));
	size_t pass, i, used = 0;

	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < screen->count; i++)
			if (screen->lines[i].differs == !pass)
				sorted[used++] = screen->lines[i];
	free(screen->lines);
	screen->lines = sorted;
}

/* Whose the record is: a row of the hub's own is of the apps that it is made of. */
static void name_apps(struct record_screen *screen, const struct record *record)
{
	struct buf apps;

	if (strcmp(screen->app, STORE_HUB) != 0)
		return;
	buf_init(&apps);
	origins_write_apps(record, &apps);
	screen->app =
		apps.used ? arena_strdup(&screen->arena, apps.data) : "one of several apps";
	buf_clear(&apps);
}

static void make_lines(struct record_screen *screen)
{
	const struct record *before = screen->row.before ? &screen->before : NULL;
	const struct record *after = screen->row.after ? &screen->after : NULL;
	const struct record *either = after ? after : before;
	const struct attribute *row;
	size_t rows, i;

	rows_name(either, screen->name, sizeof(screen->name));
	name_apps(screen, either);
	row = schema_of(screen->entity, &rows);
	add_line(screen, "sisId", before ? before->sis_id : NULL, after ? after->sis_id : NULL);
	for (i = 0; i < rows; i++)
		add_line(screen, row[i].name, before ? before->value[row[i].attr] : NULL,
			after ? after->value[row[i].attr] : NULL);
	for (i = 0; before && i < before->extras; i++)
		add_line(screen, extra_name(screen, &before->extra[i]), before->extra[i].value,
			extra_of(after, before->extra[i].name));
	for (i = 0; after && i < after->extras; i++)
		if (!extra_of(before, after->extra[i].name))
			add_line(screen, extra_name(screen, &after->extra[i]), NULL,
				after->extra[i].value);
	if (before && after)
		sort_lines(screen);
	list_refresh(&screen->list);
}

static size_t count(void *data)
{
	return ((struct record_screen *)data)->count;
}

static uint64_t id(void *data, size_t row)
{
	(void)data;
	return row;
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	const struct record_screen *screen = data;
	const struct attribute_line *line = &screen->lines[row];
	bool both = screen->row.before && screen->row.after;

	if (column == 0)
		snprintf(out->text, sizeof(out->text), "%s", line->name);
	else if (column == 1)
		snprintf(out->text, sizeof(out->text), "%s", both && line->differs ? "*" : "");
	else if (!screen->is_change)
		rows_value(line->after, out->text, sizeof(out->text));
	else if (column == 2 && line->before)
		rows_value(line->before, out->text, sizeof(out->text));
	else if (column == 3 && line->after)
		rows_value(line->after, out->text, sizeof(out->text));
	if (both && line->differs && column)
		out->role = column == 2 ? DRAW_DIM : DRAW_WARNING;
}

static const struct list_source source = {.count = count, .id = id, .cell = cell};

struct opening {
	struct dash *dash;
	enum entity entity;
	struct browse_row row;
	bool is_change;
};

static void *record_open(struct shell *shell, void *arg)
{
	struct record_screen *screen = mem_zero(1, sizeof(*screen));
	const struct opening *opening = arg;

	screen->dash = opening->dash;
	screen->entity = opening->entity;
	screen->row = opening->row;
	screen->is_change = opening->is_change;
	screen->dash->on_top = false;
	free(arg);
	arena_init(&screen->arena);
	if (screen->is_change)
		list_init(&screen->list, &source, screen, two_columns, 4);
	else
		list_init(&screen->list, &source, screen, one_column, 3);
	work_begin(&screen->work, shell_wake(shell), read_record, screen);
	return screen;
}

static void record_close(void *state)
{
	struct record_screen *screen = state;

	work_stop(&screen->work);
	arena_clear(&screen->arena);
	list_clear(&screen->list);
	free(screen->lines);
	free(screen);
}

static const char *kind_of(const struct record_screen *screen)
{
	return !screen->is_change    ? ""
	       : !screen->row.before ? ", created"
	       : !screen->row.after  ? ", deleted"
				     : ", updated";
}

static void record_draw(void *state, struct rect area)
{
	struct record_screen *screen = state;

	if (!screen->known || screen->err.code || screen->gone) {
		draw_wrapped(area, 0, screen->err.code ? DRAW_ERROR : DRAW_DIM,
			!screen->known ? "Reading ..."
			: screen->err.code
				? screen->err.text
				: "This record is no longer there: its sync was rejected, "
				  "or another took its place.");
		return;
	}
	draw_textf(area.y, area.x, area.width, DRAW_TITLE, "%s: %s (%s%s)",
		entity_name(screen->entity), screen->name, screen->app, kind_of(screen));
	area.y++;
	area.height--;
	list_draw(&screen->list, area, WIDGET_FOCUSED);
}

/* All of an attribute that is too long for its column. */
static void show_value(struct record_screen *screen, const struct attribute_line *line)
{
	size_t size = 3 * (strlen(line->before ? line->before : "") +
				  strlen(line->after ? line->after : "")) +
		      64;
	char *before = mem_alloc(size), *after = mem_alloc(size), *text;

	rows_value(line->before, before, size);
	rows_value(line->after, after, size);
	text = screen->is_change ? mem_printf("Before\n%s\n\nAfter\n%s", before, after)
				 : mem_strdup(after);
	shell_tell(screen->dash->shell, line->name, text);
	free(text);
	free(before);
	free(after);
}

static enum screen_answer record_key(void *state, const struct key *key)
{
	struct record_screen *screen = state;
	enum widget_answer answer = list_key(&screen->list, key, term_now());

	if (answer == WIDGET_DONE && screen->list.row < screen->count)
		show_value(screen, &screen->lines[screen->list.row]);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void record_tick(void *state, int64_t now)
{
	struct record_screen *screen = state;
	int result;

	(void)now;
	if (!work_take(&screen->work, &result, &screen->err))
		return;
	screen->known = true;
	if (!result && !screen->gone)
		make_lines(screen);
}

static size_t record_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Show all of a value"};
	hints[1] = (struct hint){"Esc", "Back"};
	return 2;
}

static void record_help(void *state, struct buf *text)
{
	const struct record_screen *screen = state;

	buf_adds(text,
		screen->is_change
			? "Old and new values\n"
			  "The attributes of the record, those that change first, marked with "
			  "a star. Enter shows a long value whole."
			: "A record of the hub\n"
			  "Its attributes as accepted. Empty ones are left out. Enter shows a "
			  "long value whole.");
}

static const struct screen record_screen = {
	.name = "record",
	.title = "Record",
	.open = record_open,
	.close = record_close,
	.draw = record_draw,
	.key = record_key,
	.tick = record_tick,
	.hints = record_hints,
	.help = record_help,
};

static void open_record(
	struct dash *dash, enum entity entity, struct browse_row row, bool is_change)
{
	struct opening *opening = mem_zero(1, sizeof(*opening));

	*opening = (struct opening){dash, entity, row, is_change};
	shell_push(dash->shell, &record_screen, opening);
}

void dash_open_record(struct dash *dash, enum entity entity, struct browse_row row)
{
	open_record(dash, entity, row, false);
}

void dash_open_change(struct dash *dash, enum entity entity, struct browse_row row)
{
	open_record(dash, entity, row, true);
}
