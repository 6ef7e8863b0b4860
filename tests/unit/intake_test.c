/*
 * Records of the source through rules and comparison to the hub, over several syncs: who comes
 * in, who leaves and what leaves with them, what stays, and that the counts say so.
 */
#include "sync/intake.h"

#include "hub.h"
#include "store/duplicates.h"

/* One record of the simulated pull. */
struct row {
	enum collection collection;
	const char *id;
	const char *a, *b; /* school/role of a user; course/school of a class; ... */
	enum source_status status;
};

static struct store *store;
static struct settings settings;
static struct app *app;
static int stores;

/* What the last sync said. */
static struct counts counts[ENTITY_COUNT];
static int64_t problems[PROBLEM_KINDS];

static void fresh(void)
{
	char name[20];

	store_close(store);
	snprintf(name, sizeof(name), "hub%d", stores++);
	store = hub_open(name);
	settings_clear(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &hub_err);
	app_need_school(app, "s1")->on = true;
}

static struct source_record record_of(const struct row *row)
{
	struct source_record record = {
		.collection = row->collection, .id = row->id, .status = row->status};
	bool user = row->collection == COLLECTION_USERS;

	switch (row->collection) {
	case COLLECTION_ORGS:
		record.value[SOURCE_NAME] = row->id;
		record.value[SOURCE_TYPE] = row->a;
		break;
	case COLLECTION_USERS:
		record.value[SOURCE_ORGS] = row->a;
		record.value[row->b && strchr(row->b, '@') ? SOURCE_EMAIL : SOURCE_AGENTS] =
			row->b;
		break;
	case COLLECTION_COURSES: record.value[SOURCE_TITLE] = row->a; break;
	case COLLECTION_CLASSES:
		record.value[SOURCE_COURSE] = row->a;
		record.value[SOURCE_SCHOOL] = row->b;
		break;
	case COLLECTION_ENROLLMENTS:
		record.value[SOURCE_CLASS] = row->a;
		record.value[SOURCE_USER] = row->b;
		break;
	default: break;
	}
	if (user) /* "t1" is a teacher, "p1" a parent, all else students */
		record.role[record.roles++] =
			(struct source_role){*row->id == 't'   ? "teacher"
					     : *row->id == 'p' ? "parent"
							       : "student",
				NULL, true};
	return record;
}

/* Takes the rows up to one without id; NULL, or why the sync failed. */
static const char *take(struct intake *intake, const struct row *rows, const char *missing)
{
	enum collection c;

	for (c = 0; missing && c < COLLECTION_COUNT; c++)
		if (!strcmp(missing, collection_name(c)))
			intake_note(intake, NOTE_MISSING, c, "not there");
	for (; rows->id; rows++) {
		struct source_record record = record_of(rows);

		if (intake_record(intake, &record, SEEN_FIRST, &hub_err))
			return hub_err.text;
	}
	return intake_finish(intake, &hub_err) ? hub_err.text : NULL;
}

static void finish(struct intake *intake, struct stage *stage, int64_t number)
{
	struct sync sync = {.number = number, .app = app->name, .state = SYNC_ACCEPTED};
	struct staged_sum sum;

	must(verdict_staged_sum(store, number, &sum, &hub_err), "sum");
	ok(intake->compare.corrected || (sum.low == intake->compare.sum.low &&
						sum.high == intake->compare.sum.high),
		"sync %d: the running sum is that of what is staged", (int)number);
	memcpy(sync.counts, intake->compare.tally.counts, sizeof(sync.counts));
	must(compare_save(&intake->compare, number, &hub_err), "save");
	must(history_write(store, &sync, NULL, 0, NULL, &hub_err), "history");
	must(verdict_accept(store, &sync, &hub_err), "accept");
	must(stage_commit(stage, &hub_err), "commit");
}

/* One sync, accepted. */
static const char *run(const struct row *rows, const char *missing)
{
	static char why[800];
	int64_t number = hub_begin(store, app->name);
	struct stage *stage = hub_stage(store, app->name, number);
	struct intake intake;
	const char *failed;

	must(intake_init(&intake, app, &settings.rules, tempdir(), "2026-09-01", store, stage,
		     &hub_err),
		"intake_init");
	failed = take(&intake, rows, missing);
	memcpy(counts, intake.compare.tally.counts, sizeof(counts));
	memcpy(problems, intake.problems.count, sizeof(problems));
	if (failed)
		stage_abandon(stage);
	else
		finish(&intake, stage, number);
	intake_clear(&intake);
	snprintf(why, sizeof(why), "%s", failed ? failed : "");
	return why;
}

