/*
 * The records of one class of problems that a sync found: filtered as typed, each opened in the
 * hub where it is there, all of them written as CSV.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "screen/dash.h"
#include "screen/problem_words.h"
#include "screen/save_csv.h"
#include "store/quality.h"
#include "widget/list.h"
#include "widget/view.h"
#include "widget/words.h"

struct problem_line {
	enum entity entity;
	const char *sis_id, *detail, *text; /* in the arena; text: what search looks at */
};

/* The hub's record of a line, looked up when it is asked for. */
struct lookup {
	struct work work;
	const struct problem_line *line; /* borrowed */
	uint32_t row;                    /* 0: not in the hub */
};

struct problems_screen {
	struct dash *dash;
	int64_t sync;
	enum problem problem;
	struct work work;
	struct arena arena;         /* the worker's until it has ended, as the lines */
	struct problem_line *lines; /* owned */
	size_t count, room;
	bool known;
	struct err err;
	struct view view;
	struct list list;
	struct lookup lookup;
	struct save_csv save;
};

static const struct list_column columns[] = {
	{"Record", 10, 1, 0, LIST_LEFT},
	{"SIS id", 36, 0, 1, LIST_LEFT},
	{"What", 20, 0, 1, LIST_LEFT},
};

/* ---- reading ---- */

static const char *entity_word(enum entity entity)
{
	return entity < ENTITY_COUNT ? entity_name(entity) : "";
}

static int keep_problem(void *arg, enum problem problem, enum entity entity, const char *sis_id,
	const char *detail, struct err *err)
{
	struct problems_screen *screen = arg;
	struct problem_line *line;

	(void)problem;
	(void)err;
	if (screen->count == screen->room) {
		screen->room = screen->room ? 2 * screen->room : 256;
		screen->lines = mem_grow(screen->lines, screen->room, sizeof(*screen->lines));
	}
	line = &screen->lines[screen->count++];
	line->entity = entity;
	line->sis_id = arena_strdup(&screen->arena, sis_id ? sis_id : "");
	line->detail = arena_strdup(&screen->arena, detail ? detail : "");
	line->text = arena_printf(
		&screen->arena, "%s %s %s", entity_word(entity), line->sis_id, line->detail);
	return 0;
}

static int read_problems(struct work *work, void *arg, struct err *err)
{
	struct problems_screen *screen = arg;
	struct store *store = store_open(screen->dash->state, err);
	int result = -1;

	(void)work;
	if (store)
		result = quality_each(
			store, screen->sync, screen->problem, keep_problem, screen, err);
	store_close(store);
	return result;
}

static int look_up(struct work *work, void *arg, struct err *err)
{
	struct problems_screen *screen = arg;
	struct lookup *lookup = &screen->lookup;
	struct store *store = store_open(screen->dash->state, err);
	int result = -1;

	(void)work;
	if (store)
		result = browse_by_id(
			store, lookup->line->entity, lookup->line->sis_id, &lookup->row, err);
	store_close(store);
	return result;
}

/* ---- the list ---- */

static size_t line_count(void *data)
{
	const struct problems_screen *screen = data;

	return screen->known ? screen->count : 0;
}

static const char *line_text(void *data, size_t row)
{
	return ((struct problems_screen *)data)->lines[row].text;
}

static const struct view_source view_source = {.count = line_count, .text = line_text};

static size_t count(void *data)
{
	return ((struct problems_screen *)data)->view.count;
}

static size_t total(void *data)
{
	return ((struct problems_screen *)data)->view.total;
}

static uint64_t id(void *data, size_t row)
{
	return ((struct problems_screen *)data)->view.rows[row];
}

static size_t find(void *data, uint64_t wanted)
{
	return view_find(&((struct problems_screen *)data)->view, (size_t)wanted);
}

static void filter(void *data, const char *text)
{
	view_search(&((struct problems_screen *)data)->view, text);
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	const struct problems_screen *screen = data;
	const struct problem_line *line = &screen->lines[screen->view.rows[row]];

	snprintf(out->text, sizeof(out->text), "%s",
		column == 0   ? entity_word(line->entity)
		: column == 1 ? line->sis_id
			      : line->detail);
}

static const struct list_source list_source = {
	.count = count, .total = total, .id = id, .find = find, .cell = cell, .filter = filter};

/* ---- the screen ---- */

struct opening {
	struct dash *dash;
	int64_t sync;
	enum problem problem;
};

static void *problems_open(struct shell *shell, void *arg)
{
	struct problems_screen *screen = mem_zero(1, sizeof(*screen));
	const struct opening *opening = arg;

	screen->dash = opening->dash;
	screen->sync = opening->sync;
	screen->problem = opening->problem;
	screen->dash->on_top = false;
	free(arg);
	arena_init(&screen->arena);
	save_csv_init(&screen->save, screen->dash);
	view_init(&screen->view, &view_source, screen);
	list_init(&screen->list, &list_source, screen, columns,
		sizeof(columns) / sizeof(*columns));
	work_begin(&screen->work, shell_wake(shell), read_problems, screen);
	return screen;
}

