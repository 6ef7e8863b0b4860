/* Texts to numbers, with enough of them to grow several times. */
#include "base/map.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tap.h"

enum { MANY = 20000 };

static void test_many(struct map *map, char **keys)
{
	long i, wrong = 0;

	for (i = 0; i < MANY; i++)
		wrong += map_add(map, keys[i]) != i;
	is_int(wrong, 0, "new keys are numbered as they come");
	for (i = 0; i < MANY; i++) {
		char *copy = mem_strdup(keys[i]);

		wrong += map_find(map, copy) != i || map_add(map, copy) != i;
		free(copy); /* the map must not have kept it */
	}
	for (i = 0; i < MANY; i++)
		wrong += map_find(map, keys[i]) != i;
	is_int(wrong, 0, "and found by their text");
	is_int((long long)map->count, MANY, "and counted once");
}

int main(void)
{
	char **keys = mem_zero(MANY, sizeof(*keys));
	struct map map;
	long i;

	map_init(&map);
	is_int(map_find(&map, ""), MAP_NONE, "an empty map holds nothing");
	for (i = 0; i < MANY; i++)
		keys[i] = i ? mem_printf("schlüssel %ld 鍵", i * 7) : mem_strdup("");
	test_many(&map, keys);
	is_int(map_find(&map, "schlüssel"), MAP_NONE, "the start of a key is none");
	is_int(map_find(&map, "SCHLÜSSEL 7 鍵"), MAP_NONE, "case counts");
	map_clear(&map);
	is_int(map_find(&map, keys[1]), MAP_NONE, "nothing after map_clear");
	is_int(map_add(&map, keys[5]), 0, "and numbered anew");
	map_clear(&map);
	for (i = 0; i < MANY; i++)
		free(keys[i]);
	free(keys);
	return done_testing();
}
