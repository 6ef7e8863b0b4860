/* What of a source record must not be kept: what feeds only masked and excluded attributes. */
#include "rules/hidden.h"

#include "tap.h"

static struct rules rules;
static struct mapping mapping[ENTITY_COUNT];
static struct requirements requirements[ENTITY_COUNT];
static struct hidden hidden;
static struct arena arena;
static struct err err;

static void compile(void)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		requirements_compile(&requirements[e], e, &rules, &err);
	hidden_compile(&hidden, mapping, requirements);
}

static void rule(enum entity entity, const char *name, const char *text)
{
	rules_set(&rules, RULE_REQUIRE, entity, name, text);
	compile();
}

static struct source_record person(void)
{
	struct source_record record = {.collection = COLLECTION_USERS, .id = "u 1"};

	record.value[SOURCE_EMAIL] = "ana@example.org";
	record.value[SOURCE_GIVEN_NAME] = "Ana";
	record.value[SOURCE_STATE_ID] = "9871";
	record.value[SOURCE_USER_IDS] = "stateId:9871\x1flocal:55";
	record.value[SOURCE_ROLE] = "student";
	record.value[SOURCE_AGENTS] = "u 2";
	record.value[SOURCE_BIRTH_DATE] = "2012-02-29";
	return record;
}

static struct source_record applied(size_t count, enum entity one, enum entity other)
{
	const enum entity made[] = {one, other};
	struct source_record record = person();

	hidden_apply(&hidden, made, count, &record, &arena);
	return record;
}

/* What rules draw from: of the standard, an id by its type, an extra. */
static void mapping_rules(void)
{
	const enum entity student = ENTITY_STUDENT;
	struct source_record record = person();

	rules_clear(&rules);
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "middleName",
		"first(extension.nick, givenName) | lower");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "firstName", "'x'");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "phone", "extension.phone");
	ok(!mapping_compile(&mapping[ENTITY_STUDENT], ENTITY_STUDENT, &rules, &err),
		"the mapping can be read");
	rule(ENTITY_STUDENT, "middleName", "mask initials");
	record.extra[0] = (struct extra){"extension.nick", "Annie"};
	record.extra[1] = (struct extra){"extension.phone", "555"};
	record.extras = 2;
	hidden_apply(&hidden, &student, 1, &record, &arena);
	is_str(record.extra[0].value, SOURCE_HIDDEN, "what a rule takes from outside");
	is_str(record.extra[1].value, "555", "but no other");
	is_str(record.value[SOURCE_GIVEN_NAME], SOURCE_HIDDEN, "and all else it takes");
	is_str(record.value[SOURCE_EMAIL], "ana@example.org", "no other");
	mapping_clear(&mapping[ENTITY_STUDENT]);
	mapping_default(&mapping[ENTITY_STUDENT], ENTITY_STUDENT);
}

/* The hub's record: what a mask hides is not in it by another way. */
static void test_clean(void)
{
	static const struct extra extras[] = {{"metadata.mail", "Ana@Example.org"},
		{"metadata.room", "12"}, {"metadata.ssn", "078-05"}};
	const enum entity student = ENTITY_STUDENT;
	struct source_record source = person();
	struct record record;

	rules_clear(&rules);
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "email", "metadata.mail | lower");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "phone", "metadata.mail");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "stateId", "userIds.stateId | after(8)");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "cityOfBirth", "metadata.ssn");
	ok(!mapping_compile(&mapping[ENTITY_STUDENT], ENTITY_STUDENT, &rules, &err),
		"the mapping can be read");
	rule(ENTITY_STUDENT, "email", "exclude");
	rule(ENTITY_STUDENT, "stateId", "mask fixed");
	rule(ENTITY_STUDENT, "cityOfBirth", "exclude");
	record_init(&record, ENTITY_STUDENT, "u 1");
	record.value[ATTR_STATE_ID] = "***"; /* as masked */
	record.value[ATTR_USER_IDS] = "stateId:9871\x1flocal:55";
	record.extra = extras;
	record.extras = 3;
	hidden_clean(&hidden, &record, &arena);
	is_str(record.value[ATTR_USER_IDS], "stateId:***\x1flocal:55",
		"an id that was changed on its way is found by its type");
	is_int((long)record.extras, 2, "an extra that feeds only what is hidden is gone");
	is_str(record.extra[0].name, "metadata.mail", "one that feeds what is shown is not");
	is_str(record.extra[1].name, "metadata.room", "nor what feeds nothing");
	memcpy(source.extra, extras, sizeof(extras));
	source.extras = 3;
	hidden_apply(&hidden, &student, 1, &source, &arena);
	is_str(source.value[SOURCE_USER_IDS], "stateId:***\x1flocal:55",
		"so is what is kept of the pull");
	is_str(source.extra[0].value, "Ana@Example.org", "shown");
	is_str(source.extra[2].value, SOURCE_HIDDEN, "hidden, but known to have been there");
	mapping_clear(&mapping[ENTITY_STUDENT]);
	mapping_default(&mapping[ENTITY_STUDENT], ENTITY_STUDENT);
}

