#include "publish/exported.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "roster/record.h"

void exported_init(struct exported *exported, const uint8_t *secret)
{
	int entity;

	for (entity = 0; entity < ENTITY_COUNT; entity++)
		idset_init(&exported->ids[entity]);
	exported->secret = secret;
	lookup_init(&exported->class_schools);
	lookup_init(&exported->class_teachers);
	lookup_init(&exported->courses);
	lookup_init(&exported->terms);
	lookup_init(&exported->contacts);
}

void exported_clear(struct exported *exported)
{
	int entity;

	for (entity = 0; entity < ENTITY_COUNT; entity++)
		idset_clear(&exported->ids[entity]);
	lookup_clear(&exported->class_schools);
	lookup_clear(&exported->class_teachers);
	lookup_clear(&exported->courses);
	lookup_clear(&exported->terms);
	lookup_clear(&exported->contacts);
}

uint64_t exported_key(const struct exported *exported, const char *id, size_t length)
{
	return XXH3_64bits_withSecret(id, length, exported->secret, RECORD_SECRET);
}

uint64_t exported_key_of(const struct exported *exported, const char *id)
{
	return exported_key(exported, id, strlen(id));
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
	return id && exported_has(exported, target, exported_key_of(exported, id));
}

bool exported_is(const struct exported *exported, enum entity type, const char *id)
{
	return id && idset_has(&exported->ids[type], exported_key_of(exported, id));
}

const char *exported_class_school(const struct exported *exported, const char *id)
{
	const struct lookup_item *found;
	size_t count = 0;

	if (!id)
		return NULL;
	found = lookup_find(&exported->class_schools, exported_key_of(exported, id), &count);
	return count ? found->text : NULL;
}