static void problems_close(void *state)
{
	struct problems_screen *screen = state;

	work_stop(&screen->work);
	work_stop(&screen->lookup.work);
	save_csv_clear(&screen->save);
	view_clear(&screen->view);
	list_clear(&screen->list);
	arena_clear(&screen->arena);
	free(screen->lines);
	free(screen);
}

/* "The first 10,000 of 12,345", where not all are kept. Returns the lines used. */
static int draw_cut_short(const struct problems_screen *screen, struct rect area)
{
	const struct sync *sync = dash_sync(screen->dash, screen->sync);
	char kept[WORDS_SIZE], all[WORDS_SIZE];

	if (!screen->known || !sync ||
		sync->problems[screen->problem] <= (int64_t)screen->count)
		return 0;
	draw_textf(area.y, area.x, area.width, DRAW_WARNING, "The first %s of %s are kept.",
		words_number(screen->count, kept),
		words_number((uint64_t)sync->problems[screen->problem], all));
	return 1;
}

static void problems_draw(void *state, struct rect area)
{
	struct problems_screen *screen = state;
	int used = 1;

	draw_text(area.y, area.x, area.width, DRAW_TITLE, problem_title(screen->problem));
	if (area.height >= 10)
		used += draw_wrapped((struct rect){area.y + used, area.x,
					     area.height - used - 4, area.width},
			0, DRAW_NORMAL, problem_advice(screen->problem));
	area.y += used;
	area.height -= used;
	used = draw_cut_short(screen, area);
	area.y += used;
	area.height -= used;
	screen->list.empty = screen->err.code ? screen->err.text
			     : screen->known  ? "None was kept."
					      : "Reading ...";
	list_draw(&screen->list, area, WIDGET_FOCUSED);
}

static void open_record(struct problems_screen *screen)
{
	const struct problem_line *line = &screen->lines[screen->view.rows[screen->list.row]];

	if (work_running(&screen->lookup.work))
		return;
	if (line->entity >= ENTITY_COUNT || !*line->sis_id) {
		shell_tell(screen->dash->shell, problem_title(screen->problem), line->detail);
		return;
	}
	screen->lookup.line = line;
	shell_say(screen->dash->shell, DRAW_NORMAL, "Looking for it in the hub ...");
	work_begin(&screen->lookup.work, shell_wake(screen->dash->shell), look_up, screen);
}

static enum screen_answer problems_key(void *state, const struct key *key)
{
	struct problems_screen *screen = state;
	enum widget_answer answer;

	if (!screen->list.filtering && key_typed(key, "w")) {
		if (screen->known && screen->count)
			save_csv_ask(&screen->save, screen->sync, screen->problem);
		return SCREEN_TAKEN;
	}
	answer = list_key(&screen->list, key, term_now());
	if (answer == WIDGET_DONE && screen->list.row < screen->view.count)
		open_record(screen);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void found_record(struct problems_screen *screen)
{
	const struct problem_line *line = screen->lookup.line;
	char *text;

	if (screen->lookup.row) {
		dash_open_record(
			screen->dash, line->entity, (struct browse_row){0, screen->lookup.row});
		return;
	}
	text = mem_printf("%s %s\n\n%s\n\nIt is not in the hub.", entity_word(line->entity),
		line->sis_id, line->detail);
	shell_tell(screen->dash->shell, problem_title(screen->problem), text);
	free(text);
}

static void problems_tick(void *state, int64_t now)
{
	struct problems_screen *screen = state;
	struct err err;
	int result;

	edit_tick(&screen->list.filter, now);
	save_csv_tick(&screen->save);
	if (work_take(&screen->work, &result, &screen->err)) {
		screen->known = true;
		view_reload(&screen->view);
		list_refresh(&screen->list);
	}
	if (!work_take(&screen->lookup.work, &result, &err))
		return;
	if (result)
		shell_tell(screen->dash->shell, problem_title(screen->problem), err.text);
	else
		found_record(screen);
}

static size_t problems_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Open the record"};
	hints[1] = (struct hint){"/", "Search"};
	hints[2] = (struct hint){"w", "Write as CSV"};
	hints[3] = (struct hint){"Esc", "Back"};
	return 4;
}

static void problems_help(void *state, struct buf *text)
{
	const struct problems_screen *screen = state;

	buf_addf(text,
		"%s\n%s\n\nEnter opens the record as it is in the hub; one that was left out "
		"is not there. / searches entity type, id and reason. w writes these records "
		"to a CSV file for a spreadsheet: ids, no names.",
		problem_title(screen->problem), problem_advice(screen->problem));
}

static const struct screen problems_screen = {
	.name = "problems",
	.title = "Problems",
	.open = problems_open,
	.close = problems_close,
	.draw = problems_draw,
	.key = problems_key,
	.tick = problems_tick,
	.hints = problems_hints,
	.help = problems_help,
};

void dash_open_problems(struct dash *dash, int64_t sync, enum problem problem)
{
	struct opening *opening = mem_zero(1, sizeof(*opening));

	*opening = (struct opening){dash, sync, problem};
	shell_push(dash->shell, &problems_screen, opening);
}
