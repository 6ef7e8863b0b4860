/* Data Sync History: what is written comes back, and what a sync changed can be told later. */
#include "store/changes.h"
#include "store/history.h"
#include "store/quality.h"

#include "hub.h"

static struct store *store;

static struct sync full(int64_t number)
{
	struct sync sync = {.number = number,
		.app = (char *)"main",
		.state = SYNC_HELD,
		.started = 1000,
		.finished = 1012,
		.seconds = 11.75,
		.source = (char *)"https://é",
		.base = 7,
		.revision = 9,
		.error = (char *)"naïve 誤",
		.decided_by = (char *)"alice",
		.decided = 2000,
		.reason = (char *)"why\nnot",
		.without_deletions = true,
		.hit_count = 2};
	enum entity e;

	memset(sync.fingerprint, 'f', 64);
	memset(sync.settings_hash, 's', 64);
	for (e = 0; e < ENTITY_COUNT; e++)
		sync.counts[e] = (struct counts){{1 + e, 2 + e, 3 + e}, INT64_C(1) << (33 + e)};
	sync.counts[ENTITY_COURSE] = (struct counts){{0, 0, 5}, 0};
	sync.counts[ENTITY_ADMIN] = (struct counts){{0, 0, 0}, 0};
	return sync;
}

static void test_write_and_get(void)
{
	struct hold_hit hits[] = {{HOLD_LIMIT, ENTITY_STUDENT, CHANGE_DELETED, (char *)"s1",
					  (char *)"Élan", 12, 100, 12.0, "10%"},
		{HOLD_PREVIEW, ENTITY_NONE, CHANGE_NONE, NULL, NULL, 0, 0, 0, ""}};
	struct sync sync = full(hub_begin(store, "main")), got;
	int i, wrong = 0;

	sync.hits = hits;
	must(history_write(store, &sync, NULL, 0, NULL, &hub_err), "write");
	must(history_get(store, sync.number, &got, &hub_err), "get");
	is_int(got.number, sync.number, "number");
	is_str(got.app, "main", "app");
	is_int(got.state, SYNC_HELD, "state");
	ok(got.started == 1000 && got.finished == 1012 && got.seconds == 11.75, "times");
	is_str(got.fingerprint, sync.fingerprint, "fingerprint");
	is_str(got.settings_hash, sync.settings_hash, "settings");
	is_str(got.source, "https://é", "source");
	ok(got.base == 7 && got.revision == 9, "what it was compared with");
	is_str(got.error, "naïve 誤", "error");
	is_str(got.decided_by, "alice", "who decided");
	is_int(got.decided, 2000, "when");
	is_str(got.reason, "why\nnot", "why");
	ok(got.without_deletions, "without deletions");
	for (i = 0; i < ENTITY_COUNT; i++)
		wrong += memcmp(&got.counts[i], &sync.counts[i], sizeof(got.counts[i])) != 0;
	is_int(wrong, 0, "counts, of nothing and of billions");
	is_int((long long)got.hit_count, 2, "two rules");
	ok(got.hits[0].kind == HOLD_LIMIT && got.hits[0].entity == ENTITY_STUDENT &&
			got.hits[0].change == CHANGE_DELETED && got.hits[0].changed == 12 &&
			got.hits[0].base == 100 && got.hits[0].percent == 12.0,
		"the first");
	is_str(got.hits[0].school_name, "Élan", "in its school");
	is_str(got.hits[0].limit, "10%", "with its limit");
	ok(got.hits[1].entity == ENTITY_NONE && got.hits[1].change == CHANGE_NONE &&
			!got.hits[1].school,
		"the second, of the whole sync");
	sync_clear(&got);
	sync_clear(&got);
}

static void test_empty(void)
{
	struct sync sync = {.app = (char *)"main", .state = SYNC_UNCHANGED}, got;

	must(history_reserve(store, &sync, &hub_err), "reserve");
	ok(sync.number > 0, "a number is given");
	must(history_write(store, &sync, NULL, 0, NULL, &hub_err), "write");
	must(history_get(store, sync.number, &got, &hub_err), "get");
	ok(!got.source && !got.error && !got.reason && !got.decided_by && !got.hits,
		"what is not there is NULL");
	ok(!*got.fingerprint && !got.decided && !got.finished && !got.base, "or empty, or 0");
	sync_clear(&got);
}

