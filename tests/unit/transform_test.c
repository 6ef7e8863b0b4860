/* Every transformation, with letters of all kinds, with nothing, and with what it is not for.
 */
#include "roster/transform.h"

#include "tap.h"

static struct arena arena;

static void test_values(void)
{
	static const struct {
		const char *name, *arg, *text, *want;
	} cases[] = {
		{"lower", NULL, "Maria@X.ORG", "maria@x.org"},
		{"lower", NULL, "already", "already"},
		{"lower", NULL, "ÄÖÜ İ ΑΒΓ ЖЗ", "äöü i αβγ жз"},
		{"lower", NULL, "李 Ⱥ", "李 ⱥ"},
		{"lower", NULL,
			"A\xff"
			"B",
			"a\xff"
			"b"},
		{"upper", NULL, "tx ß é ɐ", "TX ẞ É Ɐ"},
		{"upper", NULL, "ffi", "FFI"},
		{"trim", NULL, "  a b \t", "a b"},
		{"trim", NULL,
			"\xc2\xa0"
			"a\xe3\x80\x80\xe2\x80\x8b",
			"a"},
		{"trim", NULL, "a", "a"},
		{"trim", NULL, " \xc2\xa0 ", NULL},
		{"before", "@", "maria.x@y", "maria.x"},
		{"before", "@", "maria", "maria"},
		{"before", "@", "@y", NULL},
		{"before", " - ", "North - 12 - 3", "North"},
		{"before", "ä", "Bär", "B"},
		{"after", "@", "maria.x@y", "y"},
		{"after", "@", "a@b@c", "b@c"},
		{"after", "@", "maria", NULL},
		{"after", "@", "maria@", NULL},
		{"date", "DD.MM.YYYY", "29.02.2012", "2012-02-29"},
		{"date", "DD.MM.YYYY", "2012-02-29", "2012-02-29"},
		{"grades", "oneroster", "K", "KG"},
		{"grades", "oneroster", "1", "01"},
		{"grades", "oneroster", "Grade 12", "12"},
		{"grades", "plain", "KG", "K"},
		{"grades", "Plain", "09", "9"},
		{"grades", "plain", "Jahrgang 9", "Jahrgang 9"},
	};
	struct transform_arg arg;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct transform *transform = transform_find(cases[i].name);
		bool unreadable = false;

		arg.text = (char *)cases[i].arg;
		arena_reset(&arena);
		is_str(transform->apply(
			       &arg, cases[i].arg ? 1 : 0, cases[i].text, &arena, &unreadable),
			cases[i].want, "%s of \"%s\"", cases[i].name, cases[i].text);
		ok(!unreadable, "which can be read");
	}
}

static void test_unreadable(void)
{
	struct transform_arg arg = {(char *)"DD.MM.YYYY", NULL};
	bool unreadable = false;

	ok(!transform_find("date")->apply(&arg, 1, "30.02.2012", &arena, &unreadable) &&
			unreadable,
		"no date of the calendar is unreadable");
}

static void test_replace(void)
{
	const struct transform *replace = transform_find("replace");
	struct transform_arg args[] = {{(char *)"M", (char *)"male"},
		{(char *)"É", (char *)"e"}, {(char *)"N/A", (char *)""},
		{(char *)"*", (char *)"other"}};
	bool unreadable = false;

	is_str(replace->apply(args, 4, "M", &arena, &unreadable), "male", "a value replaced");
	is_str(replace->apply(args, 4, "m", &arena, &unreadable), "male", "whatever its case");
	is_str(replace->apply(args, 4, "É", &arena, &unreadable), "e", "of any letters");
	is_str(replace->apply(args, 4, "n/a", &arena, &unreadable), NULL, "by nothing");
	is_str(replace->apply(args, 4, "x", &arena, &unreadable), "other", "* is any other");
	is_str(replace->apply(args, 3, "x", &arena, &unreadable), "x", "without it, it stays");
}

static void test_table(void)
{
	size_t count, i;
	const struct transform *table = transform_table(&count);

	for (i = 0; i < count; i++) {
		ok(transform_find(table[i].name) == &table[i], "%s is found by its name",
			table[i].name);
		ok(*table[i].help && *table[i].example &&
				!*table[i].args == (table[i].form == TRANSFORM_ALONE),
			"and says what it does");
	}
	ok(transform_find("LOWER") == transform_find("lower"), "in capitals, too");
	ok(!transform_find("") && !transform_find("low"), "and nothing else is");
	ok(transform_find("grades")->fault("ceds") && !transform_find("grades")->fault("plain"),
		"there are two tables of grades");
	ok(transform_find("before")->fault("") && transform_find("date")->fault("DD"),
		"what cannot stand in parentheses is known");
}

int main(void)
{
	arena_init(&arena);
	test_values();
	test_unreadable();
	test_replace();
	test_table();
	arena_clear(&arena);
	return done_testing();
}
