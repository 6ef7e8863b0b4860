/* Schools Mapping: the screen's rows, Auto Mapping, and what a sync makes of it. */
#include "rules/school_plan.h"
#include "rules/schools.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tap.h"

static struct settings settings;
static struct app *app;
static struct school_lists lists;
static struct school_plan *plan;
static struct arena arena;
static struct problems problems;
static struct err err;

static void reset(void)
{
	school_plan_free(plan);
	plan = NULL;
	school_lists_clear(&lists);
	settings_clear(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err);
	arena_reset(&arena);
	problems_clear(&problems);
	err = (struct err){0};
}

static void source(const char *id, const char *name, const char *number, const char *type,
	const char *parent)
{
	struct source_record record = {.id = id};

	record.value[SOURCE_NAME] = name;
	record.value[SOURCE_IDENTIFIER] = number;
	record.value[SOURCE_TYPE] = type;
	record.value[SOURCE_PARENT] = parent;
	lists.source = mem_grow(lists.source, lists.source_count + 1, sizeof(*lists.source));
	lists.source[lists.source_count++] = source_school_of(&record);
}

static void hub(const char *id, const char *name, const char *number, const char *of)
{
	lists.hub = mem_grow(lists.hub, lists.hub_count + 1, sizeof(*lists.hub));
	lists.hub[lists.hub_count++] = (struct hub_school){
		mem_strdup(id), mem_strdup(name), mem_strdup(number), mem_strdup(of)};
}

static void choose(const char *id, bool on, const char *name, const char *hub_id)
{
	struct school_choice *choice = app_need_school(app, id);

	choice->on = on;
	mem_replace(&choice->name, name);
	mem_replace(&choice->hub_id, hub_id);
}

static void make_plan(void)
{
	school_lists_sort(&lists);
	school_plan_free(plan);
	plan = school_plan_new(app, &lists, &err);
}

static const char *hub_of(const char *id)
{
	const char *hub_id;

	school_plan_find(plan, id, &hub_id);
	return hub_id;
}

static bool provides(const char *id)
{
	const char *name;

	return school_plan_provides(plan, id, &name);
}

static const char *name_of(const char *id)
{
	const char *name;

	school_plan_provides(plan, id, &name);
	return name;
}

static void test_lists(void)
{
	reset();
	source("b", "first b", NULL, NULL, NULL);
	source("a", "A", "1", "school", "d");
	source("b", "second b", NULL, "school", NULL);
	source("B", "another", NULL, "school", NULL);
	school_lists_sort(&lists);
	is_int((long long)lists.source_count, 3, "an id counts once");
	is_str(lists.source[0].id, "B", "in order, case counts");
	is_str(lists.source[2].name, "second b", "the last one of an id stays");
	is_str(lists.source[1].parent, "d", "the parent is known");
	is_str(lists.source[2].type, "school", "the type too");
	school_lists_clear(&lists);
	school_lists_sort(&lists);
	is_int((long long)lists.source_count, 0, "empty lists are fine");
}

static void check_row(const struct school_row *row, const char *id, enum school_state state,
	const char *name, const char *hub_name)
{
	is_str(row->id, id, "row of %s", id);
	is_str(school_state_name(row->state), school_state_name(state), "its state");
	is_str(row->name, name, "its name");
	is_str(row->hub_name, hub_name, "its name in the hub");
}

