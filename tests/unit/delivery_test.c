/* The history of what was published, and the hub of a moment. */
#include "store/delivery.h"

#include "hub.h"

/* What was in the hub at a moment, as hub_list. */
static const char *list_at(struct store *store, const struct moment *moment)
{
	static char text[2000];
	struct buf line;

	buf_init(&line);
	must(moment_each(store, moment, ENTITY_CLASS, hub_add_line, &line, &hub_err),
		"moment_each");
	snprintf(text, sizeof(text), "%s", line.data);
	buf_clear(&line);
	return text;
}

static const char *list_now(struct store *store)
{
	struct moment now;
	const char *text;

	must(moment_now(store, &now, &hub_err), "moment_now");
	text = list_at(store, &now);
	moment_clear(&now);
	return text;
}

/* An accepted sync that puts one class, in place of another (0: none). */
static void accept_one(struct store *store, const char *app, uint32_t replaces, uint32_t ends,
	const char *id, const char *title)
{
	int64_t number = hub_begin(store, app);
	struct stage *stage = hub_stage(store, app, number);

	hub_put(stage, ENTITY_CLASS, stage_first_row(stage, ENTITY_CLASS), replaces, id, title);
	if (ends)
		must(stage_delete(stage, ENTITY_CLASS, ends, &hub_err), "stage_delete");
	hub_accept(store, stage, app, number, ENTITY_CLASS, (struct counts){{0}, 1});
}

static void test_moment(void)
{
	struct store *store = hub_open("moment");
	struct moment first, second;
	struct stage *stage;
	int64_t number;

	is_str(list_now(store), "", "nothing is in an empty hub");
	accept_one(store, "main", 0, 0, "a", "old");
	accept_one(store, "other", 0, 0, "b", "B");
	must(moment_now(store, &first, &hub_err), "moment_now");
	is_int(first.revision, 2, "a moment has the hub's revision");
	accept_one(store, "main", 1, 0, "a", "new");
	must(moment_now(store, &second, &hub_err), "moment_now");
	accept_one(store, "main", 0, 3, "c", "C");
	number = hub_begin(store, "main");
	stage = hub_stage(store, "main", number);
	hub_put(stage, ENTITY_CLASS, stage_first_row(stage, ENTITY_CLASS), 4, "c", "held");
	hub_hold(store, stage, "main", number, ENTITY_CLASS, (struct counts){{0}, 0});
	is_str(list_at(store, &first), "main/a=old other/b=B ", "as it was at first");
	is_str(list_at(store, &second), "other/b=B main/a=new ", "as it was then");
	is_str(list_now(store), "other/b=B main/c=C ", "as it is, without what is held");
	is_str(list_now(store), hub_list(store, ENTITY_CLASS), "as store_each has it");
	moment_clear(&first);
	moment_clear(&second);
	store_close(store);
}

static int64_t add(
	struct store *store, const char *target, const char *scope, enum delivery_state state)
{
	struct delivery delivery = {.app = (char *)"main",
		.kind = DELIVERY_SFTP,
		.target = (char *)target,
		.format = (char *)"basic",
		.scope = (char *)scope,
		.changes = true,
		.state = state,
		.begun = 100,
		.finished = 200,
		.rows = 1,
		.deleted = 2,
		.left_out = 3,
		.blanked = 4,
		.bytes = 5,
		.sum = UINT64_MAX - 1,
		.tries = 6,
		.error = state == DELIVERY_DONE ? NULL : (char *)"no way"};
	struct moment moment;

	snprintf(delivery.sha256, sizeof(delivery.sha256), "%064d", 7);
	must(moment_now(store, &moment, &hub_err), "moment_now");
	delivery.revision = moment.revision;
	must(store_begin(store, &hub_err) ||
			delivery_add(store, &delivery, &moment, &hub_err) ||
			store_commit(store, &hub_err),
		"delivery_add");
	moment_clear(&moment);
	return delivery.number;
}

