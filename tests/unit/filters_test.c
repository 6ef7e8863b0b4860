/* Filter Rules: what each condition makes of each value, and what holds of all rules. */
#include "rules/filters.h"

#include <stdlib.h>
#include <string.h>

#include "rules/ruleset.h"
#include "settings/filter_text.h"
#include "tap.h"

static struct arena arena;
static struct err err;

/* ---- one condition, one value ---- */

static const struct {
	enum entity entity;
	const char *line, *today;
	const char *value; /* of its attribute; | between items; NULL: empty */
	bool in;
} cases[] = {
	/* texts: case, accents and blanks do not count */
	{ENTITY_CLASS, "title contains math", NULL, "Applied  MATH I", true},
	{ENTITY_CLASS, "title contains math", NULL, "Mat h", false},
	{ENTITY_CLASS, "title contains nunez", NULL, "José Núñez", true},
	{ENTITY_CLASS,
		"title contains NU\xcc\x81N\xcc\x83"
		"EZ",
		NULL, "jose nunez", true},
	{ENTITY_CLASS,
		"title contains stra\xc3\x9f"
		"e",
		NULL, "MAIN STRASSE", true},
	{ENTITY_CLASS, "title contains \xe6\x9d\x8e", NULL,
		"\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x8d", true},
	{ENTITY_CLASS, "title contains x", NULL, NULL, false},
	{ENTITY_CLASS, "title does not contain math", NULL, "Art", true},
	{ENTITY_CLASS, "title does not contain math", NULL, "MATH", false},
	{ENTITY_CLASS, "title does not contain math", NULL, NULL, true},
	{ENTITY_CLASS, "title equals algebra i", NULL, " Algebra \t I ", true},
	{ENTITY_CLASS, "title equals algebra", NULL, "Algebra I", false},
	{ENTITY_CLASS, "title equals algebra", NULL, NULL, false},
	{ENTITY_CLASS, "title does not equal algebra", NULL, "Algebra I", true},
	{ENTITY_CLASS, "title does not equal algebra", NULL, "ALGEBRA", false},
	{ENTITY_CLASS, "title does not equal algebra", NULL, NULL, true},
	{ENTITY_CLASS, "title starts with \"AP \"", NULL, "ap   Biology", true},
	{ENTITY_CLASS, "title starts with \"AP \"", NULL, "Apple pie", false},
	{ENTITY_CLASS, "title starts with AP", NULL, "Apple pie", true},
	{ENTITY_CLASS, "title starts with AP", NULL, "An AP class", false},
	{ENTITY_CLASS, "title starts with AP", NULL, NULL, false},
	{ENTITY_CLASS, "title contains \" ap \"", NULL, "An AP class", true},
	{ENTITY_CLASS, "title contains \" ap \"", NULL, "An APclass", false},
	{ENTITY_CLASS, "title is one of b, \"a, c\", D", NULL, "A, C", true},
	{ENTITY_CLASS, "title is one of b, \"a, c\", D", NULL, "d", true},
	{ENTITY_CLASS, "title is one of b, \"a, c\", D", NULL, "a", false},
	{ENTITY_CLASS, "title is one of b", NULL, NULL, false},
	{ENTITY_CLASS, "title is empty", NULL, NULL, true},
	{ENTITY_CLASS, "title is empty", NULL, "x", false},
	{ENTITY_CLASS, "title is not empty", NULL, NULL, false},
	{ENTITY_CLASS, "title is not empty", NULL, "x", true},
	{ENTITY_CLASS, "classType equals Scheduled", NULL, "scheduled", true},
	/* lists: one item is enough, for "does not" none may be */
	{ENTITY_STUDENT, "gradeLevel is one of 9, 10, 11, 12", NULL, "09|9", true},
	{ENTITY_STUDENT, "gradeLevel is one of 9, 10, 11, 12", NULL, "8|KG", false},
	{ENTITY_STUDENT, "gradeLevel is one of 9", NULL, NULL, false},
	{ENTITY_STUDENT, "gradeLevel equals kg", NULL, "8|KG", true},
	{ENTITY_STUDENT, "gradeLevel does not equal KG", NULL, "8|KG", false},
	{ENTITY_STUDENT, "gradeLevel does not equal KG", NULL, "8|9", true},
	{ENTITY_STUDENT, "gradeLevel does not contain 1", NULL, "8|10", false},
	{ENTITY_STUDENT, "gradeLevel starts with 1", NULL, "8|10", true},
	{ENTITY_STUDENT, "gradeLevel is empty", NULL, "8", false},
	/* ids: exactly */
	{ENTITY_CLASS, "schoolId equals S-1", NULL, "S-1", true},
	{ENTITY_CLASS, "schoolId equals s-1", NULL, "S-1", false},
	{ENTITY_CLASS, "schoolId is one of S-2, S-1", NULL, "S-1", true},
	{ENTITY_CLASS, "calendarIds equals T2", NULL, "T1|T2", true},
	{ENTITY_CLASS, "calendarIds does not equal T2", NULL, "T1|T2", false},
	{ENTITY_CLASS, "calendarIds does not equal t2", NULL, "T1|T2", true},
	{ENTITY_CLASS, "sisId starts with id", NULL, NULL, true},
	{ENTITY_CLASS, "sisId starts with ID", NULL, NULL, false},
	/* booleans */
	{ENTITY_STUDENT, "enabled is true", NULL, "true", true},
	{ENTITY_STUDENT, "enabled is true", NULL, "false", false},
	{ENTITY_STUDENT, "enabled is true", NULL, NULL, false},
	{ENTITY_STUDENT, "enabled is false", NULL, "false", true},
	{ENTITY_STUDENT, "enabled is false", NULL, "true", false},
	{ENTITY_STUDENT, "enabled is false", NULL, NULL, false},
	{ENTITY_STUDENT, "enabled is empty", NULL, NULL, true},
	/* dates */
	{ENTITY_CALENDAR, "endDate before 2026-08-01", NULL, "2026-07-31", true},
	{ENTITY_CALENDAR, "endDate before 2026-08-01", NULL, "2026-08-01", false},
	{ENTITY_CALENDAR, "endDate before 2026-08-01", NULL, NULL, false},
	{ENTITY_CALENDAR, "endDate before 1000-01-01", NULL, "1000-01-01", false},
	{ENTITY_CALENDAR, "endDate after 2026-08-01", NULL, "2026-08-02", true},
	{ENTITY_CALENDAR, "endDate after 2026-08-01", NULL, "2026-08-01", false},
	{ENTITY_CALENDAR, "endDate after 9999-12-31", NULL, "9999-12-31", false},
	{ENTITY_CALENDAR, "endDate after 9999-12-30", NULL, "9999-12-31", true},
	{ENTITY_CALENDAR, "endDate equals 2/29/2024", NULL, "2024-02-29", true},
	{ENTITY_CALENDAR, "endDate equals 2024-02-29", NULL, "2024-03-01", false},
	{ENTITY_CALENDAR, "endDate is past", "2026-11-23", "2026-11-22", true},
	{ENTITY_CALENDAR, "endDate is past", "2026-11-23", "2026-11-23", false},
	{ENTITY_CALENDAR, "endDate is past", "2026-11-23", NULL, false},
	{ENTITY_CALENDAR, "endDate is future", "2026-11-23", "2026-11-24", true},
	{ENTITY_CALENDAR, "endDate is future", "2026-11-23", "2026-11-23", false},
	{ENTITY_CALENDAR, "endDate is future", "2026-11-23", NULL, false},
	{ENTITY_CALENDAR, "endDate within the last 1 day", "2026-11-23", "2026-11-23", true},
	{ENTITY_CALENDAR, "endDate within the last 1 day", "2026-11-23", "2026-11-22", true},
	{ENTITY_CALENDAR, "endDate within the last 1 day", "2026-11-23", "2026-11-21", false},
	{ENTITY_CALENDAR, "endDate within the last 1 day", "2026-11-23", "2026-11-24", false},
	{ENTITY_CALENDAR, "endDate within the next 7", "2026-12-28", "2027-01-04", true},
	{ENTITY_CALENDAR, "endDate within the next 7", "2026-12-28", "2027-01-05", false},
	{ENTITY_CALENDAR, "endDate within the next 7", "2026-12-28", "2026-12-27", false},
	{ENTITY_CALENDAR, "endDate within the next 7", "2026-12-28", NULL, false},
	/* over leap days: 2024 has one, 2023, 2100 have not */
	{ENTITY_CALENDAR, "endDate within the last 1 day", "2024-03-01", "2024-02-29", true},
	{ENTITY_CALENDAR, "endDate within the last 1 day", "2023-03-01", "2023-02-28", true},
	{ENTITY_CALENDAR, "endDate within the last 366 days", "2024-12-31", "2023-12-31", true},
	{ENTITY_CALENDAR, "endDate within the last 365 days", "2024-12-31", "2023-12-31",
		false},
	{ENTITY_CALENDAR, "endDate within the next 1 day", "2024-02-28", "2024-03-01", false},
	{ENTITY_CALENDAR, "endDate within the next 1 day", "2100-02-28", "2100-03-01", true},
	{ENTITY_CALENDAR, "endDate within the next 36500 days", "2026-11-23", "2126-10-30",
		true},
	{ENTITY_CALENDAR, "endDate within the next 36500 days", "2026-11-23", "2126-10-31",
		false},
	{ENTITY_CALENDAR, "lastModified equals 2026-08-01", NULL, "2026-08-01T23:59:59.999Z",
		true},
	{ENTITY_CALENDAR, "lastModified after 2026-08-01", NULL, "2026-08-01T23:59:59Z", false},
	{ENTITY_CALENDAR, "lastModified after 2026-08-01", NULL, "soon", false},
	/* what lies outside the schema is what the condition takes it for */
	{ENTITY_TEACHER, "metadata.x equals red", NULL, "Red", true},
	{ENTITY_TEACHER, "metadata.x equals red", NULL, NULL, false},
	{ENTITY_TEACHER, "metadata.x equals red", NULL, "blue|red", true},
	{ENTITY_TEACHER, "metadata.x is past", "2026-11-23", "11/22/2026", true},
	{ENTITY_TEACHER, "metadata.x is past", "2026-11-23", "never", false},
	{ENTITY_TEACHER, "metadata.x is true", NULL, "YES", true},
	{ENTITY_TEACHER, "metadata.x is true", NULL, "maybe", false},
	{ENTITY_TEACHER, "metadata.x is false", NULL, "0", true},
	{ENTITY_TEACHER, "metadata.x is empty", NULL, NULL, true},
	{ENTITY_TEACHER, "metadata.x is empty", NULL, "", true},
	{ENTITY_TEACHER, "metadata.xy is empty", NULL, "x", true},
};

