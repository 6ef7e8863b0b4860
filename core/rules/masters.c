#include "rules/masters.h"

#include <string.h>

static enum attr attr_named(enum entity entity, const char *name)
{
	size_t count, i;
	const struct attribute *rows = schema_of(entity, &count);

	for (i = 0; i < count; i++)
		if (!strcmp(rows[i].name, name))
			return rows[i].attr;
	return (enum attr)MASTERS_SIS_ID;
}

int masters_compile(struct masters *masters, const struct rules *of_hub, const char *const *app,
	size_t count, struct err *err)
{
	const struct rule *rule;
	struct master_text text;
	size_t at = 0, i;

	memset(masters, 0, sizeof(*masters));
	while ((rule = rules_next(of_hub, RULE_MASTER, ENTITY_NONE, &at))) {
		unsigned char *mode =
			masters->mode[rule->entity][attr_named(rule->entity, rule->name)];

		if (master_parse(rule->text, &text, err))
			return -1;
		for (i = 0; i < count && i < MASTERS_APPS; i++)
			mode[i] = (unsigned char)master_of(&text, app[i]);
	}
	return 0;
}

static const char *value_of(const struct record *record, int attr)
{
	return attr == MASTERS_SIS_ID ? record->sis_id : record->value[attr];
}

static enum master_mode mode_of(
	const struct masters *masters, const struct side *side, int attr)
{
	return (enum master_mode)masters->mode[side->record->entity][attr][side->app];
}

size_t masters_pick(
	const struct masters *masters, const struct side *sides, size_t count, int attr)
{
	size_t first = count, given_in = count, i;

	for (i = 0; i < count; i++) {
		enum master_mode mode = mode_of(masters, &sides[i], attr);

		if (!value_of(sides[i].record, attr))
			continue;
		if (mode == MASTER_WINS)
			return i;
		if (mode == MASTER_GIVES_IN)
			given_in = given_in == count ? i : given_in;
		else
			first = first == count ? i : first;
	}
	return first == count ? given_in : first;
}

static bool is_decided(
	const struct masters *masters, const struct side *sides, size_t count, int attr)
{
	size_t pick = masters_pick(masters, sides, count, attr);

	return pick < count && mode_of(masters, &sides[pick], attr) == MASTER_WINS;
}

bool masters_conflict(
	const struct masters *masters, const struct side *sides, size_t count, int attr)
{
	const char *first = NULL;
	size_t i;

	if (is_decided(masters, sides, count, attr))
		return false;
	for (i = 0; i < count; i++) {
		const char *value = value_of(sides[i].record, attr);

		if (!value || mode_of(masters, &sides[i], attr) == MASTER_GIVES_IN)
			continue;
		if (first && strcmp(first, value) != 0)
			return true;
		first = value;
	}
	return false;
}

static bool is_united(const struct attribute *row)
{
	return row->type == TYPE_REFERENCES || row->attr == ATTR_USER_IDS;
}

static const char *unite(const struct side *sides, size_t count, const struct attribute *row,
	struct arena *arena)
{
	const char *all = NULL;
	size_t i;

	for (i = 0; i < count; i++)
		all = list_unite(all, sides[i].record->value[row->attr], arena);
	return all && row->type == TYPE_REFERENCES ? list_sort(all, arena) : all;
}

/* Every school of a person but the primary one. */
static const char *other_schools(
	const struct side *sides, size_t count, const char *primary, struct arena *arena)
{
	const char *all = NULL, *item, *list;
	char *out, *at;
	size_t length, i;

	for (i = 0; i < count; i++) {
		all = list_unite(all, sides[i].record->value[ATTR_SCHOOL_ID], arena);
		all = list_unite(all, sides[i].record->value[ATTR_OTHER_SCHOOL_IDS], arena);
	}
	if (!all)
		return NULL;
	list = list_sort(all, arena);
	out = at = arena_alloc(arena, strlen(list) + 1);
	while ((item = list_next(&list, &length))) {
		if (primary && strlen(primary) == length && !memcmp(primary, item, length))
			continue;
		if (at > out)
			*at++ = RECORD_LIST;
		at = mempcpy(at, item, length);
	}
	*at = '\0';
	return at > out ? out : NULL;
}

void masters_merge(const struct masters *masters, const struct side *sides, size_t count,
	struct arena *arena, struct record *out)
{
	enum entity entity = sides[0].record->entity;
	size_t rows, i, pick;
	const struct attribute *row = schema_of(entity, &rows);

	record_init(out, entity, NULL);
	out->sis_id = sides[masters_pick(masters, sides, count, MASTERS_SIS_ID)].record->sis_id;
	for (i = 0; i < rows; i++) {
		pick = masters_pick(masters, sides, count, row[i].attr);
		if (pick == count)
			continue;
		out->value[row[i].attr] =
			is_united(&row[i]) && !is_decided(masters, sides, count, row[i].attr)
				? unite(sides, count, &row[i], arena)
				: sides[pick].record->value[row[i].attr];
	}
	if (entity_is_person(entity) &&
		!is_decided(masters, sides, count, ATTR_OTHER_SCHOOL_IDS))
		out->value[ATTR_OTHER_SCHOOL_IDS] =
			other_schools(sides, count, out->value[ATTR_SCHOOL_ID], arena);
	for (i = 0; i < count; i++)
		record_unite_extras(out, sides[i].record, arena);
}
