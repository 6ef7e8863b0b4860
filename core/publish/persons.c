#include "publish/persons.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct held_person {
	enum entity entity;
	const char *sis_id; /* in the arena, as the body */
	const char *body;
	size_t length;
	size_t order; /* of arrival */
};

/* The attributes of which a merged person has all values, not the first type's. */
static const enum attr united[] = {
	ATTR_OTHER_SCHOOL_IDS,
	ATTR_CONTACT_IDS,
	ATTR_STUDENT_IDS,
	ATTR_USER_IDS,
};

/* By id, then by type (their numbers have the order wanted), then by arrival. */
static int compare(const void *a, const void *b)
{
	const struct held_person *pa = a, *pb = b;
	int order = strcmp(pa->sis_id, pb->sis_id);

	if (order)
		return order;
	if (pa->entity != pb->entity)
		return pa->entity < pb->entity ? -1 : 1;
	return pa->order < pb->order ? -1 : pa->order > pb->order;
}

static void merge(struct record *into, const struct record *from, struct arena *arena)
{
	const char *school = from->value[ATTR_SCHOOL_ID];
	size_t i;
	int attr;

	for (i = 0; i < sizeof(united) / sizeof(united[0]); i++)
		into->value[united[i]] =
			list_unite(into->value[united[i]], from->value[united[i]], arena);
	if (into->value[ATTR_SCHOOL_ID])
		into->value[ATTR_OTHER_SCHOOL_IDS] =
			list_unite(into->value[ATTR_OTHER_SCHOOL_IDS], school, arena);
	for (attr = 0; attr < ATTR_COUNT; attr++)
		if (!into->value[attr])
			into->value[attr] = from->value[attr];
	record_unite_extras(into, from, arena);
}

void persons_init(struct persons *persons)
{
	memset(persons, 0, sizeof(*persons));
	arena_init(&persons->arena);
}

void persons_clear(struct persons *persons)
{
	free(persons->held);
	arena_clear(&persons->arena);
	persons_init(persons);
}

void persons_hold(struct persons *persons, const struct record *record)
{
	struct held_person *person;
	struct buf body;

	if (persons->count == persons->room) {
		persons->room = persons->room ? persons->room + persons->room / 2 : 64;
		persons->held = mem_grow(persons->held, persons->room, sizeof(*person));
	}
	buf_init(&body);
	record_pack(record, &body);
	person = &persons->held[persons->count];
	person->entity = record->entity;
	person->sis_id = arena_strdup(&persons->arena, record->sis_id);
	person->length = body.used;
	person->body = memcpy(arena_alloc(&persons->arena, body.used), body.data, body.used);
	person->order = persons->count++;
	buf_clear(&body);
}

static int unpack(const struct held_person *person, struct record *record, struct arena *arena,
	struct err *err)
{
	if (record_unpack(record, person->entity, person->sis_id, person->body, person->length,
		    arena))
		return err_set(err, ERR_FAILED, "The record of %s is damaged.", person->sis_id);
	return 0;
}

int persons_each(struct persons *persons, persons_fn *each, void *arg, struct err *err)
{
	const struct held_person *held = persons->held;
	struct record record, next;
	struct arena arena;
	int result = 0;
	size_t i = 0;

	arena_init(&arena);
	if (persons->count)
		qsort(persons->held, persons->count, sizeof(*persons->held), compare);
	while (!result && i < persons->count) {
		const char *sis_id = held[i].sis_id;

		arena_reset(&arena);
		result = unpack(&held[i], &record, &arena, err);
		while (!result && ++i < persons->count && !strcmp(held[i].sis_id, sis_id)) {
			result = unpack(&held[i], &next, &arena, err);
			if (!result)
				merge(&record, &next, &arena);
		}
		if (!result)
			result = each(arg, &record, err);
	}
	arena_clear(&arena);
	return result;
}
