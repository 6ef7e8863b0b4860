/*
 * Memory given out by moving a pointer, taken back all at once. For what lives as long as
 * one record or one list. Out of memory ends the program (mem.h).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *first; /* owned; blocks are kept by arena_reset */
	struct arena_block *now;   /* the block given out from */
	char *at;                  /* next free byte in it */
	char *end;
	size_t total; /* bytes in all blocks */
};

void arena_init(struct arena *arena);
void arena_clear(struct arena *arena); /* frees everything; usable again after arena_init */
void arena_reset(struct arena *arena); /* forgets everything, keeps the blocks for reuse */

/* `size` bytes, 16-byte aligned, uninitialised, valid until reset or clear. */
void *arena_alloc(struct arena *arena, size_t size);

char *arena_strdup(struct arena *arena, const char *text); /* NULL gives NULL */
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
