/*
 * One record of a source, flat: one text for each source attribute, whatever shape the provider
 * gave it.
 */
#ifndef SOURCE_SOURCE_RECORD_H
#define SOURCE_SOURCE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "roster/record.h"
#include "source/source.h"

/* Source attributes of the standard. Others are extras: "metadata.x". */
enum source_attr {
	SOURCE_STATUS,
	SOURCE_MODIFIED,
	SOURCE_NAME,
	SOURCE_IDENTIFIER,
	SOURCE_TYPE,
	SOURCE_PARENT,
	SOURCE_TITLE,
	SOURCE_START_DATE,
	SOURCE_END_DATE,
	SOURCE_SCHOOL_YEAR,
	SOURCE_SCHOOL_YEAR_ID,
	SOURCE_COURSE_CODE,
	SOURCE_ORG,
	SOURCE_GRADES,
	SOURCE_SUBJECTS,
	SOURCE_SUBJECT_CODES,
	SOURCE_CLASS_CODE,
	SOURCE_CLASS_TYPE,
	SOURCE_LOCATION,
	SOURCE_PERIODS,
	SOURCE_COURSE,
	SOURCE_SCHOOL,
	SOURCE_TERMS,
	SOURCE_CLASS,
	SOURCE_USER,
	SOURCE_ROLE,
	SOURCE_PRIMARY,
	SOURCE_BEGIN_DATE,
	SOURCE_ENABLED,
	SOURCE_USERNAME,
	SOURCE_GIVEN_NAME,
	SOURCE_MIDDLE_NAME,
	SOURCE_FAMILY_NAME,
	SOURCE_PREFERRED_FIRST_NAME,
	SOURCE_PREFERRED_MIDDLE_NAME,
	SOURCE_PREFERRED_LAST_NAME,
	SOURCE_PRONOUNS,
	SOURCE_EMAIL,
	SOURCE_SMS,
	SOURCE_PHONE,
	SOURCE_AGENTS,
	SOURCE_ORGS,
	SOURCE_PRIMARY_ORG,
	SOURCE_USER_IDS,
	SOURCE_STATE_ID,
	SOURCE_MASTER_IDENTIFIER,
	SOURCE_BIRTH_DATE, /* from here on: demographics, a collection of its own */
	SOURCE_SEX,
	SOURCE_AMERICAN_INDIAN,
	SOURCE_ASIAN,
	SOURCE_BLACK,
	SOURCE_PACIFIC_ISLANDER,
	SOURCE_WHITE,
	SOURCE_TWO_OR_MORE_RACES,
	SOURCE_HISPANIC,
	SOURCE_COUNTRY_OF_BIRTH,
	SOURCE_STATE_OF_BIRTH,
	SOURCE_CITY_OF_BIRTH,
	SOURCE_RESIDENCE_STATUS,
	SOURCE_ATTRS,
	SOURCE_DEMOGRAPHICS = SOURCE_BIRTH_DATE,
};

/* "givenName", "parent.sourcedId", "demographics.sex": the words of the schema's `source`. */
const char *source_attr_name(enum source_attr attr);

/* SOURCE_ATTRS when there is none of that name. */
enum source_attr source_attr_by_name(const char *name);

/* Of extras: what metadata holds, and what a record has that no standard names. */
enum { SOURCE_ROLES = 16, SOURCE_EXTRAS = 64, SOURCE_EXTENSIONS = 32 };

struct source_role {
	const char *role;
	const char *org; /* sourcedId; NULL in 1.1 */
	bool primary;    /* roleType */
};

enum source_status { STATUS_ACTIVE, STATUS_DELETED };

/* Strings are borrowed from the JSON and the arena. */
struct source_record {
	enum collection collection;
	const char *id; /* sourcedId */
	enum source_status status;
	bool reduced; /* read from what was kept of a pull: values may be SOURCE_HIDDEN */
	const char *value[SOURCE_ATTRS]; /* NULL: not there; null and "" are not there */
	struct source_role role[SOURCE_ROLES];
	size_t roles;
	struct extra extra[SOURCE_EXTENSIONS + SOURCE_EXTRAS]; /* ascending by name */
	size_t extras;
	size_t extensions; /* of them, the first: "extension.x"; the others are "metadata.x" */
};

/* In what is kept of a pull: a value was there, but must not be kept. */
#define SOURCE_HIDDEN "***"

/* Whether it stands for a value of a record. */
static inline bool source_hides(const struct source_record *record, const char *value)
{
	return record->reduced && value && !strcmp(value, SOURCE_HIDDEN);
}

/*
 * A record as bytes, and back: to hand it from thread to thread. source_unpack returns the
 * bytes behind it; the record's strings lie in `at`.
 */
void source_pack(const struct source_record *record, struct buf *out);
const char *source_unpack(const char *at, struct source_record *record);

#endif