static int add_id(void *arg, const struct record *record, const char *of, struct err *err)
{
	(void)of;
	(void)err;
	buf_addf(arg, "%s ", record->sis_id);
	return 0;
}

/* "students: a b | classes: k ": the whole hub, but for the schools. */
static const char *hub(void)
{
	static char text[2000];
	struct buf line;
	enum entity e;

	buf_init(&line);
	for (e = ENTITY_CALENDAR; e < ENTITY_COUNT; e++)
		must(store_each(store, e, add_id, &line, &hub_err), "store_each");
	snprintf(text, sizeof(text), "%s", line.data);
	buf_clear(&line);
	return text;
}

static int count_record(void *arg, const struct record *record, const char *of, struct err *err)
{
	(void)record;
	(void)of;
	(void)err;
	++*(int64_t *)arg;
	return 0;
}

/* What is counted is what is there, of every type. */
static void check_totals(const char *when)
{
	int64_t there, wrong = 0;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		there = 0;
		must(store_each(store, e, count_record, &there, &hub_err), "store_each");
		if (there != hub_total(store, "main", e))
			printf("# %s: %d there, %d counted\n", entity_plural(e), (int)there,
				(int)hub_total(store, "main", e));
		wrong += there != hub_total(store, "main", e);
	}
	is_int(wrong, 0, "%s: the counts are those of the hub", when);
}

#define ORGS                                    \
	{COLLECTION_ORGS, "s1", "school"},      \
	{                                       \
		COLLECTION_ORGS, "s2", "school" \
	}
#define COURSE                                     \
	{                                          \
		COLLECTION_COURSES, "co", "Course" \
	}

static const struct row whole[] = {ORGS, {COLLECTION_USERS, "a", "s1", "p1\x1fp9"},
	{COLLECTION_USERS, "b", "s1"}, {COLLECTION_USERS, "out", "s2", "p2"},
	{COLLECTION_USERS, "t1", "s1"}, {COLLECTION_USERS, "p1"}, {COLLECTION_USERS, "p2"},
	COURSE, {COLLECTION_CLASSES, "k", "co", "s1"}, {COLLECTION_CLASSES, "kout", "co", "s2"},
	{COLLECTION_ENROLLMENTS, "ea", "k", "a"}, {COLLECTION_ENROLLMENTS, "eb", "k", "b"},
	{COLLECTION_ENROLLMENTS, "et", "k", "t1"}, {COLLECTION_ENROLLMENTS, "eout", "k", "out"},
	{COLLECTION_ENROLLMENTS, "enil", "k", "nobody"}, {0}};
static const char everything[] = "a b t1 p1 co k ea eb et ";

static int64_t changed(void)
{
	int64_t sum = 0;
	enum entity e;
	enum change c;

	for (e = 0; e < ENTITY_COUNT; e++)
		for (c = 0; c < CHANGE_KINDS; c++)
			sum += counts[e].changed[c];
	return sum;
}

static void test_first_and_again(void)
{
	fresh();
	is_str(run(whole, NULL), "", "a first sync");
	is_str(hub(), everything, "what belongs to the mapped school is in");
	is_int(problems[PROBLEM_DANGLING], 2, "a contact and an enrollment lead nowhere");
	is_int(counts[ENTITY_STUDENT].changed[CHANGE_CREATED], 2, "created");
	check_totals("first");
	is_str(run(whole, NULL), "", "the same again");
	is_int(changed(), 0, "changes nothing");
	is_int(counts[ENTITY_ENROLLMENT].unchanged, 3, "and says what is unchanged");
	check_totals("again");
}

/* b, and the course, are no longer shown; b's enrollment still is. */
static const struct row less[] = {ORGS, {COLLECTION_USERS, "a", "s1"},
	{COLLECTION_USERS, "t1", "s1"}, {COLLECTION_USERS, "p1"},
	{COLLECTION_CLASSES, "k", "co", "s1"}, {COLLECTION_ENROLLMENTS, "ea", "k", "a"},
	{COLLECTION_ENROLLMENTS, "eb", "k", "b"}, {COLLECTION_ENROLLMENTS, "et", "k", "t1"},
	{0}};

