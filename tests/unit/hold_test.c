/* Sync hold: just under, at and over every limit; what no limit judges; what always holds. */
#include "sync/hold.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

static struct settings settings;
static struct app *app;
static struct counts counts[ENTITY_COUNT];
static struct school_counts school;
static struct hold_question question;
static struct sync result; /* holds the hits */

static void set(const char *key, const char *value)
{
	struct err err = {0};

	if (app_set(app, key, value, &err))
		ok(false, "%s", err.text);
}

/* The product's defaults, nothing changed. */
static void reset(void)
{
	struct err err;

	settings_clear(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err);
	memset(counts, 0, sizeof(counts));
	memset(school.counts, 0, sizeof(school.counts));
	school.school = (char *)"s1";
	school.name = (char *)"Élan";
	question = (struct hold_question){
		.settings = &app->hold, .counts = counts, .schools = &school};
}

/* How many rules fire. */
static size_t hits(void)
{
	sync_clear(&result);
	result.hits = hold_check(&question, &result.hit_count);
	return result.hit_count;
}

static void change(struct counts *of, int created, int updated, int deleted, int unchanged)
{
	*of = (struct counts){{created, updated, deleted}, unchanged};
}

/* Defaults: more than 10 % deleted or more than 75 % updated, of 20 records or more. */
static void test_defaults(void)
{
	static const struct {
		int created, updated, deleted, unchanged;
		size_t hits;
		const char *what;
	} cases[] = {{0, 0, 99, 901, 0, "9.9 % deleted"}, {0, 0, 100, 900, 0, "10 % deleted"},
		{0, 0, 101, 899, 1, "10.1 % deleted"},
		{0, 0, 1000001, 8999999, 1, "just over 10 % of ten million"},
		{0, 0, 1000000, 9000000, 0, "exactly 10 % of ten million"},
		{0, 749, 0, 251, 0, "74.9 % updated"}, {0, 750, 0, 250, 0, "75 % updated"},
		{0, 751, 0, 249, 1, "75.1 % updated"}, {0, 800, 150, 50, 2, "both"},
		{100000, 0, 0, 1000, 0, "additions are not limited"},
		{0, 0, 18, 1, 0, "19 records before: under the floor"},
		{0, 0, 3, 17, 1, "20 before: judged"},
		{5, 0, 3, 16, 0, "19 before, more after: under the floor"},
		{0, 19, 0, 0, 0, "all updated, under the floor"},
		{0, 20, 0, 0, 1, "all updated, at the floor"},
		{20, 0, 20, 0, 1, "all replaced by new ones: a limit, not emptied"},
		{100, 0, 0, 0, 0, "a type that had none"},
		{0, 0, 0, 100, 0, "nothing changed"}};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		reset();
		change(&counts[ENTITY_STUDENT], cases[i].created, cases[i].updated,
			cases[i].deleted, cases[i].unchanged);
		counts[ENTITY_CLASS].changed[CHANGE_CREATED] = 1; /* something changed at all */
		counts[ENTITY_CLASS].unchanged = 100;
		is_int((long long)hits(), (long long)cases[i].hits, "district: %s",
			cases[i].what);
		/* The same in one school of a district so large that it does not show there. */
		school.counts[ENTITY_STUDENT] = counts[ENTITY_STUDENT];
		counts[ENTITY_STUDENT].unchanged += 1000000000;
		question.school_count = 1;
		is_int((long long)hits(), (long long)cases[i].hits, "school: %s",
			cases[i].what);
		question.first = true;
		is_int((long long)hits(), 0, "first import: not held");
	}
}

