/* The language of mappings: read, written, refused. */
#include "settings/map_text.h"

#include <string.h>

#include "tap.h"

static struct err err;
static struct buf out;

/* A text and the one form in which it is written. */
static void test_forms(void)
{
	static const char *const cases[][2] = {
		{"email", "email"},
		{"  email  ", "email"},
		{"none", "none"},
		{" None ", "none"},
		{"metadata.schoolEmail", "metadata.schoolEmail"},
		{"[metadata.School mail]", "[metadata.School mail]"},
		{"[metadata.plain]", "metadata.plain"},
		{"[metadata.a, (b) | \\]c]", "[metadata.a, (b) | \\]c]"},
		{"metadata.größe", "metadata.größe"},
		{"userIds.stateId", "userIds.stateId"},
		{"'true'", "'true'"},
		{"\"true\"", "'true'"},
		{"\"O'Brien\"", "\"O'Brien\""},
		{"'O\\'Brien'", "\"O'Brien\""},
		{"'\\'\"'", "'\\'\"'"},
		{"'a\\\\b'", "'a\\\\b'"},
		{"'none'", "'none'"},
		{"first(email,metadata.mail , \"none\")",
			"first(email, metadata.mail, 'none')"},
		{"FIRST( email )", "email"},
		{"first", "first"},
		{"email|lower|before(@)", "email | lower | before(@)"},
		{"email | LOWER", "email | lower"},
		{"email | before( @ )", "email | before(@)"},
		{"email | before(' ')", "email | before(' ')"},
		{"email | before(|)", "email | before('|')"},
		{"email | before(')')", "email | before(')')"},
		{"demographics.birthDate | date(DD.MM.YYYY)",
			"demographics.birthDate | date(DD.MM.YYYY)"},
		{"demographics.birthDate | date(MMM D, YYYY)",
			"demographics.birthDate | date('MMM D, YYYY')"},
		{"demographics.sex|replace(M=male,F = female, 'a,b'='c=d', N/A=)",
			"demographics.sex | replace(M=male, F=female, 'a,b'='c=d', N/A=)"},
		{"grades | grades(oneroster)", "grades | grades(oneroster)"},
		{"grades | replace(K=KG, 01=1)", "grades | replace(K=KG, 01=1)"},
	};
	struct map_text map;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *again = cases[i][1];

		buf_reset(&out);
		is_int(map_text_parse(&map, cases[i][0], &err), 0, "%s is read", cases[i][0]);
		map_text_write(&map, &out);
		is_str(out.data, again, "and written in one form");
		map_text_clear(&map);
		buf_reset(&out);
		map_text_parse(&map, again, &err);
		map_text_write(&map, &out);
		is_str(out.data, again, "which is read as the same");
		map_text_clear(&map);
	}
}

static void test_faults(void)
{
	static const char *const cases[][2] = {
		{"", "character 1: a source attribute or a constant"},
		{"|lower", "character 1: a source attribute"},
		{"email |", "character 8: a transformation is missing behind |"},
		{"email | lowr",
			"character 9: there is no transformation \"lowr\". Did you mean "
			"lower? There are lower, upper, trim, before,"},
		{"größe größe", "character 7: a name with blanks"},
		{"email lower", "character 7: put a | before \"lower\""},
		{"a, b", "character 2: several are written as first(one, other)"},
		{"concat(a, b)", "character 7: what is in parentheses is missing its name"},
		{"first(a b)", "character 9: a comma or ) is missing here"},
		{"first(a,", "character 9: a source attribute"},
		{"first()", "character 7: a source attribute"},
		{"'open", "character 1: the quotes are not closed"},
		{"[open", "character 1: the bracket is not closed"},
		{"''", "character 1: there is nothing in it"},
		{"[]", "character 1: there is nothing in it"},
		{"email | before",
			"character 15: in parentheses it needs more, as in \"before(@)\""},
		{"email | before()", "character 16: it needs a text"},
		{"email | before(@", "character 17: ) is missing here"},
		{"email | date(DD.MM)", "character 14: day, month and year must stand in it"},
		{"email | grades(ceds)", "character 16: write oneroster"},
		{"email | replace(M)", "character 18: here pairs are written"},
		{"email | replace(=male)", "character 17: here pairs are written"},
		{"email | lower()", "character 14: what is in parentheses"},
		{"none | lower", "character 6: "},
	};
	struct map_text map;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		is_int(map_text_parse(&map, cases[i][0], &err), -1, "\"%s\" is refused",
			cases[i][0]);
		ok(err.code == ERR_SETTINGS &&
				!strncmp(err.text, cases[i][1], strlen(cases[i][1])),
			"with the place and the reason");
		if (strncmp(err.text, cases[i][1], strlen(cases[i][1])))
			printf("# %s\n", err.text);
		ok(!map.count && !map.step_count && !map.items, "and nothing is left");
	}
}

/* Another source in the place of all, or behind the others; the steps stay. */
static void test_taking(void)
{
	struct map_text map;

	map_text_parse(&map, "first(email, 'x') | lower", &err);
	map_text_take(&map, "metadata.a b", MAP_BEHIND);
	buf_reset(&out);
	map_text_write(&map, &out);
	is_str(out.data, "first(email, 'x', [metadata.a b]) | lower", "behind the others");
	map_text_take(&map, "username", MAP_INSTEAD);
	buf_reset(&out);
	map_text_write(&map, &out);
	is_str(out.data, "username | lower", "instead of all");
	map_text_clear(&map);
}

int main(void)
{
	buf_init(&out);
	test_forms();
	test_faults();
	test_taking();
	buf_clear(&out);
	return done_testing();
}
