/* What rules of Attributes Mapping make of a source record. */
#include "rules/feed.h"

#include <string.h>

#include "rules/attributes.h"
#include "tap.h"

static struct arena arena;
static struct err err;
static struct source_record source;

static void make_source(void)
{
	static const struct extra extra[] = {{"extension.homeRoom", "12"},
		{"metadata.School mail", "m@s"}, {"metadata.levels", "K, 1,2nd"},
		{"metadata.list", "x\x1fy"}, {"metadata.mail", "Maria.X@Y.org"}};

	memset(&source, 0, sizeof(source));
	source.collection = COLLECTION_USERS;
	source.id = "u-1";
	source.value[SOURCE_USERNAME] = "mx";
	source.value[SOURCE_GIVEN_NAME] = " María ";
	source.value[SOURCE_GRADES] = "09\x1f"
				      "10";
	source.value[SOURCE_SUBJECTS] = "Language, Arts";
	source.value[SOURCE_USER_IDS] = "stateId:123\x1f"
					"Staff:9:9\x1f"
					"plain";
	source.value[SOURCE_STATE_ID] = "123";
	source.value[SOURCE_ORGS] = "s-2\x1fs-1";
	source.value[SOURCE_AGENTS] = "c, 1";
	source.value[SOURCE_BIRTH_DATE] = "31.12.2010";
	source.value[SOURCE_SEX] = "N/A";
	memcpy(source.extra, extra, sizeof(extra));
	source.extras = sizeof(extra) / sizeof(*extra);
}

static void test_values(void)
{
	static const struct {
		const char *attribute, *text, *want;
		int unreadable;
	} cases[] = {
		{"email", "metadata.mail", "Maria.X@Y.org"},
		{"email", "metadata.mail | lower", "maria.x@y.org"},
		{"username", "metadata.mail | lower | before(@)", "maria.x"},
		{"email", "[metadata.School mail]", "m@s"},
		{"email", "metadata.nothing", NULL},
		{"email", "first(email, metadata.nothing, metadata.mail)", "Maria.X@Y.org"},
		{"email", "first(email, 'none')", "none"},
		{"email", "extension.homeRoom", "12"},
		{"email", "none", NULL},
		{"studentNumber", "sourcedId", "u-1"},
		{"studentNumber", "userIds.staff", "9:9"},
		{"studentNumber", "userIds.stateId", "123"},
		{"studentNumber", "userIds.sta", NULL},
		{"studentNumber", "userIds", "stateId:123"},
		{"firstName", "givenName | trim", "María"},
		{"enabled", "'true'", "true"},
		/* the first that is left after the steps */
		{"gender", "first(demographics.sex, 'other') | replace(N/A=)", "other"},
		{"gender", "demographics.sex | replace(N/A=)", NULL},
		{"birthDate", "demographics.birthDate | date(DD.MM.YYYY)", "2010-12-31"},
		{"birthDate", "demographics.birthDate | date(MM.DD.YYYY)", NULL, 1},
		{"birthDate", "first(demographics.birthDate, '1.2.2011') | date(M.D.YYYY)",
			"2011-01-02", 1},
		/* lists */
		{"gradeLevel", "grades | grades(plain)",
			"9\x1f"
			"10"},
		{"gradeLevel", "grades | replace(09=)", "10"},
		{"gradeLevel", "grades | replace(*=)", NULL},
		{"gradeLevel", "metadata.levels | grades(oneroster)",
			"KG\x1f"
			"01\x1f"
			"02"},
		{"gradeLevel", "'9,10'",
			"9\x1f"
			"10"},
		{"gradeLevel", "metadata.list", "x\x1fy"},
		{"gradeLevel", "' , ,'", NULL},
		{"username", "grades", "09"},
		{"username", "grades | replace(09=)", "10"},
		{"schoolId", "orgs", "s-2"},
		{"otherSchoolIds", "orgs", "s-2\x1fs-1"},
		{"contactIds", "agents", "c, 1"},
		{"contactIds", "metadata.levels", "K, 1,2nd"},
		{"preferredFirstName", "metadata.levels", "K, 1,2nd"},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct feed *feed = feed_new(schema_by_name(ENTITY_STUDENT, cases[i].attribute),
			cases[i].text, &err);
		bool unreadable = false;

		arena_reset(&arena);
		is_str(feed ? feed_value(feed, &source, &arena, &unreadable) : "no feed",
			cases[i].want, "%s <- %s", cases[i].attribute, cases[i].text);
		is_int(unreadable, cases[i].unreadable, "readable or not");
		feed_free(feed);
	}
}

