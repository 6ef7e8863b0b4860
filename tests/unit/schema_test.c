/* The one table: complete, in order, without a word twice, and fed by the decoder. */
#include "roster/schema.h"

#include <string.h>

#include "source/decode.h"
#include "tap.h"

/* The attributes of every entity type, written a second time, but for sisId, status and
 * metadata. */
static const struct {
	enum entity entity;
	const char *names; /* each between blanks */
} wanted[] = {
	{ENTITY_SCHOOL, " name schoolNumber type parentId lastModified "},
	{ENTITY_STUDENT,
		" username email firstName middleName lastName preferredFirstName "
		"preferredMiddleName preferredLastName pronouns studentNumber stateId userIds "
		"gradeLevel phone sms enabled schoolId otherSchoolIds contactIds birthDate "
		"gender americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
		"nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces "
		"hispanicOrLatinoEthnicity countryOfBirth stateOfBirth cityOfBirth "
		"residenceStatus lastModified "},
	{ENTITY_TEACHER,
		" username email firstName middleName lastName preferredFirstName "
		"preferredMiddleName preferredLastName pronouns staffNumber stateId userIds "
		"staffRole phone sms enabled schoolId otherSchoolIds lastModified "},
	{ENTITY_ADMIN,
		" username email firstName middleName lastName preferredFirstName "
		"preferredMiddleName preferredLastName pronouns staffNumber stateId userIds "
		"staffRole phone sms enabled schoolId otherSchoolIds lastModified "},
	{ENTITY_CONTACT,
		" firstName middleName lastName preferredFirstName preferredMiddleName "
		"preferredLastName email phone sms username relationship studentIds "
		"lastModified "},
	{ENTITY_COURSE, " title courseCode grades subjects subjectCodes schoolId schoolYearId "
			"lastModified "},
	{ENTITY_CLASS,
		" title classCode classType location grades subjects subjectCodes periods "
		"courseId schoolId calendarIds lastModified "},
	{ENTITY_CALENDAR, " title type startDate endDate parentId schoolYear lastModified "},
	{ENTITY_ENROLLMENT,
		" classId userId schoolId role primary beginDate endDate lastModified "},
};

static const struct attribute *row_named(enum entity entity, const char *name, size_t length)
{
	size_t count, i;
	const struct attribute *row = schema_of(entity, &count);

	for (i = 0; i < count; i++)
		if (strlen(row[i].name) == length && !memcmp(row[i].name, name, length))
			return &row[i];
	return NULL;
}

static void test_complete(void)
{
	size_t i;

	for (i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		const char *at = wanted[i].names;
		char missing[200] = "";

		while (*++at) {
			size_t length = strcspn(at, " ");

			if (!row_named(wanted[i].entity, at, length) && !*missing)
				snprintf(missing, sizeof(missing), "%.*s", (int)length, at);
			at += length;
		}
		is_str(missing, "", "%s has every attribute of the product",
			entity_name(wanted[i].entity));
	}
	is_int(i, ENTITY_COUNT, "every entity was looked at");
}

/* Why a row is unfit, or "". */
static const char *fault_of(const struct attribute *row, size_t index)
{
	size_t count, i;
	const struct attribute *all = schema_attributes(&count);
	bool reference = row->type == TYPE_REFERENCE || row->type == TYPE_REFERENCES;

	for (i = 0; i < count; i++)
		if (i != index && all[i].entity == row->entity &&
			(!strcmp(all[i].name, row->name) || all[i].attr == row->attr))
			return "is there twice";
	if (source_attr_by_name(row->source) == SOURCE_ATTRS)
		return "has a source that decode does not know";
	if (reference && row->target == ENTITY_SCHOOL && strstr(row->name, "chool") == NULL &&
		row->attr != ATTR_PARENT_ID)
		return "has lost its target";
	if (row->file && !row->column)
		return "has a file but no column";
	if (schema_attribute(row->entity, row->attr) != row)
		return "is not found by its number";
	return "";
}

