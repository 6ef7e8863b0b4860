#include "sync/intake.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sync/catalogue.h"
#include "sync/completion.h"
#include "sync/enrollments.h"
#include "schedule/rollover.h"
#include "sync/leaving.h"
#include "sync/organisations.h"
#include "sync/references.h"
#include "sync/school_view.h"
#include "sync/users.h"
#include "sync/waiting.h"

static int consume(void *arg, const struct buf *batch, struct err *err);

/* What links ask. */
static uint64_t key_of(const void *intake, const char *sis_id, size_t length)
{
	return compare_key(&((const struct intake *)intake)->compare, sis_id, length);
}

static bool is_in(const void *intake, enum entity entity, uint64_t key)
{
	return compare_is_in(&((const struct intake *)intake)->compare, entity, key);
}

int intake_init(struct intake *intake, const struct app *app, const struct rules *of_hub,
	const char *state, const char *today, struct store *store, struct stage *stage,
	struct err *err)
{
	const struct links_view view = {key_of, is_in, intake};
	int i;

	memset(intake, 0, sizeof(*intake));
	intake->app = app;
	intake->state = state;
	intake->stage = stage;
	for (i = 0; i < COLLECTION_COUNT; i++)
		idset_init(&intake->out[i]);
	idset_init(&intake->skipped);
	idset_init(&intake->came);
	arena_init(&intake->arena);
	demographics_init(&intake->demographics);
	demographics_init(&intake->known);
	contacts_init(&intake->contacts);
	for (i = 0; i < ENTITY_COUNT; i++)
		spool_init(&intake->waiting[i]);
	problems_init(&intake->problems);
	problems_init(&intake->found);
	compare_init(&intake->compare, app->name,
		app->bulk_upload ? ABSENCE_LEAVES : ABSENCE_STAYS, store, stage);
	if (rollover_is_on(&app->rollover, ROLLOVER_KEEP, today))
		intake->compare.leaving = LEAVING_DISABLED;
	intake->rules = ruleset_new(app, today, store_secret(store), err);
	if (intake->rules)
		links_init(&intake->links, intake->rules->linked, &view);
	intake->maker = (struct maker){app, intake->rules, NULL, &intake->demographics};
	if (twins_init(&intake->twins, app, of_hub, &intake->compare, err) || !intake->rules)
		return -1;
	intake->pulled = pulled_new(state, app->name, err);
	intake->relay = intake->pulled ? relay_start(consume, intake, err) : NULL;
	return intake->relay ? 0 : -1;
}

void intake_clear(struct intake *intake)
{
	size_t i;

	relay_abandon(intake->relay);
	for (i = 0; i < COLLECTION_COUNT; i++)
		idset_clear(&intake->out[i]);
	idset_clear(&intake->skipped);
	idset_clear(&intake->came);
	for (i = 0; i < intake->pending_count; i++)
		free(intake->pending[i].sis_id);
	free(intake->pending);
	pulled_abandon(intake->pulled);
	ruleset_free(intake->rules);
	links_clear(&intake->links);
	school_plan_free(intake->plan);
	school_lists_clear(&intake->schools);
	arena_clear(&intake->arena);
	demographics_clear(&intake->demographics);
	demographics_clear(&intake->known);
	contacts_clear(&intake->contacts);
	for (i = 0; i < ENTITY_COUNT; i++)
		spool_clear(&intake->waiting[i]);
	problems_clear(&intake->problems);
	problems_clear(&intake->found);
	twins_clear(&intake->twins);
	compare_clear(&intake->compare);
}

uint64_t intake_key(const struct intake *intake, const char *sis_id)
{
	return compare_key(&intake->compare, sis_id, strlen(sis_id));
}

void intake_dangling(
	struct intake *intake, enum entity entity, const char *sis_id, const char *attribute)
{
	problems_add(&intake->problems, PROBLEM_DANGLING, entity, sis_id, "%s leads nowhere",
		attribute);
}

int intake_keep(struct intake *intake, const struct record *record, struct err *err)
{
	if (compare_keep(&intake->compare, record, err))
		return -1;
	twins_add(&intake->twins, &intake->compare, record);
	return 0;
}

void intake_stay_out(
	struct intake *intake, const struct record *record, enum collection collection)
{
	uint64_t key = intake_key(intake, record->sis_id);