static void test_unknown(void)
{
	struct store *none = hub_open("none");
	struct sync got;

	ok(history_get(none, 5, &got, &hub_err) == -1 && hub_err.code == ERR_USAGE,
		"no sync at all: %s", hub_err.text);
	sync_clear(&got);
	store_close(none);
	ok(history_get(store, 999, &got, &hub_err) == -1 && hub_err.code == ERR_USAGE,
		"an unknown number: %s", hub_err.text);
	ok(strstr(hub_err.text, "999") && strstr(hub_err.text, "newest"), "names both");
	sync_clear(&got);
	is_int(history_get(store, -1, &got, &hub_err), -1, "none below zero");
	sync_clear(&got);
}

static void test_states(void)
{
	int64_t first = hub_begin(store, "app2"), second;
	struct sync got;

	must(history_fail(store, first, 1005, "the network: 切断", &hub_err), "fail");
	must(history_get(store, first, &got, &hub_err), "get");
	ok(got.state == SYNC_FAILED && got.finished == 1005 && got.seconds == 5, "failed");
	is_str(got.error, "the network: 切断", "with its error");
	sync_clear(&got);
	ok(!history_has_running(store) || !history_interrupted(store, &hub_err),
		"whatever ran before is settled");
	ok(!history_has_running(store), "nothing runs");
	first = hub_begin(store, "app2");
	ok(history_has_running(store), "it runs");
	second = hub_begin(store, "other"); /* imports are one at a time, whatever the app */
	ok(second > first, "numbers go up");
	must(history_get(store, first, &got, &hub_err), "get");
	ok(got.state == SYNC_FAILED && got.error && strstr(got.error, "Interrupted"),
		"who was interrupted is failed");
	got.state = SYNC_REJECTED;
	got.decided = 77;
	mem_replace(&got.decided_by, "bob");
	mem_replace(&got.reason, "because");
	must(history_decide(store, &got, &hub_err), "decide");
	sync_clear(&got);
	must(history_get(store, first, &got, &hub_err), "get");
	ok(got.state == SYNC_REJECTED && got.decided == 77 && !strcmp(got.reason, "because") &&
			!strcmp(got.decided_by, "bob") && !got.without_deletions,
		"a decision is kept");
	sync_clear(&got);
	is_str(sync_state_name(SYNC_RUNNING), "running", "running");
	is_str(sync_state_name(SYNC_UNCHANGED), "unchanged", "unchanged");
}

struct told {
	struct buf line;
	int most;
};

static int tell_sync(void *arg, const struct sync *sync, struct err *err)
{
	struct told *told = arg;

	buf_addf(&told->line, "%s%d ", sync->app, (int)sync->number);
	return --told->most ? 0 : err_set(err, ERR_CANCELLED, "enough");
}

static void test_each(void)
{
	struct store *other = hub_open("each");
	struct told told = {.most = -1};
	int i;

	buf_init(&told.line);
	for (i = 0; i < 6; i++)
		hub_begin(other, i % 3 ? "a" : "b");
	must(history_each(other, NULL, 100, tell_sync, &told, &hub_err), "each");
	is_str(told.line.data, "a6 a5 b4 a3 a2 b1 ", "newest first");
	buf_reset(&told.line);
	must(history_each(other, "b", 100, tell_sync, &told, &hub_err), "each");
	is_str(told.line.data, "b4 b1 ", "of one app");
	buf_reset(&told.line);
	must(history_each(other, NULL, 2, tell_sync, &told, &hub_err), "each");
	is_str(told.line.data, "a6 a5 ", "at most so many");
	buf_reset(&told.line);
	must(history_each(other, "c", 2, tell_sync, &told, &hub_err), "each");
	is_str(told.line.data, "", "of an unknown app none");
	told.most = 1;
	is_int(history_each(other, NULL, 100, tell_sync, &told, &hub_err), -1,
		"may be stopped");
	is_str(told.line.data, "a6 ", "at once");
	buf_clear(&told.line);
	store_close(other);
}

