#include "roster/schema.h"

#include <pthread.h>
#include <string.h>
#include <strings.h>
static const struct {
	const char *name;
	const char *plural;
} entities[ENTITY_COUNT] = {
	[ENTITY_SCHOOL] = {"school", "schools"},
	[ENTITY_CALENDAR] = {"calendar", "calendars"},
	[ENTITY_STUDENT] = {"student", "students"},
	[ENTITY_TEACHER] = {"teacher", "teachers"},
	[ENTITY_ADMIN] = {"admin", "admins"},
	[ENTITY_CONTACT] = {"contact", "contacts"},
	[ENTITY_COURSE] = {"course", "courses"},
	[ENTITY_CLASS] = {"class", "classes"},
	[ENTITY_ENROLLMENT] = {"enrollment", "enrollments"},
};

static const char *const changes[] = {"created", "updated", "deleted", "unchanged"};

/* The formatter cannot lay out rows inside macros. */
/* clang-format off */

/* What every person has: a login, names, ids. */
#define LOGIN(entity, needed) \
	{entity, ATTR_USERNAME, TYPE_TEXT, "username", "username", .required = needed, \
		.personal = true, .column = "username"}, \
	{entity, ATTR_EMAIL, TYPE_TEXT, "email", "email", .personal = true, .column = "email"}

#define NAMES(entity) \
	{entity, ATTR_FIRST_NAME, TYPE_TEXT, "firstName", "givenName", .required = true, \
		.personal = true, .column = "givenName"}, \
	{entity, ATTR_MIDDLE_NAME, TYPE_TEXT, "middleName", "middleName", .personal = true, \
		.column = "middleName"}, \
	{entity, ATTR_LAST_NAME, TYPE_TEXT, "lastName", "familyName", .required = true, \
		.personal = true, .column = "familyName"}, \
	{entity, ATTR_PREFERRED_FIRST_NAME, TYPE_TEXT, "preferredFirstName", \
		"preferredFirstName", .personal = true}, \
	{entity, ATTR_PREFERRED_MIDDLE_NAME, TYPE_TEXT, "preferredMiddleName", \
		"preferredMiddleName", .personal = true}, \
	{entity, ATTR_PREFERRED_LAST_NAME, TYPE_TEXT, "preferredLastName", \
		"preferredLastName", .personal = true}, \
	{entity, ATTR_PRONOUNS, TYPE_TEXT, "pronouns", "pronouns", .personal = true}

#define IDS(entity, number) \
	{entity, ATTR_NUMBER, TYPE_TEXT, number, "identifier", .personal = true, \
		.column = "identifier"}, \
	{entity, ATTR_STATE_ID, TYPE_TEXT, "stateId", "userIds.stateId", .personal = true}, \
	{entity, ATTR_USER_IDS, TYPE_LIST, "userIds", "userIds", .personal = true, \
		.column = "userIds"}

#define REACH(entity) \
	{entity, ATTR_PHONE, TYPE_TEXT, "phone", "phone", .personal = true, .column = "phone"}, \
	{entity, ATTR_SMS, TYPE_TEXT, "sms", "sms", .personal = true, .column = "sms"}, \
	{entity, ATTR_ENABLED, TYPE_BOOL, "enabled", "enabledUser", .column = "enabledUser"}

#define SCHOOLS(entity, needed) \
	{entity, ATTR_SCHOOL_ID, TYPE_REFERENCE, "schoolId", "primaryOrg.sourcedId", \
		.required = needed, .target = ENTITY_SCHOOL, .column = "orgSourcedIds"}, \
	{entity, ATTR_OTHER_SCHOOL_IDS, TYPE_REFERENCES, "otherSchoolIds", "orgs", \
		.target = ENTITY_SCHOOL, .column = "orgSourcedIds"}

#define LAST_MODIFIED(entity) \
	{entity, ATTR_LAST_MODIFIED, TYPE_TEXT, "lastModified", "dateLastModified"}

/* Demographics: a file of their own, of students only. */
#define DEMOGRAPHIC(attr, type, name, column_name) \
	{ENTITY_STUDENT, attr, type, name, "demographics." column_name, .personal = true, \
		.column = column_name, .file = "demographics"}