	idset_add(&intake->out[collection], key);
	compare_mark_removed(&intake->compare, record->entity, key);
}

void intake_leave_out(
	struct intake *intake, const struct record *record, enum collection collection)
{
	links_leave_out(&intake->links, record);
	intake_stay_out(intake, record, collection);
}

bool intake_judge(struct intake *intake, struct record *record, enum collection collection)
{
	enum fate fate = FATE_SKIPPED;

	if (!twins_skips(&intake->twins, record->entity, intake_key(intake, record->sis_id)))
		fate = ruleset_judge(intake->rules, record, &intake->arena, &intake->problems);
	switch (fate) {
	case FATE_IN: return true;
	case FATE_FILTERED: intake_leave_out(intake, record, collection); return false;
	case FATE_SKIPPED:
	case FATES: break;
	}
	if (entity_is_person(record->entity) || record->entity == ENTITY_CLASS)
		idset_add(&intake->skipped, intake_key(intake, record->sis_id));
	intake_stay_out(intake, record, collection);
	return false;
}

int intake_wait(struct intake *intake, const struct record *record, enum collection collection,
	struct err *err)
{
	if (!ruleset_allows(intake->rules, record, &intake->arena)) {
		intake_leave_out(intake, record, collection);
		return 0;
	}
	links_keep(&intake->links, record);
	return spool_put(&intake->waiting[record->entity], intake->state, record, err);
}

uint64_t intake_source_key(struct intake *intake, const char *id)
{
	const char *prefix = intake->app->sis_id_prefix;

	if (prefix && *prefix)
		id = prefix_list(prefix, id, &intake->arena);
	return intake_key(intake, id);
}

/* ---- the taker ----------------------------------------------------------------------------
 */

static int end_collection(struct intake *intake, enum collection collection, struct err *err)
{
	switch (collection) {
	case COLLECTION_ORGS: return organisations_end(intake, err);
	case COLLECTION_SESSIONS: references_end_sessions(intake); return 0;
	case COLLECTION_USERS:
		return links_persons_wait(&intake->links) ? 0 : users_end(intake, err);
	case COLLECTION_ENROLLMENTS: return waiting_end(intake, err);
	default: return 0;
	}
}

/* Ends the collections before `collection`. */
static int advance(struct intake *intake, enum collection collection, struct err *err)
{
	while (intake->current < collection) {
		if (completion_end(intake, intake->current, err) ||
			end_collection(intake, intake->current, err))
			return -1;
		intake->current++;
	}
	return 0;
}

static void take_deleted(
	struct intake *intake, const struct source_record *source, uint64_t key)
{
	int e;

	if (source->collection == COLLECTION_USERS) {
		intake->users++;
		for (e = ENTITY_STUDENT; e <= ENTITY_CONTACT; e++)
			compare_mark_removed(&intake->compare, (enum entity)e, key);
	} else if (source->collection == COLLECTION_DEMOGRAPHICS) {
		demographics_keep(&intake->demographics, key, source->value, 0, 0);
	} else if (maker_entity(source->collection) != ENTITY_NONE) {
		compare_mark_removed(&intake->compare, maker_entity(source->collection), key);
	}
	/* Enrollments follow who leaves in silence; any other reference to it leads nowhere. */
	if (source->collection == COLLECTION_USERS || source->collection == COLLECTION_CLASSES)
		idset_add(&intake->out[source->collection], key);
}

static int take_made(struct intake *intake, const struct source_record *source, uint64_t key,
	struct made *made, size_t count, struct err *err)
{
	switch (source->collection) {
	case COLLECTION_ORGS: organisations_take(intake, source, &made->record); return 0;
	case COLLECTION_USERS: return users_take(intake, key, made, count, err);
	case COLLECTION_ENROLLMENTS: return enrollments_take(intake, made, err);
	default: return catalogue_take(intake, source->collection, made, err);
	}
}

/* Whether any of what a record made belongs to a mapped school. */
static bool is_any_in(const struct made *made, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (made[i].in && !made[i].apart)
			return true;
	return false;
}