static void test_schools(void)
{
	struct school_counts in[3] = {{.school = (char *)"z", .name = (char *)"Zoë"},
		{.school = (char *)"é"}, {.school = (char *)"nothing", .name = (char *)"here"}};
	struct sync sync = {.app = (char *)"main", .state = SYNC_ACCEPTED};
	struct school_counts *out;
	size_t count;

	in[0].counts[ENTITY_STUDENT] = (struct counts){{1, 2, 3}, 4};
	in[0].counts[ENTITY_CLASS] = (struct counts){{0, 0, 0}, 9};
	in[1].counts[ENTITY_TEACHER] = (struct counts){{0, 0, 1}, 0};
	must(history_reserve(store, &sync, &hub_err), "reserve");
	must(history_write(store, &sync, in, 3, NULL, &hub_err), "write");
	must(history_schools(store, sync.number, &out, &count, &hub_err), "schools");
	is_int((long long)count, 2, "schools in which something is");
	is_str(out[0].school, "z", "in order");
	is_str(out[0].name, "Zoë", "with a name");
	is_str(out[1].name, NULL, "or none");
	ok(!memcmp(out[0].counts, in[0].counts, sizeof(in[0].counts)) &&
			!memcmp(out[1].counts, in[1].counts, sizeof(in[1].counts)),
		"and their counts");
	school_counts_free(out, count);
	must(history_schools(store, 999, &out, &count, &hub_err), "schools");
	ok(!count && !out, "an unknown sync has none");
}

static int tell_problem(void *arg, enum problem problem, enum entity entity, const char *sis_id,
	const char *detail, struct err *err)
{
	(void)err;
	buf_addf(arg, "%d/%d/%s/%s ", problem, entity, sis_id, detail);
	return 0;
}

static void test_problems(void)
{
	struct sync sync = {.app = (char *)"main", .state = SYNC_ACCEPTED}, got;
	struct problems problems;
	struct buf line;
	int i;

	buf_init(&line);
	problems_init(&problems);
	problems_add(&problems, PROBLEM_DANGLING, ENTITY_CLASS, "é", "courseId");
	problems_add(&problems, PROBLEM_UNUSABLE, ENTITY_NONE, NULL, "no id");
	for (i = 0; i < 500; i++)
		problems_add(&problems, PROBLEM_CASCADED, ENTITY_ENROLLMENT, "e", "x");
	must(history_reserve(store, &sync, &hub_err), "reserve");
	must(history_write(store, &sync, NULL, 0, &problems, &hub_err), "write");
	must(history_get(store, sync.number, &got, &hub_err), "get");
	ok(got.problems[PROBLEM_DANGLING] == 1 && got.problems[PROBLEM_CASCADED] == 500 &&
			!got.problems[PROBLEM_BAD_VALUE],
		"all are counted");
	sync_clear(&got);
	must(quality_each(store, sync.number, PROBLEM_KINDS, tell_problem, &line, &hub_err),
		"problems");
	ok(!strncmp(line.data, "0/9//no id 6/7/é/courseId 11/8/e/x ", 34), "by class: %.40s",
		line.data);
	buf_reset(&line);
	must(quality_each(store, sync.number, PROBLEM_DANGLING, tell_problem, &line, &hub_err),
		"problems");
	is_str(line.data, "6/7/é/courseId ", "of one class");
	buf_clear(&line);
	problems_clear(&problems);
}

static int count_problem(void *arg, enum problem problem, enum entity entity,
	const char *sis_id, const char *detail, struct err *err)
{
	(void)problem, (void)entity, (void)sis_id, (void)detail, (void)err;
	(*(int *)arg)++;
	return 0;
}

static int kept(int64_t number)
{
	int count = 0;

	must(quality_each(store, number, PROBLEM_KINDS, count_problem, &count, &hub_err),
		"problems");
	return count;
}

/* The newest sync of an app keeps its whole list, older ones the first of each class. */
static void test_old_problems(void)
{
	struct sync sync = {.app = (char *)"main", .state = SYNC_UNCHANGED};
	struct problems many, few;
	int64_t number[4];
	int i;

	problems_init(&many);
	problems_init(&few);
	for (i = 0; i < 300; i++) {
		problems_add(&many, PROBLEM_SKIPPED, ENTITY_STUDENT, "s", "x");
		problems_add(&many, PROBLEM_DANGLING, ENTITY_CLASS, "c", "x");
	}
	problems_add(&few, PROBLEM_DANGLING, ENTITY_CLASS, "c", "x");
	for (i = 0; i < 4; i++) {
		sync.number = 0;
		sync.app = (char *)(i == 1 ? "other" : "main");
		must(history_reserve(store, &sync, &hub_err), "reserve");
		must(history_write(store, &sync, NULL, 0, i < 3 ? &many : &few, &hub_err),
			"write");
		number[i] = sync.number;
		if (i == 1)
			is_int(kept(number[0]), 600, "another app's sync takes nothing away");
	}
	is_int(kept(number[0]), 2 * QUALITY_OLD, "the oldest has the first of each class");
	is_int(kept(number[1]), 600, "the other app's newest all of its own");
	is_int(kept(number[2]), 2 * QUALITY_OLD, "the one before too");
	is_int(kept(number[3]), 1, "the newest has its own");
	problems_clear(&many);
	problems_clear(&few);
}