static const struct attribute attributes[] = {
	{ENTITY_SCHOOL, ATTR_NAME, TYPE_TEXT, "name", "name", .required = true,
		.column = "name"},
	{ENTITY_SCHOOL, ATTR_NUMBER, TYPE_TEXT, "schoolNumber", "identifier",
		.column = "identifier"},
	{ENTITY_SCHOOL, ATTR_TYPE, TYPE_ENUM, "type", "type", .required = true,
		.column = "type"},
	{ENTITY_SCHOOL, ATTR_PARENT_ID, TYPE_REFERENCE, "parentId", "parent.sourcedId",
		.target = ENTITY_SCHOOL, .column = "parentSourcedId"},
	LAST_MODIFIED(ENTITY_SCHOOL),

	{ENTITY_CALENDAR, ATTR_TITLE, TYPE_TEXT, "title", "title", .required = true,
		.column = "title"},
	{ENTITY_CALENDAR, ATTR_TYPE, TYPE_ENUM, "type", "type", .required = true,
		.column = "type"},
	{ENTITY_CALENDAR, ATTR_START_DATE, TYPE_DATE, "startDate", "startDate",
		.required = true, .column = "startDate"},
	{ENTITY_CALENDAR, ATTR_END_DATE, TYPE_DATE, "endDate", "endDate", .required = true,
		.column = "endDate"},
	{ENTITY_CALENDAR, ATTR_PARENT_ID, TYPE_REFERENCE, "parentId", "parent.sourcedId",
		.target = ENTITY_CALENDAR, .column = "parentSourcedId"},
	{ENTITY_CALENDAR, ATTR_SCHOOL_YEAR, TYPE_TEXT, "schoolYear", "schoolYear",
		.column = "schoolYear"},
	LAST_MODIFIED(ENTITY_CALENDAR),

	LOGIN(ENTITY_STUDENT, true),
	NAMES(ENTITY_STUDENT),
	IDS(ENTITY_STUDENT, "studentNumber"),
	{ENTITY_STUDENT, ATTR_GRADES, TYPE_LIST, "gradeLevel", "grades", .column = "grades"},
	REACH(ENTITY_STUDENT),
	SCHOOLS(ENTITY_STUDENT, true),
	{ENTITY_STUDENT, ATTR_CONTACT_IDS, TYPE_REFERENCES, "contactIds", "agents",
		.target = ENTITY_CONTACT, .column = "agentSourcedIds"},
	DEMOGRAPHIC(ATTR_BIRTH_DATE, TYPE_DATE, "birthDate", "birthDate"),
	DEMOGRAPHIC(ATTR_GENDER, TYPE_ENUM, "gender", "sex"),
	DEMOGRAPHIC(ATTR_AMERICAN_INDIAN, TYPE_BOOL, "americanIndianOrAlaskaNative",
		"americanIndianOrAlaskaNative"),
	DEMOGRAPHIC(ATTR_ASIAN, TYPE_BOOL, "asian", "asian"),
	DEMOGRAPHIC(ATTR_BLACK, TYPE_BOOL, "blackOrAfricanAmerican", "blackOrAfricanAmerican"),
	DEMOGRAPHIC(ATTR_PACIFIC_ISLANDER, TYPE_BOOL, "nativeHawaiianOrOtherPacificIslander",
		"nativeHawaiianOrOtherPacificIslander"),
	DEMOGRAPHIC(ATTR_WHITE, TYPE_BOOL, "white", "white"),
	DEMOGRAPHIC(ATTR_TWO_OR_MORE_RACES, TYPE_BOOL, "demographicRaceTwoOrMoreRaces",
		"demographicRaceTwoOrMoreRaces"),
	DEMOGRAPHIC(ATTR_HISPANIC, TYPE_BOOL, "hispanicOrLatinoEthnicity",
		"hispanicOrLatinoEthnicity"),
	DEMOGRAPHIC(ATTR_COUNTRY_OF_BIRTH, TYPE_TEXT, "countryOfBirth", "countryOfBirthCode"),
	DEMOGRAPHIC(ATTR_STATE_OF_BIRTH, TYPE_TEXT, "stateOfBirth", "stateOfBirthAbbreviation"),
	DEMOGRAPHIC(ATTR_CITY_OF_BIRTH, TYPE_TEXT, "cityOfBirth", "cityOfBirth"),
	DEMOGRAPHIC(ATTR_RESIDENCE_STATUS, TYPE_TEXT, "residenceStatus",
		"publicSchoolResidenceStatus"),
	LAST_MODIFIED(ENTITY_STUDENT),

	LOGIN(ENTITY_TEACHER, true),
	NAMES(ENTITY_TEACHER),
	IDS(ENTITY_TEACHER, "staffNumber"),
	{ENTITY_TEACHER, ATTR_STAFF_ROLE, TYPE_ENUM, "staffRole", "role", .column = "role"},
	REACH(ENTITY_TEACHER),
	SCHOOLS(ENTITY_TEACHER, true),
	LAST_MODIFIED(ENTITY_TEACHER),

	LOGIN(ENTITY_ADMIN, true),
	NAMES(ENTITY_ADMIN),
	IDS(ENTITY_ADMIN, "staffNumber"),
	{ENTITY_ADMIN, ATTR_STAFF_ROLE, TYPE_ENUM, "staffRole", "role", .column = "role"},
	REACH(ENTITY_ADMIN),
	SCHOOLS(ENTITY_ADMIN, true),
	LAST_MODIFIED(ENTITY_ADMIN),

	LOGIN(ENTITY_CONTACT, false),
	NAMES(ENTITY_CONTACT),
	IDS(ENTITY_CONTACT, "contactNumber"),
	{ENTITY_CONTACT, ATTR_RELATIONSHIP, TYPE_ENUM, "relationship", "role",
		.column = "role"},
	REACH(ENTITY_CONTACT),
	SCHOOLS(ENTITY_CONTACT, false),
	{ENTITY_CONTACT, ATTR_STUDENT_IDS, TYPE_REFERENCES, "studentIds", "agents",
		.target = ENTITY_STUDENT, .column = "agentSourcedIds"},
	LAST_MODIFIED(ENTITY_CONTACT),

	{ENTITY_COURSE, ATTR_TITLE, TYPE_TEXT, "title", "title", .required = true,
		.column = "title"},
	{ENTITY_COURSE, ATTR_COURSE_CODE, TYPE_TEXT, "courseCode", "courseCode",
		.column = "courseCode"},
	{ENTITY_COURSE, ATTR_GRADES, TYPE_LIST, "grades", "grades", .column = "grades"},
	{ENTITY_COURSE, ATTR_SUBJECTS, TYPE_LIST, "subjects", "subjects", .column = "subjects"},
	{ENTITY_COURSE, ATTR_SUBJECT_CODES, TYPE_LIST, "subjectCodes", "subjectCodes",
		.column = "subjectCodes"},
	{ENTITY_COURSE, ATTR_SCHOOL_ID, TYPE_REFERENCE, "schoolId", "org.sourcedId",
		.target = ENTITY_SCHOOL, .column = "orgSourcedId"},
	{ENTITY_COURSE, ATTR_SCHOOL_YEAR_ID, TYPE_REFERENCE, "schoolYearId",
		"schoolYear.sourcedId", .target = ENTITY_CALENDAR,
		.column = "schoolYearSourcedId"},
	LAST_MODIFIED(ENTITY_COURSE),

	{ENTITY_CLASS, ATTR_TITLE, TYPE_TEXT, "title", "title", .required = true,
		.column = "title"},
	{ENTITY_CLASS, ATTR_CLASS_CODE, TYPE_TEXT, "classCode", "classCode",
		.column = "classCode"},
	{ENTITY_CLASS, ATTR_CLASS_TYPE, TYPE_ENUM, "classType", "classType",
		.column = "classType"},
	{ENTITY_CLASS, ATTR_LOCATION, TYPE_TEXT, "location", "location", .column = "location"},
	{ENTITY_CLASS, ATTR_GRADES, TYPE_LIST, "grades", "grades", .column = "grades"},
	{ENTITY_CLASS, ATTR_SUBJECTS, TYPE_LIST, "subjects", "subjects", .column = "subjects"},
	{ENTITY_CLASS, ATTR_SUBJECT_CODES, TYPE_LIST, "subjectCodes", "subjectCodes",
		.column = "subjectCodes"},
	{ENTITY_CLASS, ATTR_PERIODS, TYPE_LIST, "periods", "periods", .column = "periods"},
	{ENTITY_CLASS, ATTR_COURSE_ID, TYPE_REFERENCE, "courseId", "course.sourcedId",
		.required = true, .target = ENTITY_COURSE, .column = "courseSourcedId"},
	{ENTITY_CLASS, ATTR_SCHOOL_ID, TYPE_REFERENCE, "schoolId", "school.sourcedId",
		.required = true, .target = ENTITY_SCHOOL, .column = "schoolSourcedId"},
	{ENTITY_CLASS, ATTR_CALENDAR_IDS, TYPE_REFERENCES, "calendarIds", "terms",
		.target = ENTITY_CALENDAR, .column = "termSourcedIds"},
	LAST_MODIFIED(ENTITY_CLASS),

	{ENTITY_ENROLLMENT, ATTR_CLASS_ID, TYPE_REFERENCE, "classId", "class.sourcedId",
		.required = true, .target = ENTITY_CLASS, .column = "classSourcedId"},
	{ENTITY_ENROLLMENT, ATTR_USER_ID, TYPE_REFERENCE, "userId", "user.sourcedId",
		.required = true, .target = ENTITY_NONE, .column = "userSourcedId"},
	{ENTITY_ENROLLMENT, ATTR_SCHOOL_ID, TYPE_REFERENCE, "schoolId", "school.sourcedId",
		.target = ENTITY_SCHOOL, .column = "schoolSourcedId"},
	{ENTITY_ENROLLMENT, ATTR_ROLE, TYPE_ENUM, "role", "role", .required = true,
		.column = "role"},
	{ENTITY_ENROLLMENT, ATTR_PRIMARY, TYPE_BOOL, "primary", "primary", .column = "primary"},
	{ENTITY_ENROLLMENT, ATTR_BEGIN_DATE, TYPE_DATE, "beginDate", "beginDate",
		.column = "beginDate"},
	{ENTITY_ENROLLMENT, ATTR_END_DATE, TYPE_DATE, "endDate", "endDate",
		.column = "endDate"},
	LAST_MODIFIED(ENTITY_ENROLLMENT),
};
/* clang-format on */

