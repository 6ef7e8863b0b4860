#include "store/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/db.h"
#include "store/filtered.h"
#include "store/quality.h"
#include "store/verdict.h"

static const char *const state_names[] = {
	[SYNC_RUNNING] = "running",
	[SYNC_ACCEPTED] = "accepted",
	[SYNC_HELD] = "held",
	[SYNC_REJECTED] = "rejected",
	[SYNC_FAILED] = "failed",
	[SYNC_UNCHANGED] = "unchanged",
};

const char *sync_state_name(enum sync_state state)
{
	return state_names[state];
}

int64_t counts_total(const struct counts *counts)
{
	return counts->changed[CHANGE_CREATED] + counts->changed[CHANGE_UPDATED] +
	       counts->unchanged;
}

void sync_init(struct sync *sync)
{
	memset(sync, 0, sizeof(*sync));
}

void sync_clear(struct sync *sync)
{
	size_t i;

	for (i = 0; i < sync->hit_count; i++) {
		free(sync->hits[i].school);
		free(sync->hits[i].school_name);
	}
	free(sync->hits);
	free(sync->app);
	free(sync->source);
	free(sync->prefix);
	free(sync->error);
	free(sync->decided_by);
	free(sync->reason);
	sync_init(sync);
}

bool history_has_running(struct store *store)
{
	struct err ignored = {0};
	int64_t running = 0;

	db_int(store, &ignored, &running, 0, "SELECT count(*) FROM sync WHERE state = ?1", 1,
		(int64_t)SYNC_RUNNING);
	return running > 0;
}

int history_interrupted(struct store *store, struct err *err)
{
	return db_run(store,
		db_prepare_ints(store, err,
			"UPDATE sync SET state = ?1, error = 'Interrupted: the process that "
			"ran it "
			"ended before the import did. Nothing was changed. Run the import "
			"again.'"
			" WHERE state = ?2",
			2, (int64_t)SYNC_FAILED, (int64_t)SYNC_RUNNING),
		err);
}

int history_begin(
	struct store *store, const char *app, int64_t started, int64_t *number, struct err *err)
{
	sqlite3_stmt *statement;

	if (store_begin(store, err))
		return -1;
	if (history_interrupted(store, err))
		goto fail;
	statement = db_prepare_ints(store, err,
		"INSERT INTO sync (state, started, app) VALUES (?1, ?2, ?3)", 2,
		(int64_t)SYNC_RUNNING, started);
	if (statement)
		db_bind_text(statement, 3, app);
	if (db_run(store, statement, err))
		goto fail;
	*number = sqlite3_last_insert_rowid(store->db);
	return store_commit(store, err);
fail:
	store_rollback(store);
	return -1;
}

int history_fail(struct store *store, int64_t number, int64_t finished, const char *error,
	struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"UPDATE sync SET state = ?1, finished = ?2, seconds = ?2 - started, error = ?4"
		" WHERE number = ?3",
		3, (int64_t)SYNC_FAILED, finished, number);

	if (statement)
		db_bind_text(statement, 4, error);
	return db_run(store, statement, err);
}

static int write_sync(struct store *store, const struct sync *sync, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"INSERT OR REPLACE INTO sync (number, state, started, finished, base, revision,"
		" decided, without_deletions, app, seconds, fingerprint, settings_hash, source,"
		" error, decided_by, reason, prefix)"
		" VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, nullif(?7, 0), ?8, ?9, ?10, ?11,"
		" ?12, ?13, ?14, ?15, ?16, ?17)",
		8, sync->number, (int64_t)sync->state, sync->started, sync->finished,
		sync->base, sync->revision, sync->decided, (int64_t)sync->without_deletions);

	if (!statement)
		return -1;
	db_bind_text(statement, 9, sync->app);
	sqlite3_bind_double(statement, 10, sync->seconds);
	db_bind_text(statement, 11, sync->fingerprint);
	db_bind_text(statement, 12, sync->settings_hash);
	db_bind_text(statement, 13, sync->source);
	db_bind_text(statement, 14, sync->error);
	db_bind_text(statement, 15, sync->decided_by);
	db_bind_text(statement, 16, sync->reason);
	db_bind_text(statement, 17, sync->prefix);
	return db_run(store, statement, err);
}

int history_reserve(struct store *store, struct sync *sync, struct err *err)
{
	if (write_sync(store, sync, err))
		return -1;
	sync->number = sqlite3_last_insert_rowid(store->db);
	return 0;
}

int history_decide(struct store *store, const struct sync *sync, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"UPDATE sync SET state = ?1, decided = ?2, without_deletions = ?3, decided_by "
		"= ?5,"
		" reason = ?6 WHERE number = ?4",
		4, (int64_t)sync->state, sync->decided, (int64_t)sync->without_deletions,
		sync->number);

	if (statement) {
		db_bind_text(statement, 5, sync->decided_by);
		db_bind_text(statement, 6, sync->reason);
	}
	if (db_run(store, statement, err))
		return -1;
	if (!sync->without_deletions)
		return 0;
	return db_run(store,
		db_prepare_ints(store, err,
			"UPDATE sync_count SET unchanged = unchanged + deleted, deleted = 0"
			" WHERE sync = ?1",
			1, sync->number),
		err);
}

