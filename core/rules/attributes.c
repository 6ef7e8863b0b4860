#include "rules/attributes.h"

#include <stdlib.h>
#include <string.h>

#include "roster/convert.h"

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
		mapping->row[mapping->rows++] = (struct mapping_row){
			.hub = &row[i],
			.source = source,
			.demographic = source >= SOURCE_DEMOGRAPHICS,
			.plain = convert_is_plain(&row[i]),
		};
	}
}

static struct mapping_row *row_of(struct mapping *mapping, const char *name)
{
	size_t i;

	for (i = 0; i < mapping->rows; i++)
		if (!strcmp(mapping->row[i].hub->name, name))
			return &mapping->row[i];
	return NULL;
}

static int take_rule(struct mapping *mapping, const struct rule *rule, struct err *err)
{
	struct mapping_row *row = row_of(mapping, rule->name);
	size_t behind;

	if (!row)
		return err_set(err, ERR_SETTINGS, "A %s has no attribute \"%.60s\".",
			entity_name(mapping->entity), rule->name);
	feed_free(row->feed);
	row->feed = feed_new(row->hub, rule->text, err);
	if (!row->feed)
		return -1;
	row->demographic = feed_is_demographic(row->feed);
	if (!feed_is_none(row->feed))
		return 0;
	feed_free(row->feed);
	behind = (size_t)(&mapping->row[mapping->rows] - row) - 1;
	memmove(row, row + 1, behind * sizeof(*row));
	mapping->rows--;
	return 0;
}

int mapping_compile(
	struct mapping *mapping, enum entity entity, const struct rules *rules, struct err *err)
{
	const struct rule *rule;
	size_t at = 0;

	mapping_default(mapping, entity);
	while ((rule = rules_next(rules, RULE_MAP, entity, &at)))
		if (take_rule(mapping, rule, err))
			return -1;
	return 0;
}

void mapping_clear(struct mapping *mapping)
{
	size_t i;

	for (i = 0; i < mapping->rows; i++)
		feed_free(mapping->row[i].feed);
	mapping->rows = 0;
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

/* What a rule makes of the source; a text that it cannot read is reported. */
static const char *fed(const struct mapping_row *row, const struct source_record *source,
	struct arena *arena, struct problems *problems, const struct record *record)
{
	bool unreadable;
	const char *text = feed_value(row->feed, source, arena, &unreadable);

	if (!text && unreadable)
		report(problems, PROBLEM_BAD_VALUE, record, row->hub->name,
			"could not be read; left empty");
	return text;
}

static const char *take_value(const struct attribute *hub, const char *text,
	struct arena *arena, struct problems *problems, const struct record *record)
{
	const char *value = convert_value(hub, text, arena);

	if (!value)
		report(problems, PROBLEM_BAD_VALUE, record, hub->name,
			"could not be read; left empty");
	else if (hub->attr == ATTR_SCHOOL_YEAR && value != text)
		report(problems, PROBLEM_BAD_VALUE, record, hub->name,
			"is a range; its last year is taken");
	return value;
}

void attributes_apply(const struct mapping *mapping, const struct source_record *source,
	struct arena *arena, struct problems *problems, struct record *out)
{
	size_t i;

	record_init(out, mapping->entity, source->id);
	out->extra = source->extra + source->extensions;
	out->extras = source->extras - source->extensions;
	for (i = 0; i < mapping->rows; i++) {
		const struct mapping_row *row = &mapping->row[i];
		const char *text = row->feed ? fed(row, source, arena, problems, out)
					     : source->value[row->source];

		if (text && !row->plain && !source_hides(source, text))
			text = take_value(row->hub, text, arena, problems, out);
		out->value[row->hub->attr] = text;
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
