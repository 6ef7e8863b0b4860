/* Counting what a sync does, in the district and in each school. */
#include "sync/tally.h"

#include <string.h>

#include "tap.h"

static struct tally tally;

static void add(enum entity entity, const char *school, enum change change)
{
	struct record record;

	record_init(&record, entity, "x");
	record.value[ATTR_SCHOOL_ID] = school;
	tally_add(&tally, &record, change);
}

static const struct school_counts *of(const char *school)
{
	size_t i;

	for (i = 0; i < tally.by_school.count; i++)
		if (!strcmp(tally.schools[i].school, school))
			return &tally.schools[i];
	return NULL;
}

int main(void)
{
	char name[20];
	size_t i;

	tally_init(&tally);
	ok(tally_is_unchanged(&tally), "nothing counted: unchanged");
	add(ENTITY_STUDENT, "é", CHANGE_NONE);
	add(ENTITY_SCHOOL, NULL, CHANGE_NONE);
	ok(tally_is_unchanged(&tally), "unchanged records: unchanged");
	add(ENTITY_STUDENT, "é", CHANGE_CREATED);
	ok(!tally_is_unchanged(&tally), "one change");
	add(ENTITY_STUDENT, "e", CHANGE_UPDATED);
	add(ENTITY_STUDENT, NULL, CHANGE_DELETED);
	add(ENTITY_CLASS, "é", CHANGE_DELETED);
	is_int(tally.counts[ENTITY_STUDENT].changed[CHANGE_CREATED], 1, "created");
	is_int(tally.counts[ENTITY_STUDENT].changed[CHANGE_UPDATED], 1, "updated");
	is_int(tally.counts[ENTITY_STUDENT].changed[CHANGE_DELETED], 1, "deleted");
	is_int(tally.counts[ENTITY_STUDENT].unchanged, 1, "unchanged");
	is_int(counts_total(&tally.counts[ENTITY_STUDENT]), 3, "all but the deleted");
	is_int((long long)tally.by_school.count, 2, "two schools");
	is_int(of("é")->counts[ENTITY_STUDENT].changed[CHANGE_CREATED], 1, "in one school");
	is_int(of("é")->counts[ENTITY_CLASS].changed[CHANGE_DELETED], 1, "of another type");
	is_int(of("e")->counts[ENTITY_STUDENT].changed[CHANGE_UPDATED], 1, "in the other");
	is_int(of("e")->counts[ENTITY_STUDENT].changed[CHANGE_CREATED], 0, "not mixed up");
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "school %zu", i);
		add(ENTITY_CLASS, name, CHANGE_NONE);
		tally_name_school(&tally, name, name + 7);
	}
	tally_name_school(&tally, "é", "Élan");
	tally_name_school(&tally, "é", "Élan vital");
	is_str(of("é")->name, "Élan vital", "a school is named, the last name counts");
	is_str(of("school 999")->name, "999", "each its own");
	is_str(of("e")->name, NULL, "or has none");
	tally_clear(&tally);
	ok(tally_is_unchanged(&tally) && !tally.by_school.count, "cleared");
	tally_clear(&tally);
	return done_testing();
}
