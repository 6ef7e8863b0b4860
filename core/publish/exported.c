#include "publish/exported.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mem.h"
#include "roster/record.h"

struct exported_class {
	uint64_t key;
	const char *school; /* in the arena */
};

static int compare(const void *a, const void *b)
{
	const struct exported_class *ca = a, *cb = b;

	return ca->key < cb->key ? -1 : ca->key > cb->key;
}

void exported_init(struct exported *exported, const uint8_t *secret)
{
	int entity;

	for (entity = 0; entity < ENTITY_COUNT; entity++)
		idset_init(&exported->ids[entity]);
	exported->secret = secret;
	exported->classes = NULL;
	exported->class_count = exported->class_room = 0;
	arena_init(&exported->arena);
}

void exported_clear(struct exported *exported)
{
	int entity;

	for (entity = 0; entity < ENTITY_COUNT; entity++)
		idset_clear(&exported->ids[entity]);
	free(exported->classes);
	arena_clear(&exported->arena);
	exported_init(exported, exported->secret);
}

uint64_t exported_key(const struct exported *exported, const char *id, size_t length)
{
	return XXH3_64bits_withSecret(id, length, exported->secret, RECORD_SECRET);
}

bool exported_has(const struct exported *exported, enum entity target, uint64_t key)
{
	if (target != ENTITY_NONE && !entity_is_person(target))
		return idset_has(&exported->ids[target], key);
	return idset_has(&exported->ids[ENTITY_STUDENT], key) ||
	       idset_has(&exported->ids[ENTITY_CONTACT], key) ||
	       idset_has(&exported->ids[ENTITY_TEACHER], key) ||
	       idset_has(&exported->ids[ENTITY_ADMIN], key);
}

bool exported_has_id(const struct exported *exported, enum entity target, const char *id)
{
	return id && exported_has(exported, target, exported_key(exported, id, strlen(id)));
}

void exported_add_class(struct exported *exported, uint64_t key, const char *school)
{
	struct exported_class *last =
		exported->class_count ? &exported->classes[exported->class_count - 1] : NULL;
	/* Classes of a school mostly come together: one copy serves them all. */
	const char *id = last && !strcmp(last->school, school)
				 ? last->school
				 : arena_strdup(&exported->arena, school);

	if (exported->class_count == exported->class_room) {
		exported->class_room += exported->class_room / 2 + 64;
		exported->classes = mem_grow(
			exported->classes, exported->class_room, sizeof(*exported->classes));
	}
	exported->classes[exported->class_count++] = (struct exported_class){key, id};
}

void exported_sort_classes(struct exported *exported)
{
	if (exported->class_count)
		qsort(exported->classes, exported->class_count, sizeof(*exported->classes),
			compare);
}

const char *exported_class_school(const struct exported *exported, const char *id)
{
	struct exported_class wanted = {0, NULL}, *found = NULL;

	if (id && exported->class_count) {
		wanted.key = exported_key(exported, id, strlen(id));
		found = bsearch(&wanted, exported->classes, exported->class_count,
			sizeof(wanted), compare);
	}
	return found ? found->school : NULL;
}
