/*
 * The tab Data Quality: what the last import found wrong in the source's data, by class, and
 * what to do about it. Enter lists those that were kept.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "screen/dash.h"
#include "store/quality.h"
#include "widget/list.h"
#include "widget/words.h"

/* What to do about each class: for who reads this twice a year. */
static const char *const advice[PROBLEM_KINDS] = {
	[PROBLEM_UNUSABLE] =
		"These were left out. Give them an id and a proper form in the SIS.",
	[PROBLEM_DUPLICATE_ID] = "Two records of the source share an id; the last one was "
				 "taken. Correct it in the "
				 "SIS.",
	[PROBLEM_MISSING_VALUE] =
		"The records came in without it. Fill the value in in the SIS.",
	[PROBLEM_BAD_VALUE] =
		"The value was left out, the record came in. Correct it in the SIS.",
	[PROBLEM_UNKNOWN_ROLE] = "People with a role that is not known here were not taken. "
				 "Ask the vendor what it "
				 "means, or correct the role in the SIS.",
	[PROBLEM_UNKNOWN_STATUS] = "Taken as active. Ask the vendor what the word means.",
	[PROBLEM_DANGLING] = "They name a record that did not come: often of a school that is "
			     "not mapped. Map "
			     "it, or correct the reference in the SIS.",
	[PROBLEM_DATES_REVERSED] = "They end before they begin. Correct the dates in the SIS.",
	[PROBLEM_REPAIRED_TEXT] = "Broken characters were replaced by a mark. Tell the vendor; "
				  "names may look odd.",
	[PROBLEM_MISSING_COLLECTION] = "The source does not give it: ask the vendor to permit "
				       "it for this client, if it "
				       "is wanted.",
	[PROBLEM_TOTAL_WRONG] = "The source counts wrongly. Everything that came was taken; "
				"tell the vendor if it "
				"stays.",
	[PROBLEM_CASCADED] =
		"Nothing to do: when a person or class leaves, its enrollments go with it.",
	[PROBLEM_SKIPPED] =
		"Left out as Data Requirements say, with their enrollments. Fill the value in "
		"in the SIS, or change the rule.",
	[PROBLEM_PARTIAL] = "What is not in them stays as it is. See that the source gives all "
			    "from time to time, and that its manifest.csv says so.",
};

/* ---- the tab ------------------------------------------------------------------------------
 */

struct quality {
	struct dash *dash;
	struct list list;
	enum problem classes[PROBLEM_KINDS];
	size_t count;
	int64_t sync; /* whose; 0: none */
	unsigned version;
};

static const struct list_column columns[] = {
	{"Records", 8, 0, 0, LIST_RIGHT},
	{"What was found", 38, 0, 2, LIST_LEFT},
	{"What to do", 24, 1, 5, LIST_LEFT},
};

static size_t count(void *data)
{
	return ((struct quality *)data)->count;
}

static uint64_t id(void *data, size_t row)
{
	return ((struct quality *)data)->classes[row];
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	const struct quality *quality = data;
	enum problem problem = quality->classes[row];
	const struct sync *sync = dash_sync(quality->dash, quality->sync);
	char number[WORDS_SIZE];

	if (!column)
		snprintf(out->text, sizeof(out->text), "%s",
			words_number(sync ? (uint64_t)sync->problems[problem] : 0, number));
	else
		snprintf(out->text, sizeof(out->text), "%s",
			column == 1 ? problem_title(problem) : advice[problem]);
	out->role = problem == PROBLEM_CASCADED ? DRAW_NORMAL
		    : column                    ? DRAW_NORMAL
						: DRAW_WARNING;
}

static const struct list_source source = {.count = count, .id = id, .cell = cell};

/* The newest that read the source to its end. */
static const struct sync *of_interest(const struct dash *dash)
{
	size_t i;

	for (i = 0; i < dash->now.sync_count; i++) {
		enum sync_state state = dash->now.syncs[i].state;

		if (state != SYNC_RUNNING && state != SYNC_FAILED)
			return &dash->now.syncs[i];
	}
	return NULL;
}