/* A list that the source gives as such is not taken apart at its commas. */
static void test_list_of_one(void)
{
	struct feed *feed =
		feed_new(schema_by_name(ENTITY_COURSE, "subjects"), "subjects | lower", &err);
	bool unreadable;

	is_str(feed_value(feed, &source, &arena, &unreadable), "language, arts",
		"one item with a comma is one item");
	feed_free(feed);
}

static void test_kinds(void)
{
	const struct attribute *hub = schema_by_name(ENTITY_STUDENT, "birthDate");
	struct feed *feed = feed_new(hub, "first(metadata.dob, demographics.birthDate)", &err);

	ok(feed_is_demographic(feed) && !feed_is_none(feed), "some of it is demographic");
	feed_free(feed);
	feed = feed_new(hub, "metadata.dob", &err);
	ok(!feed_is_demographic(feed), "none of it is");
	feed_free(feed);
	ok(!feed_new(hub, "metadata.dob |", &err) &&
			!strncmp(err.text, "student.birthDate: character", 28),
		"what cannot be read names the attribute");
	ok(!feed_new(hub, "birthDate", &err), "what is not there is refused");
	feed_free(NULL);
}

/* Rules in the place of the schema's rows. */
static void test_mapping(void)
{
	struct mapping mapping, plain;
	struct problems problems;
	struct record record;
	struct rules rules;

	rules_init(&rules);
	problems_init(&problems);
	mapping_default(&plain, ENTITY_STUDENT);
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "email", "metadata.mail | lower");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "username", "none");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "birthDate",
		"demographics.birthDate | date(YYYY)-MM-DD");
	rules_set(&rules, RULE_MAP, ENTITY_TEACHER, "email", "none");
	is_int(mapping_compile(&mapping, ENTITY_STUDENT, &rules, &err), -1,
		"a rule that cannot be read is an error");
	mapping_clear(&mapping);
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "birthDate",
		"demographics.birthDate | date(MM.DD.YYYY)");
	is_int(mapping_compile(&mapping, ENTITY_STUDENT, &rules, &err), 0, "rules compile");
	is_int((long)mapping.rows, (long)plain.rows - 1, "none takes a row away");
	attributes_apply(&mapping, &source, &arena, &problems, &record);
	is_str(record.value[ATTR_EMAIL], "maria.x@y.org", "a rule feeds");
	is_str(record.value[ATTR_USERNAME], NULL, "none does not");
	is_str(record.value[ATTR_FIRST_NAME], " María ", "the others are as ever");
	is_str(record.value[ATTR_BIRTH_DATE], NULL, "a date that cannot be read is empty");
	is_int(problems.count[PROBLEM_BAD_VALUE], 1, "and reported");
	mapping_clear(&mapping);
	rules_clear(&rules);
	problems_clear(&problems);
}

/* What must not be kept of a pull is neither cut nor read. */
static void test_hidden(void)
{
	struct feed *feed = feed_new(schema_by_name(ENTITY_STUDENT, "birthDate"),
		"demographics.birthDate | date(DD.MM.YYYY)", &err);
	struct source_record kept = source;
	bool unreadable;

	kept.reduced = true;
	kept.value[SOURCE_BIRTH_DATE] = SOURCE_HIDDEN;
	is_str(feed_value(feed, &kept, &arena, &unreadable), SOURCE_HIDDEN,
		"a hidden value stays hidden");
	feed_free(feed);
}

int main(void)
{
	arena_init(&arena);
	make_source();
	test_values();
	test_list_of_one();
	test_kinds();
	test_mapping();
	test_hidden();
	arena_clear(&arena);
	return done_testing();
}