static void test_limits(void)
{
	static const struct {
		const char *key, *value;
		enum change change;
		int amount, base;
		size_t hits;
	} cases[] = {{"hold.created", "50%", CHANGE_CREATED, 50, 100, 0},
		{"hold.created", "50%", CHANGE_CREATED, 51, 100, 1},
		{"hold.created", "50%", CHANGE_CREATED, 51, 0, 0},
		{"hold.created", "250", CHANGE_CREATED, 250, 1000, 0},
		{"hold.created", "250", CHANGE_CREATED, 251, 1000, 1},
		{"hold.created", "250", CHANGE_CREATED, 251, 0, 1},
		{"hold.updated", "0.5%", CHANGE_UPDATED, 5, 1000, 0},
		{"hold.updated", "0.5%", CHANGE_UPDATED, 6, 1000, 1},
		{"hold.updated", "100%", CHANGE_UPDATED, 1000, 1000, 0},
		{"hold.updated", "3", CHANGE_UPDATED, 3, 10, 0},
		{"hold.updated", "3", CHANGE_UPDATED, 4, 10, 1},
		{"hold.deleted", "0", CHANGE_DELETED, 1, 10, 1},
		{"hold.deleted", "0%", CHANGE_DELETED, 1, 100, 1},
		{"hold.deleted", "0%", CHANGE_DELETED, 1, 19, 0},
		{"hold.deleted", "off", CHANGE_DELETED, 99, 100, 0},
		{"hold.student.deleted", "20%", CHANGE_DELETED, 20, 100, 0},
		{"hold.student.deleted", "20%", CHANGE_DELETED, 21, 100, 1},
		{"hold.student.deleted", "5%", CHANGE_DELETED, 6, 100, 1},
		{"hold.student.deleted", "off", CHANGE_DELETED, 99, 100, 0},
		{"hold.student.deleted", "50", CHANGE_DELETED, 50, 100, 0},
		{"hold.teacher.deleted", "off", CHANGE_DELETED, 11, 100, 1},
		{"hold.floor", "101", CHANGE_DELETED, 99, 100, 0},
		{"hold.floor", "100", CHANGE_DELETED, 99, 100, 1},
		{"hold.floor", "0", CHANGE_DELETED, 1, 2, 1},
		{"hold.per_school.deleted", "off", CHANGE_DELETED, 11, 100, 1}};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		reset();
		set(cases[i].key, cases[i].value);
		counts[ENTITY_STUDENT].changed[cases[i].change] = cases[i].amount;
		counts[ENTITY_STUDENT].unchanged =
			cases[i].base - (cases[i].change ? cases[i].amount : 0);
		is_int((long long)hits(), (long long)cases[i].hits, "%s %s: %d of %d %s",
			cases[i].key, cases[i].value, cases[i].amount, cases[i].base,
			change_name(cases[i].change));
	}
}

static void test_schools(void)
{
	char line[300];

	reset();
	set("hold.per_school.deleted", "5");
	set("hold.per_school.created", "30%");
	set("hold.student.deleted", "off");
	change(&counts[ENTITY_STUDENT], 10, 0, 6, 100000);
	change(&school.counts[ENTITY_STUDENT], 10, 0, 6, 24);
	question.school_count = 1;
	is_int((long long)hits(), 2, "a school has limits of its own");
	is_str(result.hits[0].school, "s1", "created: names the school");
	is_str(result.hits[0].school_name, "Élan", "and what it is called");
	is_str(result.hits[1].limit, "5", "deleted: the limit as in the settings");
	hold_describe(&result.hits[0], line, sizeof(line));
	is_str(line, "students in school Élan: 10 of 30 created (33.3 %), limit 30%",
		"in words");
	free(result.hits[0].school_name);
	result.hits[0].school_name = NULL;
	hold_describe(&result.hits[0], line, sizeof(line));
	is_str(line, "students in school s1: 10 of 30 created (33.3 %), limit 30%",
		"by its id where it has no name");
	hold_describe(&result.hits[0], line, 12);
	is_str(line, "students in", "cut where there is no room");
	set("hold.per_school.deleted", "off");
	set("hold.per_school.created", "off");
	is_int((long long)hits(), 0, "switched off");
	change(&school.counts[ENTITY_STUDENT], 0, 0, 30, 0);
	is_int((long long)hits(), 0, "an emptied school alone does not hold then");
}

static void test_emptied(void)
{
	char line[200];

	reset();
	set("hold.deleted", "off");
	change(&counts[ENTITY_COURSE], 0, 0, 3, 0);
	change(&counts[ENTITY_CLASS], 1, 0, 0, 10);
	is_int((long long)hits(), 1, "a type that empties holds, small and unlimited as it is");
	is_int(result.hits[0].kind, HOLD_EMPTIED, "by that rule");
	is_int(result.hits[0].entity, ENTITY_COURSE, "of that type");
	is_int(result.hits[0].changed, 3, "with its number");
	hold_describe(&result.hits[0], line, sizeof(line));
	is_str(line, "courses: all 3 would be deleted", "in words");
	question.first = true;
	is_int((long long)hits(), 0, "but not in a first import");
	question.first = false;
	counts[ENTITY_COURSE].changed[CHANGE_CREATED] = 1;
	is_int((long long)hits(), 0, "nor when others take their place");
	change(&counts[ENTITY_COURSE], 0, 0, 3, 1);
	is_int((long long)hits(), 0, "nor when one stays");
}

