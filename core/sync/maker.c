#include "sync/maker.h"

enum entity maker_entity(enum collection collection)
{
	static const enum entity entity_of[COLLECTION_COUNT] = {
		[COLLECTION_ORGS] = ENTITY_SCHOOL,
		[COLLECTION_SESSIONS] = ENTITY_CALENDAR,
		[COLLECTION_DEMOGRAPHICS] = ENTITY_NONE,
		[COLLECTION_USERS] = ENTITY_NONE,
		[COLLECTION_COURSES] = ENTITY_COURSE,
		[COLLECTION_CLASSES] = ENTITY_CLASS,
		[COLLECTION_ENROLLMENTS] = ENTITY_ENROLLMENT,
	};

	return entity_of[collection];
}

enum collection maker_collection(enum entity entity)
{
	enum collection c;

	for (c = 0; c < COLLECTION_COUNT; c++)
		if (maker_entity(c) == entity)
			return c;
	return COLLECTION_USERS;
}

static bool has_school(const struct record *record)
{
	return record->value[ATTR_SCHOOL_ID] || record->value[ATTR_OTHER_SCHOOL_IDS];
}

static void make(const struct maker *maker, enum entity entity,
	const struct source_record *source, struct arena *arena, struct problems *problems,
	struct made *made)
{
	struct record *record = &made->record;
	bool had_school;

	made->in = true;
	made->apart = false;
	attributes_apply(&maker->rules->mapping[entity], source, arena, problems, record);
	if (entity == ENTITY_SCHOOL)
		return;
	prefix_apply(maker->app->sis_id_prefix, arena, record);
	if (entity == ENTITY_ENROLLMENT)
		return;
	had_school = has_school(record);
	made->in = schools_apply(maker->plan, record, arena, problems);
	made->apart = entity == ENTITY_CONTACT && had_school && !has_school(record);
}

static size_t make_people(const struct maker *maker, struct source_record *source, uint64_t key,
	struct arena *arena, struct problems *problems, struct made made[MADE_MOST])
{
	const char *role = source->value[SOURCE_ROLE], *orgs = source->value[SOURCE_ORGS];
	const char *primary = source->value[SOURCE_PRIMARY_ORG];
	struct person people[PEOPLE_TYPES];
	size_t count = people_of_user(source, arena, problems, people), i;

	for (i = 0; i < count; i++) {
		if (people[i].entity == ENTITY_STUDENT)
			demographics_join(maker->demographics, key, source->value);
		source->value[SOURCE_ROLE] = people[i].role;
		source->value[SOURCE_PRIMARY_ORG] = people[i].primary_org;
		source->value[SOURCE_ORGS] = people[i].other_orgs;
		make(maker, people[i].entity, source, arena, problems, &made[i]);
	}
	source->value[SOURCE_ROLE] = role;
	source->value[SOURCE_ORGS] = orgs;
	source->value[SOURCE_PRIMARY_ORG] = primary;
	return count;
}

size_t maker_make(const struct maker *maker, struct source_record *source, uint64_t key,
	struct arena *arena, struct problems *problems, struct made made[MADE_MOST])
{
	enum entity entity = maker_entity(source->collection);

	if (entity == ENTITY_NONE)
		return make_people(maker, source, key, arena, problems, made);
	make(maker, entity, source, arena, problems, made);
	return 1;
}
