#include "sync/shortfall.h"

#include <string.h>
#include <xxhash.h>

#include "base/idset.h"
#include "source/pulled.h"
#include "sync/trial.h"

struct counting {
	struct trial trial;
	struct shortfall *out;
	struct idset named;       /* contacts, by students */
	struct idset fate[FATES]; /* people and classes */
};

/* People of all types share one kind: an enrollment says no more of them. */
static uint64_t key(enum entity entity, const char *id, size_t length)
{
	return XXH3_64bits_withSeed(id, length, entity == ENTITY_CLASS);
}

static int note_contacts(
	void *arg, const struct source_record *source, struct record *student, struct err *err)
{
	struct counting *counting = arg;
	const char *list = student->value[ATTR_CONTACT_IDS], *item;
	size_t length;

	(void)source;
	(void)err;
	while ((item = list_next(&list, &length)))
		idset_add(&counting->named, key(ENTITY_CONTACT, item, length));
	return 0;
}

static void note_fate(struct counting *counting, const struct record *record, enum fate fate)
{
	if (entity_is_person(record->entity) || record->entity == ENTITY_CLASS)
		idset_add(&counting->fate[fate],
			key(record->entity, record->sis_id, strlen(record->sis_id)));
}

/* What became of an end of an enrollment: a person is in with any side. */
static enum fate fate_of(const struct counting *counting, enum entity entity, const char *id)
{
	enum fate fate = FATE_IN;

	if (!id)
		return FATE_IN;
	while (fate < FATES && !idset_has(&counting->fate[fate], key(entity, id, strlen(id))))
		fate++;
	return fate < FATES ? fate : FATE_IN;
}

static enum fate fate_of_ends(const struct counting *counting, const struct record *enrollment)
{
	enum fate class = fate_of(counting, ENTITY_CLASS, enrollment->value[ATTR_CLASS_ID]);
	enum fate person = fate_of(counting, ENTITY_STUDENT, enrollment->value[ATTR_USER_ID]);

	return class > person ? class : person;
}

/* What is known of a record only with others: whose contact somebody is. */
static void complete(const struct counting *counting, struct record *record)
{
	if (record->entity == ENTITY_CONTACT &&
		idset_has(&counting->named,
			key(ENTITY_CONTACT, record->sis_id, strlen(record->sis_id))))
		record->value[ATTR_STUDENT_IDS] = record->sis_id;
}

static void count_missing(struct shortfall *out, const struct record *record)
{
	size_t count, i;
	const struct attribute *row = schema_of(record->entity, &count);

	out->records[record->entity]++;
	for (i = 0; i < count; i++)
		out->missing[record->entity][row[i].attr] += !record->value[row[i].attr];
}

static int count_record(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct counting *counting = arg;
	const struct ruleset *rules = counting->trial.rules;
	struct shortfall *out = counting->out;
	enum fate fate = FATE_IN;

	(void)source;
	(void)err;
	complete(counting, record);
	if (record->entity == ENTITY_ENROLLMENT)
		fate = fate_of_ends(counting, record);
	if (fate == FATE_FILTERED || !filters_allow(&rules->filters[record->entity], record,
					     &counting->trial.arena)) {
		note_fate(counting, record, FATE_FILTERED);
		return 0;
	}
	count_missing(out, record);
	out->enrollments += fate == FATE_SKIPPED;
	if (fate == FATE_IN &&
		requirements_lacks(&rules->requirements[record->entity], record)) {
		fate = FATE_SKIPPED;
		out->skipped[record->entity]++;
	}
	note_fate(counting, record, fate);
	return 0;
}

int shortfall_count(const char *state, const struct app *app, const char *today,
	const atomic_bool *cancel, struct shortfall *out, struct err *err)
{
	struct counting counting = {.out = out};
	int result, i;

	memset(out, 0, sizeof(*out));
	pulled_when(state, app->name, &out->when);
	idset_init(&counting.named);
	for (i = 0; i < FATES; i++)
		idset_init(&counting.fate[i]);
	result = trial_init(&counting.trial, state, app, today, cancel, err);
	if (!result)
		result = trial_each(
			&counting.trial, ENTITY_STUDENT, note_contacts, &counting, err);
	if (!result)
		result = trial_each(&counting.trial, ENTITY_NONE, count_record, &counting, err);
	trial_clear(&counting.trial);
	idset_clear(&counting.named);
	for (i = 0; i < FATES; i++)
		idset_clear(&counting.fate[i]);
	return result;
}
