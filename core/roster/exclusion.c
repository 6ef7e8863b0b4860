#include "roster/exclusion.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/nearest.h"

static_assert(ATTR_COUNT <= 64, "an entity's attributes fit into the bits of a word");

static const char METADATA[] = "metadata.", STATE_ID[] = "stateId:";

void exclusion_init(struct exclusion *exclusion)
{
	memset(exclusion, 0, sizeof(*exclusion));
	arena_init(&exclusion->arena);
}

void exclusion_clear(struct exclusion *exclusion)
{
	free(exclusion->extra);
	arena_clear(&exclusion->arena);
	exclusion_init(exclusion);
}

/* Without these a row is none, or says what is not so: an account without "enabled" is enabled.
 */
static bool is_indispensable(const struct attribute *attribute)
{
	return attribute->required || attribute->attr == ATTR_ENABLED;
}

static void add_extra(struct exclusion *exclusion, enum entity entity, const char *name)
{
	exclusion->extra =
		mem_grow(exclusion->extra, exclusion->extras + 1, sizeof(*exclusion->extra));
	exclusion->extra[exclusion->extras++] =
		(struct excluded_extra){entity, arena_strdup(&exclusion->arena, name)};
}

static int unknown_attribute(enum entity entity, const char *name, struct err *err)
{
	bool any = entity == ENTITY_NONE;
	size_t count;
	const struct attribute *row =
		any ? schema_attributes(&count) : schema_of(entity, &count);
	const char *meant = nearest_word(name, &row[0].name, count, sizeof(*row));

	return err_set(err, ERR_SETTINGS, "\"%s%s%.60s\" is no attribute%s%s%s",
		any ? "" : entity_name(entity), any ? "" : ".", name,
		meant ? "; did you mean " : "", meant ? meant : "", meant ? "?" : "");
}

/* Of every entity that has it, or of the one named. */
static int add_attribute(
	struct exclusion *exclusion, enum entity entity, const char *name, struct err *err)
{
	bool found = false;
	size_t count, i;
	const struct attribute *row = schema_attributes(&count);

	for (i = 0; i < count; i++) {
		if (strcasecmp(row[i].name, name) ||
			(entity != ENTITY_NONE && row[i].entity != entity))
			continue;
		if (is_indispensable(&row[i]))
			return err_set(err, ERR_SETTINGS,
				"\"%s.%s\" cannot be left out: no export works without it",
				entity_name(row[i].entity), row[i].name);
		exclusion->attrs[row[i].entity] |= (uint64_t)1 << row[i].attr;
		found = true;
	}
	return found ? 0 : unknown_attribute(entity, name, err);
}

static int add_word(struct exclusion *exclusion, char *word, struct err *err)
{
	char *dot = strchr(word, '.');
	enum entity entity = ENTITY_NONE;

	if (dot && strncmp(word, METADATA, sizeof(METADATA) - 1) != 0) {
		*dot = '\0';
		entity = entity_by_name(word);
		if (entity == ENTITY_NONE)
			return err_set(err, ERR_SETTINGS, "\"%.60s\" is no entity type", word);
		word = dot + 1;
	}
	if (strncmp(word, METADATA, sizeof(METADATA) - 1) != 0)
		return add_attribute(exclusion, entity, word, err);
	add_extra(exclusion, entity, word);
	return 0;
}

int exclusion_parse(struct exclusion *exclusion, const char *text, struct err *err)
{
	char *copy = mem_strdup(text ? text : ""), *save = NULL, *word;
	int result = 0;

	exclusion_clear(exclusion);
	for (word = strtok_r(copy, ", \t", &save); word && !result;
		word = strtok_r(NULL, ", \t", &save))
		result = add_word(exclusion, word, err);
	free(copy);
	if (result)
		exclusion_clear(exclusion);
	return result;
}

/* A state's id is in the list of all ids as well: there it must not leave either. */
static const char *without_state_id(const char *list, struct arena *arena)
{
	char *kept, *end;
	const char *item;
	size_t length;

	if (!list)
		return NULL;
	kept = end = arena_alloc(arena, strlen(list) + 1);
	while ((item = list_next(&list, &length))) {
		if (!strncasecmp(item, STATE_ID, sizeof(STATE_ID) - 1))
			continue;
		if (end > kept)
			*end++ = RECORD_LIST;
		end = mempcpy(end, item, length);
	}
	*end = '\0';
	return end > kept ? kept : NULL;
}

static bool is_excluded(const struct exclusion *exclusion, enum entity entity, const char *name)
{
	size_t i;

	for (i = 0; i < exclusion->extras; i++) {
		const struct excluded_extra *extra = &exclusion->extra[i];

		if ((extra->entity == ENTITY_NONE || extra->entity == entity) &&
			(!strcmp(extra->name, name) ||
				(!strcmp(extra->name, "metadata.*") &&
					!strncmp(name, METADATA, sizeof(METADATA) - 1))))
			return true;
	}
	return false;
}

static void apply_extras(
	const struct exclusion *exclusion, struct record *copy, struct arena *arena)
{
	struct extra *kept = arena_alloc(arena, copy->extras * sizeof(*kept));
	size_t count = 0, i;

	for (i = 0; i < copy->extras; i++)
		if (!is_excluded(exclusion, copy->entity, copy->extra[i].name))
			kept[count++] = copy->extra[i];
	copy->extra = kept;
	copy->extras = count;
}

const struct record *exclusion_apply(const struct exclusion *exclusion,
	const struct record *record, struct record *copy, struct arena *arena)
{
	uint64_t attrs = exclusion->attrs[record->entity];
	int attr;

	if (!attrs && !(exclusion->extras && record->extras))
		return record;
	*copy = *record;
	for (attr = 0; attr < ATTR_COUNT; attr++)
		if (attrs >> attr & 1)
			copy->value[attr] = NULL;
	if (attrs >> ATTR_STATE_ID & 1)
		copy->value[ATTR_USER_IDS] =
			without_state_id(copy->value[ATTR_USER_IDS], arena);
	if (exclusion->extras && copy->extras)
		apply_extras(exclusion, copy, arena);
	return copy;
}
