#include "store/browse.h"

#include "base/arena.h"
#include "hub.h"

static struct err err;

/* What a query finds, as "id id id"; a change as "before>after". */
static const char *found(struct store *store, const struct browse_query *query)
{
	static char line[2000];
	struct browse browse;
	struct arena arena;
	size_t i, used = 0;

	arena_init(&arena);
	*line = '\0';
	if (browse_find(store, query, &browse, &err))
		return err.text;
	for (i = 0; i < browse.count; i++) {
		struct browse_row row = browse.rows[i];
		struct record before = {.sis_id = ""}, after = {.sis_id = ""};

		if (row.before)
			browse_read(
				store, query->entity, row.before, &before, NULL, &arena, &err);
		if (row.after)
			browse_read(
				store, query->entity, row.after, &after, NULL, &arena, &err);
		used += (size_t)snprintf(line + used, sizeof(line) - used, "%s%s%s%s",
			i ? " " : "", before.sis_id, query->sync ? ">" : "", after.sis_id);
	}
	browse_clear(&browse);
	arena_clear(&arena);
	return line;
}

static const char *hub(struct store *store, const char *search)
{
	const struct browse_query query = {
		.entity = ENTITY_CLASS, .change = CHANGE_NONE, .search = search};

	return found(store, &query);
}

static const char *changes(
	struct store *store, int64_t sync, enum change change, const char *search)
{
	const struct browse_query query = {
		.entity = ENTITY_CLASS, .change = change, .sync = sync, .search = search};

	return found(store, &query);
}

/* Accepted: a b c d. Held on top: b changes, c goes, e comes. */
static struct store *fill(int64_t *held)
{
	struct store *store = hub_open("browse");
	int64_t number = hub_begin(store, "main");
	struct stage *stage = hub_stage(store, "main", number);
	uint32_t row = stage_first_row(stage, ENTITY_CLASS);

	hub_put(stage, ENTITY_CLASS, row, 0, "a", "Algebra  One");
	hub_put(stage, ENTITY_CLASS, row + 1, 0, "b", "Zo\xc3\xab's Biology");
	hub_put(stage, ENTITY_CLASS, row + 2, 0, "c", "Chemistry");
	hub_put(stage, ENTITY_CLASS, row + 3, 0, "d", "Algebra Two");
	hub_accept(store, stage, "main", number, ENTITY_CLASS, (struct counts){.changed = {4}});
	*held = hub_begin(store, "main");
	stage = hub_stage(store, "main", *held);
	hub_put(stage, ENTITY_CLASS, row + 4, row + 1, "b", "Botany");
	hub_put(stage, ENTITY_CLASS, row + 5, 0, "e", "English");
	stage_delete(stage, ENTITY_CLASS, row + 2, &err);
	hub_hold(store, stage, "main", *held, ENTITY_CLASS, (struct counts){.changed = {1}});
	return store;
}

static void test_hub(struct store *store)
{
	struct browse_query query = {.entity = ENTITY_STUDENT, .change = CHANGE_NONE};
	struct browse browse;

	is_str(hub(store, NULL), "a b c d", "the hub, without what is held");
	is_str(hub(store, "algebra"), "a d", "a word, in any case");
	is_str(hub(store, " TWO alg "), "d", "every word, in any order");
	is_str(hub(store, "zoe"), "b", "without accents");
	is_str(hub(store, "Zo\xc3\x8b"), "b", "or with them");
	is_str(hub(store, "whenever"), "", "what is not shown is not searched");
	is_str(hub(store, "nothing"), "", "nothing");
	is_str(found(store, &query), "", "an entity type without records");
	query.entity = ENTITY_CLASS;
	query.search = "algebra";
	browse_find(store, &query, &browse, &err);
	is_int(browse.count, 2, "found");
	is_int(browse.total, 4, "of all");
	browse_clear(&browse);
	query.app = "other";
	is_str(found(store, &query), "", "nothing of an app that has nothing");
	query.app = "main";
	is_str(found(store, &query), "a d", "all of the one that has it");
}

static void test_changes(struct store *store, int64_t held)
{
	is_str(changes(store, held, CHANGE_NONE, NULL), "b>b >e c>", "what is held changes");
	is_str(changes(store, held, CHANGE_CREATED, NULL), ">e", "created");
	is_str(changes(store, held, CHANGE_UPDATED, NULL), "b>b", "updated");
	is_str(changes(store, held, CHANGE_DELETED, NULL), "c>", "deleted");
	is_str(changes(store, held, CHANGE_NONE, "biology"), "b>b", "found by its old value");
	is_str(changes(store, held, CHANGE_NONE, "botany"), "b>b", "or by its new one");
	is_str(changes(store, held, CHANGE_NONE, "chem"), "c>", "or by what goes");
	is_str(changes(store, 1, CHANGE_NONE, NULL), ">a >b >c >d", "what the first changed");
	is_str(changes(store, 99, CHANGE_NONE, NULL), "", "a sync that is none");
}

static void test_by_id(struct store *store)
{
	struct record record;
	struct arena arena;
	uint32_t row;

	arena_init(&arena);
	must(browse_by_id(store, ENTITY_CLASS, "b", &row, &err), "looked up");
	is_int(browse_read(store, ENTITY_CLASS, row, &record, NULL, &arena, &err), 1,
		"a record of the hub by its id");
	is_str(record.sis_id, "b", "that one");
	must(browse_by_id(store, ENTITY_CLASS, "e", &row, &err), "looked up");
	is_int(row, 0, "not one that is only held");
	must(browse_by_id(store, ENTITY_COURSE, "b", &row, &err), "looked up");
	is_int(row, 0, "nor of another type");
	arena_clear(&arena);
}

static void test_gone(struct store *store, int64_t held)
{
	const struct browse_query query = {
		.entity = ENTITY_CLASS, .change = CHANGE_CREATED, .sync = held};
	struct record record;
	struct browse browse;
	struct arena arena;
	const char *app;

	arena_init(&arena);
	browse_find(store, &query, &browse, &err);
	is_int(browse_read(
		       store, ENTITY_CLASS, browse.rows[0].after, &record, &app, &arena, &err),
		1, "a staged record is read");
	is_str(record.value[ATTR_TITLE], "English", "its value");
	is_str(app, "main", "its app");
	must(verdict_drop(store, held, &hub_err), "verdict_drop");
	is_int(browse_read(
		       store, ENTITY_CLASS, browse.rows[0].after, &record, &app, &arena, &err),
		0, "and after a rejection it is gone");
	browse_clear(&browse);
	arena_clear(&arena);
}

static void test_cancel(struct store *store)
{
	atomic_bool cancel = true;
	const struct browse_query query = {
		.entity = ENTITY_CLASS, .change = CHANGE_NONE, .cancel = &cancel};
	struct browse browse;

	is_int(browse_find(store, &query, &browse, &err), -1, "a search can be cancelled");
	is_int(err.code, ERR_CANCELLED, "and says so");
	ok(!browse.rows, "leaving nothing to free");
}

int main(void)
{
	int64_t held;
	struct store *store = fill(&held);

	test_hub(store);
	test_changes(store, held);
	test_cancel(store);
	test_by_id(store);
	test_gone(store, held);
	store_close(store);
	hub_body(NULL);
	return done_testing();
}