static char *unbar(const char *value)
{
	char *out = arena_strdup(&arena, value), *c;

	for (c = out; c && *c; c++)
		*c = *c == '|' ? RECORD_LIST : *c;
	return out;
}

static void check_case(size_t i)
{
	static struct extra extra;
	char attribute[40];
	const struct attribute *row;
	struct record record;
	struct filters filters;
	struct rules rules;

	rules_init(&rules);
	rules_add(&rules, RULE_FILTER, cases[i].entity, "it", cases[i].line);
	if (filters_compile(&filters, cases[i].entity, &rules,
		    cases[i].today ? cases[i].today : "2026-11-23", &err))
		ok(false, "%s: %s", cases[i].line, err.text);
	record_init(&record, cases[i].entity, "id 1");
	sscanf(cases[i].line, "%39s", attribute);
	row = schema_by_name(cases[i].entity, attribute);
	if (row) {
		record.value[row->attr] = unbar(cases[i].value);
	} else if (cases[i].value) {
		extra = (struct extra){"metadata.x", unbar(cases[i].value)};
		record.extra = &extra;
		record.extras = 1;
	}
	ok(filters_allow(&filters, &record, &arena) == cases[i].in, "%s: \"%s\" is %s",
		cases[i].line, cases[i].value ? cases[i].value : "",
		cases[i].in ? "in" : "out");
	filters_clear(&filters);
	rules_clear(&rules);
}

