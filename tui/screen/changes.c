/*
 * What a sync changes: the tab (how much of what, of the sync that is of most interest), and
 * the screen with the records, from which Enter leads to old and new values.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "screen/paged.h"
#include "widget/list.h"
#include "widget/words.h"

static const enum draw_role change_roles[] = {DRAW_OK, DRAW_WARNING, DRAW_ERROR};

/* ---- the tab ------------------------------------------------------------------------------
 */

struct line {
	enum entity entity;
	enum change change;
	int64_t records;
};

struct changes {
	struct dash *dash;
	struct list list;
	struct line lines[ENTITY_COUNT * CHANGE_KINDS];
	size_t count;
	int64_t sync; /* 0: there is none */
	unsigned version;
};

static const struct list_column tab_columns[] = {
	{"Entity type", 14, 0, 0, LIST_LEFT},
	{"Change", 8, 0, 0, LIST_LEFT},
	{"Records", 9, 0, 0, LIST_RIGHT},
	{"", 0, 1, 1, LIST_LEFT},
};

static size_t tab_count(void *data)
{
	return ((struct changes *)data)->count;
}

static uint64_t tab_id(void *data, size_t row)
{
	const struct line *line = &((struct changes *)data)->lines[row];

	return (uint64_t)line->entity * CHANGE_KINDS + line->change;
}

static void tab_cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	const struct line *line = &((struct changes *)data)->lines[row];
	char number[WORDS_SIZE];

	if (column == 0)
		snprintf(cell->text, sizeof(cell->text), "%s", dash_title(line->entity));
	if (column == 1)
		snprintf(cell->text, sizeof(cell->text), "%s", change_name(line->change));
	if (column == 2)
		snprintf(cell->text, sizeof(cell->text), "%s",
			words_number((uint64_t)line->records, number));
	if (column == 1 || column == 2)
		cell->role = change_roles[line->change];
}

static const struct list_source tab_source = {
	.count = tab_count, .id = tab_id, .cell = tab_cell};

/* The one that waits; else the newest that changed something and still knows what. */
static const struct sync *of_interest(const struct dash *dash)
{
	const struct sync *held = dash_held(dash);
	size_t i;

	for (i = 0; !held && i < dash->now.sync_count; i++)
		if (dash->now.syncs[i].state == SYNC_ACCEPTED)
			held = &dash->now.syncs[i];
	return held;
}

static void refresh(struct changes *changes)
{
	const struct sync *sync = of_interest(changes->dash);
	enum entity e;
	enum change c;

	changes->version = changes->dash->version;
	changes->count = 0;
	changes->sync = sync ? sync->number : 0;
	for (e = 0; sync && e < ENTITY_COUNT; e++)
		for (c = 0; c < CHANGE_KINDS; c++)
			if (sync->counts[e].changed[c])
				changes->lines[changes->count++] =
					(struct line){e, c, sync->counts[e].changed[c]};
	list_refresh(&changes->list);
}

static void *changes_open(struct shell *shell, void *arg)
{
	struct changes *changes = mem_zero(1, sizeof(*changes));

	(void)shell;
	changes->dash = arg;
	list_init(&changes->list, &tab_source, changes, tab_columns,
		sizeof(tab_columns) / sizeof(*tab_columns));
	refresh(changes);
	return changes;
}

static void changes_close(void *state)
{
	struct changes *changes = state;

	list_clear(&changes->list);
	free(changes);
}

static void changes_draw(void *state, struct rect area)
{
	struct changes *changes = state;
	const struct sync *sync =
		changes->sync ? dash_sync(changes->dash, changes->sync) : NULL;
	char when[DASH_WHEN];

	changes->list.empty =
		changes->dash->version ? "No sync has changed anything yet." : "Reading ...";
	if (sync && area.height > 4) {
		draw_textf(area.y, area.x, area.width, DRAW_TITLE,
			sync->state == SYNC_HELD
				? "What sync %lld of %s would change; it waits for a decision:"
				: "What sync %lld of %s changed:",
			(long long)sync->number, dash_when(sync->started, when));
		area.y++;
		area.height--;
	}
	list_draw(&changes->list, area, changes->dash->focus);
}

static enum screen_answer changes_key(void *state, const struct key *key)
{
	struct changes *changes = state;
	enum widget_answer answer = list_key(&changes->list, key, term_now());

	if (answer == WIDGET_DONE) {
		const struct line *line = &changes->lines[changes->list.row];

		dash_open_changes(changes->dash, changes->sync, line->entity, line->change);
	} else if (answer == WIDGET_IGNORED && key_typed(key, "s") && changes->sync) {
		dash_open_sync(changes->dash, changes->sync);
		return SCREEN_TAKEN;
	}
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void changes_tick(void *state, int64_t now)
{
	struct changes *changes = state;

	(void)now;
	if (changes->version != changes->dash->version)
		refresh(changes);
}

static size_t changes_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Show the records"};
	hints[1] = (struct hint){"s", "Summary"};
	return 2;
}

