/* What a verdict does: accept, drop, split, leave deletions out; and the sum of what is staged.
 */
#include "store/verdict.h"

#include "hub.h"
#include "store/print.h"
#include "sync/fingerprint.h"

static struct store *store;
static int stores;

static struct counts counts(int created, int updated, int deleted, int unchanged)
{
	return (struct counts){{created, updated, deleted}, unchanged};
}

static void print(const char *app, int64_t number, enum print_kind kind, uint64_t key,
	uint64_t content, uint32_t row)
{
	struct print one = {key, content, row};

	must(print_add(store, app, number, ENTITY_CLASS, kind, &one, 1, &hub_err), "print_add");
}

/* A fresh hub: sync 1 of main is accepted with the classes a, b, c in rows 1, 2, 3. */
static void fresh(void)
{
	struct stage *stage;
	char name[20];
	int64_t number;

	store_close(store);
	snprintf(name, sizeof(name), "hub%d", stores++);
	store = hub_open(name);
	number = hub_begin(store, "main");
	stage = hub_stage(store, "main", number);
	hub_put(stage, ENTITY_CLASS, 1, 0, "a", "a1");
	hub_put(stage, ENTITY_CLASS, 2, 0, "b", "b1");
	hub_put(stage, ENTITY_CLASS, 3, 0, "c", "c1");
	must(stage_settle(stage, &hub_err), "settle");
	print("main", number, PRINT_PUT, 1, 11, 1);
	print("main", number, PRINT_PUT, 2, 21, 2);
	print("main", number, PRINT_PUT, 3, 31, 3);
	hub_accept(store, stage, "main", number, ENTITY_CLASS, counts(3, 0, 0, 0));
}

/* Sync 2 of main: a is updated, b is deleted, d is new. Settled, nothing decided. */
static struct stage *stage_second(int64_t *number)
{
	struct stage *stage;

	*number = hub_begin(store, "main");
	stage = hub_stage(store, "main", *number);
	hub_put(stage, ENTITY_CLASS, 4, 1, "a", "a2");
	must(stage_delete(stage, ENTITY_CLASS, 2, &hub_err), "delete");
	hub_put(stage, ENTITY_CLASS, 5, 0, "d", "d1");
	must(stage_settle(stage, &hub_err), "settle");
	print("main", *number, PRINT_PUT, 1, 12, 4);
	print("main", *number, PRINT_PUT, 4, 41, 5);
	print("main", *number, PRINT_REMOVED, 2, 0, 2);
	return stage;
}

static void hold_second(int64_t *number)
{
	struct stage *stage = stage_second(number);

	hub_hold(store, stage, "main", *number, ENTITY_CLASS, counts(1, 1, 1, 1));
}

static struct sync decision(int64_t number)
{
	return (struct sync){
		.number = number, .app = (char *)"main", .source = (char *)"https://x"};
}

static void in_transaction_accept(const struct sync *sync)
{
	must(store_begin(store, &hub_err), "begin");
	must(history_decide(store, sync, &hub_err), "decide");
	must(verdict_accept(store, sync, &hub_err), "accept");
	must(store_commit(store, &hub_err), "commit");
}

static void add_print(void *arg, enum entity entity, enum print_kind kind,
	const struct print *prints, size_t count)
{
	struct buf *line = arg;
	size_t i;

	for (i = 0; i < count; i++)
		buf_addf(line, "%s%s%d:%d@%u ", entity == ENTITY_CLASS ? "" : "?",
			kind == PRINT_REMOVED ? "-" : "", (int)prints[i].key,
			(int)prints[i].content, prints[i].row);
}

/* "1:11@1 -2:0@2 ": key, content and row of what is accepted. */
static const char *prints(const char *app)
{
	static char text[500];
	struct buf line;

	buf_init(&line);
	must(print_load(store, app, add_print, &line, &hub_err), "print_load");
	snprintf(text, sizeof(text), "%s", line.data);
	buf_clear(&line);
	return text;
}

static const char *classes(void)
{
	return hub_list(store, ENTITY_CLASS);
}