static void test_rows(void)
{
	struct school_row *rows;
	size_t count;

	reset();
	source("d1", "District", NULL, "district", NULL);
	source("d2", "Empty district", NULL, "District", NULL);
	source("s1", "Élan", "1", "school", "d1");
	source("s2", "Two", NULL, "school", "d1");
	source("s3", "Three", NULL, "", "d2");
	source("s4", "Four", NULL, "school", NULL);
	source("s5", "Five", NULL, "school", NULL);
	hub("gone", "Was here", NULL, "main");
	hub("h9", "Hub nine", NULL, "other");
	choose("s1", true, "Mine", NULL);
	choose("s2", true, NULL, "h9");
	choose("s4", false, "kept", NULL);
	choose("s5", true, NULL, "s1");
	choose("gone", true, NULL, NULL);
	choose("gone2", false, NULL, NULL);
	choose("aaa", true, "Named", "h9");
	school_lists_sort(&lists);
	rows = schools_rows(app, &lists, &count);
	is_int((long long)count, 9, "all of the source, and what is mapped but gone");
	check_row(&rows[0], "aaa", SCHOOL_MISSING_DATA, "", "Named");
	check_row(&rows[1], "d1", SCHOOL_ALONG, "District", "District");
	check_row(&rows[2], "d2", SCHOOL_OFFICE, "Empty district", "Empty district");
	check_row(&rows[3], "gone", SCHOOL_MISSING_DATA, "", "Was here");
	check_row(&rows[4], "s1", SCHOOL_EXISTING, "Élan", "Mine");
	check_row(&rows[5], "s2", SCHOOL_EXISTING, "Two", "Hub nine");
	check_row(&rows[6], "s3", SCHOOL_MISSING, "Three", "Three");
	check_row(&rows[7], "s4", SCHOOL_MISSING, "Four", "kept");
	check_row(
		&rows[8], "s5", SCHOOL_EXISTING, "Five", "Mine"); /* s1 is not in the hub yet */
	is_str(rows[5].hub_id, "h9", "mapped onto");
	is_str(rows[4].hub_id, NULL, "one of its own");
	is_str(rows[4].number, "1", "number");
	free(rows);

	reset();
	rows = schools_rows(app, &lists, &count);
	is_int((long long)count, 0, "nothing, no rows");
	free(rows);
}

static void test_plan(void)
{
	reset();
	app_set(app, "sis_id_prefix", "é-", &err);
	source("d", "District", NULL, "district", NULL);
	source("s1", "One", NULL, "school", "d");
	source("s2", "Two", NULL, "school", "d");
	source("s3", "Three", NULL, "school", "d");
	source("s4", "Four", NULL, "school", "d");
	source("s5", "Five", NULL, "school", "d");
	hub("h9", "Nine", NULL, "other");
	hub("é-old", "Old", NULL, "main");
	choose("s1", true, "Renamed", NULL);
	choose("s2", false, NULL, "h9");
	choose("s3", true, NULL, "h9");
	choose("s4", true, NULL, "é-s1");
	choose("s5", true, NULL, "é-old");
	make_plan();
	ok(plan != NULL, "a plan %s", err.text);
	if (!plan)
		return;
	is_int(school_plan_find(plan, "s1", NULL), STANDING_IN, "switched on");
	is_str(hub_of("s1"), "é-s1", "gets its own id, with the prefix");
	ok(provides("s1"), "provides its record");
	is_str(name_of("s1"), "Renamed", "under the name of the mapping");
	is_int(school_plan_find(plan, "s2", NULL), STANDING_OUT, "switched off");
	is_str(hub_of("s2"), NULL, "has no id in the hub");
	ok(!provides("s2"), "and provides nothing");
	is_str(hub_of("s3"), "h9", "mapped onto a school of another app");
	ok(!provides("s3"), "whose record is not touched");
	is_str(hub_of("s4"), "é-s1", "mapped onto one of this app");
	ok(!provides("s4"), "which s1 provides, whose own it is");
	is_str(hub_of("s5"), "é-old", "mapped onto one that this app had");
	ok(provides("s5"), "and provides it now");
	is_str(name_of("s5"), NULL, "under the source's name");
	is_int(school_plan_find(plan, "d", NULL), STANDING_ABOVE, "the district comes along");
	is_str(hub_of("d"), "é-d", "with its own id");
	ok(provides("d"), "and provides it");
	is_int(school_plan_find(plan, "zz", NULL), STANDING_UNKNOWN, "what the source lacks");
	is_str(hub_of("zz"), NULL, "is not in the hub");
	is_int(school_plan_find(plan, NULL, NULL), STANDING_UNKNOWN, "nor is nothing");
}

