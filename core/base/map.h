/*
 * Texts to numbers: an open-addressing hash table whose keys are borrowed and whose values are
 * the numbers 0, 1, 2 ... in the order in which the keys came, so that they index an array.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map_slot;

struct map {
	struct map_slot *slots; /* owned */
	size_t room;            /* a power of two, or 0 */
	size_t count;           /* keys */
};

enum { MAP_NONE = -1 };

void map_init(struct map *map);
void map_clear(struct map *map);

/* The number of `key`, or MAP_NONE. */
long map_find(const struct map *map, const char *key);

/* The number of `key`, which is added, and must outlive the map, when it is new. */
long map_add(struct map *map, const char *key);

#endif
