#include "sync/shortfall.h"

#include <string.h>
#include <xxhash.h>

#include "base/idset.h"
#include "source/pulled.h"
#include "sync/trial.h"

struct counting {
	struct trial trial;
	struct shortfall *out;
	struct idset named; /* contacts, by students */
	struct idset people_in, people_out, classes_out;
};

static uint64_t key(const char *id, size_t length)
{
	return XXH3_64bits(id, length);
}

static bool has(const struct idset *set, const char *id)
{
	return id && idset_has(set, key(id, strlen(id)));
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
		idset_add(&counting->named, key(item, length));
	return 0;
}

/* What is known of the record beyond itself. */
static void complete(const struct counting *counting, struct record *record)
{
	if (record->entity == ENTITY_CONTACT && has(&counting->named, record->sis_id))
		record->value[ATTR_STUDENT_IDS] = record->sis_id;
}

/* Where enrollments look whether they go with somebody. */
static void note_fate(
	struct counting *counting, const struct record *record, const struct attribute *lack)
{
	uint64_t id = key(record->sis_id, strlen(record->sis_id));

	if (entity_is_person(record->entity))
		idset_add(lack ? &counting->people_out : &counting->people_in, id);
	else if (record->entity == ENTITY_CLASS && lack)
		idset_add(&counting->classes_out, id);
}

static bool follows(const struct counting *counting, const struct record *enrollment)
{
	const char *person = enrollment->value[ATTR_USER_ID];

	return has(&counting->classes_out, enrollment->value[ATTR_CLASS_ID]) ||
	       (has(&counting->people_out, person) && !has(&counting->people_in, person));
}

static int count_record(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct counting *counting = arg;
	struct shortfall *out = counting->out;
	const struct attribute *lack;
	size_t count, i;
	const struct attribute *row = schema_of(record->entity, &count);

	(void)source;
	(void)err;
	complete(counting, record);
	out->records[record->entity]++;
	for (i = 0; i < count; i++)
		out->missing[record->entity][row[i].attr] += !record->value[row[i].attr];
	if (record->entity == ENTITY_ENROLLMENT && follows(counting, record)) {
		out->enrollments++;
		return 0;
	}
	lack = requirements_lacks(&counting->trial.rules->requirements[record->entity], record);
	out->skipped[record->entity] += lack != NULL;
	note_fate(counting, record, lack);
	return 0;
}

int shortfall_count(const char *state, const struct app *app, const char *today,
	const atomic_bool *cancel, struct shortfall *out, struct err *err)
{
	struct counting counting = {.out = out};
	int result;

	memset(out, 0, sizeof(*out));
	pulled_when(state, app->name, &out->when);
	idset_init(&counting.named);
	idset_init(&counting.people_in);
	idset_init(&counting.people_out);
	idset_init(&counting.classes_out);
	result = trial_init(&counting.trial, state, app, today, cancel, err);
	if (!result)
		result = trial_each(
			&counting.trial, ENTITY_STUDENT, note_contacts, &counting, err);
	if (!result)
		result = trial_each(&counting.trial, ENTITY_NONE, count_record, &counting, err);
	trial_clear(&counting.trial);
	idset_clear(&counting.named);
	idset_clear(&counting.people_in);
	idset_clear(&counting.people_out);
	idset_clear(&counting.classes_out);
	return result;
}
