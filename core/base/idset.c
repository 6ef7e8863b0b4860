#include "base/idset.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { IDSET_FIRST = 64 };

static struct idset_part *part_of(const struct idset *set, uint64_t key)
{
	return (struct idset_part *)&set->part[key % IDSET_PARTS];
}

/*
 * The key's slot, or the empty one where it would go. It belongs at its place in 0..2^64 scaled
 * to the table (Lemire's reduction), so that the room need not be a power of two. Linear
 * probing: one cache line mostly.
 */
static uint64_t *find(const struct idset_part *part, uint64_t key)
{
	size_t at = (size_t)(((unsigned __int128)key * part->room) >> 64);

	while (part->slot[at] && part->slot[at] != key)
		at = at + 1 < part->room ? at + 1 : 0;
	return &part->slot[at];
}

static void grow(struct idset_part *part)
{
	struct idset_part old = *part;
	size_t i;

	part->room = old.room ? old.room + old.room / 4 : IDSET_FIRST;
	part->slot = mem_zero(part->room, sizeof(*part->slot));
	for (i = 0; i < old.room; i++)
		if (old.slot[i])
			*find(part, old.slot[i]) = old.slot[i];
	free(old.slot);
}

void idset_init(struct idset *set)
{
	memset(set, 0, sizeof(*set));
}

void idset_clear(struct idset *set)
{
	size_t i;

	for (i = 0; i < IDSET_PARTS; i++)
		free(set->part[i].slot);
	idset_init(set);
}

bool idset_add(struct idset *set, uint64_t key)
{
	struct idset_part *part = part_of(set, key);
	uint64_t *slot;

	if (!key) {
		bool added = !set->zero;

		set->zero = true;
		return added;
	}
	/* At four fifths full a probe still ends within three slots on average. */
	if (part->used >= part->room / 5 * 4)
		grow(part);
	slot = find(part, key);
	if (*slot)
		return false;
	*slot = key;
	part->used++;
	return true;
}

bool idset_has(const struct idset *set, uint64_t key)
{
	const struct idset_part *part = part_of(set, key);

	if (!key)
		return set->zero;
	return part->room && *find(part, key) == key;
}

size_t idset_count(const struct idset *set)
{
	size_t count = set->zero, i;

	for (i = 0; i < IDSET_PARTS; i++)
		count += set->part[i].used;
	return count;
}