static const char *title(const struct record *record)
{
	return record ? record->value[ATTR_TITLE] : "";
}

static int tell_change(void *arg, enum change change, const struct record *before,
	const struct record *after, struct err *err)
{
	const struct record *record = after ? after : before;

	(void)err;
	buf_addf(arg, "%s %s/%s:%s>%s ", change_name(change), entity_name(record->entity),
		record->sis_id, title(before), title(after));
	return 0;
}

static const char *changes(int64_t number, enum entity entity)
{
	static char text[1000];
	struct buf line;

	buf_init(&line);
	must(history_changes(store, number, entity, tell_change, &line, &hub_err), "changes");
	snprintf(text, sizeof(text), "%s", line.data);
	buf_clear(&line);
	return text;
}

static void test_changes(void)
{
	const struct counts any = {{1, 1, 1}, 0};
	struct sync accepted = {.app = (char *)"ch", .state = SYNC_ACCEPTED};
	int64_t first = hub_begin(store, "ch"), second, third;
	struct stage *stage = hub_stage(store, "ch", first);
	const char *want = "created course/c:>c1 updated class/a:a1>ä2 created class/d:>d1 "
			   "deleted class/b:b1> ";

	hub_put(stage, ENTITY_CLASS, 1, 0, "a", "a1");
	hub_put(stage, ENTITY_CLASS, 2, 0, "b", "b1");
	hub_accept(store, stage, "ch", first, ENTITY_CLASS, any);
	is_str(changes(first, ENTITY_NONE), "created class/a:>a1 created class/b:>b1 ",
		"a first sync creates");

	second = hub_begin(store, "ch");
	stage = hub_stage(store, "ch", second);
	hub_put(stage, ENTITY_CLASS, 3, 1, "a", "ä2");
	hub_put(stage, ENTITY_COURSE, 1, 0, "c", "c1");
	must(stage_delete(stage, ENTITY_CLASS, 2, &hub_err), "delete");
	hub_put(stage, ENTITY_CLASS, 4, 0, "d", "d1");
	hub_hold(store, stage, "ch", second, ENTITY_CLASS, any);
	is_str(changes(second, ENTITY_NONE), want, "of a held one, by type");
	is_str(changes(second, ENTITY_COURSE), "created course/c:>c1 ", "of one type");
	is_str(changes(second, ENTITY_SCHOOL), "", "of another none");
	accepted.number = second;
	must(history_decide(store, &accepted, &hub_err), "decide");
	must(verdict_accept(store, &accepted, &hub_err), "accept");
	is_str(changes(second, ENTITY_NONE), want, "accepted: the same");

	third = hub_begin(store, "ch");
	stage = hub_stage(store, "ch", third);
	hub_put(stage, ENTITY_CLASS, 5, 3, "a", "a3");
	must(stage_delete(stage, ENTITY_COURSE, 1, &hub_err), "delete");
	hub_hold(store, stage, "ch", third, ENTITY_CLASS, any);
	is_str(changes(second, ENTITY_NONE), want, "a later sync does not change the past");
	must(verdict_drop(store, third, &hub_err), "drop");
	is_str(changes(third, ENTITY_NONE), "", "a rejected one's are gone");
	is_str(changes(second, ENTITY_NONE), want, "and the past is still the same");
}

int main(void)
{
	store = hub_open("hub");
	test_write_and_get();
	test_empty();
	test_unknown();
	test_states();
	test_each();
	test_schools();
	test_problems();
	test_old_problems();
	test_changes();
	store_close(store);
	hub_body(NULL);
	return done_testing();
}
