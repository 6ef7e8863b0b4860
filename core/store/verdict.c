#include "store/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/db.h"
#include "store/layers.h"

static int run_ints(struct store *store, const char *sql, int64_t a, int64_t b, struct err *err)
{
	return db_run(store, db_prepare_ints(store, err, sql, 2, a, b), err);
}

static int keep_deleted(struct store *store, int64_t number, struct err *err)
{
	if (run_ints(store,
		    "UPDATE record SET until = NULL, ending = NULL"
		    " WHERE until = ?1 AND ending IN (?2, 2 + ?2)",
		    number, ROW_DELETED, err))
		return -1;
	return run_ints(
		store, "DELETE FROM print WHERE sync = ?1 AND removed = ?2", number, 1, err);
}

/* The hub's own number moves along with a layer's, past whatever is staged besides. */
static int accept_hub(struct store *store, int64_t number, struct err *err)
{
	int64_t revision;
	bool layers;

	if (layers_are(store, &layers, err))
		return -1;
	if (!layers)
		return 0;
	if (db_int(store, err, &revision, 0, "SELECT value FROM meta WHERE key = 'revision'",
		    0) ||
		verdict_drop_held(store, NULL, number, revision, err))
		return -1;
	return db_run(store,
		db_prepare_ints(
			store, err, "UPDATE app SET accepted = ?1 WHERE name = ''", 1, number),
		err);
}

int verdict_accept(struct store *store, const struct sync *sync, struct err *err)
{
	sqlite3_stmt *statement;

	if (sync->without_deletions && keep_deleted(store, sync->number, err))
		return -1;
	statement = db_prepare_ints(
		store, err, "UPDATE app SET accepted = ?1 WHERE name = ?2", 1, sync->number);
	if (statement)
		db_bind_text(statement, 2, sync->app);
	if (db_run(store, statement, err) || verdict_remember_source(store, sync, err))
		return -1;
	if (db_exec(store, "UPDATE meta SET value = value + 1 WHERE key = 'revision'", err))
		return -1;
	return accept_hub(store, sync->number, err);
}

int verdict_remember_source(struct store *store, const struct sync *sync, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(
		store, "UPDATE app SET source = ?1, prefix = ?3 WHERE name = ?2", err);

	if (statement) {
		db_bind_text(statement, 1, sync->source);
		db_bind_text(statement, 2, sync->app);
		db_bind_text(statement, 3, sync->prefix);
	}
	return db_run(store, statement, err);
}

int verdict_drop(struct store *store, int64_t number, struct err *err)
{
	if (run_ints(store,
		    "DELETE FROM record WHERE since = ?1 AND id IN (SELECT record.id FROM"
		    " (SELECT * FROM sync_range UNION ALL SELECT * FROM layer_range)"
		    " JOIN record ON record.id BETWEEN first AND last WHERE sync = ?1)",
		    number, 0, err) ||
		run_ints(store, "DELETE FROM layer_range WHERE sync = ?1", number, 0, err) ||
		run_ints(store,
			"UPDATE record SET until = NULL, ending = NULL WHERE until = ?1",
			number, 0, err) ||
		run_ints(store, "DELETE FROM print WHERE sync = ?1", number, 0, err))
		return -1;
	return run_ints(store, "DELETE FROM sync_range WHERE sync = ?1", number, 0, err);
}

int verdict_drop_held(
	struct store *store, const char *app, int64_t number, int64_t revision, struct err *err)
{
	char reason[64];

