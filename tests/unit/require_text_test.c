/* The language of Data Requirements: what it means, what it refuses, and back to text. */
#include "settings/require_text.h"

#include "settings/rule.h"
#include "tap.h"

static struct err err;

static const struct {
	enum entity entity;
	const char *name, *text, *means; /* include, missing, mask; and the shortest text */
} good[] = {
	{ENTITY_STUDENT, "email", "", "include optional -: "},
	{ENTITY_STUDENT, "email", "  ", "include optional -: "},
	{ENTITY_STUDENT, "email", "include", "include optional -: "},
	{ENTITY_STUDENT, "email", "report", "include report -: report"},
	{ENTITY_STUDENT, "email", "skip", "include skip -: skip"},
	{ENTITY_STUDENT, "email", "exclude", "exclude optional -: exclude"},
	{ENTITY_STUDENT, "email", "optional", "include optional -: "},
	{ENTITY_STUDENT, "username", "", "include report -: "},
	{ENTITY_STUDENT, "username", "report", "include report -: "},
	{ENTITY_STUDENT, "username", "optional", "include optional -: optional"},
	{ENTITY_STUDENT, "username", "mask hash", "include report hash: mask hash"},
	{ENTITY_STUDENT, "username", "exclude", "exclude optional -: exclude"},
	{ENTITY_STUDENT, "firstName", " Skip ,,MASK\tInitials , include",
		"include skip initials: skip, mask initials"},
	{ENTITY_STUDENT, "firstName", "mask fixed, mask fixed, optional, optional",
		"include optional fixed: optional, mask fixed"},
	{ENTITY_STUDENT, "birthDate", "mask year", "include optional year: mask year"},
	{ENTITY_STUDENT, "userIds", "mask hash", "include optional hash: mask hash"},
	{ENTITY_STUDENT, "gender", "exclude", "exclude optional -: exclude"},
	{ENTITY_STUDENT, "asian", "skip", "include skip -: skip"},
	{ENTITY_STUDENT, "schoolId", "skip", "include skip -: skip"},
	{ENTITY_COURSE, "schoolId", "exclude", "exclude optional -: exclude"},
	{ENTITY_CLASS, "title", "mask initials", "include report initials: mask initials"},
	{ENTITY_CLASS, "courseId", "optional", "include optional -: optional"},
	{ENTITY_SCHOOL, "schoolNumber", "report", "include report -: report"},
	{ENTITY_SCHOOL, "parentId", "exclude", "exclude optional -: exclude"},
	{ENTITY_ENROLLMENT, "schoolId", "exclude", "exclude optional -: exclude"},
	{ENTITY_CALENDAR, "schoolYear", "exclude", "exclude optional -: exclude"},
};

static void test_good(void)
{
	struct requirement requirement, again;
	struct buf text, means;
	size_t i;

	buf_init(&text);
	buf_init(&means);
	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		const struct attribute *attribute =
			schema_by_name(good[i].entity, good[i].name);

		err.text[0] = '\0';
		ok(!require_text_read(attribute, good[i].text, &requirement, &err),
			"%s \"%s\" can be read%s", good[i].name, good[i].text, err.text);
		require_text_write(attribute, &requirement, &text);
		buf_reset(&means);
		buf_addf(&means, "%s %s %s: %s", requirement.include ? "include" : "exclude",
			missing_name(requirement.missing),
			*mask_name(requirement.mask) ? mask_name(requirement.mask) : "-",
			text.data);
		is_str(means.data, good[i].means, "and means that");
		ok(!require_text_read(attribute, text.data, &again, &err) &&
				requirement_same(&again, &requirement),
			"the shortest text means the same");
	}
	buf_clear(&text);
	buf_clear(&means);
}