static void test_absence_leaves(void)
{
	fresh();
	run(whole, NULL);
	is_str(run(less, NULL), "", "bulk upload: less is shown");
	is_str(hub(), "a t1 k ea et ",
		"who is not shown leaves, with enrollments, and contacts of nobody");
	is_int(problems[PROBLEM_CASCADED], 1, "an enrollment left with its person");
	is_int(counts[ENTITY_STUDENT].changed[CHANGE_DELETED], 1, "counted");
	check_totals("less");
	is_str(run(whole, NULL), "", "all is back");
	is_int(counts[ENTITY_STUDENT].changed[CHANGE_CREATED], 1, "b is new again");
	check_totals("back");

	is_str(run(less, "courses"), "", "a collection that is missing");
	ok(strstr(hub(), "co ") != NULL, "is not gone");
	check_totals("without courses");
}

/* Deletions are disabled in the summer; the pull is of 2026-09-01. */
static void test_deletions_disabled(void)
{
	static const struct row marked[] = {ORGS, {COLLECTION_USERS, "a", "s1"},
		{COLLECTION_USERS, "b", "s1", NULL, STATUS_DELETED},
		{COLLECTION_USERS, "t1", "s1"}, {0}};

	static const char kept[] = "b a t1 p1 co k ea eb et "; /* a was written anew */

	fresh();
	run(whole, NULL);
	must(app_set(app, "rollover.keep.from", "2026-07-01", &hub_err), "from");
	must(app_set(app, "rollover.keep.until", "2026-09-01", &hub_err), "until");
	is_str(run(less, NULL), "", "less is shown while deletions are disabled");
	is_str(hub(), kept, "all stays");
	is_int(changed(), 1, "and only a is changed: it has no contact any more");
	is_int(problems[PROBLEM_KEPT], 3, "b, p1 and the course are listed");
	is_int(problems[PROBLEM_DANGLING], 0, "b's enrollment still leads somewhere");
	check_totals("kept");
	is_str(run(marked, NULL), "", "marked as deleted");
	is_str(hub(), kept, "is not deleted either");
	check_totals("kept though marked");
	must(app_set(app, "rollover.keep.until", "2026-08-31", &hub_err), "until");
	is_str(run(less, NULL), "", "after the last day");
	is_str(hub(), "a t1 k ea et ", "they leave");
	is_int(problems[PROBLEM_KEPT], 0, "and none is kept");
	is_int(counts[ENTITY_STUDENT].changed[CHANGE_DELETED], 1, "counted");
	check_totals("left");
}

static void test_absence_stays(void)
{
	static const struct row marked[] = {ORGS, {COLLECTION_USERS, "a", "s1"},
		{COLLECTION_USERS, "b", "s1", NULL, STATUS_DELETED},
		{COLLECTION_USERS, "t1", "s1"}, {0}};
	static const struct row class_marked[] = {ORGS, {COLLECTION_USERS, "a", "s1"},
		{COLLECTION_CLASSES, "k", NULL, NULL, STATUS_DELETED}, {0}};

	fresh();
	must(app_set(app, "bulk_upload", "off", &hub_err), "bulk_upload");
	run(whole, NULL);
	is_str(run(less, NULL), "", "without bulk upload: less is shown");
	ok(strstr(hub(), "b ") && strstr(hub(), "co ") && strstr(hub(), "eb "),
		"who is not shown stays");
	check_totals("less, staying");
	is_str(run(marked, NULL), "", "b is marked");
	ok(!strstr(hub(), "b ") && strstr(hub(), "ea ") && strstr(hub(), "k "),
		"b leaves with his enrollment, the rest stays: %s", hub());
	check_totals("marked");
	is_str(run(class_marked, NULL), "", "the class is marked");
	is_str(hub(), "a t1 p1 co ", "all its enrollments leave");
	check_totals("class marked");
}

static void test_failures(void)
{
	static const struct row no_school[] = {{0}};
	static const struct row no_user[] = {ORGS, {0}};

	fresh();
	run(whole, NULL);
	ok(strstr(run(no_school, NULL), "no school"), "no school: %s", hub_err.text);
	is_int(hub_err.code, ERR_SOURCE, "is the source's failure");
	ok(strstr(run(no_user, NULL), "no user"), "no user: %s", hub_err.text);
	is_str(hub(), everything, "and nothing changed");
}

