#include "base/idset.h"

#include <stdint.h>

#include "tap.h"

/* splitmix64: keys that are spread as hashes are */
static uint64_t scatter(uint64_t n)
{
	n += 0x9e3779b97f4a7c15u;
	n = (n ^ n >> 30) * 0xbf58476d1ce4e5b9u;
	n = (n ^ n >> 27) * 0x94d049bb133111ebu;
	return n ^ n >> 31;
}

static void test_edges(void)
{
	struct idset set;

	idset_init(&set);
	ok(!idset_has(&set, 0) && !idset_has(&set, 7), "an empty set holds nothing");
	ok(idset_add(&set, 0), "0 is a key");
	ok(!idset_add(&set, 0), "0 is there once");
	ok(idset_has(&set, 0) && !idset_has(&set, 1), "0 is held, 1 is not");
	ok(idset_add(&set, UINT64_MAX) && idset_add(&set, UINT64_MAX - 1),
		"the last slot wraps");
	ok(idset_has(&set, UINT64_MAX) && idset_has(&set, UINT64_MAX - 1),
		"and both are found");
	is_int((long long)idset_count(&set), 3, "used counts the keys");
	idset_clear(&set);
	ok(!idset_has(&set, 0) && idset_count(&set) == 0, "cleared, it is empty");
	idset_clear(&set);
	ok(idset_add(&set, 5), "and may be used again");
	idset_clear(&set);
}

static void test_many(void)
{
	enum { MANY = 300000 };
	struct idset set;
	long missing = 0, ghosts = 0, again = 0;
	size_t room = 0;
	uint64_t i;

	idset_init(&set);
	for (i = 0; i < MANY; i++)
		idset_add(&set, scatter(i));
	for (i = 0; i < MANY; i++) {
		missing += !idset_has(&set, scatter(i));
		again += idset_add(&set, scatter(i));
		ghosts += idset_has(&set, scatter(i + MANY));
	}
	is_int((long long)idset_count(&set), MANY, "%d keys are in", MANY);
	is_int(missing, 0, "all are found");
	is_int(again, 0, "none is added twice");
	is_int(ghosts, 0, "nothing else is found");
	for (i = 0; i < IDSET_PARTS; i++)
		room += set.part[i].room;
	ok(room * 8 <= MANY * 13, "at most 13 bytes a key (%zu)", room * 8 / MANY);
	idset_clear(&set);
}

/* Keys that all belong to one slot still work, if slowly. */
static void test_crowd(void)
{
	struct idset set;
	uint64_t i;
	long missing = 0;

	idset_init(&set);
	for (i = 1; i <= 1000; i++)
		idset_add(&set, i);
	for (i = 1; i <= 1000; i++)
		missing += !idset_has(&set, i);
	is_int(missing, 0, "a crowd on one slot is found");
	ok(!idset_has(&set, 1001), "and ends");
	idset_clear(&set);
}

int main(void)
{
	test_edges();
	test_many();
	test_crowd();
	return done_testing();
}