static int write_counts(struct store *store, int64_t number, const char *school,
	const char *name, const struct counts counts[ENTITY_COUNT], struct err *err)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		const struct counts *c = &counts[e];
		sqlite3_stmt *statement;

		if (!counts_total(c) && !c->changed[CHANGE_DELETED])
			continue;
		statement = db_prepare_ints(store, err,
			"INSERT OR REPLACE INTO sync_count (sync, entity, created, updated, "
			"deleted,"
			" unchanged, school, school_name) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
			"?8)",
			6, number, (int64_t)e, c->changed[CHANGE_CREATED],
			c->changed[CHANGE_UPDATED], c->changed[CHANGE_DELETED], c->unchanged);
		if (statement) {
			db_bind_text(statement, 7, school);
			db_bind_text(statement, 8, name);
		}
		if (db_run(store, statement, err))
			return -1;
	}
	return 0;
}

static int write_hit(
	struct store *store, int64_t number, const struct hold_hit *hit, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"INSERT INTO sync_hit (sync, kind, entity, change, changed, base, percent, "
		"bound,"
		" school, school_name) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
		6, number, (int64_t)hit->kind, (int64_t)hit->entity, (int64_t)hit->change,
		hit->changed, hit->base);

	if (statement) {
		sqlite3_bind_double(statement, 7, hit->percent);
		db_bind_text(statement, 8, hit->limit);
		db_bind_text(statement, 9, hit->school);
		db_bind_text(statement, 10, hit->school_name);
	}
	return db_run(store, statement, err);
}

int history_write(struct store *store, const struct sync *sync,
	const struct school_counts *schools, size_t school_count,
	const struct problems *problems, struct err *err)
{
	size_t i;

	if (write_sync(store, sync, err) ||
		write_counts(store, sync->number, "", NULL, sync->counts, err) ||
		filtered_write(store, sync->number, sync->filtered, err))
		return -1;
	for (i = 0; i < school_count; i++)
		if (write_counts(store, sync->number, schools[i].school, schools[i].name,
			    schools[i].counts, err))
			return -1;
	for (i = 0; i < sync->hit_count; i++)
		if (write_hit(store, sync->number, &sync->hits[i], err))
			return -1;
	return problems ? quality_write(store, sync->app, sync->number, problems, err) : 0;
}

static void copy_text(sqlite3_stmt *statement, int column, char *out, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	snprintf(out, size, "%s", text ? text : "");
}

static void take_sync(sqlite3_stmt *statement, struct sync *sync)
{
	sync->number = sqlite3_column_int64(statement, 0);
	sync->app = db_text(statement, 1);
	sync->state = (enum sync_state)sqlite3_column_int(statement, 2);
	sync->started = sqlite3_column_int64(statement, 3);
	sync->finished = sqlite3_column_int64(statement, 4);
	sync->seconds = sqlite3_column_double(statement, 5);
	copy_text(statement, 6, sync->fingerprint, sizeof(sync->fingerprint));
	copy_text(statement, 7, sync->settings_hash, sizeof(sync->settings_hash));
	sync->source = db_text(statement, 8);
	sync->base = sqlite3_column_int64(statement, 9);
	sync->revision = sqlite3_column_int64(statement, 10);
	sync->error = db_text(statement, 11);
	sync->decided_by = db_text(statement, 12);
	sync->decided = sqlite3_column_int64(statement, 13);
	sync->reason = db_text(statement, 14);
	sync->without_deletions = sqlite3_column_int(statement, 15) != 0;
	sync->prefix = db_text(statement, 16);
}

static void take_counts(sqlite3_stmt *statement, int column, struct counts *counts)
{
	counts->changed[CHANGE_CREATED] = sqlite3_column_int64(statement, column);
	counts->changed[CHANGE_UPDATED] = sqlite3_column_int64(statement, column + 1);
	counts->changed[CHANGE_DELETED] = sqlite3_column_int64(statement, column + 2);
	counts->unchanged = sqlite3_column_int64(statement, column + 3);
}

static int read_counts(struct store *store, struct sync *sync, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT entity, created, updated, deleted, unchanged FROM sync_count"
		" WHERE sync = ?1 AND school = ''",
		1, sync->number);
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		int entity = sqlite3_column_int(statement, 0);

		if (entity >= 0 && entity < ENTITY_COUNT)
			take_counts(statement, 1, &sync->counts[entity]);
	}
	sqlite3_finalize(statement);
	return result;
}

