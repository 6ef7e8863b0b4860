/* What a spreadsheet would take for a formula, and where it is looked for. */
#include "rules/formulas.h"

#include "tap.h"

static struct problems problems;
static struct formulas formulas;

static void test_words(void)
{
	static const char *const are[] = {"=1+1", "=cmd|'/C calc'!A0", "+1+cmd|' /C calc'!A0",
		"-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "\tx", "\rx", "-Mary", "+A1", "=x"};
	static const char *const are_not[] = {"", "=", "-", "+", "@", "\t", "x=1", " =1",
		"+1 (555) 123-4567", "+49 30 123456 x12", "+1-555-0100 ext. 7", "-5", "+5.0",
		"-1,5", "'=1", "O'Brien", "\xe2\x80\x93 x"};
	size_t i;

	for (i = 0; i < sizeof(are) / sizeof(*are); i++)
		ok(formulas_is_one(are[i], strlen(are[i])), "a formula: %s", are[i]);
	for (i = 0; i < sizeof(are_not) / sizeof(*are_not); i++)
		ok(!formulas_is_one(are_not[i], strlen(are_not[i])), "none: %s", are_not[i]);
	ok(!formulas_is_one("=1", 1), "no more of a text than its length is looked at");
}

static void test_record(void)
{
	static const struct extra extra[] = {{"metadata.a", "fine"}, {"metadata.b", "=b"}};
	struct record record;

	record_init(&record, ENTITY_STUDENT, "=id");
	record.value[ATTR_LAST_NAME] = "=cmd()";
	record.value[ATTR_FIRST_NAME] = "Ann";
	record.value[ATTR_PHONE] = "+1 555 0100";
	record.value[ATTR_GRADES] = "09\x1f=10";
	record.value[ATTR_SCHOOL_ID] = "=ref";
	record.value[ATTR_LAST_MODIFIED] = "=now";
	record.extra = extra;
	record.extras = 2;
	formulas_report(&formulas, &record, &problems);
	is_int(problems.count[PROBLEM_FORMULA], 3, "a name, an item of a list, metadata");
	is_str(problems.kept[0].detail, "lastName begins as a formula does",
		"told without the value");
	is_str(problems.kept[1].detail, "gradeLevel begins as a formula does", "as is a list");
	is_str(problems.kept[2].detail, "metadata.b begins as a formula does", "and metadata");
	is_str(problems.kept[0].sis_id, "=id", "with the record's id");
}

int main(void)
{
	problems_init(&problems);
	formulas_init(&formulas);
	test_words();
	test_record();
	problems_clear(&problems);
	return done_testing();
}