static void test_several_onto_one(void)
{
	reset();
	source("a", "A", NULL, "school", NULL);
	source("b", "B", NULL, "school", NULL);
	source("c", "C", NULL, "school", NULL);
	hub("old", "Old", NULL, "main");
	hub("x", "X", NULL, "other");
	choose("a", true, NULL, "old");
	choose("b", true, NULL, "old");
	choose("c", true, NULL, "old");
	make_plan();
	ok(plan && provides("a") && !provides("b") && !provides("c"),
		"one of several provides the school");
	ok(plan && !strcmp(hub_of("c"), "old"), "all become it");
	choose("a", true, NULL, "x");
	choose("b", true, NULL, "x");
	choose("c", true, NULL, "x");
	make_plan();
	ok(plan && !provides("a") && !provides("b"), "of another app's school none");

	choose("b", true, NULL, "nobody's");
	make_plan();
	ok(!plan && err.code == ERR_SETTINGS, "onto a school that nobody provides: an error");
	ok(strstr(err.text, "nobody's") && strstr(err.text, " b "), "that names both: %s",
		err.text);
	choose("b", true, NULL, "c");
	choose("c", false, NULL, NULL);
	err.code = ERR_NONE;
	make_plan();
	ok(!plan && err.code == ERR_SETTINGS, "nor one that is switched off here");
}

/* Parents may lie above each other any way the provider likes. */
static void test_parents(void)
{
	char id[10], parent[10];
	int i;

	reset();
	source("s", "S", NULL, "school", "l");
	source("l", "L", NULL, "local", "d");
	source("d", "D", NULL, "district", "l");
	source("t", "T", NULL, "state", NULL);
	source("own", "Own", NULL, "school", "own");
	source("lost", "Lost", NULL, "school", "nowhere");
	source("campus", "Campus", NULL, "school", "d2");
	source("annex", "Annex", NULL, "school", "campus");
	source("d2", "D2", NULL, "district", NULL);
	choose("s", true, NULL, NULL);
	choose("own", true, NULL, NULL);
	choose("lost", true, NULL, NULL);
	choose("annex", true, NULL, NULL);
	make_plan();
	ok(plan != NULL, "loops end");
	is_int(school_plan_find(plan, "l", NULL), STANDING_ABOVE, "office above");
	is_int(school_plan_find(plan, "d", NULL), STANDING_ABOVE, "office above that");
	is_int(school_plan_find(plan, "t", NULL), STANDING_OUT, "office above none");
	is_int(school_plan_find(plan, "campus", NULL), STANDING_OUT,
		"a school that is off stays out, even above one that is on");
	is_int(school_plan_find(plan, "d2", NULL), STANDING_ABOVE,
		"the office above both is in");

	reset();
	for (i = 0; i < 100; i++) {
		snprintf(id, sizeof(id), "o%02d", i);
		snprintf(parent, sizeof(parent), "o%02d", (i + 1) % 100);
		source(id, id, NULL, i ? "local" : "school", parent);
	}
	choose("o00", true, NULL, NULL);
	make_plan();
	ok(plan && school_plan_find(plan, "o01", NULL) == STANDING_ABOVE, "a long loop ends");
}

/* How many, and the mapping as "id>hub_id " of what is on. */
static const char *mapping(void)
{
	static char text[500];
	size_t i, used = 0;

	text[0] = '\0';
	for (i = 0; i < app->school_count; i++)
		if (app->schools[i].on)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s>%s ",
				app->schools[i].id,
				app->schools[i].hub_id ? app->schools[i].hub_id : "");
	return text;
}

