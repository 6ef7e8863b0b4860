/*
 * The one table of entities and attributes. Mapping, requirements, filters, uniqueness,
 * masters, comparison, preview and export are all driven by it; nothing else in the program
 * lists attributes.
 */
#ifndef ROSTER_SCHEMA_H
#define ROSTER_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Entity types of the hub. The numbers are stored: never change them, add at the end.
 * Their order is the order of arrival, so that a first import only appends (store.h).
 */
enum entity {
	ENTITY_SCHOOL = 0,
	ENTITY_CALENDAR = 1,
	ENTITY_STUDENT = 2,
	ENTITY_TEACHER = 3,
	ENTITY_ADMIN = 4,
	ENTITY_CONTACT = 5,
	ENTITY_COURSE = 6,
	ENTITY_CLASS = 7,
	ENTITY_ENROLLMENT = 8,
	ENTITY_COUNT,
	ENTITY_NONE = ENTITY_COUNT,
};

/* Attributes. The numbers are stored: never change them, add before ATTR_COUNT. */
enum attr {
	ATTR_NAME,
	ATTR_NUMBER, /* schoolNumber, studentNumber, staffNumber */
	ATTR_TYPE,
	ATTR_PARENT_ID,
	ATTR_USERNAME,
	ATTR_EMAIL,
	ATTR_FIRST_NAME,
	ATTR_MIDDLE_NAME,
	ATTR_LAST_NAME,
	ATTR_PREFERRED_FIRST_NAME,
	ATTR_PREFERRED_MIDDLE_NAME,
	ATTR_PREFERRED_LAST_NAME,
	ATTR_PRONOUNS,
	ATTR_STATE_ID,
	ATTR_USER_IDS, /* list of type:identifier */
	ATTR_GRADES,   /* gradeLevel of a student, grades of a course or class */
	ATTR_PHONE,
	ATTR_SMS,
	ATTR_ENABLED,
	ATTR_SCHOOL_ID,
	ATTR_OTHER_SCHOOL_IDS,
	ATTR_CONTACT_IDS,
	ATTR_BIRTH_DATE,
	ATTR_GENDER,
	ATTR_AMERICAN_INDIAN,
	ATTR_ASIAN,
	ATTR_BLACK,
	ATTR_PACIFIC_ISLANDER,
	ATTR_WHITE,
	ATTR_TWO_OR_MORE_RACES,
	ATTR_HISPANIC,
	ATTR_COUNTRY_OF_BIRTH,
	ATTR_STATE_OF_BIRTH,
	ATTR_CITY_OF_BIRTH,
	ATTR_RESIDENCE_STATUS,
	ATTR_STAFF_ROLE,
	ATTR_RELATIONSHIP,
	ATTR_STUDENT_IDS,
	ATTR_TITLE,
	ATTR_COURSE_CODE,
	ATTR_SUBJECTS,
	ATTR_SUBJECT_CODES,
	ATTR_SCHOOL_YEAR_ID,
	ATTR_CLASS_CODE,
	ATTR_CLASS_TYPE,
	ATTR_LOCATION,
	ATTR_PERIODS,
	ATTR_COURSE_ID,
	ATTR_CALENDAR_IDS,
	ATTR_START_DATE,
	ATTR_END_DATE,
	ATTR_SCHOOL_YEAR,
	ATTR_CLASS_ID,
	ATTR_USER_ID,
	ATTR_ROLE,
	ATTR_PRIMARY,
	ATTR_BEGIN_DATE,
	ATTR_LAST_MODIFIED, /* kept, but a record in which only this differs is unchanged */
	ATTR_COUNT,
	ATTR_NONE = ATTR_COUNT,
};

enum attr_type {
	TYPE_TEXT,
	TYPE_DATE,       /* YYYY-MM-DD */
	TYPE_BOOL,       /* "true" or "false" */
	TYPE_ENUM,       /* a word of OneRoster's vocabulary, or of a local one */
	TYPE_LIST,       /* texts joined by RECORD_LIST (record.h) */
	TYPE_REFERENCE,  /* a SIS id */
	TYPE_REFERENCES, /* SIS ids, joined as a list */
};

struct attribute {
	enum entity entity;
	enum attr attr;
	enum attr_type type;
	const char *name;   /* the hub's word for it */
	const char *source; /* source attribute that feeds it by default */
	bool required;      /* reported when missing */
	bool personal;      /* masked in logs */
	enum entity target; /* of a reference; ENTITY_NONE: a person of any type */
	const char *column; /* OneRoster 1.1 CSV column; NULL: not exported */
	const char *file;   /* that column's file when it is not the entity's own */
};

/* The table, ordered by entity, then as the hub shows them. */
const struct attribute *schema_attributes(size_t *count);

/* The row of one attribute of an entity, or NULL when the entity has no such attribute. */
const struct attribute *schema_attribute(enum entity entity, enum attr attr);

/* The same by the hub's word for it. */
const struct attribute *schema_by_name(enum entity entity, const char *name);

/* The rows of one entity: the first, and how many follow on. */
const struct attribute *schema_of(enum entity entity, size_t *count);

/* Of ids and codes two that differ in case are two; names and addresses are folded to be
 * compared. */
bool attr_is_exact(enum attr attr);

const char *entity_name(enum entity entity);   /* "student" */
const char *entity_plural(enum entity entity); /* "students" */
bool entity_is_person(enum entity entity);

/* The entity of a name or plural, in any case; ENTITY_NONE when there is none. */
enum entity entity_by_name(const char *name);

/* What can happen to a record from one sync to the next. The order is that of the counts. */
enum change {
	CHANGE_CREATED,
	CHANGE_UPDATED,
	CHANGE_DELETED,
	CHANGE_KINDS,
	CHANGE_NONE = CHANGE_KINDS
};

const char *change_name(enum change change); /* "created" ... "unchanged" */

#endif