static void refresh(struct quality *quality)
{
	const struct sync *sync = of_interest(quality->dash);
	enum problem p;

	quality->version = quality->dash->version;
	quality->sync = sync ? sync->number : 0;
	quality->count = 0;
	for (p = 0; sync && p < PROBLEM_KINDS; p++)
		if (sync->problems[p])
			quality->classes[quality->count++] = p;
	list_refresh(&quality->list);
}

static void *quality_open(struct shell *shell, void *arg)
{
	struct quality *quality = mem_zero(1, sizeof(*quality));

	(void)shell;
	quality->dash = arg;
	list_init(
		&quality->list, &source, quality, columns, sizeof(columns) / sizeof(*columns));
	refresh(quality);
	return quality;
}

static void quality_close(void *state)
{
	struct quality *quality = state;

	list_clear(&quality->list);
	free(quality);
}

static void quality_draw(void *state, struct rect area)
{
	struct quality *quality = state;
	char when[DASH_WHEN];
	const struct sync *sync = dash_sync(quality->dash, quality->sync);
	int below = quality->count && area.height >= 10 ? 3 : 0;

	quality->list.empty = !quality->dash->version ? "Reading ..."
			      : sync                  ? "Nothing was found wrong in the data."
						      : "Nothing was imported yet.";
	if (sync && area.height > 4) {
		draw_textf(area.y, area.x, area.width, DRAW_TITLE,
			"What sync %lld of %s found in the source's data:",
			(long long)sync->number, dash_when(sync->started, when));
		area.y++;
		area.height--;
	}
	area.height -= below;
	list_draw(&quality->list, area, quality->dash->focus);
	if (below && quality->list.row < quality->count)
		draw_wrapped(
			(struct rect){area.y + area.height + 1, area.x, below - 1, area.width},
			0, DRAW_NORMAL, advice[quality->classes[quality->list.row]]);
}

static enum screen_answer quality_key(void *state, const struct key *key)
{
	struct quality *quality = state;
	enum widget_answer answer = list_key(&quality->list, key, term_now());

	if (answer == WIDGET_DONE && quality->list.row < quality->count)
		dash_open_problems(
			quality->dash, quality->sync, quality->classes[quality->list.row]);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void quality_tick(void *state, int64_t now)
{
	struct quality *quality = state;

	(void)now;
	if (quality->version != quality->dash->version)
		refresh(quality);
}

static size_t quality_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Which records"};
	return 1;
}

static void quality_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Data Quality\n"
		"What the last import that read everything found wrong in the source's data, "
		"counted by class. None of it stopped the import. Enter shows which records, "
		"up to 10,000 of a class. The place to correct them is the SIS: the next import "
		"brings the correction.");
}

const struct screen quality_screen = {
	.name = "quality",
	.title = "Data Quality",
	.open = quality_open,
	.close = quality_close,
	.draw = quality_draw,
	.key = quality_key,
	.tick = quality_tick,
	.hints = quality_hints,
	.help = quality_help,
};

/* ---- those of one class -------------------------------------------------------------------
 */

struct problem_line {
	enum entity entity;
	const char *sis_id, *detail; /* in the arena */
};

struct problems_screen {
	struct dash *dash;
	int64_t sync;
	enum problem problem;
	struct work work;
	struct arena arena;         /* the worker's until it has ended, as the lines */
	struct problem_line *lines; /* owned */
	size_t count;
	bool known;
	struct err err;
	struct list list;
};

static const struct list_column problem_columns[] = {
	{"Record", 10, 1, 0, LIST_LEFT},
	{"SIS id", 16, 0, 1, LIST_LEFT},
	{"What", 30, 0, 3, LIST_LEFT},
};

static int keep_problem(void *arg, enum problem problem, enum entity entity, const char *sis_id,
	const char *detail, struct err *err)
{
	struct problems_screen *screen = arg;

	(void)err;
	(void)problem;
	screen->lines = mem_grow(screen->lines, screen->count + 1, sizeof(*screen->lines));
	screen->lines[screen->count++] = (struct problem_line){entity,
		arena_strdup(&screen->arena, sis_id ? sis_id : ""),
		arena_strdup(&screen->arena, detail ? detail : "")};
	return 0;
}

