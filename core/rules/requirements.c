#include "rules/requirements.h"

#include <stdlib.h>
#include <string.h>

int requirements_of(const struct rules *rules, const struct attribute *attribute,
	struct requirement *out, struct err *err)
{
	const struct rule *rule =
		rules_find(rules, RULE_REQUIRE, attribute->entity, attribute->name);

	return require_text_read(attribute, rule ? rule->text : "", out, err);
}

void requirements_set(struct rules *rules, const struct attribute *attribute,
	const struct requirement *requirement)
{
	struct buf text;

	buf_init(&text);
	require_text_write(attribute, requirement, &text);
	rules_set(rules, RULE_REQUIRE, attribute->entity, attribute->name,
		text.used ? text.data : NULL);
	buf_clear(&text);
}

static void add(struct requirements *to, const struct attribute *attribute,
	const struct requirement *requirement)
{
	if (!requirement->include)
		to->excluded[to->excluded_count++] = attribute;
	if (requirement->missing == MISSING_SKIPPED)
		to->skipped[to->skipped_count++] = attribute;
	if (requirement->missing == MISSING_REPORTED)
		to->reported[to->reported_count++] = attribute;
	if (requirement->mask != MASK_NONE) {
		to->masked[to->masked_count].attribute = attribute;
		to->masked[to->masked_count++].mask = requirement->mask;
	}
}

int requirements_compile(struct requirements *requirements, enum entity entity,
	const struct rules *rules, struct err *err)
{
	size_t count, i;
	const struct attribute *row = schema_of(entity, &count);
	struct requirement requirement;

	if (count > REQUIREMENTS_MOST)
		abort(); /* the schema has grown */
	memset(requirements, 0, sizeof(*requirements));
	requirements->entity = entity;
	for (i = 0; i < count; i++) {
		if (requirements_of(rules, &row[i], &requirement, err))
			return -1;
		add(requirements, &row[i], &requirement);
	}
	return 0;
}

bool requirements_hide(
	const struct requirements *requirements, const struct attribute *attribute)
{
	size_t i;

	for (i = 0; i < requirements->excluded_count; i++)
		if (requirements->excluded[i] == attribute)
			return true;
	for (i = 0; i < requirements->masked_count; i++)
		if (requirements->masked[i].attribute == attribute)
			return true;
	return false;
}

/* ---- judging ---- */

/* What may stand among the userIds, too. */
static bool is_id(const struct attribute *attribute)
{
	return attribute->type == TYPE_TEXT && entity_is_person(attribute->entity);
}

static void exclude(
	const struct requirements *requirements, struct record *record, struct arena *arena)
{
	size_t i;

	for (i = 0; i < requirements->excluded_count; i++) {
		const struct attribute *attribute = requirements->excluded[i];
		const char **value = &record->value[attribute->attr];

		if (*value && is_id(attribute))
			record->value[ATTR_USER_IDS] =
				mask_id(record->value[ATTR_USER_IDS], *value, NULL, arena);
		*value = NULL;
	}
}

const struct attribute *requirements_lacks(
	const struct requirements *requirements, const struct record *record)
{
	size_t i;

	for (i = 0; i < requirements->skipped_count; i++)
		if (!record->value[requirements->skipped[i]->attr])
			return requirements->skipped[i];
	return NULL;
}

bool requirements_check(const struct requirements *requirements, struct record *record,
	struct arena *arena, struct problems *problems)
{
	const struct attribute *lack;
	size_t i;

	if (requirements->excluded_count)
		exclude(requirements, record, arena);
	lack = requirements_lacks(requirements, record);
	if (lack) {
		problems_add(problems, PROBLEM_SKIPPED, record->entity, record->sis_id,
			"%s is empty; record left out", lack->name);
		return false;
	}
	for (i = 0; i < requirements->reported_count; i++)
		if (!record->value[requirements->reported[i]->attr])
			problems_add(problems, PROBLEM_MISSING_VALUE, record->entity,
				record->sis_id, "%s is empty", requirements->reported[i]->name);
	return true;
}

void requirements_mask(const struct requirements *requirements, struct mask_key *key,
	struct record *record, struct arena *arena)
{
	size_t i;

	for (i = 0; i < requirements->masked_count; i++) {
		const struct attribute *attribute = requirements->masked[i].attribute;
		const char **value = &record->value[attribute->attr], *before = *value;

		if (!before)
			continue;
		*value =
			mask_value(requirements->masked[i].mask, attribute, before, key, arena);
		if (is_id(attribute))
			record->value[ATTR_USER_IDS] =
				mask_id(record->value[ATTR_USER_IDS], before, *value, arena);
	}
}
