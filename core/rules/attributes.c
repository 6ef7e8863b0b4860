#include "rules/attributes.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"

static const char *const true_words[] = {"true", "t", "1", "yes", "y"};
static const char *const false_words[] = {"false", "f", "0", "no", "n"};

void mapping_default(struct mapping *mapping, enum entity entity)
{
	size_t count, i;
	const struct attribute *row = schema_of(entity, &count);

	mapping->entity = entity;
	mapping->rows = 0;
	for (i = 0; i < count; i++) {
		enum source_attr source = source_attr_by_name(row[i].source);

		if (source == SOURCE_ATTRS || mapping->rows == MAPPING_ROWS)
			abort(); /* a row of the schema that nothing feeds */
		mapping->row[mapping->rows++] = (struct mapping_row){&row[i], source};
	}
}

static bool is_word(const char *text, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcasecmp(text, words[i]))
			return true;
	return false;
}

static const char *read_bool(const char *text)
{
	/* As most are. */
	if (!strcmp(text, "true") || !strcmp(text, "false"))
		return text;
	if (is_word(text, true_words, sizeof(true_words) / sizeof(char *)))
		return "true";
	if (is_word(text, false_words, sizeof(false_words) / sizeof(char *)))
		return "false";
	return NULL;
}

static const char *read_date(const char *text, struct arena *arena)
{
	char date[DATE_SIZE];

	if (date_is_iso(text))
		return text;
	return date_normalise(text, date) ? arena_strdup(arena, date) : NULL;
}

/* "2026-2027" is the year in which it ends (OneRoster 1.1 section 4.11). */
static const char *read_school_year(const char *text, struct arena *arena)
{
	size_t length = strlen(text);

	if (length == 4 && strspn(text, "0123456789") == 4)
		return text;
	if (length == 9 && strspn(text, "0123456789") == 4 &&
		strspn(text + 5, "0123456789") == 4)
		return arena_strdup(arena, text + 5);
	return NULL;
}

/* The value as the hub keeps it; NULL when it cannot be read. */
static const char *convert(const struct attribute *hub, const char *text, struct arena *arena)
{
	if (hub->attr == ATTR_SCHOOL_YEAR)
		return read_school_year(text, arena);
	switch (hub->type) {
	case TYPE_DATE: return read_date(text, arena);
	case TYPE_BOOL: return read_bool(text);
	case TYPE_REFERENCES: return list_sort(text, arena);
	case TYPE_TEXT:
	case TYPE_ENUM:
	case TYPE_LIST:
	case TYPE_REFERENCE: break;
	}
	return text;
}

static void report(struct problems *problems, enum problem problem, const struct record *record,
	const char *attribute, const char *what)
{
	problems_add(
		problems, problem, record->entity, record->sis_id, "%s %s", attribute, what);
}

static void check_dates(struct record *record, struct problems *problems)
{
	const char *begin = record->value[record->entity == ENTITY_CALENDAR ? ATTR_START_DATE
									    : ATTR_BEGIN_DATE];
	const char *end = record->value[ATTR_END_DATE];

	if (begin && end && strcmp(begin, end) > 0)
		report(problems, PROBLEM_DATES_REVERSED, record, "endDate",
			"lies before the begin");
}

void attributes_apply(const struct mapping *mapping, const struct source_record *source,
	struct arena *arena, struct problems *problems, struct record *out)
{
	size_t i;

	record_init(out, mapping->entity, source->id);
	out->extra = source->extra;
	out->extras = source->extras;
	for (i = 0; i < mapping->rows; i++) {
		const struct attribute *hub = mapping->row[i].hub;
		const char *text = source->value[mapping->row[i].source], *value = NULL;

		if (source_hides(source, text)) {
			value = text;
		} else if (text) {
			value = convert(hub, text, arena);
			if (!value)
				report(problems, PROBLEM_BAD_VALUE, out, hub->name,
					"could not be read; left empty");
			else if (hub->attr == ATTR_SCHOOL_YEAR && value != text)
				report(problems, PROBLEM_BAD_VALUE, out, hub->name,
					"is a range; its last year is taken");
		}
		out->value[hub->attr] = value;
	}
	check_dates(out, problems);
}

const char *prefix_list(const char *prefix, const char *list, struct arena *arena)
{
	size_t items = 1, prefix_length = strlen(prefix), length;
	const char *c, *item;
	char *out, *at;

	for (c = list; *c; c++)
		items += *c == RECORD_LIST;
	out = at = arena_alloc(arena, strlen(list) + items * prefix_length + 1);
	while ((item = list_next(&list, &length))) {
		if (at > out)
			*at++ = RECORD_LIST;
		at = mempcpy(at, prefix, prefix_length);
		at = mempcpy(at, item, length);
	}
	*at = '\0';
	return out;
}

void prefix_apply(const char *prefix, struct arena *arena, struct record *record)
{
	size_t count, i;
	const struct attribute *row = schema_of(record->entity, &count);

	if (!prefix || !*prefix)
		return;
	record->sis_id = prefix_list(prefix, record->sis_id, arena);
	for (i = 0; i < count; i++) {
		const char **value = &record->value[row[i].attr];

		if ((row[i].type == TYPE_REFERENCE || row[i].type == TYPE_REFERENCES) &&
			*value && row[i].target != ENTITY_SCHOOL)
			*value = prefix_list(prefix, *value, arena);
	}
}
