/* Data Requirements: what a record lacks, and what becomes of it. */
#include "rules/requirements.h"

#include "tap.h"

static struct rules rules;
static struct requirements requirements;
static struct problems problems;
static struct err err;

static bool check(const struct record *record)
{
	bool in;

	problems_clear(&problems);
	problems_init(&problems);
	requirements_compile(&requirements, record->entity, &rules, &err);
	in = requirements_check(&requirements, record, &problems);
	return in;
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

int main(void)
{
	problems_init(&problems);
	rules_init(&rules);
	test_defaults();
	problems_clear(&problems);
	rules_clear(&rules);
	return done_testing();
}
