/* SIS ID prefix: put before every id and reference, and taken off again, a record is as it was.
 */
#include "rules/attributes.h"

#include <stdlib.h>

#include "tap.h"

enum { ROUNDS = 2000, ITEMS = 5, LENGTH = 12 };

static struct arena arena;
static unsigned long seed = 20261125;

static unsigned random_below(unsigned most)
{
	seed = seed * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(seed >> 33) % most;
}

/* Ids as sources have them: any bytes but those that end a text or an item. */
static char *random_list(unsigned items)
{
	char *list = arena_alloc(&arena, ITEMS * (LENGTH + 1) + 1), *at = list;
	unsigned i, j, length;

	for (i = 0; i < items; i++) {
		if (i)
			*at++ = RECORD_LIST;
		for (j = 0, length = 1 + random_below(LENGTH); j < length; j++)
			*at++ = "ab-_ /+'é€\xf0\x9f\x8f\xab"[random_below(15)];
	}
	*at = '\0';
	return list;
}

/* The list without the prefix; NULL when an item has none. */
static const char *strip(const char *prefix, const char *list)
{
	size_t gone = strlen(prefix), length;
	char *out = arena_alloc(&arena, strlen(list) + 1), *at = out;
	const char *item;

	while ((item = list_next(&list, &length))) {
		if (length < gone || memcmp(item, prefix, gone) != 0)
			return NULL;
		if (at > out)
			*at++ = RECORD_LIST;
		at = mempcpy(at, item + gone, length - gone);
	}
	*at = '\0';
	return out;
}

static struct record random_record(enum entity entity)
{
	size_t count, i;
	const struct attribute *row = schema_of(entity, &count);
	struct record record;

	record_init(&record, entity, random_list(1));
	for (i = 0; i < count; i++)
		if (random_below(4))
			record.value[row[i].attr] = random_list(
				row[i].type == TYPE_REFERENCES ? 1 + random_below(ITEMS) : 1);
	return record;
}

/* Whether each id has the prefix, and all is as it was without it; schools are not touched. */
static bool comes_back(
	const char *prefix, const struct record *before, const struct record *after)
{
	size_t count, i;
	const struct attribute *row = schema_of(before->entity, &count);
	const char *id = strip(prefix, after->sis_id);

	if (!id || strcmp(id, before->sis_id) != 0)
		return false;
	for (i = 0; i < count; i++) {
		const char *was = before->value[row[i].attr], *is = after->value[row[i].attr];
		bool refers = row[i].type == TYPE_REFERENCE || row[i].type == TYPE_REFERENCES;

		if (is && refers && row[i].target != ENTITY_SCHOOL)
			is = strip(prefix, is);
		if (!was != !is || (was && strcmp(was, is) != 0))
			return false;
	}
	return true;
}

int main(void)
{
	static const char *const prefixes[] = {"w-", "é", "a", "abcdefghijklmnopqrstuvwxyz-_"};
	size_t p, round, wrong, same = 0;

	arena_init(&arena);
	for (p = 0; p < sizeof(prefixes) / sizeof(*prefixes); p++) {
		for (round = wrong = 0; round < ROUNDS; round++) {
			struct record before =
				random_record((enum entity)random_below(ENTITY_COUNT));
			struct record after = before;

			prefix_apply(prefixes[p], &arena, &after);
			wrong += !comes_back(prefixes[p], &before, &after);
			same += !strcmp(before.sis_id, after.sis_id);
			arena_reset(&arena);
		}
		is_int((long)wrong, 0, "%d records with \"%s\" and back", ROUNDS, prefixes[p]);
	}
	is_int((long)same, 0, "and no id was left without it");
	arena_clear(&arena);
	return done_testing();
}