static void test_accept(void)
{
	struct baseline baseline;
	struct sync sync;
	int64_t number;

	fresh();
	must(verdict_baseline(store, "nobody", &baseline, &hub_err), "baseline");
	ok(!baseline.accepted && !baseline.source, "an app that never ran has no baseline");
	must(verdict_baseline(store, "main", &baseline, &hub_err), "baseline");
	ok(baseline.accepted == 1 && baseline.revision == 1, "after the first: sync 1");
	is_str(baseline.source, "root", "and its source");
	baseline_clear(&baseline);
	hold_second(&number);
	is_str(classes(), "main/a=a1 main/b=b1 main/c=c1 ", "held: nothing is seen");
	is_str(prints("main"), "1:11@1 2:21@2 3:31@3 ", "nor of its prints");
	is_int(hub_total(store, "main", ENTITY_CLASS), 3, "nor of its counts");
	sync = decision(number);
	sync.state = SYNC_ACCEPTED;
	in_transaction_accept(&sync);
	is_str(classes(), "main/c=c1 main/a=a2 main/d=d1 ", "accepted: all is seen");
	is_str(prints("main"), "1:11@1 2:21@2 3:31@3 1:12@4 4:41@5 -2:0@2 ", "in order");
	is_int(hub_total(store, "main", ENTITY_CLASS), 3, "the counts too");
	must(verdict_baseline(store, "main", &baseline, &hub_err), "baseline");
	ok(baseline.accepted == number && baseline.revision == 2, "the baseline moved");
	is_str(baseline.source, "https://x", "with the source");
	baseline_clear(&baseline);
}

static void test_drop(void)
{
	struct stage *stage;
	int64_t number;

	fresh();
	hold_second(&number);
	must(store_begin(store, &hub_err), "begin");
	must(verdict_drop(store, number, &hub_err), "drop");
	must(store_commit(store, &hub_err), "commit");
	is_str(classes(), "main/a=a1 main/b=b1 main/c=c1 ", "dropped: the hub is as it was");
	is_str(prints("main"), "1:11@1 2:21@2 3:31@3 ", "its prints too");
	number = hub_begin(store, "main");
	stage = hub_stage(store, "main", number);
	is_int(stage_first_row(stage, ENTITY_CLASS), 4, "nothing of it is left");
	stage_abandon(stage);
	stage = stage_second(&number);
	hub_accept(store, stage, "main", number, ENTITY_CLASS, counts(1, 1, 1, 1));
	is_str(classes(), "main/c=c1 main/a=a2 main/d=d1 ", "and it can be done again");
}

static void test_superseded(void)
{
	int64_t held, next;
	struct stage *stage;
	struct sync sync;

	fresh();
	hold_second(&held);
	next = hub_begin(store, "main");
	stage = hub_stage(store, "main", next);
	is_int(stage_first_row(stage, ENTITY_CLASS), 4, "a new sync drops what is held");
	stage_abandon(stage);
	must(history_get(store, held, &sync, &hub_err), "get");
	is_int(sync.state, SYNC_HELD, "but if it fails, that is held still");
	sync_clear(&sync);
	stage = stage_second(&next);
	hub_accept(store, stage, "main", next, ENTITY_CLASS, counts(1, 1, 1, 1));
	must(history_get(store, held, &sync, &hub_err), "get");
	is_int(sync.state, SYNC_REJECTED, "once it is through, the held one is rejected");
	ok(sync.reason && strstr(sync.reason, "superseded"), "and says why: %s", sync.reason);
	sync_clear(&sync);
	is_str(classes(), "main/c=c1 main/a=a2 main/d=d1 ", "the hub is the new one's");
	/* Another app's import leaves it alone. */
	held = hub_begin(store, "main");
	stage = hub_stage(store, "main", held);
	must(stage_delete(stage, ENTITY_CLASS, 3, &hub_err), "delete");
	hub_hold(store, stage, "main", held, ENTITY_CLASS, counts(0, 0, 1, 2));
	next = hub_begin(store, "other");
	stage = hub_stage(store, "other", next);
	hub_accept(store, stage, "other", next, ENTITY_CLASS, counts(0, 0, 0, 0));
	must(history_get(store, held, &sync, &hub_err), "get");
	is_int(sync.state, SYNC_HELD, "another app's import does not supersede");
	sync_clear(&sync);
}

static void test_without_deletions(void)
{
	struct stage *stage;
	struct sync sync;
	int64_t number;

	fresh();
	hold_second(&number);
	sync = decision(number);
	sync.state = SYNC_ACCEPTED;
	sync.without_deletions = true;
	in_transaction_accept(&sync);
	is_str(classes(), "main/b=b1 main/c=c1 main/a=a2 main/d=d1 ",
		"additions and updates went through, b stays");
	is_str(prints("main"), "1:11@1 2:21@2 3:31@3 1:12@4 4:41@5 ", "its print too");
	is_int(hub_total(store, "main", ENTITY_CLASS), 4, "and it is counted");
	number = hub_begin(store, "main");
	stage = hub_stage(store, "main", number);
	must(stage_delete(stage, ENTITY_CLASS, 2, &hub_err), "delete");
	hub_accept(store, stage, "main", number, ENTITY_CLASS, counts(0, 0, 1, 3));
	is_str(classes(), "main/c=c1 main/a=a2 main/d=d1 ", "the next sync may delete it");
}