enum { ATTRIBUTES = sizeof(attributes) / sizeof(attributes[0]) };

const struct attribute *schema_attributes(size_t *count)
{
	*count = ATTRIBUTES;
	return attributes;
}

/* Where the rows of an entity begin, and how many there are. It is asked for every record. */
static struct rows {
	size_t first, count;
} rows_of[ENTITY_COUNT + 1]; /* none of ENTITY_NONE */

static void find_rows(void)
{
	size_t i;

	for (i = 0; i < ATTRIBUTES; i++) {
		struct rows *rows = &rows_of[attributes[i].entity];

		if (!rows->count++)
			rows->first = i;
	}
}

const struct attribute *schema_of(enum entity entity, size_t *count)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, find_rows);
	*count = rows_of[entity].count;
	return &attributes[rows_of[entity].first];
}

const struct attribute *schema_attribute(enum entity entity, enum attr attr)
{
	size_t count, i;
	const struct attribute *row = schema_of(entity, &count);

	for (i = 0; i < count; i++)
		if (row[i].attr == attr)
			return &row[i];
	return NULL;
}

const struct attribute *schema_by_name(enum entity entity, const char *name)
{
	size_t count, i;
	const struct attribute *row = schema_of(entity, &count);

	for (i = 0; i < count; i++)
		if (!strcmp(row[i].name, name))
			return &row[i];
	return NULL;
}

bool attr_is_exact(enum attr attr)
{
	switch (attr) {
	case ATTR_NUMBER:
	case ATTR_STATE_ID:
	case ATTR_USER_IDS:
	case ATTR_COURSE_CODE:
	case ATTR_CLASS_CODE:
	case ATTR_PARENT_ID:
	case ATTR_SCHOOL_ID:
	case ATTR_COURSE_ID:
	case ATTR_CLASS_ID:
	case ATTR_USER_ID:
	case ATTR_SCHOOL_YEAR_ID: return true;
	default: return false;
	}
}

const char *entity_name(enum entity entity)
{
	return entities[entity].name;
}

const char *entity_plural(enum entity entity)
{
	return entities[entity].plural;
}

bool entity_is_person(enum entity entity)
{
	return entity >= ENTITY_STUDENT && entity <= ENTITY_CONTACT;
}

enum entity entity_by_name(const char *name)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		if (!strcasecmp(name, entities[e].name) ||
			!strcasecmp(name, entities[e].plural))
			return e;
	return ENTITY_NONE;
}

const char *change_name(enum change change)
{
	return changes[change];
}