/* For the trials of rules; without what the hub must not see either. */
static int keep_source(struct intake *intake, struct source_record *source,
	const struct made *made, size_t count, struct err *err)
{
	enum entity entities[MADE_MOST];
	size_t i;

	/* A user has got demographics meanwhile. */
	if (intake->packed.at && source->collection != COLLECTION_USERS &&
		!intake->rules->hidden.any[made->record.entity])
		return pulled_put_packed(intake->pulled, source->collection, intake->packed.at,
			intake->packed.length, err);
	for (i = 0; i < count; i++)
		entities[i] = made[i].record.entity;
	hidden_apply(&intake->rules->hidden, entities, count, source, &intake->arena);
	return pulled_put(intake->pulled, source, err);
}

int intake_take(
	struct intake *intake, struct source_record *source, uint64_t key, struct err *err)
{
	struct made made[MADE_MOST];
	size_t count;

	if (source->status == STATUS_DELETED) {
		take_deleted(intake, source, key);
		return 0;
	}
	if (source->collection == COLLECTION_DEMOGRAPHICS) {
		demographics_keep(&intake->demographics, key, source->value,
			SOURCE_DEMOGRAPHICS, SOURCE_ATTRS);
		return 0;
	}
	count = maker_make(
		&intake->maker, source, key, &intake->arena, &intake->problems, made);
	if (take_made(intake, source, key, made, count, err))
		return -1;
	return is_any_in(made, count) ? keep_source(intake, source, made, count, err) : 0;
}

static int take_next(struct intake *intake, struct source_record *source, enum seen seen,
	const char *packed, size_t length, struct err *err)
{
	uint64_t key;
	int result;

	if (advance(intake, source->collection, err))
		return -1;
	arena_reset(&intake->arena);
	if (seen == SEEN_AGAIN)
		problems_add(&intake->problems, PROBLEM_DUPLICATE_ID,
			maker_entity(source->collection), source->id, "came twice in %s",
			collection_name(source->collection));
	key = intake_source_key(intake, source->id);
	completion_came(intake, source, key);
	intake->packed.at = packed;
	intake->packed.length = length;
	result = intake_take(intake, source, key, err);
	intake->packed.at = NULL;
	return result;
}

/* ---- between the threads ------------------------------------------------------------------
 */

/* What begins a message: a record with how it was seen, or what a note says of a collection. */
enum message {
	MESSAGE_RECORD,
	MESSAGE_MISSING,
	MESSAGE_PARTIAL,
	MESSAGE_DELTA,
	MESSAGE_ABSENT
};

/* A collection is not given, which says nothing of what is in it: students keep theirs. */
static int take_missing(struct intake *intake, enum collection collection, struct err *err)
{
	intake->missing[collection] = true;
	return collection == COLLECTION_DEMOGRAPHICS ? users_know(intake, err) : 0;
}

/* What could not be read is not gone; but links would take it for that. */
static int take_partial(struct intake *intake, enum collection collection, struct err *err)
{
	completion_stays(intake, collection);
	if (collection != COLLECTION_ENROLLMENTS || !intake->links.waits[ENTITY_ENROLLMENT])
		return 0;
	return err_set(err, ERR_SOURCE,
		"Not all enrollments could be read, and Include linked leaves records out by "
		"them. Have the enrollments put right, or switch these links off: lumenport "
		"filter %s",
		intake->app->name);
}

static int take_note(struct intake *intake, enum message message, enum collection collection,
	struct err *err)
{
	switch (message) {
	case MESSAGE_MISSING: return take_missing(intake, collection, err);
	case MESSAGE_PARTIAL: return take_partial(intake, collection, err);
	default: break;
	}
	/* What came before ends without it: its records may have to be looked at first. */
	if (advance(intake, collection, err))
		return -1;
	if (collection == COLLECTION_DEMOGRAPHICS && take_missing(intake, collection, err))
		return -1;
	return completion_begin(intake, collection, message == MESSAGE_DELTA, err);
}

/* Loads what records are compared with, while the first pages are on their way. */
static int load(struct intake *intake, struct err *err)
{
	if (intake->loaded)
		return 0;
	intake->loaded = true;
	if (compare_load(&intake->compare, err))
		return -1;
	return school_view_hub(intake->compare.store, &intake->schools, err);
}