/* ---- rules ---- */

static struct record student(const char *id, const char *grade, const char *email)
{
	struct record record;

	record_init(&record, ENTITY_STUDENT, id);
	record.value[ATTR_GRADES] = grade;
	record.value[ATTR_EMAIL] = email;
	return record;
}

static void test_rules(void)
{
	struct record nobody = student("a", NULL, NULL), nine = student("b", "9", NULL);
	struct record both = student("c", "9", "x@y");
	struct filters filters;
	struct rules rules;

	rules_init(&rules);
	filters_compile(&filters, ENTITY_STUDENT, &rules, "2026-11-23", &err);
	ok(filters_allow(&filters, &nobody, &arena), "without a rule everybody comes in");
	is_str(filters_reason(&filters, &nobody, &arena), "no filter rule: all come in",
		"and that is said");
	filters_clear(&filters);
	rules_add(&rules, RULE_FILTER, ENTITY_TEACHER, "not it", "email is empty");
	rules_add(&rules, RULE_FILTER, ENTITY_STUDENT, "High",
		"gradeLevel equals 9\nemail is "
		"not empty");
	filters_compile(&filters, ENTITY_STUDENT, &rules, "2026-11-23", &err);
	ok(!filters_allow(&filters, &nine, &arena), "all conditions of a rule must hold");
	ok(filters_allow(&filters, &both, &arena), "they do");
	is_str(filters_reason(&filters, &nine, &arena), "\"High\": not so: email is not empty",
		"the reason is the condition that does not");
	filters_clear(&filters);
	rules_add(&rules, RULE_FILTER, ENTITY_STUDENT, "None", "gradeLevel is empty");
	filters_compile(&filters, ENTITY_STUDENT, &rules, "2026-11-23", &err);
	ok(filters_allow(&filters, &nobody, &arena), "of several rules one is enough");
	is_str(filters_reason(&filters, &nobody, &arena), "let in by \"None\"",
		"which is said");
	is_str(filters_reason(&filters, &nine, &arena),
		"\"High\": not so: email is not empty; \"None\": not so: gradeLevel is empty",
		"of one who is out, why no rule lets them in");
	filters_clear(&filters);
	rules_add(&rules, RULE_FILTER, ENTITY_STUDENT, "Bad", "grade equals 1");
	is_int(filters_compile(&filters, ENTITY_STUDENT, &rules, "2026-11-23", &err), -1,
		"a rule that cannot be read is an error");
	ok(strstr(err.text, "Filter \"Bad\": A student has no attribute \"grade\"") != NULL,
		"that names it: %s", err.text);
	filters_clear(&filters);
	rules_clear(&rules);
}