static void test_split(void)
{
	struct sync rest = {.app = (char *)"main", .state = SYNC_HELD};
	struct stage *stage;
	int64_t number;

	fresh();
	stage = stage_second(&number);
	rest.base = number;
	must(history_reserve(store, &rest, &hub_err), "reserve");
	ok(rest.number > number, "a number for the deletions");
	must(verdict_split_deletions(store, number, rest.number, &hub_err), "split");
	rest.counts[ENTITY_CLASS] = counts(0, 0, 1, 3);
	must(history_write(store, &rest, NULL, 0, NULL, &hub_err), "write");
	hub_accept(store, stage, "main", number, ENTITY_CLASS, counts(1, 1, 0, 2));
	is_str(classes(), "main/b=b1 main/c=c1 main/a=a2 main/d=d1 ", "b waits");
	is_str(prints("main"), "1:11@1 2:21@2 3:31@3 1:12@4 4:41@5 ", "in the prints too");
	is_int(hub_total(store, "main", ENTITY_CLASS), 4, "and in the counts");
	rest.state = SYNC_ACCEPTED;
	in_transaction_accept(&rest);
	is_str(classes(), "main/c=c1 main/a=a2 main/d=d1 ", "then it goes");
	is_str(prints("main"), "1:11@1 2:21@2 3:31@3 1:12@4 4:41@5 -2:0@2 ", "everywhere");
	is_int(hub_total(store, "main", ENTITY_CLASS), 3, "in the counts too");

	fresh();
	stage = stage_second(&number);
	rest.number = 0;
	rest.state = SYNC_HELD;
	must(history_reserve(store, &rest, &hub_err), "reserve");
	must(verdict_split_deletions(store, number, rest.number, &hub_err), "split");
	hub_accept(store, stage, "main", number, ENTITY_CLASS, counts(1, 1, 0, 2));
	must(verdict_drop(store, rest.number, &hub_err), "drop");
	is_str(classes(), "main/b=b1 main/c=c1 main/a=a2 main/d=d1 ", "rejected: b stays");
	is_str(prints("main"), "1:11@1 2:21@2 3:31@3 1:12@4 4:41@5 ", "in the prints too");
}

static void test_two_apps(void)
{
	struct stage *stage;
	int64_t number, held;

	fresh();
	number = hub_begin(store, "zweite");
	stage = hub_stage(store, "zweite", number);
	hub_put(stage, ENTITY_CLASS, stage_first_row(stage, ENTITY_CLASS), 0, "a", "theirs");
	print("zweite", number, PRINT_PUT, 1, 99, 4);
	is_str(classes(), "main/a=a1 main/b=b1 main/c=c1 ", "staged of another app: unseen");
	hub_accept(store, stage, "zweite", number, ENTITY_CLASS, counts(1, 0, 0, 0));
	is_str(classes(), "main/a=a1 main/b=b1 main/c=c1 zweite/a=theirs ", "both apps");
	is_str(prints("zweite"), "1:99@4 ", "prints are each app's own");
	is_str(prints("main"), "1:11@1 2:21@2 3:31@3 ", "of both");
	is_int(hub_total(store, "zweite", ENTITY_CLASS), 1, "counts of one");
	is_int(hub_total(store, NULL, ENTITY_CLASS), 4, "counts of both");
	is_int(hub_total(store, "nobody", ENTITY_CLASS), 0, "counts of none");
	/* A higher number of another app must not let a held sync be seen. */
	held = hub_begin(store, "main");
	stage = hub_stage(store, "main", held);
	must(stage_delete(stage, ENTITY_CLASS, 1, &hub_err), "delete");
	hub_hold(store, stage, "main", held, ENTITY_CLASS, counts(0, 0, 1, 2));
	number = hub_begin(store, "zweite");
	stage = hub_stage(store, "zweite", number);
	hub_accept(store, stage, "zweite", number, ENTITY_CLASS, counts(0, 0, 0, 1));
	is_str(classes(), "main/a=a1 main/b=b1 main/c=c1 zweite/a=theirs ",
		"another app's accept shows nothing of a held sync");
}

/* ---- the sum ---- */

static struct fingerprint content(const char *text)
{
	const struct buf *body = hub_body(text);

	return record_fingerprint(
		body->data, record_content(body->data, body->used), store_secret(store));
}

