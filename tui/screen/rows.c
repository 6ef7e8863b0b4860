#include "screen/rows.h"

#include <stdio.h>
#include <string.h>

enum { SIS_ID = ATTR_COUNT + 1, PERSON_NAME };

#define SIS_ID_COLUMN(p)                      \
	{                                     \
		"SIS id", 12, p, 1, LIST_LEFT \
	}

struct sheet {
	struct list_column columns[ROWS_COLUMNS];
	int attrs[ROWS_COLUMNS];
	size_t count;
};

#define STAFF                                                                             \
	{                                                                                 \
		{{"Name", 20, 0, 3, LIST_LEFT}, {"Number", 10, 3, 0, LIST_LEFT},          \
			{"School", 16, 2, 3, LIST_LEFT}, {"Email", 20, 4, 2, LIST_LEFT},  \
			SIS_ID_COLUMN(1)},                                                \
			{PERSON_NAME, ATTR_NUMBER, ATTR_SCHOOL_ID, ATTR_EMAIL, SIS_ID}, 5 \
	}

static const struct sheet sheets[ENTITY_COUNT] = {
	[ENTITY_SCHOOL] = {{{"Name", 24, 0, 3, LIST_LEFT}, {"Number", 10, 3, 0, LIST_LEFT},
				   {"Type", 10, 2, 0, LIST_LEFT}, SIS_ID_COLUMN(1)},
		{ATTR_NAME, ATTR_NUMBER, ATTR_TYPE, SIS_ID}, 4},
	[ENTITY_CALENDAR] = {{{"Title", 20, 0, 3, LIST_LEFT}, {"Type", 13, 4, 0, LIST_LEFT},
				     {"Begins", 10, 2, 0, LIST_LEFT},
				     {"Ends", 10, 3, 0, LIST_LEFT}, SIS_ID_COLUMN(1)},
		{ATTR_TITLE, ATTR_TYPE, ATTR_START_DATE, ATTR_END_DATE, SIS_ID}, 5},
	[ENTITY_STUDENT] = {{{"Name", 20, 0, 3, LIST_LEFT}, {"Grade", 5, 2, 0, LIST_LEFT},
				    {"Number", 8, 4, 0, LIST_LEFT},
				    {"School", 16, 3, 3, LIST_LEFT},
				    {"Email", 20, 5, 2, LIST_LEFT}, SIS_ID_COLUMN(1)},
		{PERSON_NAME, ATTR_GRADES, ATTR_NUMBER, ATTR_SCHOOL_ID, ATTR_EMAIL, SIS_ID}, 6},
	[ENTITY_TEACHER] = STAFF,
	[ENTITY_ADMIN] = STAFF,
	[ENTITY_CONTACT] = {{{"Name", 20, 0, 3, LIST_LEFT}, {"Relation", 10, 2, 0, LIST_LEFT},
				    {"Email", 20, 3, 2, LIST_LEFT},
				    {"Phone", 14, 4, 0, LIST_LEFT}, SIS_ID_COLUMN(1)},
		{PERSON_NAME, ATTR_RELATIONSHIP, ATTR_EMAIL, ATTR_PHONE, SIS_ID}, 5},
	[ENTITY_COURSE] = {{{"Title", 20, 0, 3, LIST_LEFT}, {"Code", 10, 2, 0, LIST_LEFT},
				   {"School", 16, 3, 2, LIST_LEFT}, SIS_ID_COLUMN(1)},
		{ATTR_TITLE, ATTR_COURSE_CODE, ATTR_SCHOOL_ID, SIS_ID}, 4},
	[ENTITY_CLASS] = {{{"Title", 20, 0, 3, LIST_LEFT}, {"Code", 10, 4, 0, LIST_LEFT},
				  {"School", 16, 2, 2, LIST_LEFT},
				  {"Course", 12, 3, 1, LIST_LEFT}, SIS_ID_COLUMN(1)},
		{ATTR_TITLE, ATTR_CLASS_CODE, ATTR_SCHOOL_ID, ATTR_COURSE_ID, SIS_ID}, 5},
	[ENTITY_ENROLLMENT] =
		{{{"Person", 12, 0, 2, LIST_LEFT}, {"Role", 8, 2, 0, LIST_LEFT},
			 {"Class", 12, 0, 2, LIST_LEFT}, {"School", 16, 3, 2, LIST_LEFT},
			 {"Begins", 10, 4, 0, LIST_LEFT}, SIS_ID_COLUMN(1)},
			{ATTR_USER_ID, ATTR_ROLE, ATTR_CLASS_ID, ATTR_SCHOOL_ID,
				ATTR_BEGIN_DATE, SIS_ID},
			6},
};

const struct list_column *rows_columns(enum entity entity, size_t *count)
{
	*count = sheets[entity].count;
	return sheets[entity].columns;
}

bool rows_is_school(enum entity entity, size_t column)
{
	return sheets[entity].attrs[column] == ATTR_SCHOOL_ID;
}

static const char *or_none(const char *text)
{
	return text ? text : "";
}

static void person_name(const struct record *record, char *out, size_t size)
{
	const char *last = record->value[ATTR_LAST_NAME];
	const char *first = record->value[ATTR_FIRST_NAME];

	snprintf(out, size, "%s%s%s", or_none(last), last && first ? ", " : "", or_none(first));
	if (!*out)
		snprintf(out, size, "%s", or_none(record->value[ATTR_USERNAME]));
}

void rows_name(const struct record *record, char *out, size_t size)
{
	*out = '\0';
	if (entity_is_person(record->entity))
		person_name(record, out, size);
	else if (record->entity == ENTITY_ENROLLMENT)
		snprintf(out, size, "%s in %s", or_none(record->value[ATTR_USER_ID]),
			or_none(record->value[ATTR_CLASS_ID]));
	else if (record->entity == ENTITY_SCHOOL)
		rows_value(or_none(record->value[ATTR_NAME]), out, size);
	else
		rows_value(or_none(record->value[ATTR_TITLE]), out, size);
	if (!*out)
		snprintf(out, size, "%s", record->sis_id);
}

void rows_cell(const struct record *record, size_t column, char *out, size_t size)
{
	int attr = sheets[record->entity].attrs[column];

	if (attr == SIS_ID)
		snprintf(out, size, "%s", record->sis_id);
	else if (attr == PERSON_NAME)
		person_name(record, out, size);
	else
		rows_value(or_none(record->value[attr]), out, size);
}

void rows_value(const char *value, char *out, size_t size)
{
	size_t used = 0;

	if (!value)
		value = "(none)";
	for (; *value && used + 3 < size; value++) {
		out[used++] = *value == RECORD_LIST ? ',' : *value;
		if (*value == RECORD_LIST)
			out[used++] = ' ';
	}
	out[used] = '\0';
}