/* Filters see all values and come first: what they leave out is not reported. */
static void test_place(void)
{
	struct record record = student("a", "8", NULL);
	struct problems problems;
	struct settings settings;
	static const uint8_t secret[RECORD_SECRET];
	struct ruleset *ruleset;
	struct app *app;

	problems_init(&problems);
	settings_init(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err);
	rules_add(&app->rules, RULE_FILTER, ENTITY_STUDENT, "x", "gradeLevel equals 9");
	rules_add(&app->rules, RULE_REQUIRE, ENTITY_STUDENT, "gradeLevel", "exclude");
	ruleset = ruleset_new(app, "2026-11-23", secret, &err);
	if (!ruleset)
		ok(false, "%s", err.text);
	ok(ruleset_judge(ruleset, &record, &arena, &problems) == FATE_FILTERED, "left out");
	is_int(problems.count[PROBLEM_MISSING_VALUE], 0, "what it lacks is of no interest");
	record.value[ATTR_GRADES] = "9";
	ok(ruleset_judge(ruleset, &record, &arena, &problems) == FATE_IN,
		"an attribute that is not taken can be judged by");
	ok(problems.count[PROBLEM_MISSING_VALUE] > 0, "who comes in is reported");
	ok(!record.value[ATTR_GRADES], "and the attribute is not taken");
	ruleset_free(ruleset);
	settings_clear(&settings);
	problems_clear(&problems);
}

