#include "sync/filter_trial.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/mem.h"
#include "source/pulled.h"
#include "sync/links.h"
#include "sync/trial.h"

struct trying {
	struct trial trial;
	struct links links;
	struct idset in[ENTITY_COUNT]; /* at last */
	struct idset named;            /* contacts, by students who are in */
	const struct filter_trial_samples *samples;
	const struct app *app;
	struct filter_trial *out;
};

static uint64_t key_of(const void *arg, const char *sis_id, size_t length)
{
	(void)arg;
	return XXH3_64bits(sis_id, length);
}

static bool is_in(const void *arg, enum entity entity, uint64_t key)
{
	return idset_has(&((const struct trying *)arg)->in[entity], key);
}

static uint64_t key(const char *sis_id)
{
	return key_of(NULL, sis_id, strlen(sis_id));
}

/* ---- what is noted of a record ---- */

static void add_sample(struct trying *trying, const struct record *record, const char *reason)
{
	struct filter_trial *out = trying->out;
	const char *name = record->value[ATTR_TITLE];
	struct filter_sample *sample;

	if (record->entity != trying->samples->entity ||
		out->sample_count >= trying->samples->most)
		return;
	if (!name)
		name = arena_printf(&trying->trial.arena, "%s%s%s",
			record->value[ATTR_LAST_NAME] ? record->value[ATTR_LAST_NAME] : "",
			record->value[ATTR_FIRST_NAME] ? ", " : "",
			record->value[ATTR_FIRST_NAME] ? record->value[ATTR_FIRST_NAME] : "");
	out->samples = mem_grow(out->samples, out->sample_count + 1, sizeof(*out->samples));
	sample = &out->samples[out->sample_count++];
	*sample = (struct filter_sample){
		mem_strdup(record->sis_id), mem_strdup(name), mem_strdup(reason)};
}

static void count_rules(struct trying *trying, const struct record *record)
{
	const struct filters *filters = &trying->trial.rules->filters[record->entity];
	const char *failed;
	size_t at = 0, i;

	for (i = 0; i < filters->count; i++) {
		rules_next(&trying->app->rules, RULE_FILTER, record->entity, &at);
		trying->out->keeps[at - 1] +=
			filter_allows(&filters->list[i], record, &trying->trial.arena, &failed);
	}
}

/* Left out together with others. */
static void goes_along(struct trying *trying, const struct record *record, const char *reason)
{
	trying->out->along[record->entity]++;
	links_leave_out(&trying->links, record);
	add_sample(trying, record, reason);
}

/* ---- the filters of its own type ---- */

static bool passes_filters(struct trying *trying, const struct record *record)
{
	const struct filters *filters = &trying->trial.rules->filters[record->entity];

	trying->out->records[record->entity]++;
	if (!filters->count)
		return true;
	count_rules(trying, record);
	trying->out->unknown[record->entity] |= filters_meet(filters, record, SOURCE_HIDDEN);
	if (filters_allow(filters, record, &trying->trial.arena))
		return true;
	trying->out->filtered[record->entity]++;
	links_leave_out(&trying->links, record);
	add_sample(trying, record, filters_reason(filters, record, &trying->trial.arena));
	return false;
}

/* The first time: all but contacts and enrollments, which hang on others. */
static int judge(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct trying *trying = arg;

	(void)source;
	(void)err;
	if (record->entity == ENTITY_CONTACT || record->entity == ENTITY_SCHOOL)
		return 0;
	if (record->entity == ENTITY_ENROLLMENT) {
		links_note_enrollment(&trying->links, record);
		return 0;
	}
	if (record->entity == ENTITY_CLASS && links_class_goes(&trying->links, record)) {
		trying->out->records[ENTITY_CLASS]++;
		goes_along(trying, record, "its course or all of its calendars are left out");
	} else if (passes_filters(trying, record)) {
		links_keep(&trying->links, record);
	}
	return 0;
}

/* ---- Include linked ---- */

static int note_seat(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct trying *trying = arg;

	(void)source;
	(void)err;
	links_note_seat(&trying->links, record);
	return 0;
}

static const char *why_along(enum entity entity)
{
	if (entity == ENTITY_CLASS)
		return "nobody of it comes in";
	return entity == ENTITY_COURSE ? "no class of it comes in"
				       : "in no class that comes in";
}

static int settle(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct trying *trying = arg;
	uint64_t id = key(record->sis_id);

	(void)source;
	(void)err;
	if (!idset_has(&trying->links.kept[record->entity], id))
		return 0;
	if (links_goes(&trying->links, record)) {
		goes_along(trying, record, why_along(record->entity));
		return 0;
	}
	idset_add(&trying->in[record->entity], id);
	if (record->entity == ENTITY_CLASS && record->value[ATTR_COURSE_ID])
		links_note_course(&trying->links, record->value[ATTR_COURSE_ID]);
	return 0;
}