static int consume(void *arg, const struct buf *batch, struct err *err)
{
	const char *at = batch->data, *end = batch->data + batch->used;
	struct intake *intake = arg;
	struct source_record source;
	const char *packed;

	if (load(intake, err))
		return -1;
	while (at < end) {
		enum message message = (enum message)at[0];
		int detail = at[1];

		at += 2;
		if (message != MESSAGE_RECORD) {
			if (take_note(intake, message, (enum collection)detail, err))
				return -1;
			continue;
		}
		packed = at;
		at = source_unpack(at, &source);
		if (take_next(intake, &source, (enum seen)detail, packed, (size_t)(at - packed),
			    err))
			return -1;
	}
	return 0;
}

static struct buf *begin_message(struct intake *intake, enum message message, int detail)
{
	struct buf *batch = relay_batch(intake->relay);

	buf_addc(batch, (char)message);
	buf_addc(batch, (char)detail);
	return batch;
}

int intake_record(
	void *arg, const struct source_record *record, enum seen seen, struct err *err)
{
	struct intake *intake = arg;

	source_pack(record, begin_message(intake, MESSAGE_RECORD, (int)seen));
	return relay_added(intake->relay, err);
}

void intake_note(void *arg, enum pull_note note, enum collection collection, const char *text)
{
	static const enum problem problem_of[NOTE_KINDS] = {
		[NOTE_MISSING] = PROBLEM_MISSING_COLLECTION,
		[NOTE_TOTAL_WRONG] = PROBLEM_TOTAL_WRONG,
		[NOTE_REPAIRED] = PROBLEM_REPAIRED_TEXT,
		[NOTE_UNREADABLE] = PROBLEM_UNUSABLE,
		[NOTE_PARTIAL] = PROBLEM_PARTIAL,
		[NOTE_DELTA] = PROBLEM_PARTIAL,
		[NOTE_ABSENT] = PROBLEM_MISSING_COLLECTION,
	};
	static const enum message message_of[NOTE_KINDS] = {
		[NOTE_MISSING] = MESSAGE_MISSING,
		[NOTE_PARTIAL] = MESSAGE_PARTIAL,
		[NOTE_DELTA] = MESSAGE_DELTA,
		[NOTE_ABSENT] = MESSAGE_ABSENT,
	};
	struct intake *intake = arg;

	if (note == NOTE_UNREADABLE || note == NOTE_UNUSABLE)
		intake->unread[collection]++;
	if (note == NOTE_UNUSABLE)
		return;
	problems_add(&intake->found, problem_of[note], ENTITY_NONE, NULL, "%s: %s",
		collection_name(collection), text);
	if (message_of[note] != MESSAGE_RECORD)
		begin_message(intake, message_of[note], (int)collection);
}

/* ---- the end ------------------------------------------------------------------------------
 */

int intake_finish(struct intake *intake, struct err *err)
{
	struct relay *relay = intake->relay;

	intake->relay = NULL;
	if (relay_finish(relay, err) || advance(intake, COLLECTION_COUNT, err))
		return -1;
	problems_merge(&intake->problems, &intake->found);
	if (!intake->users)
		return err_set(err, ERR_SOURCE,
			"The source shows schools, but no user at all. Most often its client "
			"has no permission to read people: ask the vendor's support to grant "
			"it.");
	if (stage_settle(intake->stage, err) || compare_settled(&intake->compare, err) ||
		leaving_delete(intake, err) ||
		twins_find(&intake->twins, &intake->compare, &intake->problems, err))
		return -1;
	return stage_settle(intake->stage, err);
}

int64_t intake_unread(const struct intake *intake, enum entity entity)
{
	bool leave = intake->compare.absence[entity] == ABSENCE_LEAVES;

	return leave && intake->unread[maker_collection(entity)] ? intake->absent[entity] : 0;
}

int intake_nothing(struct intake *intake, struct err *err)
{
	struct relay *relay = intake->relay;
	enum entity e;

	intake->relay = NULL;
	for (e = 0; e < ENTITY_COUNT; e++)
		intake->compare.absence[e] = ABSENCE_LEAVES;
	if (relay_finish(relay, err) || load(intake, err) || stage_settle(intake->stage, err) ||
		leaving_delete(intake, err) ||
		twins_find(&intake->twins, &intake->compare, &intake->problems, err))
		return -1;
	return stage_settle(intake->stage, err);
}

int intake_keep_pulled(struct intake *intake, struct err *err)
{
	struct pulled *pulled = intake->pulled;

	intake->pulled = NULL;
	return pulled_commit(pulled, err);
}
