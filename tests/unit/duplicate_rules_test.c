/* Duplicates as they are resolved, and the origins of a record as they are read. */
#include "settings/duplicate_rules.h"

#include "sync/origins.h"
#include "tap.h"

static struct err err;

/* All resolutions of students: "a merge b; c skip" */
static const char *now(const struct rules *rules)
{
	static struct buf out;
	const struct rule *rule;
	size_t at = 0;

	buf_clear(&out);
	while ((rule = rules_next(rules, RULE_DUPLICATE, ENTITY_STUDENT, &at)))
		buf_addf(&out, "%s%s %s", out.used ? "; " : "", rule->name, rule->text);
	return out.data;
}

static void set(
	struct rules *rules, enum duplicate_choice choice, const char *id, const char *other)
{
	ok(!duplicate_rules_set(rules, ENTITY_STUDENT, choice, id, other, &err), "%s %s",
		duplicate_word(choice), id);
}

static void test_resolutions(void)
{
	struct rules rules;
	struct buf told;

	rules_init(&rules);
	buf_init(&told);
	set(&rules, DUPLICATE_KEEP, "a", "b");
	set(&rules, DUPLICATE_KEEP, "a", "c");
	is_str(now(&rules), "a keep b; a keep c", "one may be kept beside several");
	set(&rules, DUPLICATE_MERGE, "b", "a");
	is_str(now(&rules), "a keep c; b merge a", "a pair has one resolution, either way");
	set(&rules, DUPLICATE_MERGE, "b", "d");
	is_str(now(&rules), "a keep c; b merge d", "a record becomes part of one");
	set(&rules, DUPLICATE_SKIP, "b", NULL);
	is_str(now(&rules), "a keep c; b skip", "or is left out");
	ok(duplicate_rules_find(&rules, ENTITY_STUDENT, "x", "b") &&
			duplicate_rules_find(&rules, ENTITY_STUDENT, "c", "a"),
		"found from either side");
	ok(!duplicate_rules_find(&rules, ENTITY_STUDENT, "a", "x") &&
			!duplicate_rules_find(&rules, ENTITY_TEACHER, "a", "c"),
		"not of others");
	duplicate_rules_tell(duplicate_rules_find(&rules, ENTITY_STUDENT, "c", "a"), &told);
	is_str(told.data, "a and c both kept", "told");
	ok(duplicate_rules_set(&rules, ENTITY_STUDENT, DUPLICATE_MERGE, "a", "a", &err),
		"not with itself");
	ok(duplicate_rules_set(&rules, ENTITY_STUDENT, DUPLICATE_MERGE, "a", "b\nskip", &err),
		"an id is one line");
	ok(!duplicate_rules_forget(&rules, ENTITY_STUDENT, "a", "b", &err), "taken back");
	is_str(now(&rules), "a keep c", "with what left one of the pair out");
	ok(!duplicate_rules_forget(&rules, ENTITY_STUDENT, "c", NULL, &err), "all that name c");
	is_str(now(&rules), "", "nothing is left");
	ok(duplicate_rules_forget(&rules, ENTITY_STUDENT, "c", NULL, &err), "and once only");
	rules_clear(&rules);
	buf_clear(&told);
}

static void test_origins(void)
{
	static const struct {
		const char *value, *id, *attributes;
	} cases[] = {
		{"B-9", "B-9", ""},
		{"B-9: email, phone", "B-9", "email, phone"},
		{"urn: 9", "urn: 9", ""},
		{"urn: 9: email", "urn: 9", "email"},
		{"a: email, nonsense", "a: email, nonsense", ""},
		{"a: ", "a: ", ""},
	};
	const struct extra other = {"metadata.origin.east", "x"};
	struct origin origin;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct extra extra = {"origin.east", cases[i].value};

		ok(origin_read(&extra, ENTITY_STUDENT, &origin) &&
				!strcmp(origin.app, "east") &&
				origin.id_length == strlen(cases[i].id) &&
				!strncmp(origin.id, cases[i].id, origin.id_length) &&
				!strcmp(origin.attributes, cases[i].attributes),
			"%s", cases[i].value);
	}
	ok(!origin_read(&other, ENTITY_STUDENT, &origin), "another extra is none");
}

int main(void)
{
	test_resolutions();
	test_origins();
	return done_testing();
}
