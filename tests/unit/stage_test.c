/* Staging by a thread of its own: all of it or nothing, nothing seen before the verdict. */
#include "store/stage.h"

#include "hub.h"

enum { MANY = 30000 };

static struct store *store;
static const struct counts one = {{1, 0, 0}, 0};

static void test_small(void)
{
	int64_t number = hub_begin(store, "main");
	struct stage *stage = hub_stage(store, "main", number);
	struct record record;
	struct arena arena;

	arena_init(&arena);
	is_int(number, 1, "the first sync");
	is_int(stage_first_row(stage, ENTITY_CLASS), 1, "the first row");
	hub_put(stage, ENTITY_CLASS, 1, 0, "c é", "Kärnten 漢");
	hub_put(stage, ENTITY_CLASS, 2, 0, "empty", "");
	must(stage_put(stage, ENTITY_CLASS, 3, 0, "none", "", 0, &hub_err), "an empty body");
	hub_put(stage, ENTITY_SCHOOL, 1, 0, "c é", "of another type");
	must(stage_settle(stage, &hub_err), "settle");
	ok(!stage_read(stage, ENTITY_CLASS, 1, &record, &arena, &hub_err) &&
			!strcmp(record.value[ATTR_TITLE], "Kärnten 漢") &&
			!strcmp(record.sis_id, "c é"),
		"what was staged can be read");
	ok(!stage_read(stage, ENTITY_CLASS, 3, &record, &arena, &hub_err) &&
			!record.value[ATTR_TITLE],
		"even without a body");
	is_int(stage_read(stage, ENTITY_CLASS, 99, &record, &arena, &hub_err), -1,
		"a row that is not there is an error");
	is_str(hub_list(store, ENTITY_CLASS), "", "nothing is in the hub before the verdict");
	hub_accept(store, stage, "main", number, ENTITY_CLASS, one);
	is_str(hub_list(store, ENTITY_CLASS),
		"main/c é=Kärnten 漢 main/empty= main/none= ", "all of it after");
	is_str(hub_list(store, ENTITY_SCHOOL), "main/c é=of another type ", "each type apart");
	arena_clear(&arena);
}

static void test_versions(void)
{
	int64_t number = hub_begin(store, "main");
	struct stage *stage = hub_stage(store, "main", number);
	const struct buf *body;

	is_int(stage_first_row(stage, ENTITY_CLASS), 4, "rows go on where they ended");
	is_int(stage_first_row(stage, ENTITY_SCHOOL), 2, "of each type");
	is_int(stage_first_row(stage, ENTITY_ENROLLMENT), 1, "or begin");
	hub_put(stage, ENTITY_CLASS, 4, 1, "c é", "second");
	body = hub_body("corrected");
	must(stage_correct(stage, ENTITY_CLASS, 4, body->data, body->used, &hub_err),
		"correct");
	must(stage_delete(stage, ENTITY_CLASS, 2, &hub_err), "delete");
	must(stage_settle(stage, &hub_err), "settle");
	must(stage_delete(stage, ENTITY_CLASS, 3, &hub_err), "delete after settling");
	hub_accept(store, stage, "main", number, ENTITY_CLASS, one);
	is_str(hub_list(store, ENTITY_CLASS), "main/c é=corrected ",
		"replaced, corrected, deleted");
}

static void test_abandon(void)
{
	int64_t number = hub_begin(store, "main");
	struct stage *stage = hub_stage(store, "main", number);

	hub_put(stage, ENTITY_CLASS, 5, 4, "c é", "third");
	must(stage_delete(stage, ENTITY_SCHOOL, 1, &hub_err), "delete");
	stage_abandon(stage);
	is_str(hub_list(store, ENTITY_CLASS), "main/c é=corrected ", "abandoned: as before");
	stage = hub_stage(store, "main", number);
	hub_put(stage, ENTITY_CLASS, 5, 4, "c é", "third");
	must(stage_settle(stage, &hub_err), "settle");
	stage_abandon(stage);
	is_str(hub_list(store, ENTITY_CLASS), "main/c é=corrected ", "after settling too");
	stage = hub_stage(store, "main", number);
	stage_abandon(stage);
	stage_abandon(NULL);
	stage = hub_stage(store, "main", number);
	is_int(stage_first_row(stage, ENTITY_CLASS), 5, "its rows are free again");
	stage_abandon(stage);
}

