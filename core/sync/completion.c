#include "sync/completion.h"

#include <string.h>
#include <time.h>

#include "sync/organisations.h"

void completion_stays(struct intake *intake, enum collection collection)
{
	struct compare *compare = &intake->compare;
	enum entity entity = maker_entity(collection), e;

	for (e = ENTITY_STUDENT; collection == COLLECTION_USERS && e <= ENTITY_CONTACT; e++)
		compare->absence[e] = ABSENCE_STAYS;
	if (entity != ENTITY_NONE)
		compare->absence[entity] = ABSENCE_STAYS;
	/* Whose person or class leaves because it did not come leaves with it all the same. */
	compare->someone_left |= entity == ENTITY_ENROLLMENT;
}

int completion_begin(
	struct intake *intake, enum collection collection, bool delta, struct err *err)
{
	const char *app = intake->app->name;
	bool there;
	time_t when;

	there = pulled_when(intake->state, app, &when);
	if (!there && delta)
		return err_set(err, ERR_SOURCE,
			"%s is a delta, and there is no earlier import of %s that it could be "
			"added to. Have the full set (bulk) written, and import that first",
			collection_name(collection), app);
	completion_stays(intake, collection);
	intake->part[collection] = there;
	return 0;
}

void completion_came(struct intake *intake, const struct source_record *source, uint64_t key)
{
	/* A user without a role could not be used: its roles may be a delta, too. */
	if (!intake->part[source->collection] ||
		(source->collection == COLLECTION_USERS && !source->roles &&
			source->status == STATUS_ACTIVE))
		return;
	idset_add(&intake->came, key);
}

/* Whether something of it was not kept, for it is masked or not taken. */
static bool is_reduced(const struct source_record *source)
{
	const char *ids = source->value[SOURCE_USER_IDS];
	size_t i;

	if (ids && strstr(ids, SOURCE_HIDDEN)) /* one of them may be */
		return true;

	for (i = 0; i < SOURCE_ATTRS; i++)
		if (source_hides(source, source->value[i]))
			return true;
	for (i = 0; i < source->extras; i++)
		if (source_hides(source, source->extra[i].value))
			return true;
	return false;
}

/* What cannot be made anew stays as the hub has it. */
static int let_stay(struct intake *intake, const struct source_record *source, uint64_t key,
	struct err *err)
{
	if (source->collection == COLLECTION_ORGS)
		organisations_take(intake, source, NULL);
	if (source->collection == COLLECTION_USERS) {
		intake->users++;
		if (!compare_is_person_in(&intake->compare, key))
			idset_add(&intake->out[COLLECTION_USERS], key);
	}
	return pulled_put(intake->pulled, source, err);
}

static int take_one(void *arg, struct source_record *source, struct err *err)
{
	struct intake *intake = arg;
	uint64_t key;
	int attr;

	arena_reset(&intake->arena);
	key = intake_source_key(intake, source->id);
	if (idset_has(&intake->came, key))
		return 0;
	/* Demographics came apart, or are those of the hub: what the record says is old. */
	for (attr = SOURCE_DEMOGRAPHICS; attr < SOURCE_ATTRS; attr++)
		source->value[attr] = NULL;
	return is_reduced(source) ? let_stay(intake, source, key, err)
				  : intake_take(intake, source, key, err);
}

int completion_end(struct intake *intake, enum collection collection, struct err *err)
{
	int result = 0;

	if (intake->part[collection])
		result = pulled_each(
			intake->state, intake->app->name, collection, take_one, intake, err);
	idset_clear(&intake->came);
	return result;
}
