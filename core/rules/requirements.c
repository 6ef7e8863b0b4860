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

/* ---- an id among the userIds ---- */

static bool is_id_of(const char *item, size_t length, const char *id)
{
	const char *colon = memchr(item, ':', length);
	size_t head = colon ? (size_t)(colon + 1 - item) : 0, size = strlen(id);

	return (length == size && !memcmp(item, id, size)) ||
	       (head && length - head == size && !memcmp(item + head, id, size));
}

/* The userIds with another id (NULL: none) where `id` stood. */
static void replace_id(
	struct record *record, const char *id, const char *with, struct arena *arena)
{
	const char *list = record->value[ATTR_USER_IDS], *item, *out = NULL;
	size_t length;

	if (!list || !strstr(list, id))
		return;
	while ((item = list_next(&list, &length))) {
		bool is_it = is_id_of(item, length, id);
		int head = (int)(is_it ? length - strlen(id) : length);

		if (!is_it || with)
			out = arena_printf(arena, "%s%s%.*s%s", out ? out : "",
				out ? "\x1f" : "", head, item, is_it ? with : "");
	}
	record->value[ATTR_USER_IDS] = out;
}

static bool is_id(const struct attribute *attribute)
{
	return attribute->type == TYPE_TEXT && entity_is_person(attribute->entity);
}

/* ---- judging ---- */

static void exclude(
	const struct requirements *requirements, struct record *record, struct arena *arena)
{
	size_t i;

	for (i = 0; i < requirements->excluded_count; i++) {
		const struct attribute *attribute = requirements->excluded[i];
		const char **value = &record->value[attribute->attr];

		if (*value && is_id(attribute))
			replace_id(record, *value, NULL, arena);
		*value = NULL;
	}
}

bool requirements_check(const struct requirements *requirements, struct record *record,
	struct arena *arena, struct problems *problems)
{
	size_t i;

	if (requirements->excluded_count)
		exclude(requirements, record, arena);
	for (i = 0; i < requirements->skipped_count; i++) {
		if (record->value[requirements->skipped[i]->attr])
			continue;
		problems_add(problems, PROBLEM_SKIPPED, record->entity, record->sis_id,
			"%s is empty; record left out", requirements->skipped[i]->name);
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
			replace_id(record, before, *value, arena);
	}
}
