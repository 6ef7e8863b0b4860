/*
 * Counting what a sync does: per entity type, in the district and in each school.
 */
#ifndef SYNC_TALLY_H
#define SYNC_TALLY_H

#include "base/map.h"
#include "roster/record.h"
#include "store/history.h"

struct tally {
	struct counts counts[ENTITY_COUNT];
	struct map by_school;          /* keys lie in `schools` */
	struct school_counts *schools; /* owned */
};

void tally_init(struct tally *tally);
void tally_clear(struct tally *tally);

/* Counts a record in its entity type and its school. CHANGE_NONE: it is unchanged. */
void tally_add(struct tally *tally, const struct record *record, enum change change);

/* The name under which a school's counts are shown. */
void tally_name_school(struct tally *tally, const char *school, const char *name);

/* Whether nothing changed. */
bool tally_is_unchanged(const struct tally *tally);

#endif
