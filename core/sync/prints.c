#include "sync/prints.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_ROOM = 64 };

void prints_init(struct prints *prints)
{
	memset(prints, 0, sizeof(*prints));
}

void prints_clear(struct prints *prints)
{
	size_t i;

	for (i = 0; i < PRINT_PARTS; i++)
		free(prints->part[i].slots);
	prints_init(prints);
}

static uint64_t usable(uint64_t key)
{
	return key ? key : PRINT_PARTS;
}

static size_t part_of(uint64_t key)
{
	return key % PRINT_PARTS;
}

/* Keys are hashes: their upper bits pick the slot, so that the room need be no power of two. */
static struct print *slot_of(const struct print_part *part, uint64_t key)
{
	size_t i = (size_t)((__uint128_t)key * part->room >> 64);

	while (part->slots[i].key && part->slots[i].key != key)
		i = i + 1 < part->room ? i + 1 : 0;
	return &part->slots[i];
}

static void resize(struct print_part *part, size_t room)
{
	struct print_part old = *part;
	size_t i;

	part->room = room;
	part->slots = mem_zero(room, sizeof(*part->slots));
	for (i = 0; i < old.room; i++)
		if (old.slots[i].key)
			*slot_of(part, old.slots[i].key) = old.slots[i];
	free(old.slots);
}

void prints_reserve(struct prints *prints, size_t count)
{
	/* At most three quarters full, for hashes do not fill the parts quite evenly. */
	size_t room = (count + count / 3) / PRINT_PARTS + FIRST_ROOM, i;

	for (i = 0; i < PRINT_PARTS; i++)
		if (room > prints->part[i].room)
			resize(&prints->part[i], room);
}

struct print *prints_find(const struct prints *prints, uint64_t key)
{
	const struct print_part *part = &prints->part[part_of(usable(key))];
	struct print *print;

	if (!part->room)
		return NULL;
	print = slot_of(part, usable(key));
	return print->key && print_row(print) ? print : NULL;
}

struct print *prints_add(struct prints *prints, uint64_t key)
{
	struct print_part *part = &prints->part[part_of(usable(key))];
	struct print *print;

	if (part->used >= part->room / 5 * 4)
		resize(part, part->room ? part->room + part->room / 4 : FIRST_ROOM);
	print = slot_of(part, usable(key));
	part->used += !print->key;
	print->key = usable(key);
	return print;
}

void prints_remove(struct prints *prints, uint64_t key)
{
	struct print *print = prints_find(prints, key);

	if (print)
		print->row = 0;
}

struct print *prints_next(const struct prints *prints, struct prints_walk *walk)
{
	for (; walk->part < PRINT_PARTS; walk->part++, walk->slot = 0) {
		const struct print_part *part = &prints->part[walk->part];

		while (walk->slot < part->room) {
			struct print *print = &part->slots[walk->slot++];

			if (print->key && print_row(print))
				return print;
		}
	}
	return NULL;
}
