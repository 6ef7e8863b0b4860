#include "base/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { ARENA_BLOCK = 64 * 1024, ARENA_ALIGN = 16 };

struct arena_block {
	struct arena_block *next; /* owned */
	size_t size;              /* of data */
	alignas(ARENA_ALIGN) char data[];
};

static void enter_block(struct arena *arena, struct arena_block *block)
{
	arena->now = block;
	arena->at = block->data;
	arena->end = block->data + block->size;
}

/* The next kept block that is large enough, else a new one put after the present one. */
static void next_block(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->now ? arena->now->next : arena->first;

	if (!block || block->size < size) {
		size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
		struct arena_block **link = arena->now ? &arena->now->next : &arena->first;

		block = mem_alloc(sizeof(*block) + room);
		block->size = room;
		block->next = *link;
		*link = block;
		arena->total += room;
	}
	enter_block(arena, block);
}

void arena_init(struct arena *arena)
{
	memset(arena, 0, sizeof(*arena));
}

void arena_clear(struct arena *arena)
{
	struct arena_block *block, *next;

	for (block = arena->first; block; block = next) {
		next = block->next;
		free(block);
	}
	arena_init(arena);
}

void arena_reset(struct arena *arena)
{
	if (arena->first)
		enter_block(arena, arena->first);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *p;

	size = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	if ((size_t)(arena->end - arena->at) < size)
		next_block(arena, size);
	p = arena->at;
	arena->at += size;
	return p;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list ap;
	char *copy;
	int length;

	va_start(ap, fmt);
	length = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	copy = arena_alloc(arena, (size_t)length + 1);
	va_start(ap, fmt);
	vsnprintf(copy, (size_t)length + 1, fmt, ap);
	va_end(ap);
	return copy;
}
