#include "settings/map_check.h"

#include <string.h>

#include "base/arena.h"
#include "roster/convert.h"
#include "roster/words.h"

static bool is_reference(const struct attribute *hub)
{
	return hub->type == TYPE_REFERENCE || hub->type == TYPE_REFERENCES;
}

/* What hangs on a reference without which no record comes in. */
static int check_none(const struct attribute *hub, struct err *err)
{
	if (hub->type != TYPE_REFERENCE || !hub->required)
		return 0;
	if (hub->target == ENTITY_SCHOOL)
		return err_set(err, ERR_SETTINGS,
			"it cannot be none: %s without a school belong to none that is "
			"switched on, so all of them would be deleted.",
			entity_plural(hub->entity));
	return err_set(err, ERR_SETTINGS,
		"it cannot be none: it ties %s to their %s, and without it all of them would "
		"be of no use.",
		entity_plural(hub->entity),
		hub->target == ENTITY_NONE ? "people" : entity_plural(hub->target));
}

static int unknown_source(const struct attribute *hub, const char *name, struct err *err)
{
	const char *meant = words_nearest(hub->entity, name);

	return err_set(err, ERR_SETTINGS,
		"in OneRoster %s have no attribute \"%.60s\".%s%s%s What only your source has "
		"is metadata.%.60s or extension.%.60s; a constant stands in quotes: '%.60s'.",
		entity_plural(hub->entity), name, meant ? " Did you mean " : "",
		meant ? meant : "", meant ? "?" : "", name, name, name);
}

/* A constant that goes to the hub as it stands. */
static int check_constant(const struct attribute *hub, const char *text, struct err *err)
{
	struct arena arena;
	bool readable;

	arena_init(&arena);
	readable = convert_value(hub, text, &arena) != NULL;
	arena_clear(&arena);
	if (readable)
		return 0;
	return err_set(err, ERR_SETTINGS, "'%.60s' is %s.", text,
		hub->type == TYPE_BOOL   ? "neither 'true' nor 'false'"
		: hub->type == TYPE_DATE ? "no date; write one as '2026-08-31'"
					 : "no school year; write the year in which it ends");
}

int map_check(const struct map_text *map, const struct attribute *hub, struct err *err)
{
	size_t i;

	if (!map->count)
		return check_none(hub, err);
	for (i = 0; i < map->count; i++) {
		const struct map_item *item = &map->items[i];

		if (!item->constant && !words_has(hub->entity, item->text))
			return unknown_source(hub, item->text, err);
		if (item->constant && !map->step_count && check_constant(hub, item->text, err))
			return -1;
	}
	return 0;
}

bool map_is_default(const struct map_text *map, const struct attribute *hub)
{
	return map->count == 1 && !map->step_count && !map->items[0].constant &&
	       !strcmp(map->items[0].text, hub->source);
}

const char *map_warning(const struct map_text *map, const struct attribute *hub)
{
	if (map_is_default(map, hub))
		return NULL;
	if (hub->attr == ATTR_SCHOOL_ID || hub->attr == ATTR_OTHER_SCHOOL_IDS)
		return "Schools decide what comes in: where this is not the id of an "
		       "organisation of the source, the record stays out.";
	if (is_reference(hub))
		return "It must be an id that the source gives to another record; anything "
		       "else leads nowhere.";
	if (!map->count && hub->required)
		return "It will be missing in every record, and is reported as an error.";
	return NULL;
}

int map_settle(const struct attribute *hub, const char *text, struct buf *out, struct err *err)
{
	struct map_text map;
	int result = map_text_parse(&map, text, err);

	buf_reset(out);
	if (!result)
		result = map_check(&map, hub, err);
	if (result)
		err_context(err, "%s.%s", entity_name(hub->entity), hub->name);
	else if (!map_is_default(&map, hub))
		map_text_write(&map, out);
	map_text_clear(&map);
	return result;
}

const char *map_of(const struct rules *rules, const struct attribute *hub)
{
	const struct rule *rule = rules_find(rules, RULE_MAP, hub->entity, hub->name);

	return rule ? rule->text : hub->source;
}

bool map_is_changed(const struct rules *rules, const struct attribute *hub)
{
	return rules_find(rules, RULE_MAP, hub->entity, hub->name) != NULL;
}

bool map_draws_from(const char *text, const char *name)
{
	struct err ignored;
	struct map_text map;
	bool found = false;
	size_t i;

	if (map_text_parse(&map, text, &ignored))
		return false;
	for (i = 0; i < map.count && !found; i++)
		found = !map.items[i].constant && !strcmp(map.items[i].text, name);
	map_text_clear(&map);
	return found;
}

void map_set(struct rules *rules, const struct attribute *hub, const char *settled)
{
	rules_set(
		rules, RULE_MAP, hub->entity, hub->name, settled && *settled ? settled : NULL);
}

int map_settle_all(struct rules *rules, struct err *err)
{
	size_t count, i;
	const struct attribute *hub = schema_attributes(&count);
	struct buf settled;
	int result = 0;

	buf_init(&settled);
	for (i = 0; i < count && !result; i++) {
		if (!map_is_changed(rules, &hub[i]))
			continue;
		result = map_settle(&hub[i], map_of(rules, &hub[i]), &settled, err);
		if (!result)
			map_set(rules, &hub[i], settled.data);
	}
	buf_clear(&settled);
	return result;
}

size_t map_restore(struct rules *rules, enum entity entity)
{
	size_t at = 0, count = 0;

	while (rules_next(rules, RULE_MAP, entity, &at)) {
		rules_remove(rules, --at);
		count++;
	}
	return count;
}