static void test_auto(void)
{
	reset();
	source("d", "District", NULL, "district", NULL);
	source("n", "Other name", "100", "school", "d");
	source("m", "Lincoln  ÉLÉMENTARY", "7", "school", "d");
	source("x", "New", "8", "school", "d");
	source("y", "", NULL, "", "d");
	source("on", "Nine", "9", "school", "d");
	hub("h100", "Hundred", "100", "other");
	hub("hname", "lincoln elementary", NULL, "other");
	hub("h9", "Nine", "9", "other");
	hub("hempty", "", "", "other");
	choose("on", true, "mine", NULL);
	school_lists_sort(&lists);
	is_int((long long)schools_auto(app, &lists), 4, "all schools that are not mapped");
	is_str(mapping(), "m>hname n>h100 on> x> y> ",
		"by number, by folded name, else one of their own; what was mapped stays");
	is_int((long long)schools_auto(app, &lists), 0, "a second time: nothing to do");
	is_str(mapping(), "m>hname n>h100 on> x> y> ", "and nothing changes");
	make_plan();
	ok(plan != NULL, "the result is a plan");
}

static void test_auto_ambiguous(void)
{
	reset();
	source("a", "Lincoln", "1", "school", NULL);
	source("b", "Lincoln", "2", "school", NULL);
	source("c", "Adams", "3", "school", NULL);
	source("e", "Grant", NULL, "school", NULL);
	source("f", "Grant", NULL, "school", NULL);
	source("g", "Hayes", "5", "school", NULL);
	hub("h1", "Lincoln", "1", "other");
	hub("h3", "Adams", "3", "other");
	hub("h4", "Adams two", "3", "third");
	hub("h5", "Grant", NULL, "other");
	hub("h6", "Hayes", "5", "other");
	choose("zz", true, NULL, "h6");
	school_lists_sort(&lists);
	schools_auto(app, &lists);
	is_str(mapping(), "a> b> c> e> f> g> zz>h6 ",
		"what two would take, what is there twice, what is taken: none is mapped");
}

/* What this app brought into the hub in an earlier sync. */
static void test_auto_own(void)
{
	reset();
	source("a", "Lincoln", "1", "school", NULL);
	source("new", "Adams", "2", "school", NULL);
	source("t", "Twin", "3", "school", NULL);
	hub("a", "Lincoln", "1", "main");
	hub("old", "Adams", "2", "main");
	hub("t", "Twin", "3", "main");
	hub("ht", "Twin", "3", "other");
	school_lists_sort(&lists);
	schools_auto(app, &lists);
	is_str(mapping(), "a> new>old t>ht ",
		"not onto its own record, but onto one whose source school is gone");
	make_plan();
	ok(plan && provides("new") && !strcmp(hub_of("new"), "old"), "which it then provides");
}

/* Rewrites a record of one school and others; what became of it: "IN id others". */
static const char *rewrite(enum entity entity, const char *school, const char *others)
{
	static char text[200];
	struct record record;
	bool in;
	char *c;

	record_init(&record, entity, "r");
	record.value[ATTR_SCHOOL_ID] = school;
	record.value[ATTR_OTHER_SCHOOL_IDS] = others;
	problems_clear(&problems);
	in = schools_apply(plan, &record, &arena, &problems);
	school = record.value[ATTR_SCHOOL_ID];
	others = record.value[ATTR_OTHER_SCHOOL_IDS];
	snprintf(text, sizeof(text), "%s %s %s !%d", in ? "in" : "out", school ? school : "-",
		others ? others : "-", (int)problems.count[PROBLEM_DANGLING]);
	for (c = text; *c; c++)
		*c = *c == RECORD_LIST ? '|' : *c;
	return text;
}