static void test_rows(void)
{
	size_t count, i, of = 0;
	const struct attribute *row = schema_attributes(&count);
	enum entity e;

	for (i = 0; i < count; i++)
		is_str(fault_of(&row[i], i), "", "%s.%s is sound", entity_name(row[i].entity),
			row[i].name);
	for (e = 0; e < ENTITY_COUNT; e++) {
		size_t rows;
		const struct attribute *first = schema_of(e, &rows);

		ok(rows && first->entity == e && first[rows - 1].entity == e &&
				first[rows - 1].attr == ATTR_LAST_MODIFIED,
			"%s: rows lie together, lastModified last", entity_name(e));
		of += rows;
	}
	is_int((long long)of, (long long)count, "no row lies apart from its entity");
	ok(!schema_attribute(ENTITY_SCHOOL, ATTR_GRADES), "a school has no grades");
	ok(!schema_attribute(ENTITY_SCHOOL, ATTR_NONE), "nor the attribute that is none");
	schema_of(ENTITY_NONE, &i);
	is_int((long long)i, 0, "no entity, no rows");
}

static void test_personal(void)
{
	static const enum attr personal[] = {ATTR_USERNAME, ATTR_EMAIL, ATTR_FIRST_NAME,
		ATTR_MIDDLE_NAME, ATTR_LAST_NAME, ATTR_PREFERRED_FIRST_NAME,
		ATTR_PREFERRED_MIDDLE_NAME, ATTR_PREFERRED_LAST_NAME, ATTR_PRONOUNS,
		ATTR_NUMBER, ATTR_STATE_ID, ATTR_USER_IDS, ATTR_PHONE, ATTR_SMS};
	size_t i;
	int attr, e;

	for (i = 0; i < sizeof(personal) / sizeof(*personal); i++)
		for (e = ENTITY_STUDENT; e <= ENTITY_CONTACT; e++)
			ok(schema_attribute((enum entity)e, personal[i])->personal,
				"%s.%s is masked in logs", entity_name((enum entity)e),
				schema_attribute((enum entity)e, personal[i])->name);
	for (attr = ATTR_BIRTH_DATE; attr <= ATTR_RESIDENCE_STATUS; attr++)
		ok(schema_attribute(ENTITY_STUDENT, (enum attr)attr)->personal,
			"student.%s is masked in logs",
			schema_attribute(ENTITY_STUDENT, (enum attr)attr)->name);
}

static void test_names(void)
{
	static const struct {
		const char *word;
		enum entity entity;
	} words[] = {{"student", ENTITY_STUDENT}, {"students", ENTITY_STUDENT},
		{"STUDENTS", ENTITY_STUDENT}, {"Classes", ENTITY_CLASS},
		{"class", ENTITY_CLASS}, {"classs", ENTITY_NONE}, {"", ENTITY_NONE},
		{"stu", ENTITY_NONE}, {"étudiant", ENTITY_NONE}, {" student", ENTITY_NONE}};
	size_t i;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		ok(entity_by_name(entity_name(e)) == e && entity_by_name(entity_plural(e)) == e,
			"%s and %s are found", entity_name(e), entity_plural(e));
	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		is_int(entity_by_name(words[i].word), words[i].entity, "the word \"%s\"",
			words[i].word);
	for (e = 0; e < ENTITY_COUNT; e++)
		is_int(entity_is_person(e),
			e == ENTITY_STUDENT || e == ENTITY_TEACHER || e == ENTITY_ADMIN ||
				e == ENTITY_CONTACT,
			"%s: a person or not", entity_name(e));
	is_str(change_name(CHANGE_CREATED), "created", "created");
	is_str(change_name(CHANGE_UPDATED), "updated", "updated");
	is_str(change_name(CHANGE_DELETED), "deleted", "deleted");
	is_str(change_name(CHANGE_NONE), "unchanged", "unchanged");
}

/* The numbers lie in stores out there: these must never fail. */
static void test_numbers(void)
{
	is_int(ENTITY_SCHOOL, 0, "number of school");
	is_int(ENTITY_ENROLLMENT, 8, "number of enrollment");
	is_int(ATTR_NAME, 0, "number of name");
	is_int(ATTR_STATE_ID, 13, "number of stateId");
	is_int(ATTR_LAST_MODIFIED, 57, "number of lastModified");
	ok(ATTR_COUNT <= 255, "an attribute's number fits in the byte of a packed body");
}

int main(void)
{
	test_complete();
	test_rows();
	test_personal();
	test_names();
	test_numbers();
	return done_testing();
}