static void changes_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text, "Changes\n"
		       "What the sync that waits would change; when none waits, what the "
		       "newest accepted "
		       "one changed. Enter shows the records, and from there old and new "
		       "values. s shows "
		       "the summary with the rules and, while it waits, the decision. Those of "
		       "any other "
		       "sync are reached from History.");
}

const struct screen changes_screen = {
	.name = "changes",
	.title = "Changes",
	.open = changes_open,
	.close = changes_close,
	.draw = changes_draw,
	.key = changes_key,
	.tick = changes_tick,
	.hints = changes_hints,
	.help = changes_help,
};

/* ---- the records --------------------------------------------------------------------------
 */

struct records {
	struct dash *dash;
	int64_t sync;
	enum entity entity;
	enum change change;
	struct paged paged;
	struct list list;
};

static const struct list_column columns[] = {
	{"Change", 8, 0, 0, LIST_LEFT},
	{"Name", 22, 0, 2, LIST_LEFT},
	{"What changes, or school", 24, 2, 4, LIST_LEFT},
	{"SIS id", 12, 1, 1, LIST_LEFT},
};

struct opening {
	struct dash *dash;
	int64_t sync;
	enum entity entity;
	enum change change;
};

static void say_where(const struct records *records)
{
	char where[160];

	snprintf(where, sizeof(where), "%s > sync %lld > %s%s%s", records->dash->app,
		(long long)records->sync, entity_plural(records->entity),
		records->change == CHANGE_NONE ? "" : " ",
		records->change == CHANGE_NONE ? "" : change_name(records->change));
	records->dash->on_top = false;
	shell_where(records->dash->shell, where);
}

static void *records_open(struct shell *shell, void *arg)
{
	struct records *records = mem_zero(1, sizeof(*records));
	const struct opening *opening = arg;

	records->dash = opening->dash;
	records->sync = opening->sync;
	records->entity = opening->entity;
	records->change = opening->change;
	free(arg);
	paged_init(&records->paged, shell_wake(shell), records->dash->state, NULL);
	paged_look(&records->paged, records->entity, records->sync, records->change);
	list_init(&records->list, &paged_source, &records->paged, columns,
		sizeof(columns) / sizeof(*columns));
	say_where(records);
	return records;
}

static void records_close(void *state)
{
	struct records *records = state;

	list_clear(&records->list);
	paged_clear(&records->paged);
	free(records);
}

static void records_draw(void *state, struct rect area)
{
	struct records *records = state;

	records->list.empty = records->paged.err.code       ? records->paged.err.text
			      : paged_busy(&records->paged) ? "Reading ..."
							    : "There are none.";
	list_draw(&records->list, area, WIDGET_FOCUSED);
}

static enum screen_answer records_key(void *state, const struct key *key)
{
	struct records *records = state;
	enum widget_answer answer = list_key(&records->list, key, term_now());
	struct browse_row row;

	if (answer == WIDGET_DONE && paged_row(&records->paged, records->list.row, &row))
		dash_open_change(records->dash, records->entity, row);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void records_tick(void *state, int64_t now)
{
	struct records *records = state;

	(void)now;
	if (paged_tick(&records->paged))
		paged_refresh(&records->paged, &records->list);
}

static int records_wait(void *state, int64_t now)
{
	(void)now;
	return paged_wait(&((struct records *)state)->paged);
}

static void records_shown(void *state)
{
	say_where(state);
}

static const char *records_message(void *state, enum draw_role *role)
{
	const struct records *records = state;

	*role = DRAW_DIM;
	return paged_busy(&records->paged) ? "Searching ..." : "";
}

static size_t records_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Old and new values"};
	hints[1] = (struct hint){"/", "Search"};
	hints[2] = (struct hint){"Esc", "Back"};
	return 3;
}

static void records_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Changed records\n"
		"Enter shows all attributes of one with old and new values. / searches in "
		"both; every word must occur, case and accents do not count.");
}

static const struct screen records_screen = {
	.name = "records",
	.title = "Changed records",
	.open = records_open,
	.close = records_close,
	.draw = records_draw,
	.key = records_key,
	.tick = records_tick,
	.wait = records_wait,
	.shown = records_shown,
	.message = records_message,
	.hints = records_hints,
	.help = records_help,
};

void dash_open_changes(struct dash *dash, int64_t sync, enum entity entity, enum change change)
{
	struct opening *opening = mem_zero(1, sizeof(*opening));

	*opening = (struct opening){dash, sync, entity, change};
	shell_push(dash->shell, &records_screen, opening);
}