int main(void)
{
	struct source_record record, before = person();
	enum entity e;

	arena_init(&arena);
	rules_init(&rules);
	for (e = 0; e < ENTITY_COUNT; e++)
		mapping_default(&mapping[e], e);
	compile();
	record = applied(1, ENTITY_STUDENT, 0);
	ok(!memcmp(record.value, before.value, sizeof(before.value)), "by default nothing");

	rule(ENTITY_STUDENT, "email", "mask hash");
	rule(ENTITY_STUDENT, "birthDate", "exclude");
	rule(ENTITY_STUDENT, "stateId", "mask fixed");
	record = applied(1, ENTITY_STUDENT, 0);
	is_str(record.value[SOURCE_EMAIL], SOURCE_HIDDEN, "a masked one is hidden");
	is_str(record.value[SOURCE_BIRTH_DATE], SOURCE_HIDDEN, "an excluded one too");
	is_str(record.value[SOURCE_STATE_ID], SOURCE_HIDDEN, "an id");
	is_str(record.value[SOURCE_USER_IDS], "stateId:***\x1flocal:55",
		"and where it stands once more");
	is_str(record.value[SOURCE_GIVEN_NAME], "Ana", "another is not");
	ok(!record.value[SOURCE_PHONE], "what was not there is not");

	record = applied(2, ENTITY_STUDENT, ENTITY_TEACHER);
	is_str(record.value[SOURCE_EMAIL], "ana@example.org",
		"not what the person's other side shows");
	is_str(record.value[SOURCE_BIRTH_DATE], SOURCE_HIDDEN,
		"but what that side does not have");
	rule(ENTITY_TEACHER, "email", "exclude");
	record = applied(2, ENTITY_STUDENT, ENTITY_TEACHER);
	is_str(record.value[SOURCE_EMAIL], SOURCE_HIDDEN, "unless both sides hide it");

	rule(ENTITY_STUDENT, "contactIds", "exclude");
	rule(ENTITY_TEACHER, "staffRole", "exclude");
	record = applied(2, ENTITY_STUDENT, ENTITY_TEACHER);
	is_str(record.value[SOURCE_AGENTS], "u 2", "ids of other records stay");
	is_str(record.value[SOURCE_ROLE], "student", "and what the person is");

	/* A second attribute that the same source feeds. */
	mapping[ENTITY_STUDENT].row[mapping[ENTITY_STUDENT].rows++] =
		(struct mapping_row){schema_by_name(ENTITY_STUDENT, "username"), SOURCE_EMAIL};
	compile();
	record = applied(1, ENTITY_STUDENT, 0);
	is_str(record.value[SOURCE_EMAIL], "ana@example.org",
		"not what feeds a plain attribute, too");

	mapping_rules();
	test_clean();
	record = person();
	record.value[SOURCE_EMAIL] = SOURCE_HIDDEN;
	ok(!source_hides(&record, record.value[SOURCE_EMAIL]),
		"a source may send the mark itself");
	record.reduced = true;
	ok(source_hides(&record, record.value[SOURCE_EMAIL]) && !source_hides(&record, NULL) &&
			!source_hides(&record, "x"),
		"only in what was kept it means something");
	rules_clear(&rules);
	arena_clear(&arena);
	return done_testing();
}
