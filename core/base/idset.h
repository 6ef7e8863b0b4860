/*
 * A set of 64-bit keys that are already hashes (XXH3 of an id, say): 8 bytes a slot, nothing
 * else, so that the ids of a whole state fit in memory. Whether two ids may share a key is
 * the caller's question: among ten million ids the odds of any such pair are 1 in 370,000.
 * Out of memory ends the program (mem.h).
 */
#ifndef BASE_IDSET_H
#define BASE_IDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kept in parts, so that growing never holds the whole twice. */
enum { IDSET_PARTS = 16 };

struct idset_part {
	uint64_t *slot; /* owned; 0 is an empty slot */
	size_t room;    /* slots */
	size_t used;    /* keys held */
};

struct idset {
	struct idset_part part[IDSET_PARTS]; /* by the lowest bits of the key */
	bool zero;                           /* whether the key 0 is held, which has no slot */
};

void idset_init(struct idset *set);
void idset_clear(struct idset *set); /* frees; the set is as after idset_init */

/* Puts the key in. True when it was not there yet. */
bool idset_add(struct idset *set, uint64_t key);

bool idset_has(const struct idset *set, uint64_t key);

/* How many keys are in. */
size_t idset_count(const struct idset *set);

#endif
