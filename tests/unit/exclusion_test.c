/* Attributes that never leave. */
#include "roster/exclusion.h"

#include "tap.h"

static struct err err;
static struct arena arena;

static void refuses(const char *text, const char *why)
{
	struct exclusion exclusion;

	exclusion_init(&exclusion);
	err.text[0] = '\0';
	ok(exclusion_parse(&exclusion, text, &err) && strstr(err.text, why), "%s: %s", text,
		err.text);
	exclusion_clear(&exclusion);
}

/* The record without what the text excludes. */
static const struct record *without(
	const char *text, const struct record *record, struct record *copy)
{
	static struct exclusion exclusion;

	exclusion_clear(&exclusion);
	if (exclusion_parse(&exclusion, text, &err))
		ok(false, "%s: %s", text, err.text);
	return exclusion_apply(&exclusion, record, copy, &arena);
}

static void test_attributes(void)
{
	struct record student, contact, copy;
	const struct record *left;

	record_init(&student, ENTITY_STUDENT, "u");
	student.value[ATTR_PHONE] = "1";
	student.value[ATTR_BIRTH_DATE] = "2010-02-28";
	student.value[ATTR_LAST_NAME] = "O";
	record_init(&contact, ENTITY_CONTACT, "c");
	contact.value[ATTR_PHONE] = "2";
	ok(without("", &student, &copy) == &student, "nothing is excluded");
	ok(without("course.grades", &student, &copy) == &student, "another type's attribute");
	left = without(" student.birthDate,phone ", &student, &copy);
	ok(!left->value[ATTR_BIRTH_DATE] && !left->value[ATTR_PHONE], "both are gone");
	is_str(left->value[ATTR_LAST_NAME], "O", "what is not named stays");
	is_str(student.value[ATTR_PHONE], "1", "the record itself is as it was");
	ok(!without("phone", &contact, &copy)->value[ATTR_PHONE], "of every type");
	ok(without("Student.Phone", &contact, &copy)->value[ATTR_PHONE] != NULL,
		"of one type, whatever the case");
}

static void test_state_id(void)
{
	struct record student, copy;

	record_init(&student, ENTITY_STUDENT, "u");
	student.value[ATTR_STATE_ID] = "7";
	student.value[ATTR_USER_IDS] = "LDAP:zo\x1f"
				       "stateId:7\x1f"
				       "x:1";
	is_str(without("stateId", &student, &copy)->value[ATTR_USER_IDS], "LDAP:zo\x1fx:1",
		"a state's id goes from the list of ids as well");
	student.value[ATTR_USER_IDS] = "StateID:7";
	ok(!without("stateId", &student, &copy)->value[ATTR_USER_IDS], "to the last one");
}

static void test_metadata(void)
{
	static const struct extra extras[] = {
		{"metadata.bus", "1"}, {"metadata.lunch", "2"}, {"other", "3"}};
	struct record student, copy;
	const struct record *left;

	record_init(&student, ENTITY_STUDENT, "u");
	student.extra = extras;
	student.extras = 3;
	left = without("metadata.lunch", &student, &copy);
	ok(left->extras == 2 && !strcmp(left->extra[0].name, "metadata.bus"),
		"one by its name");
	left = without("student.metadata.*", &student, &copy);
	ok(left->extras == 1 && !strcmp(left->extra[0].name, "other"), "all of a type");
	is_int((long long)without("teacher.metadata.*", &student, &copy)->extras, 3,
		"not another type's");
}

int main(void)
{
	arena_init(&arena);
	test_attributes();
	test_state_id();
	test_metadata();
	refuses("phon", "did you mean phone?");
	refuses("student.gradeLevels", "did you mean gradeLevel?");
	refuses("school.phone", "no attribute");
	refuses("pupil.phone", "no entity type");
	refuses("lastName", "cannot be left out");
	refuses("student.enabled", "cannot be left out");
	arena_clear(&arena);
	return done_testing();
}
