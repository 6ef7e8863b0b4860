/* Data Requirements: what a record lacks, and what becomes of it. */
#include "rules/requirements.h"

#include "tap.h"

static struct rules rules;
static struct requirements requirements;
static struct problems problems;
static struct arena arena;
static struct mask_key *key;
static struct err err;

static bool check(struct record *record)
{
	problems_clear(&problems);
	problems_init(&problems);
	ok(!requirements_compile(&requirements, record->entity, &rules, &err), "compiled");
	return requirements_check(&requirements, record, &arena, &problems);
}

static void rule(const char *name, const char *text)
{
	rules_set(&rules, RULE_REQUIRE, ENTITY_STUDENT, name, text);
}

static void test_defaults(void)
{
	size_t count, i, required;
	const struct attribute *row;
	struct record record;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		record_init(&record, e, "id 1");
		row = schema_of(e, &count);
		for (i = required = 0; i < count; i++)
			required += row[i].required;
		ok(check(&record), "an empty %s comes in", entity_name(e));
		is_int(problems.count[PROBLEM_MISSING_VALUE], (long long)required,
			"all required values of it are reported");
	}
}

static struct record student(void)
{
	struct record record;

	record_init(&record, ENTITY_STUDENT, "s 1");
	record.value[ATTR_USERNAME] = "ana";
	record.value[ATTR_FIRST_NAME] = "Ana María";
	record.value[ATTR_LAST_NAME] = "Soto";
	record.value[ATTR_SCHOOL_ID] = "o 1";
	record.value[ATTR_STATE_ID] = "9871";
	record.value[ATTR_USER_IDS] = "stateId:9871\x1flocal:55\x1f"
				      "9871";
	record.value[ATTR_BIRTH_DATE] = "2012-02-29";
	return record;
}

static void test_missing(void)
{
	struct record record = student();

	ok(check(&record) && !problems.count[PROBLEM_MISSING_VALUE], "nothing is missing");
	rule("email", "report");
	ok(check(&record), "without an e-mail it comes in");
	is_int(problems.count[PROBLEM_MISSING_VALUE], 1, "and is reported");
	is_str(problems.kept[0].detail, "email is empty", "with what is empty");
	rule("email", "skip");
	rule("sms", "skip");
	rule("username", "report");
	record.value[ATTR_USERNAME] = NULL;
	ok(!check(&record), "it is left out");
	is_int(problems.count[PROBLEM_SKIPPED], 1, "listed once, whatever it lacks");
	is_str(problems.kept[0].detail, "email is empty; record left out", "with the reason");
	is_int(problems.count[PROBLEM_MISSING_VALUE], 0, "and not as an Error too");
	rule("email", NULL);
	rule("sms", NULL);
	rule("username", "optional");
	ok(check(&record) && !problems.count[PROBLEM_MISSING_VALUE],
		"a default that is turned off reports nothing");
	rule("username", NULL);
}

static void test_exclude(void)
{
	struct record record = student();

	rule("birthDate", "exclude");
	rule("stateId", "exclude");
	rule("username", "exclude");
	ok(check(&record), "comes in");
	ok(!record.value[ATTR_BIRTH_DATE] && !record.value[ATTR_STATE_ID] &&
			!record.value[ATTR_USERNAME],
		"without what is excluded");
	is_str(record.value[ATTR_USER_IDS], "local:55", "nor is the id among the userIds");
	is_int(problems.count[PROBLEM_MISSING_VALUE], 0, "what is not taken is not missing");
	record.value[ATTR_STATE_ID] = "55";
	check(&record);
	ok(!record.value[ATTR_USER_IDS], "a list that is empty is none");
	rules_clear(&rules);
}

static void test_mask(void)
{
	struct record record = student(), again;
	const char *hash;

	rule("firstName", "mask initials");
	rule("stateId", "mask hash");
	rule("birthDate", "mask year, skip");
	rule("email", "mask hash");
	ok(check(&record), "comes in");
	is_str(record.value[ATTR_FIRST_NAME], "Ana María", "checked before it is masked");
	requirements_mask(&requirements, key, &record, &arena);
	is_str(record.value[ATTR_FIRST_NAME], "A. M.", "masked");
	is_str(record.value[ATTR_LAST_NAME], "Soto", "another is not");
	is_str(record.value[ATTR_BIRTH_DATE], "2012-01-01", "a date has its year");
	ok(!record.value[ATTR_EMAIL], "what is not there is not made up");
	hash = record.value[ATTR_STATE_ID];
	is_str(record.value[ATTR_USER_IDS],
		arena_printf(&arena, "stateId:%s\x1flocal:55\x1f%s", hash, hash),
		"the id is masked among the userIds, too");
	again = record;
	check(&again);
	requirements_mask(&requirements, key, &again, &arena);
	is_int((long)record_compare(&record, &again, NULL, 0), 0, "twice is once");
	rules_clear(&rules);
}

/* The rules in any order, and among rules of other kinds, do the same. */
static void test_order(void)
{
	static const char *const all[][2] = {{"stateId", "mask hash"},
		{"userIds", "mask fixed"}, {"username", "exclude"}, {"email", "skip"},
		{"lastName", "mask initials, skip"}, {"birthDate", "mask year"},
		{"phone", "report"}};
	enum { RULES = sizeof(all) / sizeof(*all) };
	struct record first, record;
	int64_t counts[PROBLEM_KINDS];
	size_t i, turn;

	for (turn = 0; turn < 2 * RULES; turn++) {
		rules_clear(&rules);
		for (i = 0; i < RULES; i++) {
			size_t at = turn < RULES ? (i + turn) % RULES
						 : (RULES - 1 - i + turn) % RULES;

			rules_add(&rules, RULE_FILTER, ENTITY_STUDENT, all[at][0], "x");
			rule(all[at][0], all[at][1]);
		}
		record = student();
		record.value[ATTR_EMAIL] = "a@b";
		ok(check(&record), "in");
		requirements_mask(&requirements, key, &record, &arena);
		if (!turn) {
			first = record;
			memcpy(counts, problems.count, sizeof(counts));
		}
		is_int((long)record_compare(&first, &record, NULL, 0), 0, "the same record");
		ok(!memcmp(counts, problems.count, sizeof(counts)), "the same problems");
	}
	rules_clear(&rules);
}

static void test_fault(void)
{
	rule("email", "mask year");
	ok(requirements_compile(&requirements, ENTITY_STUDENT, &rules, &err) &&
			err.code == ERR_SETTINGS,
		"a rule that does not fit is refused: %s", err.text);
	rules_clear(&rules);
}

int main(void)
{
	static const uint8_t secret[RECORD_SECRET] = {3};

	problems_init(&problems);
	rules_init(&rules);
	arena_init(&arena);
	key = mask_key_new(secret, sizeof(secret));
	test_defaults();
	test_missing();
	test_exclude();
	test_mask();
	test_order();
	test_fault();
	mask_key_free(key);
	arena_clear(&arena);
	problems_clear(&problems);
	rules_clear(&rules);
	return done_testing();
}