static int read_problems(struct work *work, void *arg, struct err *err)
{
	struct problems_screen *screen = arg;
	struct store *store = store_open(screen->dash->state, err);
	int result = store ? quality_each(store, screen->sync, screen->problem, keep_problem,
				     screen, err)
			   : -1;

	(void)work;
	store_close(store);
	return result;
}

static size_t problem_count(void *data)
{
	const struct problems_screen *screen = data;

	return screen->known ? screen->count : 0;
}

static uint64_t problem_id(void *data, size_t row)
{
	(void)data;
	return row;
}

static void problem_cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	const struct problem_line *line = &((struct problems_screen *)data)->lines[row];

	snprintf(out->text, sizeof(out->text), "%s",
		column == 0   ? line->entity < ENTITY_NONE ? entity_name(line->entity) : ""
		: column == 1 ? line->sis_id
			      : line->detail);
}

static const struct list_source problem_source = {
	.count = problem_count, .id = problem_id, .cell = problem_cell};

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
	list_init(&screen->list, &problem_source, screen, problem_columns,
		sizeof(problem_columns) / sizeof(*problem_columns));
	work_begin(&screen->work, shell_wake(shell), read_problems, screen);
	return screen;
}

static void problems_close(void *state)
{
	struct problems_screen *screen = state;

	work_stop(&screen->work);
	arena_clear(&screen->arena);
	list_clear(&screen->list);
	free(screen->lines);
	free(screen);
}

static void problems_draw(void *state, struct rect area)
{
	struct problems_screen *screen = state;
	const struct sync *sync = dash_sync(screen->dash, screen->sync);
	char all[WORDS_SIZE];

	draw_textf(
		area.y, area.x, area.width, DRAW_TITLE, "%s", problem_title(screen->problem));
	area.y++;
	area.y += draw_wrapped((struct rect){area.y, area.x, 2, area.width}, 0, DRAW_NORMAL,
		advice[screen->problem]);
	area.height -= 3;
	if (screen->known && sync && sync->problems[screen->problem] > (int64_t)screen->count) {
		draw_textf(area.y, area.x, area.width, DRAW_DIM,
			"%s in all; the first %zu were kept.",
			words_number((uint64_t)sync->problems[screen->problem], all),
			screen->count);
		area.y++;
		area.height--;
	}
	screen->list.empty = screen->err.code ? screen->err.text
			     : screen->known  ? "None was kept."
					      : "Reading ...";
	list_draw(&screen->list, area, WIDGET_FOCUSED);
}

static enum screen_answer problems_key(void *state, const struct key *key)
{
	struct problems_screen *screen = state;
	enum widget_answer answer = list_key(&screen->list, key, term_now());
	char *text;

	if (answer == WIDGET_DONE && screen->list.row < problem_count(screen)) {
		const struct problem_line *line = &screen->lines[screen->list.row];

		text = mem_printf("%s %s\n\n%s",
			line->entity < ENTITY_NONE ? entity_name(line->entity) : "",
			line->sis_id, line->detail);
		shell_tell(screen->dash->shell, problem_title(screen->problem), text);
		free(text);
	}
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void problems_tick(void *state, int64_t now)
{
	struct problems_screen *screen = state;
	int result;

	(void)now;
	if (work_take(&screen->work, &result, &screen->err)) {
		screen->known = true;
		list_refresh(&screen->list);
	}
}

static size_t problems_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Show it whole"};
	hints[1] = (struct hint){"Esc", "Back"};
	return 2;
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
};

void dash_open_problems(struct dash *dash, int64_t sync, enum problem problem)
{
	struct opening *opening = mem_zero(1, sizeof(*opening));

	*opening = (struct opening){dash, sync, problem};
	shell_push(dash->shell, &problems_screen, opening);
}