static void test_twice(void)
{
	static const struct row twice[] = {ORGS, {COLLECTION_USERS, "a", "s1"},
		{COLLECTION_USERS, "b", "s1"}, COURSE, {COLLECTION_COURSES, "co", "Other"},
		{COLLECTION_COURSES, "co2", "x"}, {COLLECTION_COURSES, "co2", "x"}, {0}};

	static const struct row turned[] = {ORGS, {COLLECTION_USERS, "a", "s1"},
		{COLLECTION_USERS, "b", "s1"}, {COLLECTION_COURSES, "co", "Other"}, COURSE,
		{COLLECTION_COURSES, "co", "Third"}, {COLLECTION_COURSES, "co", "Other"},
		{COLLECTION_COURSES, "co2", "x"}, {0}};

	fresh();
	run(twice, NULL);
	is_int(counts[ENTITY_COURSE].changed[CHANGE_CREATED], 2, "an id counts once");
	is_str(hub_list(store, ENTITY_COURSE), "main/co=Other main/co2=x ",
		"the last one wins");
	check_totals("twice");
	run(twice, NULL);
	is_int(changed(), 0, "the same source again changes nothing");
	is_int(counts[ENTITY_COURSE].unchanged, 2, "and says so");
	is_str(hub_list(store, ENTITY_COURSE), "main/co=Other main/co2=x ", "as it was");
	check_totals("twice again");
	run(turned, NULL);
	is_int(changed(), 0, "nor in another order, when the last one is the same");
	run(whole, NULL);
	run(twice, NULL);
	is_int(counts[ENTITY_COURSE].changed[CHANGE_UPDATED], 1, "what did change is updated");
	is_str(hub_list(store, ENTITY_COURSE), "main/co=Other main/co2=x ", "to the last one");
	check_totals("in the end");
}

static void test_prefix(void)
{
	fresh();
	must(app_set(app, "sis_id_prefix", "é-", &hub_err), "prefix");
	is_str(run(whole, NULL), "", "with a prefix");
	is_str(hub(), "é-a é-b é-t1 é-p1 é-co é-k é-ea é-eb é-et ", "before every id");
	is_int(problems[PROBLEM_DANGLING], 2, "references are still found");
	is_str(run(whole, NULL), "", "again");
	is_int(changed(), 0, "nothing changes");
}

static int add_pair(
	void *arg, const char *of, const struct duplicate *duplicate, struct err *err)
{
	(void)err;
	buf_addf(arg, "%s %s %s=%s ", of, duplicate->domain, duplicate->sis_id,
		duplicate->other);
	return 0;
}

static const char *pairs(void)
{
	static char text[400];
	struct buf line;

	buf_init(&line);
	must(duplicates_each(store, NULL, add_pair, &line, &hub_err), "duplicates");
	snprintf(text, sizeof(text), "%s", line.data);
	buf_clear(&line);
	return text;
}

static void test_duplicates(void)
{
	static const struct row twins[] = {ORGS, {COLLECTION_USERS, "a", "s1", "X@e"},
		{COLLECTION_USERS, "b", "s1", "x@E"}, {COLLECTION_USERS, "c", "s1", "x@e"},
		{COLLECTION_USERS, "d", "s1", "y@e"}, {COLLECTION_USERS, "d", "s1", "y@e"},
		{0}};
	static const struct row apart[] = {ORGS, {COLLECTION_USERS, "a", "s1", "X@e"},
		{COLLECTION_USERS, "b", "s1", "w@e"}, {COLLECTION_USERS, "c", "s1", "z@e"},
		{COLLECTION_USERS, "d", "s1", "y@e"}, {0}};

	fresh();
	is_str(run(twins, NULL), "", "twins");
	is_str(pairs(), "main Email b=a main Email c=a ",
		"each beside the first, whatever case");
	is_int(problems[PROBLEM_DUPLICATE], 2, "and counted");
	is_str(hub(), "a b c d ", "never merged silently");
	run(twins, NULL);
	is_int(problems[PROBLEM_DUPLICATE], 2, "found again where nothing changed");
	rules_add(&settings.rules, RULE_DUPLICATE, ENTITY_STUDENT, "b", "keep a");
	rules_add(&settings.rules, RULE_DUPLICATE, ENTITY_STUDENT, "c", "skip");
	run(twins, NULL);
	is_str(pairs(), "", "what was resolved is not told again");
	is_str(hub(), "a b d ", "and who was to be left out is");
	rules_clear(&settings.rules);
	run(apart, NULL);
	is_str(pairs(), "", "nor what is apart");
	must(app_set(app, "uniqueness", "off", &hub_err), "off");
	run(twins, NULL);
	is_int(problems[PROBLEM_DUPLICATE], 0, "off: nobody looks");
}

int main(void)
{
	settings_init(&settings);
	test_first_and_again();
	test_absence_leaves();
	test_deletions_disabled();
	test_absence_stays();
	test_failures();
	test_twice();
	test_prefix();
	test_duplicates();
	store_close(store);
	settings_clear(&settings);
	return done_testing();
}