/* From now on only what comes in is in. */
static int settle_type(struct trying *trying, enum entity entity, struct err *err)
{
	struct idset *kept = &trying->links.kept[entity];
	bool needed = trying->links.waits[entity] ||
		      (entity == ENTITY_CLASS && trying->links.waits[ENTITY_COURSE]);

	if (needed && trial_each(&trying->trial, entity, settle, trying, err))
		return -1;
	if (needed) {
		idset_clear(kept);
	} else {
		trying->in[entity] = *kept;
		idset_init(kept);
	}
	return 0;
}

static int note_contacts(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct trying *trying = arg;
	const char *list = record->value[ATTR_CONTACT_IDS], *item;
	size_t length;

	(void)source;
	(void)err;
	if (idset_has(&trying->in[ENTITY_STUDENT], key(record->sis_id)))
		while ((item = list_next(&list, &length)))
			idset_add(&trying->named, key_of(NULL, item, length));
	return 0;
}

/* Whether a student who is in names the contact, or is named by it. */
static bool has_student(const struct trying *trying, const struct record *contact)
{
	const char *list = contact->value[ATTR_STUDENT_IDS], *item;
	size_t length;

	if (idset_has(&trying->named, key(contact->sis_id)))
		return true;
	while ((item = list_next(&list, &length)))
		if (idset_has(&trying->in[ENTITY_STUDENT], key_of(NULL, item, length)))
			return true;
	return false;
}

static int judge_contact(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct trying *trying = arg;

	(void)source;
	(void)err;
	if (!has_student(trying, record) && links_contact_goes(&trying->links, record)) {
		trying->out->records[ENTITY_CONTACT]++;
		goes_along(trying, record, "contact of left-out students only");
	} else if (passes_filters(trying, record)) {
		idset_add(&trying->in[ENTITY_CONTACT], key(record->sis_id));
	}
	return 0;
}

static int judge_enrollment(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct trying *trying = arg;

	(void)source;
	(void)err;
	trying->out->records[ENTITY_ENROLLMENT]++;
	trying->out->along[ENTITY_ENROLLMENT] += links_enrollment_goes(&trying->links, record);
	return 0;
}

/* In the order of an import: links.h. */
static int try_all(struct trying *trying, struct err *err)
{
	static const enum entity order[] = {ENTITY_CALENDAR, ENTITY_STUDENT, ENTITY_TEACHER,
		ENTITY_ADMIN, ENTITY_CLASS, ENTITY_COURSE};
	struct trial *trial = &trying->trial;
	size_t i;

	if (trial_each(trial, ENTITY_NONE, judge, trying, err) ||
		(links_persons_wait(&trying->links) &&
			trial_each(trial, ENTITY_ENROLLMENT, note_seat, trying, err)))
		return -1;
	for (i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (settle_type(trying, order[i], err))
			return -1;
	if (trial_each(trial, ENTITY_STUDENT, note_contacts, trying, err) ||
		trial_each(trial, ENTITY_CONTACT, judge_contact, trying, err))
		return -1;
	return trial_each(trial, ENTITY_ENROLLMENT, judge_enrollment, trying, err);
}

int filter_trial(const char *state, const struct app *app, const char *today,
	const struct filter_trial_samples *samples, const atomic_bool *cancel,
	struct filter_trial *out, struct err *err)
{
	struct trying trying = {.samples = samples, .app = app, .out = out};
	const struct links_view view = {key_of, is_in, &trying};
	int result, i;

	memset(out, 0, sizeof(*out));
	out->keeps = mem_zero(app->rules.count + 1, sizeof(*out->keeps));
	pulled_when(state, app->name, &out->when);
	result = trial_init(&trying.trial, state, app, today, cancel, err);
	if (!result) {
		links_init(&trying.links, trying.trial.rules->linked, &view);
		result = try_all(&trying, err);
	}
	links_clear(&trying.links);
	for (i = 0; i < ENTITY_COUNT; i++)
		idset_clear(&trying.in[i]);
	idset_clear(&trying.named);
	trial_clear(&trying.trial);
	return result;
}

void filter_trial_clear(struct filter_trial *trial)
{
	while (trial->sample_count) {
		struct filter_sample *sample = &trial->samples[--trial->sample_count];

		free(sample->id);
		free(sample->name);
		free(sample->reason);
	}
	free(trial->samples);
	free(trial->keeps);
	memset(trial, 0, sizeof(*trial));
}
