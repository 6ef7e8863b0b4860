/* What may feed an attribute, and what is said about it. */
#include "settings/map_check.h"

#include <string.h>

#include "tap.h"

static struct err err;
static struct buf out;

static const struct attribute *hub(enum entity entity, const char *name)
{
	return schema_by_name(entity, name);
}

static void test_settle(void)
{
	static const struct {
		enum entity entity;
		const char *attribute, *text, *want;
	} cases[] = {
		{ENTITY_STUDENT, "email", "email", ""},
		{ENTITY_STUDENT, "email", " first( email )", ""},
		{ENTITY_STUDENT, "email", "email|lower", "email | lower"},
		{ENTITY_STUDENT, "email", "none", "none"},
		{ENTITY_STUDENT, "studentNumber", "sourcedId", "sourcedId"},
		{ENTITY_STUDENT, "enabled", "'yes'", "'yes'"},
		{ENTITY_STUDENT, "schoolId", "'S-1'", "'S-1'"},
		{ENTITY_STUDENT, "birthDate", "'31.12.2010' | date(DD.MM.YYYY)",
			"'31.12.2010' | date(DD.MM.YYYY)"},
		{ENTITY_CALENDAR, "schoolYear", "'2026-2027'", "'2026-2027'"},
		{ENTITY_SCHOOL, "parentId", "none", "none"},
		{ENTITY_CONTACT, "schoolId", "none", "none"},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		is_int(map_settle(hub(cases[i].entity, cases[i].attribute), cases[i].text, &out,
			       &err),
			0, "%s <- %s", cases[i].attribute, cases[i].text);
		is_str(out.data, cases[i].want, "as it is kept");
	}
}

static void test_refused(void)
{
	static const struct {
		enum entity entity;
		const char *attribute, *text, *why;
	} cases[] = {
		{ENTITY_STUDENT, "email", "emial",
			"student.email: in OneRoster students have no attribute \"emial\". Did you "
			"mean email?"},
		{ENTITY_STUDENT, "email", "true", "a constant stands in quotes: 'true'"},
		{ENTITY_TEACHER, "email", "demographics.sex", "teachers have no attribute"},
		{ENTITY_CLASS, "title", "userIds.x", "classes have no attribute"},
		{ENTITY_STUDENT, "email", "first(email, none)", "no attribute \"none\""},
		{ENTITY_STUDENT, "enabled", "'maybe'", "'maybe' is neither 'true' nor 'false'"},
		{ENTITY_STUDENT, "birthDate", "'2023-02-29'", "is no date"},
		{ENTITY_CALENDAR, "schoolYear", "'soon'", "is no school year"},
		{ENTITY_STUDENT, "schoolId", "none", "so all of them would be deleted"},
		{ENTITY_CLASS, "schoolId", "none", "so all of them would be deleted"},
		{ENTITY_CLASS, "courseId", "none", "it ties classes to their courses"},
		{ENTITY_ENROLLMENT, "classId", "none", "it ties enrollments to their classes"},
		{ENTITY_ENROLLMENT, "userId", "none", "to their people"},
		{ENTITY_STUDENT, "email", "email |", "student.email: character 8"},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		is_int(map_settle(hub(cases[i].entity, cases[i].attribute), cases[i].text, &out,
			       &err),
			-1, "%s <- %s is refused", cases[i].attribute, cases[i].text);
		ok(err.code == ERR_SETTINGS && strstr(err.text, cases[i].why), "%s",
			cases[i].why);
		if (!strstr(err.text, cases[i].why))
			printf("# %s\n", err.text);
	}
}

static const char *warning(enum entity entity, const char *attribute, const char *text)
{
	const char *found = NULL;
	struct map_text map;

	if (!map_text_parse(&map, text, &err))
		found = map_warning(&map, hub(entity, attribute));
	map_text_clear(&map);
	return found;
}

static void test_warnings(void)
{
	ok(!warning(ENTITY_STUDENT, "schoolId", "primaryOrg.sourcedId"), "the default is fine");
	ok(!warning(ENTITY_STUDENT, "email", "metadata.mail"), "a text is anybody's");
	ok(!warning(ENTITY_STUDENT, "middleName", "none"), "so is one that may be missing");
	ok(warning(ENTITY_STUDENT, "lastName", "none") != NULL, "what is required is not");
	ok(warning(ENTITY_STUDENT, "schoolId", "metadata.campus") != NULL,
		"a school decides what comes in");
	ok(warning(ENTITY_CLASS, "courseId", "metadata.course") != NULL,
		"a reference must lead somewhere");
}

int main(void)
{
	buf_init(&out);
	test_settle();
	test_refused();
	test_warnings();
	buf_clear(&out);
	return done_testing();
}
