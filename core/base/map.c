#include "base/map.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mem.h"

struct map_slot {
	const char *key; /* borrowed; NULL: free */
	uint32_t hash;
	uint32_t number;
};

void map_init(struct map *map)
{
	memset(map, 0, sizeof(*map));
}

void map_clear(struct map *map)
{
	free(map->slots);
	map_init(map);
}

static uint32_t hash_of(const char *key)
{
	return (uint32_t)XXH3_64bits(key, strlen(key));
}

/* The slot that holds the key, or the free one where it belongs. */
static struct map_slot *slot_of(const struct map *map, const char *key, uint32_t hash)
{
	size_t i = hash & (map->room - 1);

	while (map->slots[i].key &&
		(map->slots[i].hash != hash || strcmp(map->slots[i].key, key) != 0))
		i = (i + 1) & (map->room - 1);
	return &map->slots[i];
}

static void grow(struct map *map)
{
	struct map old = *map;
	size_t i;

	map->room = old.room ? old.room * 2 : 64;
	map->slots = mem_zero(map->room, sizeof(*map->slots));
	for (i = 0; i < old.room; i++)
		if (old.slots[i].key)
			*slot_of(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

long map_find(const struct map *map, const char *key)
{
	const struct map_slot *slot;

	if (!map->room)
		return MAP_NONE;
	slot = slot_of(map, key, hash_of(key));
	return slot->key ? (long)slot->number : MAP_NONE;
}

long map_add(struct map *map, const char *key)
{
	uint32_t hash = hash_of(key);
	struct map_slot *slot;

	if (map->count >= map->room / 4 * 3)
		grow(map);
	slot = slot_of(map, key, hash);
	if (!slot->key)
		*slot = (struct map_slot){key, hash, (uint32_t)map->count++};
	return (long)slot->number;
}
