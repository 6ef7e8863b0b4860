#include "rules/formulas.h"

#include <assert.h>
#include <string.h>

/* Of numbers, and of phone numbers with what is dialled behind them. */
static const char number_bytes[] = "0123456789 ().,-/#*;extEXT";

void formulas_init(struct formulas *formulas)
{
	size_t count, i;
	const struct attribute *row = schema_attributes(&count);

	memset(formulas, 0, sizeof(*formulas));
	for (i = 0; i < count; i++) {
		size_t *at = &formulas->count[row[i].entity];

		/* The time of a change is no text, though the schema has no type for it. */
		if ((row[i].type != TYPE_TEXT && row[i].type != TYPE_LIST) ||
			row[i].attr == ATTR_LAST_MODIFIED)
			continue;
		assert(*at < FORMULAS_MOST);
		formulas->text[row[i].entity][(*at)++] = &row[i];
	}
}

bool formulas_is_one(const char *text, size_t length)
{
	size_t i;

	if (length < 2 || !strchr("=+-@\t\r", *text))
		return false;
	if (*text != '+' && *text != '-')
		return true;
	for (i = 1; i < length; i++)
		if (!strchr(number_bytes, text[i]))
			return true;
	return false;
}

static bool has_one(const char *list)
{
	const char *item;
	size_t length;

	while ((item = list_next(&list, &length)))
		if (formulas_is_one(item, length))
			return true;
	return false;
}

static void report(const struct record *record, const char *name, struct problems *problems)
{
	problems_add(problems, PROBLEM_FORMULA, record->entity, record->sis_id,
		"%s begins as a formula does", name);
}

void formulas_report(
	const struct formulas *formulas, const struct record *record, struct problems *problems)
{
	size_t count = formulas->count[record->entity], i;

	for (i = 0; i < count; i++) {
		const struct attribute *attribute = formulas->text[record->entity][i];
		const char *value = record->value[attribute->attr];

		if (value && has_one(value))
			report(record, attribute->name, problems);
	}
	for (i = 0; i < record->extras; i++)
		if (has_one(record->extra[i].value))
			report(record, record->extra[i].name, problems);
}
