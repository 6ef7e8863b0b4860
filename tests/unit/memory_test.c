/* arena and buf */
#include "base/arena.h"
#include "base/buf.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "tap.h"

static void test_arena(void)
{
	struct arena arena;
	char *first, *large, *text;
	size_t total, i, wrong = 0;

	arena_init(&arena);
	first = arena_strdup(&arena, "first");
	is_str(first, "first", "arena: a copy");
	is_str(arena_strdup(&arena, NULL), NULL, "arena: of nothing");
	is_str(arena_strndup(&arena, "abcdef", 3), "abc", "arena: of a part");
	is_str(arena_printf(&arena, "%d-%s", 7, "x"), "7-x", "arena: formatted");
	for (i = 0; i < 10000; i++) {
		char *p = arena_alloc(&arena, i % 300);

		memset(p, 0xaa, i % 300);
		wrong += (uintptr_t)p % 16 != 0;
	}
	is_int((long long)wrong, 0, "arena: aligned");
	large = arena_alloc(&arena, 1 << 20);
	memset(large, 1, 1 << 20);
	text = arena_printf(&arena, "%*d", 200000, 5);
	is_int((long long)strlen(text), 200000, "arena: more than a block");
	is_str(first, "first", "arena: the first is where it was");
	total = arena.total;
	for (i = 0; i < 5; i++) {
		arena_reset(&arena);
		memset(arena_alloc(&arena, 1000), 2, 1000);
		memset(arena_alloc(&arena, 1 << 20), 3, 1 << 20);
	}
	ok(arena.total <= total + (1 << 20), "arena: blocks are used again");
	arena_clear(&arena);
	arena_clear(&arena);
	is_int((long long)arena.total, 0, "arena: cleared, twice is fine");
}

static void test_buf(void)
{
	struct buf buf;
	char *text;
	int i;

	buf_init(&buf);
	is_str(buf.data, "", "buf: empty is a text");
	buf_reset(&buf);
	buf_adds(&buf, "");
	is_str(buf.data, "", "buf: nothing added");
	for (i = 0; i < 1000; i++)
		buf_addc(&buf, (char)('a' + i % 26));
	ok(buf.used == 1000 && strlen(buf.data) == 1000, "buf: grows, with a NUL behind");
	buf_reset(&buf);
	buf_addf(&buf, "%s-%d", "x", 3);
	buf_addf(&buf, "%*d", 500, 1);
	ok(buf.used == 503 && !strncmp(buf.data, "x-3 ", 4), "buf: formatted");
	buf_add(&buf, "a\0b", 3);
	ok(buf.used == 506 && buf.data[504] == '\0' && buf.data[505] == 'b', "buf: any bytes");
	text = buf_detach(&buf);
	ok(!strncmp(text, "x-3", 3) && buf.used == 0 && buf.room == 0, "buf: detached");
	free(text);
	text = buf_detach(&buf);
	is_str(text, "", "buf: detached empty");
	free(text);
	buf_reserve(&buf, 100);
	ok(buf.room > 100 && buf.used == 0, "buf: reserved");
	buf_clear(&buf);
	buf_clear(&buf);
	is_str(buf.data, "", "buf: cleared, twice is fine");
}

static void test_mem(void)
{
	char *field = NULL, *text;

	mem_replace(&field, "one");
	mem_replace(&field, field);
	is_str(field, "one", "mem: a field replaced by itself");
	mem_replace(&field, NULL);
	is_str(field, NULL, "mem: by nothing");
	text = mem_printf("%s%d", "a", 1);
	is_str(text, "a1", "mem: formatted");
	free(text);
}

int main(void)
{
	test_arena();
	test_buf();
	test_mem();
	return done_testing();
}