/* ---- properties ---- */

enum { PEOPLE = 200, RULES = 6, ROUNDS = 60 };

static unsigned long long seed = 1;

static unsigned pick(unsigned below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % below;
}

static const char *some(const char *const *of, unsigned count)
{
	unsigned i = pick(count + 1);

	return i < count ? of[i] : NULL;
}

static void make_people(struct record *people)
{
	static const char eight_and_nine[] = {'8', RECORD_LIST, '9', '\0'};
	static const char *const grades[] = {"9", "10", eight_and_nine, "KG"};
	static const char *const emails[] = {"a@x.org", "Zoë@x.org", "b@y.org"};
	static const char *const truths[] = {"true", "false"};
	static const char *const births[] = {"2010-02-28", "2012-02-29", "2012-03-01"};
	int i;

	for (i = 0; i < PEOPLE; i++) {
		people[i] = student(
			arena_printf(&arena, "s%d", i), some(grades, 4), some(emails, 3));
		people[i].value[ATTR_ENABLED] = some(truths, 2);
		people[i].value[ATTR_BIRTH_DATE] = some(births, 3);
	}
}

static char *make_rule(void)
{
	static const char *const lines[] = {"gradeLevel is one of 9, 10", "enabled is true",
		"email is not empty", "email contains zoe", "email does not contain y.org",
		"birthDate before 2012-02-29", "birthDate is empty",
		"gradeLevel does not equal 9", "birthDate within the last 6000 days",
		"sisId starts with s1"};
	unsigned first = pick(10), second = pick(10);

	return arena_printf(&arena, "%s\n%s", lines[first], lines[second]);
}

static char *swapped(const char *rule)
{
	const char *end = strchr(rule, '\n');

	return arena_printf(&arena, "%s\n%.*s", end + 1, (int)(end - rule), rule);
}

/* Who is in under the rules; returns how many. */
static int judge(const struct rules *rules, const struct record *people, bool *in)
{
	struct filters filters;
	int i, count = 0;

	filters_compile(&filters, ENTITY_STUDENT, rules, "2026-11-23", &err);
	for (i = 0; i < PEOPLE; i++) {
		in[i] = filters_allow(&filters, &people[i], &arena);
		if (strncmp(filters_reason(&filters, &people[i], &arena), "\"", 1) != 0 &&
			!in[i])
			return -1;
		count += in[i];
	}
	filters_clear(&filters);
	return count;
}

static void test_properties(void)
{
	static struct record people[PEOPLE];
	bool before[PEOPLE], after[PEOPLE];
	int round, i, r, removed = 0, other = 0, added = 0;

	make_people(people);
	for (round = 0; round < ROUNDS; round++) {
		const char *texts[RULES];
		struct rules rules, turned;

		rules_init(&rules);
		rules_init(&turned);
		for (r = 0; r < RULES; r++) {
			texts[r] = make_rule();
			rules_add(&rules, RULE_FILTER, ENTITY_STUDENT, "r", texts[r]);
			judge(&rules, people, after);
			for (i = 0; r && i < PEOPLE; i++) {
				removed += before[i] && !after[i];
				added += !before[i] && after[i];
			}
			memcpy(before, after, sizeof(before));
		}
		for (r = RULES - 1; r >= 0; r--)
			rules_add(&turned, RULE_FILTER, ENTITY_STUDENT, "r",
				pick(2) ? swapped(texts[r]) : texts[r]);
		judge(&turned, people, after);
		for (i = 0; i < PEOPLE; i++)
			other += before[i] != after[i];
		rules_clear(&rules);
		rules_clear(&turned);
	}
	is_int(removed, 0, "one more rule never takes anybody out");
	ok(added > 1000, "but lets some in: %d", added);
	is_int(other, 0, "the order of rules and of conditions does not matter");
}

int main(void)
{
	size_t i;

	arena_init(&arena);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_case(i);
	test_rules();
	test_place();
	test_properties();
	arena_clear(&arena);
	return done_testing();
}
