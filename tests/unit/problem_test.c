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
	is_int(problem_by_name("skipped_record"), PROBLEM_SKIPPED, "found by its name");
	is_int(problem_by_name("skipped"), PROBLEM_KINDS, "there is none of that name");
}

static void test_attribute(void)
{
	is_str(problem_attribute(ENTITY_STUDENT, "email is empty"), "email",
		"what it is about");
	is_str(problem_attribute(ENTITY_STUDENT, "email"), "email", "nothing behind it");
	is_str(problem_attribute(ENTITY_STUDENT, "e is empty"), NULL, "no attribute");
	is_str(problem_attribute(ENTITY_CLASS, "email is empty"), NULL, "none of a class");
	is_str(problem_attribute(ENTITY_NONE, "users: no total"), NULL, "of no record");
	is_str(problem_attribute(ENTITY_STUDENT, ""), NULL, "of nothing");
}

static void test_kept(void)
{
	struct problems problems;
	int i;

	problems_init(&problems);
	for (i = 0; i < PROBLEMS_KEPT + 150; i++) {
		char id[20];

		snprintf(id, sizeof(id), "é%d", i);
		problems_add(&problems, PROBLEM_DANGLING, ENTITY_CLASS, id, "nr %d", i / 2);
	}
	problems_add(&problems, PROBLEM_TOTAL_WRONG, ENTITY_NONE, NULL, "%s", "");
	is_int(problems.count[PROBLEM_DANGLING], PROBLEMS_KEPT + 150, "all are counted");
	is_int((long long)problems.kept_count, PROBLEMS_KEPT + 1, "the first are kept");
	is_str(problems.kept[99].sis_id, "é99", "with the id");
	is_str(problems.kept[99].detail, "nr 49", "and the detail");
	is_str(problems.kept[100].detail, "nr 50", "each its own");
	is_int(problems.kept[99].entity, ENTITY_CLASS, "and the entity");
	is_int(problems.kept[PROBLEMS_KEPT].problem, PROBLEM_TOTAL_WRONG,
		"another class is not crowded out");
	is_str(problems.kept[PROBLEMS_KEPT].sis_id, "", "no id is \"\"");
	ok(problems.arena.total < 1 << 20, "in less than a MiB: %zu", problems.arena.total);
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
	test_attribute();
	test_kept();
	test_detail_is_clean();
	return done_testing();
}
