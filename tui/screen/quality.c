/*
 * The tab Data Quality: what the last import found wrong in the source's data, by class, and
 * what to do about it. Enter lists the records (problems.c), w writes all of them as CSV.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "screen/problem_words.h"
#include "screen/save_csv.h"
#include "widget/list.h"
#include "widget/words.h"

/* The order in which they are shown: what Data Requirements ask for comes first. */
static const enum problem order[] = {PROBLEM_MISSING_VALUE, PROBLEM_SKIPPED};

struct quality {
	struct dash *dash;
	struct list list;
	enum problem classes[PROBLEM_KINDS];
	size_t count;
	int64_t sync; /* whose; 0: none */
	unsigned version;
	struct save_csv save;
};

static const struct list_column columns[] = {
	{"Records", 8, 0, 0, LIST_RIGHT},
	{"", 7, 1, 0, LIST_LEFT},
	{"What was found", 38, 0, 2, LIST_LEFT},
	{"What to do", 24, 2, 5, LIST_LEFT},
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

	switch (column) {
	case 0:
		words_number(sync ? (uint64_t)sync->problems[problem] : 0, number);
		snprintf(out->text, sizeof(out->text), "%s", number);
		break;
	case 1: snprintf(out->text, sizeof(out->text), "%s", problem_kind(problem)); break;
	case 2: snprintf(out->text, sizeof(out->text), "%s", problem_title(problem)); break;
	default: snprintf(out->text, sizeof(out->text), "%s", problem_advice(problem));
	}
	out->role = column || problem == PROBLEM_CASCADED ? DRAW_NORMAL : DRAW_WARNING;
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

static void add_class(struct quality *quality, const struct sync *sync, enum problem problem)
{
	size_t i;

	for (i = 0; i < quality->count; i++)
		if (quality->classes[i] == problem)
			return;
	if (sync->problems[problem])
		quality->classes[quality->count++] = problem;
}

static void refresh(struct quality *quality)
{
	const struct sync *sync = of_interest(quality->dash);
	enum problem p;
	size_t i;

	quality->version = quality->dash->version;
	quality->sync = sync ? sync->number : 0;
	quality->count = 0;
	for (i = 0; sync && i < sizeof(order) / sizeof(*order); i++)
		add_class(quality, sync, order[i]);
	for (p = 0; sync && p < PROBLEM_KINDS; p++)
		add_class(quality, sync, p);
	list_refresh(&quality->list);
}

static void *quality_open(struct shell *shell, void *arg)
{
	struct quality *quality = mem_zero(1, sizeof(*quality));

	(void)shell;
	quality->dash = arg;
	save_csv_init(&quality->save, arg);
	list_init(
		&quality->list, &source, quality, columns, sizeof(columns) / sizeof(*columns));
	refresh(quality);
	return quality;
}

static void quality_close(void *state)
{
	struct quality *quality = state;

	save_csv_clear(&quality->save);
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
			0, DRAW_NORMAL, problem_advice(quality->classes[quality->list.row]));
}

static enum screen_answer quality_key(void *state, const struct key *key)
{
	struct quality *quality = state;
	enum widget_answer answer;

	if (key_typed(key, "w")) {
		if (quality->count)
			save_csv_ask(&quality->save, quality->sync, PROBLEM_KINDS);
		return SCREEN_TAKEN;
	}
	answer = list_key(&quality->list, key, term_now());
	if (answer == WIDGET_DONE && quality->list.row < quality->count)
		dash_open_problems(
			quality->dash, quality->sync, quality->classes[quality->list.row]);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void quality_tick(void *state, int64_t now)
{
	struct quality *quality = state;

	(void)now;
	save_csv_tick(&quality->save);
	if (quality->version != quality->dash->version)
		refresh(quality);
}

static size_t quality_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Which records"};
	hints[1] = (struct hint){"w", "Write as CSV"};
	return 2;
}

static void quality_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Data Quality\n"
		"What the last import that read everything found wrong in the source's data, "
		"counted by class.\n\n"
		"Error: a record came in without what Data Requirements ask for. Skipped: a "
		"record was left out for it. Flagged: something else is odd; what was done "
		"about it stands beside it. Nothing here stopped the import.\n\n"
		"Enter shows which records, up to 10,000 of a class. w writes all of them to a "
		"CSV file for a spreadsheet: ids, no names. The place to correct them is the "
		"SIS: the next import brings the correction. What is reported and what is "
		"skipped is set in Settings, Data Requirements.");
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