static void test_persons(void)
{
	static const struct {
		const char *school, *others, *want;
	} cases[] = {{"s1", NULL, "in s1 - !0"}, {"s3", NULL, "out - - !0"},
		{"s1", "s2\x1fs3", "in s1 s2 !0"}, {"s3", "s2\x1fs1", "in s2 s1 !0"},
		{"s3", "s2", "in s2 - !0"}, {"nil", "s1", "in s1 - !1"},
		{"nil", NULL, "out - - !1"}, {NULL, NULL, "out - - !0"},
		{NULL, "s1\x1fs2", "in s1 s2 !0"}, {"s1", "nil\x1fnix", "in s1 - !2"},
		{"m1", "m2", "in hub - !0"}, {"s1", "m2\x1fm1", "in s1 hub !0"},
		{"s2", "m1\x1fs1\x1fm2", "in s2 hub|s1 !0"}, {"d", NULL, "in d - !0"},
		{"d", "s1", "in d s1 !0"}, {"d", "s3", "out - - !0"}, {"s3", "d", "out - - !0"},
		{"s3", "d\x1fs1", "in d s1 !0"}, {"off", "d", "in d - !0"},
		{"off", NULL, "out - - !0"}, {"s1", "s1", "in s1 - !0"}};
	size_t i;
	int e;

	for (e = ENTITY_STUDENT; e <= ENTITY_ADMIN; e++)
		for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
			is_str(rewrite((enum entity)e, cases[i].school, cases[i].others),
				cases[i].want, "%s of %s, case %zu",
				entity_name((enum entity)e),
				cases[i].school ? cases[i].school : "none", i);
	is_str(rewrite(ENTITY_CONTACT, "s3", NULL), "in - - !0",
		"a contact may be of no school");
	is_str(rewrite(ENTITY_CONTACT, NULL, "s1"), "in s1 - !0", "or of one");
}

static void test_others(void)
{
	static const struct {
		enum entity entity;
		const char *school, *want;
	} cases[] = {{ENTITY_COURSE, "s1", "in s1 - !0"}, {ENTITY_COURSE, "s3", "out - - !0"},
		{ENTITY_COURSE, "d", "in d - !0"}, {ENTITY_COURSE, NULL, "in - - !0"},
		{ENTITY_COURSE, "nil", "in - - !1"}, {ENTITY_CLASS, "s1", "in s1 - !0"},
		{ENTITY_CLASS, "m2", "in hub - !0"}, {ENTITY_CLASS, "s3", "out - - !0"},
		{ENTITY_CLASS, "d", "in d - !0"}, {ENTITY_CLASS, NULL, "out - - !0"},
		{ENTITY_CLASS, "nil", "out - - !1"}, {ENTITY_ENROLLMENT, "s1", "in s1 - !0"},
		{ENTITY_ENROLLMENT, "s3", "in - - !0"}, {ENTITY_ENROLLMENT, NULL, "in - - !0"},
		{ENTITY_ENROLLMENT, "nil", "in - - !1"}, {ENTITY_CALENDAR, NULL, "in - - !0"},
		{ENTITY_SCHOOL, NULL, "in - - !0"}};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		is_str(rewrite(cases[i].entity, cases[i].school, NULL), cases[i].want,
			"%s of %s", entity_name(cases[i].entity),
			cases[i].school ? cases[i].school : "none");
}

static void test_apply(void)
{
	reset();
	source("d", "District", NULL, "district", NULL);
	source("s1", "One", NULL, "school", "d");
	source("s2", "Two", NULL, "school", "d");
	source("s3", "Three", NULL, "school", "d");
	source("m1", "M1", NULL, "school", "d");
	source("m2", "M2", NULL, "school", "d");
	source("off", "An office of no school", NULL, "department", "d");
	hub("hub", "Hub", NULL, "other");
	choose("s1", true, NULL, NULL);
	choose("s2", true, NULL, NULL);
	choose("m1", true, NULL, "hub");
	choose("m2", true, NULL, "hub");
	make_plan();
	test_persons();
	test_others();
}

int main(void)
{
	settings_init(&settings);
	arena_init(&arena);
	problems_init(&problems);
	test_lists();
	test_rows();
	test_plan();
	test_several_onto_one();
	test_parents();
	test_auto();
	test_auto_ambiguous();
	test_auto_own();
	test_apply();
	school_plan_free(plan);
	school_lists_clear(&lists);
	settings_clear(&settings);
	problems_clear(&problems);
	arena_clear(&arena);
	return done_testing();
}