	for (;;) {
		sqlite3_stmt *statement = db_prepare(store,
			"SELECT number FROM sync WHERE state = ?2 AND (?1 IS NULL OR app = ?1)"
			" AND number <> ?3 AND revision IS NOT ?4 LIMIT 1",
			err);
		int64_t held;
		int result;

		if (!statement)
			return -1;
		db_bind_text(statement, 1, app);
		sqlite3_bind_int(statement, 2, SYNC_HELD);
		sqlite3_bind_int64(statement, 3, number);
		sqlite3_bind_int64(statement, 4, revision);
		result = db_step(store, statement, err);
		held = result > 0 ? sqlite3_column_int64(statement, 0) : 0;
		sqlite3_finalize(statement);
		if (result <= 0)
			return result;
		if (verdict_drop(store, held, err))
			return -1;
		snprintf(reason, sizeof(reason), "superseded by sync %lld", (long long)number);
		statement = db_prepare_ints(store, err,
			"UPDATE sync SET state = ?1, decided = unixepoch(), decided_by = "
			"'lumenport',"
			" reason = ?3 WHERE number = ?2",
			2, (int64_t)SYNC_REJECTED, held);
		if (statement)
			db_bind_text(statement, 3, reason);
		if (db_run(store, statement, err))
			return -1;
	}
}

int verdict_split_deletions(struct store *store, int64_t from, int64_t to, struct err *err)
{
	if (db_run(store,
		    db_prepare_ints(store, err,
			    "UPDATE record SET until = ?2 WHERE until = ?1"
			    " AND ending IN (?3, 2 + ?3)",
			    3, from, to, (int64_t)ROW_DELETED),
		    err))
		return -1;
	return run_ints(store, "UPDATE print SET sync = ?2 WHERE sync = ?1 AND removed = 1",
		from, to, err);
}

void baseline_clear(struct baseline *baseline)
{
	free(baseline->source);
	free(baseline->prefix);
}

int verdict_baseline(
	struct store *store, const char *app, struct baseline *baseline, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(
		store, "SELECT accepted, source, prefix FROM app WHERE name = ?1", err);
	int result;

	memset(baseline, 0, sizeof(*baseline));
	if (!statement)
		return -1;
	db_bind_text(statement, 1, app);
	result = db_step(store, statement, err);
	if (result > 0) {
		baseline->accepted = sqlite3_column_int64(statement, 0);
		baseline->source = db_text(statement, 1);
		baseline->prefix = db_text(statement, 2);
	}
	sqlite3_finalize(statement);
	if (result < 0)
		return -1;
	return db_int(store, err, &baseline->revision, 0,
		"SELECT value FROM meta WHERE key = 'revision'", 0);
}

void staged_add(struct staged_sum *sum, const struct store *store, enum entity entity,
	enum change change, const char *sis_id, struct fingerprint content)
{
	struct fingerprint id = record_fingerprint(sis_id, strlen(sis_id), store->secret);
	uint64_t parts[] = {entity, change, id.low, id.high, content.low, content.high};
	struct fingerprint one = record_fingerprint(parts, sizeof(parts), store->secret);
	uint64_t low = sum->low + one.low;

	sum->high += one.high + (low < sum->low);
	sum->low = low;
}

static struct fingerprint content_of(struct store *store, sqlite3_stmt *statement, int column)
{
	const char *body = sqlite3_column_blob(statement, column);
	size_t length = (size_t)sqlite3_column_bytes(statement, column);

	return record_fingerprint(body, record_content(body, length), store->secret);
}

int verdict_staged_sum(
	struct store *store, int64_t number, struct staged_sum *sum, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT id >> 32, sis_id, prev IS NOT NULL, body FROM"
		" (SELECT * FROM sync_range UNION ALL SELECT * FROM layer_range) JOIN record"
		" ON id BETWEEN first AND last AND since = ?1 WHERE sync = ?1"
		" UNION ALL SELECT id >> 32, sis_id, ?2, NULL FROM record"
		" WHERE until = ?1 AND ending IN (?3, 2 + ?3)",
		3, number, (int64_t)CHANGE_DELETED, (int64_t)ROW_DELETED);
	int result;

	*sum = (struct staged_sum){0, 0};
	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		enum change change = (enum change)sqlite3_column_int(statement, 2);
		struct fingerprint content = {0, 0};

		if (change != CHANGE_DELETED)
			content = content_of(store, statement, 3);
		staged_add(sum, store, (enum entity)sqlite3_column_int(statement, 0), change,
			(const char *)sqlite3_column_text(statement, 1), content);
	}
	sqlite3_finalize(statement);
	return result;
}
