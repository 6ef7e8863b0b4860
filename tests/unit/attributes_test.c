/* Values become the hub's: dates, truth, school years; what is missing or odd; prefixes. */
#include "rules/attributes.h"

#include <string.h>

#include "tap.h"

static struct arena arena;
static struct problems problems;
static struct source_record source;
static struct record record;

static void new_record(enum collection collection)
{
	arena_reset(&arena);
	problems_clear(&problems);
	memset(&source, 0, sizeof(source));
	source.collection = collection;
	source.id = "id 1";
}

static void apply(enum entity entity)
{
	struct mapping mapping;

	mapping_default(&mapping, entity);
	attributes_apply(&mapping, &source, &arena, &problems, &record);
}

static void test_mapping(void)
{
	struct mapping mapping;
	size_t count, i;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		const struct attribute *row = schema_of(e, &count);
		size_t wrong = 0;

		mapping_default(&mapping, e);
		for (i = 0; i < count; i++)
			wrong += mapping.row[i].hub != &row[i] ||
				 strcmp(source_attr_name(mapping.row[i].source),
					 row[i].source) != 0;
		ok(mapping.rows == count && !wrong && mapping.entity == e,
			"%s is mapped as the schema says", entity_name(e));
	}
}

static void test_dates(void)
{
	static const char *const dates[][2] = {{"2026-08-15", "2026-08-15"},
		{"2026-08-15T00:00:00.000Z", "2026-08-15"},
		{"2018-03-14 12:55:52", "2018-03-14"}, {"8/5/2026", "2026-08-05"},
		{"20260815", "2026-08-15"}, {"2024-02-29", "2024-02-29"}, {"2026-02-29", NULL},
		{"2026-13-01", NULL}, {"2026-00-10", NULL}, {"0000-00-00", NULL},
		{"2026-8-5", "2026-08-05"}, {"soon", NULL}, {" ", NULL}, {"2026-08-15x", NULL},
		{"２０２６-08-15", NULL}};
	size_t i;

	for (i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
		new_record(COLLECTION_ENROLLMENTS);
		source.value[SOURCE_BEGIN_DATE] = dates[i][0];
		apply(ENTITY_ENROLLMENT);
		is_str(record.value[ATTR_BEGIN_DATE], dates[i][1], "date \"%s\"", dates[i][0]);
		is_int(problems.count[PROBLEM_BAD_VALUE], !dates[i][1],
			"reported when it is none");
	}
}

/* D2 */
static void test_bools(void)
{
	static const char *const bools[][2] = {{"true", "true"}, {"TRUE", "true"},
		{"T", "true"}, {"1", "true"}, {"Yes", "true"}, {"y", "true"},
		{"false", "false"}, {"False", "false"}, {"f", "false"}, {"0", "false"},
		{"no", "false"}, {"N", "false"}, {"2", NULL}, {"unknown", NULL},
		{"truee", NULL}, {"-1", NULL}, {"はい", NULL}};
	size_t i;

	for (i = 0; i < sizeof(bools) / sizeof(*bools); i++) {
		new_record(COLLECTION_ENROLLMENTS);
		source.value[SOURCE_PRIMARY] = bools[i][0];
		apply(ENTITY_ENROLLMENT);
		is_str(record.value[ATTR_PRIMARY], bools[i][1], "truth of \"%s\"", bools[i][0]);
		is_int(problems.count[PROBLEM_BAD_VALUE], !bools[i][1],
			"reported when it is not known");
	}
}

/* D6 */
static void test_school_years(void)
{
	static const struct {
		const char *text, *want;
		int problems;
	} years[] = {{"2027", "2027"}, {"2026-2027", "2027", 1}, {"2026/2027", "2027", 1},
		{"2026–2027", NULL, 1}, {"27", NULL, 1}, {"2026-27", NULL, 1}, {"202", NULL, 1},
		{"20277", NULL, 1}, {"next", NULL, 1}};
	size_t i;

	for (i = 0; i < sizeof(years) / sizeof(*years); i++) {
		new_record(COLLECTION_SESSIONS);
		source.value[SOURCE_SCHOOL_YEAR] = years[i].text;
		apply(ENTITY_CALENDAR);
		is_str(record.value[ATTR_SCHOOL_YEAR], years[i].want, "school year \"%s\"",
			years[i].text);
		is_int(problems.count[PROBLEM_BAD_VALUE], years[i].problems, "reported or not");
	}
}

