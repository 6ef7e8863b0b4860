/* The tab Data: the records of the hub, an entity type at a time; only what is seen is read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "screen/paged.h"
#include "widget/tabs.h"

/* In the order in which people ask for them. */
static const enum entity order[] = {ENTITY_STUDENT, ENTITY_TEACHER, ENTITY_ADMIN,
	ENTITY_CONTACT, ENTITY_CLASS, ENTITY_ENROLLMENT, ENTITY_COURSE, ENTITY_SCHOOL,
	ENTITY_CALENDAR};

enum { ENTITIES = sizeof(order) / sizeof(*order) };

struct data {
	struct dash *dash;
	char *app;        /* owned */
	size_t at;        /* in order */
	bool in_entities; /* the line of entity types has the focus, not the list */
	struct paged paged;
	struct list list;
	unsigned version;
	int64_t accepted; /* the newest accepted sync, when it was read */
};

static enum entity entity_of(const struct data *data)
{
	return order[data->at];
}

/* What is in the hub changes with an accept only. */
static int64_t newest_accepted(const struct dash *dash)
{
	size_t i;

	for (i = 0; i < dash->now.sync_count; i++)
		if (dash->now.syncs[i].state == SYNC_ACCEPTED)
			return dash->now.syncs[i].number * 4 +
			       dash->now.syncs[i].without_deletions;
	return 0;
}

static void look(struct data *data, size_t at)
{
	const struct list_column *columns;
	char *search = mem_strdup(edit_text(&data->list.filter));
	size_t count;

	data->at = at;
	paged_look(&data->paged, entity_of(data), 0, CHANGE_NONE);
	columns = rows_columns(entity_of(data), &count);
	list_clear(&data->list);
	list_init(&data->list, &paged_source, &data->paged, columns, count);
	edit_set(&data->list.filter, search); /* the search goes along */
	free(search);
}

static void *data_open(struct shell *shell, void *arg)
{
	struct data *data = mem_zero(1, sizeof(*data));
	const struct list_column *columns;
	size_t count;

	data->dash = arg;
	data->app = mem_strdup(data->dash->app ? data->dash->app : "");
	paged_init(&data->paged, shell_wake(shell), data->dash->state, data->app);
	columns = rows_columns(entity_of(data), &count);
	list_init(&data->list, &paged_source, &data->paged, columns, count);
	data->version = data->dash->version;
	data->accepted = newest_accepted(data->dash);
	look(data, 0);
	return data;
}

static void data_close(void *state)
{
	struct data *data = state;

	list_clear(&data->list);
	paged_clear(&data->paged);
	free(data->app);
	free(data);
}

static const char *nothing(const struct data *data)
{
	if (data->paged.err.code)
		return data->paged.err.text;
	if (paged_busy(&data->paged))
		return "Reading the hub ...";
	return "The hub has none of these yet. They come with an accepted import.";
}

static void data_draw(void *state, struct rect area)
{
	struct data *data = state;
	const char *titles[ENTITIES];
	size_t i;

	for (i = 0; i < ENTITIES; i++)
		titles[i] = dash_title(order[i]);
	tabs_draw(area.y, area.x, area.width, titles, ENTITIES, data->at,
		data->in_entities ? data->dash->focus : WIDGET_BLURRED);
	area.y++;
	area.height--;
	data->list.empty = nothing(data);
	list_draw(&data->list, area, data->in_entities ? WIDGET_BLURRED : data->dash->focus);
}

static void choose(struct data *data, const struct key *key)
{
	size_t at = data->at;

	if (tabs_key(&at, ENTITIES, key) == WIDGET_CHANGED)
		look(data, at);
}

static enum screen_answer entities_key(struct data *data, const struct key *key)
{
	switch (key->code) {
	case K_LEFT:
	case K_RIGHT:
	case K_HOME:
	case K_END: choose(data, key); return SCREEN_TAKEN;
	case K_DOWN:
	case K_TAB:
	case K_ENTER: data->in_entities = false; return SCREEN_TAKEN;
	case K_UP:
	case K_BACKTAB: data->in_entities = false; return SCREEN_IGNORED;
	default: break;
	}
	if (key->code == K_FILTER || key_typed(key, "/")) {
		data->in_entities = false;
		list_key(&data->list, key, term_now());
		return SCREEN_TAKEN;
	}
	return SCREEN_IGNORED;
}

static enum screen_answer data_key(void *state, const struct key *key)
{
	struct data *data = state;
	enum widget_answer answer;
	struct browse_row row;

	if (data->in_entities)
		return entities_key(data, key);
	answer = list_key(&data->list, key, term_now());
	if (answer == WIDGET_DONE && paged_row(&data->paged, data->list.row, &row))
		dash_open_record(data->dash, entity_of(data), row);
	if (answer != WIDGET_IGNORED)
		return SCREEN_TAKEN;
	if (key->code == K_LEFT || key->code == K_RIGHT) {
		choose(data, key);
		return SCREEN_TAKEN;
	}
	if (key->code == K_UP || key->code == K_BACKTAB) {
		data->in_entities = true;
		return SCREEN_TAKEN;
	}
	return SCREEN_IGNORED;
}

static void data_tick(void *state, int64_t now)
{
	struct data *data = state;

	(void)now;
	if (data->version != data->dash->version) {
		data->version = data->dash->version;
		if (data->accepted != newest_accepted(data->dash))
			paged_reload(&data->paged);
		data->accepted = newest_accepted(data->dash);
	}
	if (paged_tick(&data->paged))
		paged_refresh(&data->paged, &data->list);
}

static int data_wait(void *state, int64_t now)
{
	(void)now;
	return paged_wait(&((struct data *)state)->paged);
}

static const char *data_message(void *state, enum draw_role *role)
{
	const struct data *data = state;

	*role = DRAW_DIM;
	return paged_busy(&data->paged) ? "Searching ..." : "";
}

static size_t data_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Whole record"};
	hints[1] = (struct hint){"/", "Search"};
	hints[2] = (struct hint){"Left/Right", "Entity type"};
	return 3;
}

static void data_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Data\n"
		"What the hub has of this app: what was accepted. Left and Right choose the "
		"entity type. / searches in all attributes, also those that are not shown; "
		"every word must occur, case and accents do not count. Enter shows all "
		"attributes of a record. Home and End go to the first and last.");
}

const struct screen data_screen = {
	.name = "data",
	.title = "Data",
	.open = data_open,
	.close = data_close,
	.draw = data_draw,
	.key = data_key,
	.tick = data_tick,
	.wait = data_wait,
	.message = data_message,
	.hints = data_hints,
	.help = data_help,
};
