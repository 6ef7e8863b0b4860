#include "sync/tally.h"

#include <string.h>

#include "base/mem.h"

void tally_init(struct tally *tally)
{
	memset(tally, 0, sizeof(*tally));
	map_init(&tally->by_school);
}

void tally_clear(struct tally *tally)
{
	school_counts_free(tally->schools, tally->by_school.count);
	map_clear(&tally->by_school);
	tally_init(tally);
}

static struct school_counts *need_school(struct tally *tally, const char *school)
{
	long i = map_find(&tally->by_school, school);

	if (i == MAP_NONE) {
		size_t count = tally->by_school.count;
		struct school_counts *added;

		tally->schools = mem_grow(tally->schools, count + 1, sizeof(*tally->schools));
		added = &tally->schools[count];
		memset(added, 0, sizeof(*added));
		added->school = mem_strdup(school);
		i = map_add(&tally->by_school, added->school);
	}
	return &tally->schools[i];
}

static void count(struct counts *counts, enum change change)
{
	if (change == CHANGE_NONE)
		counts->unchanged++;
	else
		counts->changed[change]++;
}

void tally_add(struct tally *tally, const struct record *record, enum change change)
{
	const char *school = record->value[ATTR_SCHOOL_ID];

	count(&tally->counts[record->entity], change);
	if (school)
		count(&need_school(tally, school)->counts[record->entity], change);
}

void tally_name_school(struct tally *tally, const char *school, const char *name)
{
	mem_replace(&need_school(tally, school)->name, name);
}

bool tally_is_unchanged(const struct tally *tally)
{
	enum entity e;
	enum change c;

	for (e = 0; e < ENTITY_COUNT; e++)
		for (c = 0; c < CHANGE_KINDS; c++)
			if (tally->counts[e].changed[c])
				return false;
	return true;
}