static bool owed(struct store *store, const char *target, const char *scope)
{
	bool is = false;

	must(delivery_is_owed(store, target, scope, &is, &hub_err), "delivery_is_owed");
	return is;
}

static void test_history(void)
{
	struct store *store = hub_open("history");
	struct delivery got;
	struct moment moment;
	int64_t number;

	ok(!owed(store, "/t", "s"), "nothing is owed by an empty hub");
	accept_one(store, "main", 0, 0, "a", "A");
	ok(owed(store, "/t", "s"), "what was accepted is owed");
	is_int(delivery_newest(store, "/t", DELIVERY_DONE, &got, &hub_err), 0, "none arrived");
	number = add(store, "/t", "s", DELIVERY_WAITING);
	ok(owed(store, "/t", "s"), "what waits has not arrived");
	is_int(delivery_newest(store, "/t", DELIVERY_WAITING, &got, &hub_err), 1,
		"it is found");
	ok(got.number == number && !strcmp(got.app, "main") && got.kind == DELIVERY_SFTP &&
			!strcmp(got.target, "/t") && !strcmp(got.format, "basic") &&
			!strcmp(got.scope, "s") && got.changes && got.begun == 100 &&
			got.finished == 200 && got.revision == 1 && got.rows == 1 &&
			got.deleted == 2 && got.left_out == 3 && got.blanked == 4 &&
			got.bytes == 5 && strlen(got.sha256) == 64 && got.tries == 6,
		"all of it comes back");
	is_str(got.error, "no way", "why it waits, too");
	ok(got.sum == UINT64_MAX - 1, "the sum with its highest bit");
	got.state = DELIVERY_DONE;
	got.tries = 7;
	mem_replace(&got.error, NULL);
	must(delivery_update(store, &got, &hub_err), "delivery_update");
	delivery_clear(&got);
	ok(!owed(store, "/t", "s"), "once it arrived nothing is owed");
	ok(owed(store, "/t", "other"), "but in another scope");
	ok(owed(store, "/u", "s"), "and elsewhere");
	accept_one(store, "main", 1, 0, "a", "A2");
	ok(owed(store, "/t", "s"), "a later accept is owed again");
	must(delivery_moment(store, number, &moment, &hub_err), "delivery_moment");
	is_str(list_at(store, &moment), "main/a=A ", "the hub that was delivered can be read");
	moment_clear(&moment);
	add(store, "/t", "s", DELIVERY_DONE);
	add(store, "/t", "other", DELIVERY_DONE);
	ok(owed(store, "/t", "s"), "what another scope has replaced is owed");
	store_close(store);
}

static int add_number(void *arg, const struct delivery *delivery, struct err *err)
{
	(void)err;
	buf_addf(arg, "%lld:%s ", (long long)delivery->number,
		delivery_state_name(delivery->state));
	return 0;
}

static void test_lists(void)
{
	struct store *store = hub_open("lists");
	struct buf line;

	buf_init(&line);
	accept_one(store, "main", 0, 0, "a", "A");
	add(store, "/t", "s", DELIVERY_DROPPED);
	add(store, "/t", "s", DELIVERY_DONE);
	accept_one(store, "main", 1, 0, "a", "A2");
	add(store, "/t", "s", DELIVERY_FAILED);
	must(delivery_each(store, "main", 2, add_number, &line, &hub_err), "delivery_each");
	is_str(line.data, "3:failed 2:delivered ", "newest first, not more than asked for");
	buf_reset(&line);
	must(delivery_each(store, "nobody", 9, add_number, &line, &hub_err), "delivery_each");
	is_str(line.data, "", "of another app there are none");
	must(delivery_each_of(store, 1, add_number, &line, &hub_err), "delivery_each_of");
	is_str(line.data, "2:delivered 1:replaced ", "those that show a sync");
	buf_clear(&line);
	store_close(store);
}

int main(void)
{
	test_moment();
	test_history();
	test_lists();
	hub_body(NULL);
	return done_testing();
}
