/* What was found wrong: all counted, the first of each class kept, in words fit to be shown. */
#include "roster/problem.h"

#include <string.h>

#include "base/text.h"
#include "tap.h"

static void test_names(void)
{
	enum problem p, q;
	int same = 0;

	for (p = 0; p < PROBLEM_KINDS; p++) {
		ok(problem_name(p) && *problem_name(p) && problem_title(p) && *problem_title(p),
			"class %d has a name and a title", p);
		for (q = 0; q < p; q++)
			same += !strcmp(problem_name(p), problem_name(q));
		is_int((long long)strspn(problem_name(p), "abcdefghijklmnopqrstuvwxyz_"),
			(long long)strlen(problem_name(p)), "%s is a word for JSON",
			problem_name(p));
	}
	is_int(same, 0, "no two have the same");
	is_str(problem_name(PROBLEM_DANGLING), "dangling_reference", "a name of the contract");
}

static void test_kept(void)
{
	struct problems problems;
	int i;

	problems_init(&problems);
	for (i = 0; i < 250; i++) {
		char id[20];

		snprintf(id, sizeof(id), "é%d", i);
		problems_add(&problems, PROBLEM_DANGLING, ENTITY_CLASS, id, "nr %d", i);
	}
	problems_add(&problems, PROBLEM_TOTAL_WRONG, ENTITY_NONE, NULL, "%s", "");
	is_int(problems.count[PROBLEM_DANGLING], 250, "all are counted");
	is_int((long long)problems.kept_count, PROBLEMS_KEPT + 1, "the first are kept");
	is_str(problems.kept[99].sis_id, "é99", "with the id");
	is_str(problems.kept[99].detail, "nr 99", "and the detail");
	is_int(problems.kept[99].entity, ENTITY_CLASS, "and the entity");
	is_int(problems.kept[100].problem, PROBLEM_TOTAL_WRONG,
		"another class is not crowded out");
	is_str(problems.kept[100].sis_id, "", "no id is \"\"");
	problems_clear(&problems);
	is_int(problems.count[PROBLEM_DANGLING], 0, "cleared");
	problems_add(&problems, PROBLEM_DANGLING, ENTITY_CLASS, "again", "x");
	is_int((long long)problems.kept_count, 1, "and usable again");
	problems_clear(&problems);
}

/* Details quote the source: what it sent must not spoil a terminal or a JSON document. */
static void test_detail_is_clean(void)
{
	struct problems problems;
	char role[400];
	size_t i;

	for (i = 0; i + 1 < sizeof(role); i++)
		role[i] = "é"[i % 2];
	role[sizeof(role) - 1] = '\0';
	problems_init(&problems);
	problems_add(&problems, PROBLEM_UNKNOWN_ROLE, ENTITY_NONE, "1", "x%s", role);
	problems_add(&problems, PROBLEM_UNKNOWN_ROLE, ENTITY_NONE, "1", "%s", role);
	problems_add(&problems, PROBLEM_UNKNOWN_ROLE, ENTITY_NONE, "1", "a\x1b[2Jb\nc");
	for (i = 0; i < 2; i++)
		ok(text_is_utf8(problems.kept[i].detail, strlen(problems.kept[i].detail)) &&
				strlen(problems.kept[i].detail) > 200,
			"a long detail is cut between characters");
	is_str(problems.kept[2].detail, "a[2Jb c", "no control characters");
	problems_clear(&problems);
}

int main(void)
{
	test_names();
	test_kept();
	test_detail_is_clean();
	return done_testing();
}
