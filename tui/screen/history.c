/* The tab History: every sync, newest first. Enter opens one. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "widget/list.h"
#include "widget/words.h"

struct history {
	struct dash *dash;
	struct list list;
	unsigned version;
};

enum column { SYNC, STARTED, STATE, CREATED, UPDATED, DELETED, RECORDS, TOOK, DECIDED };

static const struct list_column columns[] = {
	[SYNC] = {"Sync", 4, 0, 0, LIST_RIGHT},
	[STARTED] = {"Started", 16, 1, 0, LIST_LEFT},
	[STATE] = {"State", 9, 0, 0, LIST_LEFT},
	[CREATED] = {"Created", 7, 3, 0, LIST_RIGHT},
	[UPDATED] = {"Updated", 7, 3, 0, LIST_RIGHT},
	[DELETED] = {"Deleted", 7, 2, 0, LIST_RIGHT},
	[RECORDS] = {"Records", 9, 5, 0, LIST_RIGHT},
	[TOOK] = {"Took", 8, 6, 0, LIST_RIGHT},
	[DECIDED] = {"Decided, or why", 16, 4, 1, LIST_LEFT},
};

static size_t count(void *data)
{
	return ((struct history *)data)->dash->now.sync_count;
}

static const struct sync *at(const struct history *history, size_t row)
{
	return &history->dash->now.syncs[row];
}

static uint64_t id(void *data, size_t row)
{
	return (uint64_t)at(data, row)->number;
}

static void put_number(struct list_cell *cell, int64_t n)
{
	char text[WORDS_SIZE];

	snprintf(cell->text, sizeof(cell->text), "%s",
		n < 1000000 ? words_number((uint64_t)n, text)
			    : words_short_number((uint64_t)n, text));
}

static void put_took(struct list_cell *cell, const struct sync *sync)
{
	char text[WORDS_SIZE];

	if (sync->state == SYNC_RUNNING || sync->seconds <= 0)
		return;
	if (sync->seconds < 10)
		snprintf(cell->text, sizeof(cell->text), "%.1f s", sync->seconds);
	else
		snprintf(cell->text, sizeof(cell->text), "%s",
			words_duration((int64_t)sync->seconds, text));
}

static void put_decided(struct list_cell *cell, const struct sync *sync)
{
	if (sync->decided_by)
		snprintf(cell->text, sizeof(cell->text), "%s%s%s%s", sync->decided_by,
			sync->without_deletions ? ", without deletions" : "",
			sync->reason ? ": " : "", sync->reason ? sync->reason : "");
	else if (sync->error)
		snprintf(cell->text, sizeof(cell->text), "%s", sync->error);
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	const struct sync *sync = at(data, row);
	const struct counts sum = dash_sum(sync->counts);
	bool counted = sync->state != SYNC_RUNNING && sync->state != SYNC_FAILED;
	char when[DASH_WHEN];

	switch ((enum column)column) {
	case SYNC:
		snprintf(out->text, sizeof(out->text), "%lld", (long long)sync->number);
		break;
	case STARTED:
		snprintf(out->text, sizeof(out->text), "%s", dash_when(sync->started, when));
		break;
	case STATE:
		snprintf(out->text, sizeof(out->text), "%s", sync_state_name(sync->state));
		out->role = dash_sync_role(sync->state);
		break;
	case CREATED:
	case UPDATED:
	case DELETED:
		if (counted)
			put_number(out, sum.changed[column - CREATED]);
		break;
	case RECORDS:
		if (counted)
			put_number(out, counts_total(&sum));
		break;
	case TOOK: put_took(out, sync); break;
	case DECIDED: put_decided(out, sync); break;
	}
}

static const struct list_source source = {.count = count, .id = id, .cell = cell};

static void *history_open(struct shell *shell, void *arg)
{
	struct history *history = mem_zero(1, sizeof(*history));

	(void)shell;
	history->dash = arg;
	list_init(
		&history->list, &source, history, columns, sizeof(columns) / sizeof(*columns));
	return history;
}

static void history_close(void *state)
{
	struct history *history = state;

	list_clear(&history->list);
	free(history);
}

static void history_draw(void *state, struct rect area)
{
	struct history *history = state;

	history->list.empty = history->dash->version
				      ? "Nothing was imported yet. F5 runs the first import."
				      : "Reading ...";
	list_draw(&history->list, area, history->dash->focus);
}

static enum screen_answer history_key(void *state, const struct key *key)
{
	struct history *history = state;
	enum widget_answer answer = list_key(&history->list, key, term_now());

	if (answer == WIDGET_DONE)
		dash_open_sync(history->dash, at(history, history->list.row)->number);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void history_tick(void *state, int64_t now)
{
	struct history *history = state;

	(void)now;
	if (history->version == history->dash->version)
		return;
	history->version = history->dash->version;
	list_refresh(&history->list);
}

static size_t history_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Open the sync"};
	return 1;
}

static void history_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Data Sync History\n"
		"Every import is a sync. accepted: the hub has its changes. unchanged: there "
		"were "
		"none. held: it waits for a decision, nothing of it is in the hub. rejected: "
		"dropped, by hand or by a newer import. failed: it did not arrive whole, so "
		"nothing was changed. Enter shows what one changed, and who decided.");
}

const struct screen history_screen = {
	.name = "history",
	.title = "History",
	.open = history_open,
	.close = history_close,
	.draw = history_draw,
	.key = history_key,
	.tick = history_tick,
	.hints = history_hints,
	.help = history_help,
};
