/* Fingerprints in memory: found after growth, removed, added again, gone through. */
#include "sync/prints.h"

#include "tap.h"

enum { MANY = 30000 };

/* A good hash of a number: what keys are. */
static uint64_t key_of(uint64_t i)
{
	i = (i ^ i >> 30) * 0xbf58476d1ce4e5b9u;
	i = (i ^ i >> 27) * 0x94d049bb133111ebu;
	return i ^ i >> 31;
}

static size_t count(const struct prints *prints)
{
	struct prints_walk walk = {0};
	size_t n = 0;

	while (prints_next(prints, &walk))
		n++;
	return n;
}

static void add(struct prints *prints, uint64_t key, uint64_t content, uint32_t row)
{
	struct print *print = prints_add(prints, key);

	print->content = content;
	print_set(print, row, MARK_NONE);
}

static size_t room_of(const struct prints *prints)
{
	size_t room = 0, i;

	for (i = 0; i < PRINT_PARTS; i++)
		room += prints->part[i].room;
	return room;
}

static void test_many(struct prints *prints)
{
	uint64_t i, sum = 0, want = 0;
	struct print *print;
	struct prints_walk walk = {0};
	size_t wrong = 0;

	for (i = 1; i <= MANY; i++)
		add(prints, key_of(i), i * 3, (uint32_t)i);
	for (i = 1; i <= MANY; i++) {
		print = prints_find(prints, key_of(i));
		wrong += !print || print->content != i * 3 || print_row(print) != i;
		want += i;
	}
	is_int((long long)wrong, 0, "all are found after growing");
	ok(!prints_find(prints, key_of(MANY + 1)), "one that was not added is not");
	while ((print = prints_next(prints, &walk)))
		sum += print_row(print);
	is_int((long long)sum, (long long)want, "going through tells each once");
}

static void test_removal(struct prints *prints)
{
	uint64_t i;
	size_t wrong = 0, room;

	for (i = 1; i <= MANY; i += 2)
		prints_remove(prints, key_of(i));
	prints_remove(prints, key_of(1));
	prints_remove(prints, key_of(MANY + 7));
	for (i = 1; i <= MANY; i++)
		wrong += !prints_find(prints, key_of(i)) != (i % 2 == 1);
	is_int((long long)wrong, 0, "removed ones are gone, the others stay");
	is_int((long long)count(prints), MANY / 2, "and only they are told");
	room = room_of(prints);
	for (i = 1; i <= MANY; i += 2) {
		wrong += print_row(prints_add(prints, key_of(i))) != 0;
		add(prints, key_of(i), i, 7);
	}
	is_int((long long)wrong, 0, "added again they come without the old row");
	is_int((long long)room_of(prints), (long long)room, "and take their old places");
	is_int((long long)count(prints), MANY, "all are there");
}

static void test_marks(void)
{
	static const enum print_mark marks[] = {
		MARK_NONE, MARK_SEEN, MARK_CHANGED, MARK_REMOVED};
	struct print print = {1, 2, 0};
	uint32_t most = (1u << PRINT_ROW_BITS) - 1;
	size_t i;

	is_int(sizeof(print), 20, "20 bytes a record");
	for (i = 0; i < 4; i++) {
		print_set(&print, most, marks[i]);
		ok(print_row(&print) == most && print_mark(&print) == marks[i],
			"mark %zu beside the highest row", i);
		print_set(&print, 1, marks[i]);
		ok(print_row(&print) == 1 && print_mark(&print) == marks[i],
			"and beside the lowest");
	}
}

/* Key 0 is a free slot inside; outside it is a key. The highest key wraps around. */
static void test_extremes(void)
{
	struct prints prints;
	uint64_t i;

	prints_init(&prints);
	ok(!prints_find(&prints, 5) && !count(&prints), "an empty table holds nothing");
	prints_remove(&prints, 5);
	add(&prints, 0, 42, 1);
	ok(prints_find(&prints, 0) && prints_find(&prints, 0)->content == 42, "key 0");
	for (i = 0; i < 50; i++)
		add(&prints, UINT64_MAX - i, i, 2);
	ok(prints_find(&prints, UINT64_MAX) && prints_find(&prints, UINT64_MAX - 49),
		"keys that crowd at the end wrap around");
	is_int((long long)count(&prints), 51, "all of them are there");
	prints_reserve(&prints, 100000);
	ok(room_of(&prints) > 100000 && prints_find(&prints, 0) &&
			prints_find(&prints, UINT64_MAX - 49),
		"still there after making room");
	is_int((long long)count(&prints), 51, "and no more");
	prints_reserve(&prints, 1);
	ok(room_of(&prints) > 100000, "room is not taken back");
	prints_clear(&prints);
	ok(!prints_find(&prints, 0), "cleared");
}

int main(void)
{
	struct prints prints;

	prints_init(&prints);
	test_many(&prints);
	test_removal(&prints);
	prints_clear(&prints);
	test_marks();
	test_extremes();
	return done_testing();
}
