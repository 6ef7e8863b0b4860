/*
 * What is in the hub of one entity type, as fingerprints in memory: 20 bytes a record in an
 * open-addressing table. An import marks what it saw; what it did not see was deleted.
 * Pure memory: knows no store.
 */
#ifndef SYNC_PRINTS_H
#define SYNC_PRINTS_H

#include <stddef.h>
#include <stdint.h>

#include "store/print.h"

/*
 * The table is kept in parts, by the lowest bits of the key: when one part is full only that
 * one is copied, so that growing never holds the whole twice.
 */
enum { PRINT_PARTS = 16 };

struct print_part {
	struct print *slots; /* owned; key 0 is a free slot */
	size_t room;
	size_t used;
};

struct prints {
	struct print_part part[PRINT_PARTS];
};

/* The two highest bits of a print's row say what happened to it in this import. */
enum print_mark {
	MARK_NONE = 0,    /* not seen */
	MARK_SEEN = 1,    /* seen, unchanged */
	MARK_CHANGED = 2, /* seen, new or updated: its row is staged */
	MARK_REMOVED = 3, /* the source says it is deleted */
};
enum { PRINT_ROW_BITS = 30 };

static inline uint32_t print_row(const struct print *print)
{
	return print->row & ((1u << PRINT_ROW_BITS) - 1);
}

static inline enum print_mark print_mark(const struct print *print)
{
	return (enum print_mark)(print->row >> PRINT_ROW_BITS);
}

static inline void print_set(struct print *print, uint32_t row, enum print_mark mark)
{
	print->row = row | (uint32_t)mark << PRINT_ROW_BITS;
}

void prints_init(struct prints *prints);
void prints_clear(struct prints *prints);

/*
 * Makes room for `count` prints. Whoever adds prints in the order in which prints_next gave
 * them must: added to a table that is too small, they would all crowd at its beginning.
 */
void prints_reserve(struct prints *prints, size_t count);

/* The print of a key, or NULL. Valid until the next prints_add. */
struct print *prints_find(const struct prints *prints, uint64_t key);

/* The print of a key, made (content and row 0) when it is new. */
struct print *prints_add(struct prints *prints, uint64_t key);

/* Row 0 is that of no record: a print that was removed stays in the table with it. */
void prints_remove(struct prints *prints, uint64_t key);

/* Where a walk through the table has come to; {0} at its start. */
struct prints_walk {
	size_t part, slot;
};

/* Goes through all that are there; NULL at the end. */
struct print *prints_next(const struct prints *prints, struct prints_walk *walk);

#endif
