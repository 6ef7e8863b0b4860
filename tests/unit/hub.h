/*
 * Short words for tests of the store: stage a few records, accept them, read the hub as one
 * line. A record's body is one text.
 */
#ifndef TESTS_UNIT_HUB_H
#define TESTS_UNIT_HUB_H

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/history.h"
#include "store/stage.h"
#include "store/store.h"
#include "store/verdict.h"
#include "tap.h"
#include "tempdir.h"

static struct err hub_err;

/* For what must work: the error is the test's failure. */
__attribute__((unused)) static void must(int result, const char *what)
{
	if (result)
		ok(false, "%s: %s", what, hub_err.text);
}

__attribute__((unused)) static struct store *hub_open(const char *name)
{
	struct store *store = store_open(temp_path(name), &hub_err);

	if (!store) {
		ok(false, "the store opens: %s", hub_err.text);
		exit(done_testing());
	}
	return store;
}

__attribute__((unused)) static int64_t hub_begin(struct store *store, const char *app)
{
	int64_t number = 0;

	must(history_begin(store, app, 1000, &number, &hub_err), "history_begin");
	return number;
}

__attribute__((unused)) static struct stage *hub_stage(
	struct store *store, const char *app, int64_t number)
{
	struct stage *stage = stage_open(store, app, number, STAGE_HUB, &hub_err);

	if (!stage) {
		ok(false, "the stage opens: %s", hub_err.text);
		exit(done_testing());
	}
	return stage;
}

/* The packed body of a record whose title is `text`. Valid until the next call. */
__attribute__((unused)) static const struct buf *hub_body(const char *text)
{
	static struct buf body;
	struct record record;

	if (!body.data)
		buf_init(&body);
	if (!text) {
		buf_clear(&body);
		return NULL;
	}
	record_init(&record, ENTITY_CLASS, "");
	record.value[ATTR_TITLE] = text;
	record.value[ATTR_LAST_MODIFIED] = "whenever";
	record_pack(&record, &body);
	return &body;
}

__attribute__((unused)) static void hub_put(struct stage *stage, enum entity entity,
	uint32_t row, uint32_t replaces, const char *sis_id, const char *text)
{
	const struct buf *body = hub_body(text);

	must(stage_put(stage, entity, row, replaces, sis_id, body->data, body->used, &hub_err),
		"stage_put");
}

/* Settles the stage and writes the sync's history with the counts of one entity type. */
__attribute__((unused)) static void hub_write(struct store *store, struct stage *stage,
	const char *app, int64_t number, enum sync_state state, enum entity entity,
	struct counts counts)
{
	struct sync sync = {.number = number, .app = (char *)app, .state = state};

	sync.counts[entity] = counts;
	must(stage_settle(stage, &hub_err), "stage_settle");
	must(history_write(store, &sync, NULL, 0, NULL, &hub_err), "history_write");
}

/* The same, accepted and committed. */
__attribute__((unused)) static void hub_accept(struct store *store, struct stage *stage,
	const char *app, int64_t number, enum entity entity, struct counts counts)
{
	struct sync sync = {.number = number, .app = (char *)app, .source = (char *)"root"};

	hub_write(store, stage, app, number, SYNC_ACCEPTED, entity, counts);
	must(verdict_accept(store, &sync, &hub_err), "verdict_accept");
	must(stage_commit(stage, &hub_err), "stage_commit");
}

/* The same, held. */
__attribute__((unused)) static void hub_hold(struct store *store, struct stage *stage,
	const char *app, int64_t number, enum entity entity, struct counts counts)
{
	hub_write(store, stage, app, number, SYNC_HELD, entity, counts);
	must(stage_commit(stage, &hub_err), "stage_commit");
}

__attribute__((unused)) static int hub_add_line(
	void *arg, const struct record *record, const char *app, struct err *err)
{
	struct buf *line = arg;

	(void)err;
	buf_addf(line, "%s/%s=%s ", app, record->sis_id,
		record->value[ATTR_TITLE] ? record->value[ATTR_TITLE] : "");
	return 0;
}

/* "main/c1=Title other/c2=Title ": what is accepted of one entity type. */
__attribute__((unused)) static const char *hub_list(struct store *store, enum entity entity)
{
	static char text[2000];
	struct buf line;

	buf_init(&line);
	must(store_each(store, entity, hub_add_line, &line, &hub_err), "store_each");
	snprintf(text, sizeof(text), "%s", line.data);
	buf_clear(&line);
	return text;
}

__attribute__((unused)) static int64_t hub_total(
	struct store *store, const char *app, enum entity entity)
{
	int64_t totals[ENTITY_COUNT];

	must(store_totals(store, app, totals, &hub_err), "store_totals");
	return totals[entity];
}

#endif
