#include "base/idset.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { IDSET_FIRST = 64 };

/*
 * Where a key belongs: its place in 0..2^64 scaled to the table (Lemire's reduction), so that
 * the table need not be a power of two and growing by half is possible.
 */
static size_t home(const struct idset *set, uint64_t key)
{
	return (size_t)(((unsigned __int128)key * set->room) >> 64);
}

/* The key's slot, or the empty one where it would go. Linear probing: one cache line mostly. */
static uint64_t *find(const struct idset *set, uint64_t key)
{
	size_t at = home(set, key);

	while (set->slot[at] && set->slot[at] != key)
		at = at + 1 < set->room ? at + 1 : 0;
	return &set->slot[at];
}

static void grow(struct idset *set)
{
	struct idset larger = *set;
	size_t i;

	larger.room = set->room ? set->room + set->room / 2 : IDSET_FIRST;
	larger.slot = mem_zero(larger.room, sizeof(*larger.slot));
	for (i = 0; i < set->room; i++)
		if (set->slot[i])
			*find(&larger, set->slot[i]) = set->slot[i];
	free(set->slot);
	*set = larger;
}

void idset_init(struct idset *set)
{
	memset(set, 0, sizeof(*set));
}

void idset_clear(struct idset *set)
{
	free(set->slot);
	idset_init(set);
}

bool idset_add(struct idset *set, uint64_t key)
{
	uint64_t *slot;

	if (!key) {
		bool added = !set->zero;

		set->zero = true;
		set->used += added;
		return added;
	}
	/* At four fifths full a probe still ends within three slots on average. */
	if (set->used >= set->room / 5 * 4)
		grow(set);
	slot = find(set, key);
	if (*slot)
		return false;
	*slot = key;
	set->used++;
	return true;
}

bool idset_has(const struct idset *set, uint64_t key)
{
	if (!key)
		return set->zero;
	return set->room && *find(set, key) == key;
}