/* More than the batches hold, so that both threads work at once. */
static void test_many(void)
{
	int64_t number = hub_begin(store, "big");
	struct stage *stage = hub_stage(store, "big", number);
	char id[30], *text = mem_zero(1, 400);
	size_t wrong = 0;
	uint32_t row, first;

	memset(text, 'x', 399);
	first = stage_first_row(stage, ENTITY_ENROLLMENT);
	for (row = first; row < first + MANY; row++) {
		const struct buf *body = hub_body(text);

		snprintf(id, sizeof(id), "e%u", row);
		wrong += stage_put(stage, ENTITY_ENROLLMENT, row, 0, id, body->data, body->used,
				 &hub_err) != 0;
	}
	for (row = first; row < first + MANY; row += 2)
		wrong += stage_delete(stage, ENTITY_ENROLLMENT, row, &hub_err) != 0;
	is_int((long long)wrong, 0, "all is taken");
	hub_accept(store, stage, "big", number, ENTITY_ENROLLMENT,
		(struct counts){{MANY / 2, 0, 0}, 0});
	is_int(hub_total(store, "big", ENTITY_ENROLLMENT), MANY / 2, "counted");
	free(text);
}

static int count_one(void *arg, const struct record *record, const char *app, struct err *err)
{
	size_t *count = arg;

	(void)err;
	*count += !strcmp(app, "big") && strlen(record->value[ATTR_TITLE]) == 399;
	return 0;
}

static void test_many_are_there(void)
{
	size_t count = 0;

	must(store_each(store, ENTITY_ENROLLMENT, count_one, &count, &hub_err), "store_each");
	is_int((long long)count, MANY / 2, "and there, in full length");
}

/* One record larger than a batch. */
static void test_huge(void)
{
	int64_t number = hub_begin(store, "huge");
	struct stage *stage = hub_stage(store, "huge", number);
	size_t length = 5 << 20;
	char *text = mem_alloc(length + 1);
	struct record record;
	struct arena arena;

	arena_init(&arena);
	memset(text, 'y', length);
	text[length] = '\0';
	hub_put(stage, ENTITY_COURSE, 1, 0, "huge", text);
	hub_put(stage, ENTITY_COURSE, 2, 0, "small", "s");
	must(stage_settle(stage, &hub_err), "settle");
	ok(!stage_read(stage, ENTITY_COURSE, 1, &record, &arena, &hub_err) &&
			strlen(record.value[ATTR_TITLE]) == length,
		"five megabytes in one record");
	stage_abandon(stage);
	arena_clear(&arena);
	free(text);
}

/* The writer fails behind the caller's back: the caller learns it, nothing stays. */
static void test_failure(void)
{
	int64_t number = hub_begin(store, "bad");
	struct stage *stage = hub_stage(store, "bad", number);
	const struct buf *body = hub_body("twice the same row");
	int result = 0, i;

	for (i = 0; i < MANY && !result; i++)
		result = stage_put(stage, ENTITY_ADMIN, i < 2 ? 7 : (uint32_t)i + 10, 0, "a",
			body->data, body->used, &hub_err);
	if (!result)
		result = stage_settle(stage, &hub_err);
	is_int(result, -1, "a failure of the writer comes back");
	ok(hub_err.code == ERR_FAILED && strstr(hub_err.text, "hub.db"), "in words: %s",
		hub_err.text);
	stage_abandon(stage);
	is_str(hub_list(store, ENTITY_ADMIN), "", "nothing stays");

	stage = hub_stage(store, "bad", number);
	hub_put(stage, ENTITY_ADMIN, 7, 0, "a", "x");
	hub_put(stage, ENTITY_ADMIN, 7, 0, "a", "x");
	is_int(stage_settle(stage, &hub_err), -1, "settling tells it, however late");
	stage_abandon(stage);
}

/* While one process stages, another cannot; readers read on. */
static void test_two_processes(void)
{
	struct store *reader = hub_open("hub");
	int64_t number = hub_begin(store, "main");
	struct stage *stage = hub_stage(store, "main", number);

	hub_put(stage, ENTITY_CLASS, stage_first_row(stage, ENTITY_CLASS), 4, "c é", "unseen");
	must(stage_settle(stage, &hub_err), "settle");
	is_str(hub_list(reader, ENTITY_CLASS), "main/c é=corrected ",
		"a reader sees the hub as it was");
	hub_accept(store, stage, "main", number, ENTITY_CLASS, one);
	is_str(hub_list(reader, ENTITY_CLASS), "main/c é=unseen ", "then as it is");
	store_close(reader);
}

int main(void)
{
	store = hub_open("hub");
	test_small();
	test_versions();
	test_abandon();
	test_two_processes();
	test_many();
	test_many_are_there();
	test_huge();
	test_failure();
	store_close(store);
	hub_body(NULL);
	return done_testing();
}