static int read_hits(struct store *store, struct sync *sync, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT kind, entity, change, school, school_name, changed, base, percent, "
		"bound"
		" FROM sync_hit WHERE sync = ?1 ORDER BY rowid",
		1, sync->number);
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		struct hold_hit *hit;

		sync->hits = mem_grow(sync->hits, sync->hit_count + 1, sizeof(*hit));
		hit = &sync->hits[sync->hit_count++];
		hit->kind = (enum hold_kind)sqlite3_column_int(statement, 0);
		hit->entity = (enum entity)sqlite3_column_int(statement, 1);
		hit->change = (enum change)sqlite3_column_int(statement, 2);
		hit->school = db_text(statement, 3);
		hit->school_name = db_text(statement, 4);
		hit->changed = sqlite3_column_int64(statement, 5);
		hit->base = sqlite3_column_int64(statement, 6);
		hit->percent = sqlite3_column_double(statement, 7);
		copy_text(statement, 8, hit->limit, sizeof(hit->limit));
	}
	sqlite3_finalize(statement);
	return result;
}

static int read_problem_counts(struct store *store, struct sync *sync, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT problem, count FROM sync_problem WHERE sync = ?1", 1, sync->number);
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		int problem = sqlite3_column_int(statement, 0);

		if (problem >= 0 && problem < PROBLEM_KINDS)
			sync->problems[problem] = sqlite3_column_int64(statement, 1);
	}
	sqlite3_finalize(statement);
	return result;
}

static int unknown_sync(struct store *store, int64_t number, struct err *err)
{
	int64_t newest;

	if (db_int(store, err, &newest, 0, "SELECT max(number) FROM sync", 0))
		return -1;
	if (!newest)
		return err_set(err, ERR_USAGE,
			"There is no sync %lld: nothing was imported yet. Start with lumenport "
			"run.",
			(long long)number);
	return err_set(err, ERR_USAGE,
		"There is no sync %lld; the newest is %lld. See lumenport history.",
		(long long)number, (long long)newest);
}

#define SYNC_COLUMNS                                                                          \
	"number, app, state, started, finished, seconds, fingerprint, settings_hash, source," \
	" base, revision, error, decided_by, decided, reason, without_deletions, prefix"

static int read_parts(struct store *store, struct sync *sync, struct err *err)
{
	if (read_counts(store, sync, err) || read_hits(store, sync, err))
		return -1;
	return read_problem_counts(store, sync, err) ||
			       filtered_read(store, sync->number, sync->filtered, err)
		       ? -1
		       : 0;
}

int history_get(struct store *store, int64_t number, struct sync *sync, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(
		store, err, "SELECT " SYNC_COLUMNS " FROM sync WHERE number = ?1", 1, number);
	int result;

	sync_init(sync);
	if (!statement)
		return -1;
	result = db_step(store, statement, err);
	if (result > 0)
		take_sync(statement, sync);
	sqlite3_finalize(statement);
	if (result == 0)
		return unknown_sync(store, number, err);
	return result < 0 ? -1 : read_parts(store, sync, err);
}

int history_each(struct store *store, const char *app, int64_t most, history_fn *each,
	void *arg, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT " SYNC_COLUMNS " FROM sync WHERE ?1 IS NULL OR app = ?1"
		" ORDER BY number DESC LIMIT ?2",
		err);
	int result;

	if (!statement)
		return -1;
	db_bind_text(statement, 1, app);
	sqlite3_bind_int64(statement, 2, most);
	while ((result = db_step(store, statement, err)) > 0) {
		struct sync sync;

		sync_init(&sync);
		take_sync(statement, &sync);
		if (read_parts(store, &sync, err) || each(arg, &sync, err))
			result = -1;
		sync_clear(&sync);
		if (result < 0)
			break;
	}
	sqlite3_finalize(statement);
	return result;
}

int history_schools(struct store *store, int64_t number, struct school_counts **schools,
	size_t *count, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT school, school_name, entity, created, updated, deleted, unchanged"
		" FROM sync_count WHERE sync = ?1 AND school != '' ORDER BY school, entity",
		1, number);
	int result;

	*schools = NULL;
	*count = 0;
	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		const char *school = (const char *)sqlite3_column_text(statement, 0);
		int entity = sqlite3_column_int(statement, 2);
		struct school_counts *last;

		if (!*count || strcmp((*schools)[*count - 1].school, school) != 0) {
			*schools = mem_grow(*schools, *count + 1, sizeof(**schools));
			last = &(*schools)[(*count)++];
			memset(last, 0, sizeof(*last));
			last->school = mem_strdup(school);
			last->name = db_text(statement, 1);
		}
		last = &(*schools)[*count - 1];
		if (entity >= 0 && entity < ENTITY_COUNT)
			take_counts(statement, 3, &last->counts[entity]);
	}
	sqlite3_finalize(statement);
	return result;
}

void school_counts_free(struct school_counts *schools, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		free(schools[i].school);
		free(schools[i].name);
	}
	free(schools);
}
