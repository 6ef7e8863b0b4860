#include "sync/prints.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void prints_init(struct prints *prints)
{
	memset(prints, 0, sizeof(*prints));
}

void prints_clear(struct prints *prints)
{
	free(prints->slots);
	prints_init(prints);
}

/* Keys are hashes: their upper bits pick the slot, so that the room need be no power of two. */
static size_t slot_of(const struct prints *prints, uint64_t key)
{
	size_t i = (size_t)((__uint128_t)key * prints->room >> 64);

	while (prints->slots[i].key && prints->slots[i].key != key)
		i = i + 1 < prints->room ? i + 1 : 0;
	return i;
}

static uint64_t usable(uint64_t key)
{
	return key ? key : 1;
}

static void resize(struct prints *prints, size_t room)
{
	struct prints old = *prints;
	size_t i;

	prints->room = room;
	prints->slots = mem_zero(room, sizeof(*prints->slots));
	for (i = 0; i < old.room; i++)
		if (old.slots[i].key)
			prints->slots[slot_of(prints, old.slots[i].key)] = old.slots[i];
	free(old.slots);
}

void prints_reserve(struct prints *prints, size_t count)
{
	size_t room = count + count / 3 + 1024; /* at most three quarters full */

	if (room > prints->room)
		resize(prints, room);
}

struct print *prints_find(const struct prints *prints, uint64_t key)
{
	struct print *print;

	if (!prints->room)
		return NULL;
	print = &prints->slots[slot_of(prints, usable(key))];
	return print->key && print_row(print) ? print : NULL;
}

struct print *prints_add(struct prints *prints, uint64_t key)
{
	struct print *print;

	if (prints->used >= prints->room / 5 * 4)
		resize(prints, prints->room ? prints->room + prints->room / 2 : 1024);
	print = &prints->slots[slot_of(prints, usable(key))];
	prints->used += !print->key;
	print->key = usable(key);
	return print;
}

void prints_remove(struct prints *prints, uint64_t key)
{
	struct print *print = prints_find(prints, key);

	if (print)
		print->row = 0;
}

struct print *prints_next(const struct prints *prints, size_t *at)
{
	while (*at < prints->room) {
		struct print *print = &prints->slots[(*at)++];

		if (print->key && print_row(print))
			return print;
	}
	return NULL;
}