static bool same(struct staged_sum a, struct staged_sum b)
{
	return a.low == b.low && a.high == b.high;
}

static void test_sum_of_staged(void)
{
	struct staged_sum running = {0, 0}, stored;
	int64_t number;

	fresh();
	hold_second(&number);
	staged_add(
		&running, store, ENTITY_CLASS, CHANGE_DELETED, "b", (struct fingerprint){0, 0});
	staged_add(&running, store, ENTITY_CLASS, CHANGE_CREATED, "d", content("d1"));
	staged_add(&running, store, ENTITY_CLASS, CHANGE_UPDATED, "a", content("a2"));
	must(verdict_staged_sum(store, number, &stored, &hub_err), "sum");
	ok(same(running, stored), "the running sum is that of what lies in the store");
	must(verdict_staged_sum(store, 1, &stored, &hub_err), "sum");
	ok(!same(running, stored), "another sync has another");
	must(verdict_staged_sum(store, 999, &stored, &hub_err), "sum");
	ok(!stored.low && !stored.high, "nothing staged, no sum");
}

static void test_sum_order(void)
{
	static const struct {
		enum entity entity;
		enum change change;
		const char *id;
		const char *text;
	} parts[] = {{ENTITY_CLASS, CHANGE_CREATED, "a", "x"},
		{ENTITY_COURSE, CHANGE_CREATED, "a", "x"},
		{ENTITY_CLASS, CHANGE_UPDATED, "a", "x"},
		{ENTITY_CLASS, CHANGE_CREATED, "b", "x"},
		{ENTITY_CLASS, CHANGE_CREATED, "a", "y"},
		{ENTITY_CLASS, CHANGE_CREATED, "ab", ""},
		{ENTITY_CLASS, CHANGE_CREATED, "", "ab"}};
	enum { PARTS = sizeof(parts) / sizeof(*parts) };
	struct staged_sum forward = {0, 0}, backward = {0, 0}, alone[PARTS], twice;
	size_t i, j, equal = 0;

	for (i = 0; i < PARTS; i++) {
		j = PARTS - 1 - i;
		staged_add(&forward, store, parts[i].entity, parts[i].change, parts[i].id,
			content(parts[i].text));
		staged_add(&backward, store, parts[j].entity, parts[j].change, parts[j].id,
			content(parts[j].text));
		alone[i] = (struct staged_sum){0, 0};
		staged_add(&alone[i], store, parts[i].entity, parts[i].change, parts[i].id,
			content(parts[i].text));
		for (j = 0; j < i; j++)
			equal += same(alone[i], alone[j]);
	}
	ok(same(forward, backward), "the order does not matter");
	is_int((long long)equal, 0, "type, change, id and content each do");
	twice = alone[0];
	staged_add(&twice, store, ENTITY_CLASS, CHANGE_CREATED, "a", content("x"));
	ok(twice.low || twice.high, "the same twice does not cancel out");
}

static void test_fingerprint(void)
{
	struct sync sync = {
		.app = (char *)"main", .base = 1, .revision = 2, .settings_hash = "h"};
	struct staged_sum sum = {3, 4};
	char seen[10][65];
	int i, j, equal = 0;

	for (i = 0; i < 7; i++) {
		struct sync other = sync;
		struct staged_sum s = sum;

		switch (i) {
		case 1: other.app = (char *)"Main"; break;
		case 2: other.base = 11; break;
		case 3: other.revision = 3; break;
		case 4: strcpy(other.settings_hash, "i"); break;
		case 5: s.low++; break;
		case 6: s.high++; break;
		default: break;
		}
		other.source = (char *)(i % 2 ? "ignored" : "too");
		sync_fingerprint(&other, &s);
		is_int((long long)strspn(other.fingerprint, "0123456789abcdef"), 64,
			"64 hex digits");
		strcpy(seen[i], other.fingerprint);
		for (j = 0; j < i; j++)
			equal += !strcmp(seen[i], seen[j]);
	}
	is_int(equal, 0, "app, base, revision, settings and sum each matter");
	sync_fingerprint(&sync, &sum);
	is_str(sync.fingerprint, seen[0], "the same gives the same");
	sync_fingerprint(&sync, &(struct staged_sum){0, 0});
	is_str(sync.fingerprint, "", "nothing staged: none");
}

int main(void)
{
	test_accept();
	test_drop();
	test_superseded();
	test_without_deletions();
	test_split();
	test_two_apps();
	test_sum_of_staged();
	test_sum_order();
	test_fingerprint();
	store_close(store);
	hub_body(NULL);
	return done_testing();
}