static const struct {
	enum entity entity;
	const char *name, *text, *says;
} bad[] = {
	{ENTITY_STUDENT, "email", "skp",
		"student.email cannot be \"skp\": did you mean skip. Write include, exclude, "
		"optional, report, skip, or a mask, with commas between them, as in: skip, "
		"mask initials."},
	{ENTITY_STUDENT, "email", "report skip", "cannot be \"skip\""},
	{ENTITY_STUDENT, "email", "report; skip", "cannot be \"report;\": did you mean report"},
	{ENTITY_STUDENT, "email", "mask", "Write mask fixed, mask initials, mask hash or"},
	{ENTITY_STUDENT, "email", "mask blur", "needs to be told a mask that is known."},
	{ENTITY_STUDENT, "email", "mask hash, mask fixed", "has two masks. Write one of them."},
	{ENTITY_STUDENT, "email", "include, exclude",
		"cannot be both \"include\" and \"exclude\". Write one of them."},
	{ENTITY_STUDENT, "email", "report, exclude", "write \"exclude\" or \"report\"."},
	{ENTITY_STUDENT, "email", "exclude, skip", "write \"exclude\" or \"skip\"."},
	{ENTITY_STUDENT, "email", "exclude, mask hash", "or only the mask."},
	{ENTITY_STUDENT, "email", "optional, report", "both \"optional\" and \"report\""},
	{ENTITY_STUDENT, "email", "skip, optional", "both \"optional\" and \"skip\""},
	{ENTITY_STUDENT, "email", "report, skip",
		"is listed as Skipped anyway: write \"skip\""},
	{ENTITY_STUDENT, "email", "mask year",
		"student.email is no date: \"mask year\" does not fit. Write mask fixed, mask "
		"initials or mask hash."},
	{ENTITY_STUDENT, "birthDate", "mask hash", "is a date: only its year can be kept."},
	{ENTITY_STUDENT, "gender", "mask fixed", "cannot be masked. Write exclude to leave it"},
	{ENTITY_STUDENT, "asian", "mask hash", "cannot be masked. Write exclude"},
	{ENTITY_STUDENT, "gradeLevel", "mask hash", "cannot be masked. Write exclude"},
	{ENTITY_STUDENT, "lastModified", "mask hash", "cannot be masked. Write exclude"},
	{ENTITY_STUDENT, "contactIds", "mask hash", "is a reference and cannot be masked."},
	{ENTITY_STUDENT, "schoolId", "exclude",
		"student.schoolId holds the roster together and cannot be left out. Write "
		"report or skip."},
	{ENTITY_CONTACT, "schoolId", "exclude", "holds the roster together"},
	{ENTITY_CLASS, "schoolId", "exclude", "holds the roster together"},
	{ENTITY_CLASS, "courseId", "exclude", "holds the roster together"},
	{ENTITY_ENROLLMENT, "classId", "exclude", "holds the roster together"},
	{ENTITY_ENROLLMENT, "userId", "mask hash", "cannot be masked. Leave it as it is."},
	{ENTITY_SCHOOL, "name", "exclude", "is what a school is known by"},
	{ENTITY_SCHOOL, "name", "mask initials", "cannot be masked"},
	{ENTITY_SCHOOL, "schoolNumber", "skip",
		"school.schoolNumber cannot leave a school out. Which schools come in is said "
		"in Schools Mapping: write report."},
};

static void test_bad(void)
{
	struct requirement requirement = {false, MISSING_SKIPPED, MASK_YEAR};
	struct rule rule = {RULE_REQUIRE, ENTITY_NONE, NULL, NULL};
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		rule.entity = bad[i].entity;
		rule.name = (char *)bad[i].name;
		rule.text = (char *)bad[i].text;
		ok(rule_check(&rule, &err) && err.code == ERR_SETTINGS, "%s \"%s\" is refused",
			bad[i].name, bad[i].text);
		ok(strstr(err.text, bad[i].says), "saying %s: %s", bad[i].says, err.text);
		require_text_read(schema_by_name(bad[i].entity, bad[i].name), bad[i].text,
			&requirement, &err);
	}
	ok(!requirement.include && requirement.mask == MASK_YEAR, "nothing is taken then");
}

/* Words in any order mean the same. */
static void test_order(void)
{
	static const char *const words[] = {"include", "skip", "mask hash"};
	static const int orders[][3] = {
		{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
	const struct attribute *attribute = schema_by_name(ENTITY_TEACHER, "email");
	struct requirement first, other;
	char text[80];
	size_t i;

	for (i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
		snprintf(text, sizeof(text), "%s,%s,%s", words[orders[i][0]],
			words[orders[i][1]], words[orders[i][2]]);
		require_text_read(attribute, text, i ? &other : &first, &err);
		ok(!i || requirement_same(&first, &other), "%s is the same", text);
	}
}

/* Every mask that fits can be written; every other one is refused. */
static void test_fits(void)
{
	size_t count, i, wrong = 0;
	const struct attribute *row = schema_attributes(&count);
	struct requirement requirement;
	enum mask mask;
	char text[40];

	for (i = 0; i < count; i++)
		for (mask = MASK_FIXED; mask < MASK_KINDS; mask++) {
			snprintf(text, sizeof(text), "mask %s", mask_name(mask));
			wrong += requirement_fits(&row[i], mask) !=
				 !require_text_read(&row[i], text, &requirement, &err);
			/* Ids and references are never hidden. */
			wrong += requirement_fits(&row[i], mask) &&
				 (row[i].type == TYPE_REFERENCE ||
					 row[i].type == TYPE_REFERENCES);
		}
	is_int((long)wrong, 0, "what fits is what can be written");
}

int main(void)
{
	test_good();
	test_bad();
	test_order();
	test_fits();
	return done_testing();
}