/* Who did not come may be among those who could not be read. */
static void test_unreadable(void)
{
	int64_t unread[ENTITY_COUNT] = {[ENTITY_STUDENT] = 2};
	char line[200];

	reset();
	set("hold.deleted", "off");
	question.unread = unread;
	change(&counts[ENTITY_STUDENT], 1, 0, 3, 97);
	change(&counts[ENTITY_TEACHER], 0, 0, 3, 97);
	is_int((long long)hits(), 1,
		"deleted as absent beside unread records: held, no limit set");
	is_int(result.hits[0].kind, HOLD_UNREADABLE, "by that rule");
	is_int(result.hits[0].entity, ENTITY_STUDENT, "of the type that may be among them");
	is_int(result.hits[0].changed, 2, "with the number of those absent");
	is_int(result.hits[0].base, 100, "of those before");
	ok(hold_is_of_deletions(result.hits, result.hit_count), "all else may go through");
	hold_describe(&result.hits[0], line, sizeof(line));
	ok(strstr(line, "students: 2 of 100 would be deleted") && strstr(line, "read"), "%s",
		line);
	unread[ENTITY_STUDENT] = 0;
	is_int((long long)hits(), 0, "all that came could be read: not held");
}

static void test_preview_and_source(void)
{
	char line[200];

	reset();
	question.preview = question.source_changed = true;
	question.school_count = 1;
	counts[ENTITY_STUDENT].unchanged = school.counts[ENTITY_STUDENT].unchanged = 100;
	is_int((long long)hits(), 0, "nothing changed: never held");
	counts[ENTITY_STUDENT].changed[CHANGE_CREATED] = 1;
	is_int((long long)hits(), 2, "the smallest change: preview and source hold it");
	is_int(result.hits[0].kind, HOLD_PREVIEW, "preview");
	is_int(result.hits[0].entity, ENTITY_NONE, "of the sync as a whole");
	hold_describe(&result.hits[0], line, sizeof(line));
	ok(strstr(line, "preview"), "%s", line);
	is_int(result.hits[1].kind, HOLD_SOURCE, "source");
	hold_describe(&result.hits[1], line, sizeof(line));
	ok(strstr(line, "address"), "%s", line);
	question.first = true;
	is_int((long long)hits(), 1, "a first import waits only for preview");
	question.first = question.source_changed = false;
	counts[ENTITY_STUDENT].changed[CHANGE_DELETED] = 50;
	is_int((long long)hits(), 2, "limits are shown with preview too");
}

static void test_deletions_only(void)
{
	reset();
	ok(!hold_is_of_deletions(NULL, 0), "no hit is not of deletions");
	change(&counts[ENTITY_STUDENT], 0, 0, 50, 50);
	change(&counts[ENTITY_COURSE], 0, 0, 5, 0);
	is_int((long long)hits(), 2, "a limit of deletions, and an emptied type");
	ok(hold_is_of_deletions(result.hits, result.hit_count), "are of deletions");
	change(&counts[ENTITY_CLASS], 0, 90, 0, 10);
	is_int((long long)hits(), 3, "with updates");
	ok(!hold_is_of_deletions(result.hits, result.hit_count), "they are not");
	change(&counts[ENTITY_CLASS], 0, 0, 0, 100);
	question.preview = true;
	hits();
	ok(!hold_is_of_deletions(result.hits, result.hit_count), "nor with preview");
	question.preview = false;
	question.source_changed = true;
	hits();
	ok(!hold_is_of_deletions(result.hits, result.hit_count), "nor with another source");
}

int main(void)
{
	settings_init(&settings);
	sync_init(&result);
	test_defaults();
	test_limits();
	test_schools();
	test_emptied();
	test_unreadable();
	test_preview_and_source();
	test_deletions_only();
	sync_clear(&result);
	settings_clear(&settings);
	return done_testing();
}