/* D5 */
static void test_reversed(void)
{
	static const struct {
		const char *begin, *end;
		int reversed;
	} spans[] = {{"2026-08-01", "2026-08-02", 0}, {"2026-08-01", "2026-08-01", 0},
		{"2026-08-02", "2026-08-01", 1}, {"10/1/2026", "9/30/2026", 1},
		{"9/30/2026", "10/1/2026", 0}, {NULL, "2026-08-01", 0}, {"2026-08-01", NULL, 0},
		{"2026-08-01", "bad", 0}};
	size_t i;

	for (i = 0; i < sizeof(spans) / sizeof(*spans); i++) {
		new_record(COLLECTION_SESSIONS);
		source.value[SOURCE_START_DATE] = source.value[SOURCE_BEGIN_DATE] =
			spans[i].begin;
		source.value[SOURCE_END_DATE] = spans[i].end;
		apply(ENTITY_CALENDAR);
		is_int(problems.count[PROBLEM_DATES_REVERSED], spans[i].reversed,
			"calendar from %s to %s", spans[i].begin, spans[i].end);
		apply(ENTITY_ENROLLMENT);
		is_int(problems.count[PROBLEM_DATES_REVERSED], 2 * spans[i].reversed,
			"enrollment the same");
	}
	is_str(problems.kept ? problems.kept[0].sis_id : "id 1", "id 1", "by its id");
}

static void test_unreadable(void)
{
	new_record(COLLECTION_SESSIONS);
	source.value[SOURCE_TITLE] = "Q1 ①";
	source.value[SOURCE_TYPE] = "term";
	source.value[SOURCE_START_DATE] = "nonsense";
	source.value[SOURCE_END_DATE] = "2026-01-01";
	apply(ENTITY_CALENDAR);
	is_int(problems.count[PROBLEM_BAD_VALUE], 1, "what cannot be read is bad");
	ok(!record.value[ATTR_START_DATE], "and left empty");
	is_str(record.value[ATTR_TITLE], "Q1 ①", "texts are kept exactly");
}

static void test_lists_and_extras(void)
{
	new_record(COLLECTION_CLASSES);
	source.value[SOURCE_TERMS] = "t2\x1ft1\x1ft2";
	source.value[SOURCE_GRADES] = "10\x1f"
				      "09";
	source.extra[0] = (struct extra){"metadata.room", "é"};
	source.extras = 1;
	apply(ENTITY_CLASS);
	is_str(record.value[ATTR_CALENDAR_IDS], "t1\x1ft2", "references are a set");
	is_str(record.value[ATTR_GRADES],
		"10\x1f"
		"09",
		"other lists keep their order");
	ok(record.extras == 1 && !strcmp(record.extra[0].value, "é"), "extras come along");
}

static void test_prefix(void)
{
	new_record(COLLECTION_CLASSES);
	source.value[SOURCE_TERMS] = "t1\x1ft2";
	source.value[SOURCE_SCHOOL] = "s1";
	source.value[SOURCE_COURSE] = "c1";
	source.value[SOURCE_TITLE] = "t";
	apply(ENTITY_CLASS);
	prefix_apply("é-", &arena, &record);
	is_str(record.sis_id, "é-id 1", "before the id");
	is_str(record.value[ATTR_COURSE_ID], "é-c1", "and a reference");
	is_str(record.value[ATTR_CALENDAR_IDS], "é-t1\x1fé-t2", "and each of several");
	is_str(record.value[ATTR_SCHOOL_ID], "s1", "not before schools");
	is_str(record.value[ATTR_TITLE], "t", "nor texts");
	apply(ENTITY_CLASS);
	prefix_apply("", &arena, &record);
	prefix_apply(NULL, &arena, &record);
	is_str(record.sis_id, "id 1", "an empty prefix changes nothing");

	new_record(COLLECTION_USERS);
	source.value[SOURCE_AGENTS] = "p1";
	source.value[SOURCE_ORGS] = "s2";
	source.value[SOURCE_PRIMARY_ORG] = "s1";
	source.value[SOURCE_USER_IDS] = "a:1";
	apply(ENTITY_STUDENT);
	prefix_apply("x", &arena, &record);
	is_str(record.value[ATTR_CONTACT_IDS], "xp1", "contacts of a student");
	is_str(record.value[ATTR_OTHER_SCHOOL_IDS], "s2", "not the other schools");
	is_str(record.value[ATTR_USER_IDS], "a:1", "not lists of texts");

	new_record(COLLECTION_ENROLLMENTS);
	source.value[SOURCE_USER] = "u";
	source.value[SOURCE_CLASS] = "c";
	apply(ENTITY_ENROLLMENT);
	prefix_apply("x", &arena, &record);
	is_str(record.value[ATTR_USER_ID], "xu", "the person of an enrollment");
	is_str(record.value[ATTR_CLASS_ID], "xc", "and its class");
	is_str(prefix_list("x", "", &arena), "", "an empty list has no items");
}

int main(void)
{
	arena_init(&arena);
	problems_init(&problems);
	test_mapping();
	test_dates();
	test_bools();
	test_school_years();
	test_reversed();
	test_unreadable();
	test_lists_and_extras();
	test_prefix();
	problems_clear(&problems);
	arena_clear(&arena);
	return done_testing();
}
