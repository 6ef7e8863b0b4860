/*
 * What the hub must be after a sync of the random source, told without prints, rows or stages:
 * the versions of all records.
 */
#ifndef TESTS_UNIT_RANDOM_MODEL_H
#define TESTS_UNIT_RANDOM_MODEL_H

#include <string.h>

#include "random_source.h"
#include "store/history.h"

static const enum entity kinds[] = {
	ENTITY_STUDENT, ENTITY_TEACHER, ENTITY_CLASS, ENTITY_ENROLLMENT};
enum { STUDENT, TEACHER, CLASS, SEAT, KINDS };
static const int sizes[KINDS] = {USERS, USERS, CLASSES, SEATS};

/* Versions of the records; 0: not there. */
struct model {
	int of[KINDS][MOST];
};

static int next_of(const struct thing *thing, bool here, int before, bool bulk)
{
	if (thing->presence == SHOWN && here)
		return thing->version;
	if (thing->presence == MARKED)
		return 0;
	return bulk ? 0 : before; /* of another role now is as good as not shown */
}

static bool has_ends(const struct model *m, int seat)
{
	int user = seat_user(seat);

	return m->of[CLASS][seat_class(seat)] && (m->of[STUDENT][user] || m->of[TEACHER][user]);
}

/* The hub as it will be when all of the source's present state is accepted. */
static struct model target_of(const struct model *hub, bool bulk)
{
	struct model m;
	int i;

	memset(&m, 0, sizeof(m));
	for (i = 0; i < USERS; i++) {
		m.of[STUDENT][i] =
			next_of(&users[i], !users[i].teacher, hub->of[STUDENT][i], bulk);
		m.of[TEACHER][i] =
			next_of(&users[i], users[i].teacher, hub->of[TEACHER][i], bulk);
	}
	for (i = 0; i < CLASSES; i++)
		m.of[CLASS][i] = next_of(&classes[i], true, hub->of[CLASS][i], bulk);
	for (i = 0; i < SEATS; i++)
		if (has_ends(&m, i))
			m.of[SEAT][i] = next_of(&seats[i], true, hub->of[SEAT][i], bulk);
	return m;
}

/* `target` without what it deletes. */
static struct model undeleted(const struct model *hub, struct model target)
{
	int k, i;

	for (k = 0; k < KINDS; k++)
		for (i = 0; i < sizes[k]; i++)
			if (!target.of[k][i])
				target.of[k][i] = hub->of[k][i];
	return target;
}

static bool same_model(const struct model *a, const struct model *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static struct counts count_of(const struct model *hub, const struct model *target, int kind)
{
	struct counts counts = {{0}, 0};
	int i;

	for (i = 0; i < sizes[kind]; i++) {
		int before = hub->of[kind][i], after = target->of[kind][i];

		if (before && after == before)
			counts.unchanged++;
		else if (before || after)
			counts.changed[!before  ? CHANGE_CREATED
				       : !after ? CHANGE_DELETED
						: CHANGE_UPDATED]++;
	}
	return counts;
}

/* How a record of the hub tells its version. */
static int version_of(const struct record *record)
{
	const char *text = record->value[entity_is_person(record->entity) ? ATTR_EMAIL
					 : record->entity == ENTITY_CLASS ? ATTR_TITLE
									  : ATTR_ROLE];

	return text ? atoi(text) : -1;
}

static int kind_of(enum entity entity)
{
	int k;

	for (k = 0; k < KINDS && kinds[k] != entity; k++)
		;
	return k;
}

#endif
