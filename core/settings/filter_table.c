#include "settings/filter_table.h"

#include <string.h>

static const struct condition_row conditions[CONDITIONS] = {
	{CONDITION_CONTAINS, "contains", FILTER_TEXT, VALUE_TEXT, "math",
		"the text occurs in it"},
	{CONDITION_CONTAINS_NOT, "does not contain", FILTER_TEXT, VALUE_TEXT, "test",
		"the text does not occur in it, or it is empty"},
	{CONDITION_EQUALS, "equals", FILTER_TEXT, VALUE_TEXT, "high", "it is the text"},
	{CONDITION_EQUALS_NOT, "does not equal", FILTER_TEXT, VALUE_TEXT, "none",
		"it is not the text, or it is empty"},
	{CONDITION_STARTS, "starts with", FILTER_TEXT, VALUE_TEXT, "\"AP \"",
		"the text stands at its start"},
	{CONDITION_ONE_OF, "is one of", FILTER_TEXT, VALUE_LIST, "9, 10, 11, 12",
		"it is one of the texts, which are separated by commas"},
	{CONDITION_BEFORE, "before", FILTER_DATE, VALUE_DATE, "2026-08-01",
		"it is an earlier day"},
	{CONDITION_AFTER, "after", FILTER_DATE, VALUE_DATE, "2026-08-01", "it is a later day"},
	{CONDITION_ON, "equals", FILTER_DATE, VALUE_DATE, "2026-08-01", "it is that day"},
	{CONDITION_PAST, "is past", FILTER_DATE, VALUE_NONE, "", "it is before today"},
	{CONDITION_FUTURE, "is future", FILTER_DATE, VALUE_NONE, "", "it is after today"},
	{CONDITION_LAST, "within the last", FILTER_DATE, VALUE_DAYS, "30 days",
		"it is today or one of so many days before"},
	{CONDITION_NEXT, "within the next", FILTER_DATE, VALUE_DAYS, "30 days",
		"it is today or one of so many days after"},
	{CONDITION_TRUE, "is true", FILTER_BOOL, VALUE_NONE, "", "it is true"},
	{CONDITION_FALSE, "is false", FILTER_BOOL, VALUE_NONE, "",
		"it is false, and not empty"},
	{CONDITION_EMPTY, "is empty", FILTER_ANY, VALUE_NONE, "", "there is no value"},
	{CONDITION_EMPTY_NOT, "is not empty", FILTER_ANY, VALUE_NONE, "", "there is a value"},
};

const enum entity filter_entities[FILTER_ENTITIES] = {ENTITY_STUDENT, ENTITY_CONTACT,
	ENTITY_TEACHER, ENTITY_COURSE, ENTITY_CLASS, ENTITY_CALENDAR, ENTITY_ADMIN};

static const char metadata[] = "metadata.";

const struct condition_row *filter_conditions(size_t *count)
{
	*count = CONDITIONS;
	return conditions;
}

bool filter_knows(enum entity entity)
{
	size_t i;

	for (i = 0; i < FILTER_ENTITIES; i++)
		if (filter_entities[i] == entity)
			return true;
	return false;
}

/* ---- attributes ---- */

const char *filter_attribute(enum entity entity, size_t at)
{
	size_t count;
	const struct attribute *rows = schema_of(entity, &count);

	if (!at)
		return "sisId";
	return at <= count ? rows[at - 1].name : NULL;
}

unsigned filter_kind_of(enum entity entity, const char *attribute)
{
	const struct attribute *row = schema_by_name(entity, attribute);

	if (!strcmp(attribute, "sisId"))
		return FILTER_TEXT;
	if (!row)
		return !strncmp(attribute, metadata, sizeof(metadata) - 1) &&
				       attribute[sizeof(metadata) - 1]
			       ? FILTER_ANY
			       : 0;
	/* lastModified is a moment, of which a filter sees the day. */
	if (row->type == TYPE_DATE || row->attr == ATTR_LAST_MODIFIED)
		return FILTER_DATE;
	return row->type == TYPE_BOOL ? FILTER_BOOL : FILTER_TEXT;
}
