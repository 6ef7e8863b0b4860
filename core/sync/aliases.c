#include "sync/aliases.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void aliases_init(struct aliases *aliases)
{
	memset(aliases, 0, sizeof(*aliases));
	map_init(&aliases->by_id);
	arena_init(&aliases->arena);
	buf_init(&aliases->key);
}

void aliases_clear(struct aliases *aliases)
{
	map_clear(&aliases->by_id);
	free(aliases->target);
	arena_clear(&aliases->arena);
	buf_clear(&aliases->key);
}

static const char *key_of(
	struct aliases *aliases, enum entity entity, const char *id, size_t length)
{
	buf_reset(&aliases->key);
	buf_addf(&aliases->key, "%d ", (int)entity);
	buf_add(&aliases->key, id, length);
	return aliases->key.data;
}

void aliases_add(
	struct aliases *aliases, enum entity entity, const char *id, const char *target)
{
	const char *key = key_of(aliases, entity, id, strlen(id));
	long number = map_find(&aliases->by_id, key);

	if (number == MAP_NONE) {
		number = map_add(&aliases->by_id, arena_strdup(&aliases->arena, key));
		aliases->target = mem_grow(
			aliases->target, aliases->by_id.count, sizeof(*aliases->target));
	}
	aliases->target[number] = arena_strdup(&aliases->arena, target);
}

static enum entity entity_of_role(const char *role)
{
	return role && !strcmp(role, "student")         ? ENTITY_STUDENT
	       : role && !strcmp(role, "administrator") ? ENTITY_ADMIN
							: ENTITY_TEACHER;
}

/* The list, or single id, with every id that leads elsewhere replaced. */
static const char *redirect(
	struct aliases *aliases, enum entity target, const char *list, struct arena *arena)
{
	const char *item, *rest = list, *all = NULL;
	bool changed = false;
	size_t length;

	while ((item = list_next(&rest, &length))) {
		long number = map_find(&aliases->by_id, key_of(aliases, target, item, length));

		changed |= number != MAP_NONE;
		all = list_unite(all,
			number == MAP_NONE ? arena_strndup(arena, item, length)
					   : aliases->target[number],
			arena);
	}
	return changed ? list_sort(all, arena) : list;
}

void aliases_redirect(struct aliases *aliases, struct record *record, struct arena *arena)
{
	size_t count, i;
	const struct attribute *row = schema_of(record->entity, &count);

	if (!aliases->by_id.count)
		return;
	for (i = 0; i < count; i++) {
		const char **value = &record->value[row[i].attr];
		bool refers = row[i].type == TYPE_REFERENCE || row[i].type == TYPE_REFERENCES;

		if (refers && *value)
			*value = redirect(aliases,
				row[i].target == ENTITY_NONE
					? entity_of_role(record->value[ATTR_ROLE])
					: row[i].target,
				*value, arena);
	}
}
