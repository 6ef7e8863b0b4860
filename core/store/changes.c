#include "store/changes.h"

#include "store/db.h"
#include "store/verdict.h"

/* What history_changes goes through: a statement of rows, and how a row is read. */
struct changes {
	struct store *store;
	change_fn *each;
	void *arg;
	struct arena arena;
};

static int each_put(
	struct changes *changes, int64_t number, enum entity entity, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(changes->store, err,
		"SELECT new.sis_id, new.body, new.prev, old.sis_id, old.body FROM sync_range"
		" JOIN record new ON new.id BETWEEN first AND last AND new.since = ?1"
		" LEFT JOIN record old ON old.id = (?2 << 32 | new.prev)"
		" WHERE sync = ?1 AND entity = ?2 ORDER BY new.id",
		2, number, (int64_t)entity);
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(changes->store, statement, err)) > 0) {
		bool updated = sqlite3_column_type(statement, 3) != SQLITE_NULL;
		struct record before, after;

		arena_reset(&changes->arena);
		if (db_record(changes->store, statement, 0, entity, &after, &changes->arena,
			    err) ||
			(updated && db_record(changes->store, statement, 3, entity, &before,
					    &changes->arena, err)) ||
			changes->each(changes->arg, updated ? CHANGE_UPDATED : CHANGE_CREATED,
				updated ? &before : NULL, &after, err)) {
			result = -1;
			break;
		}
	}
	sqlite3_finalize(statement);
	return result;
}

static int each_deleted(
	struct changes *changes, int64_t number, enum entity entity, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(changes->store, err,
		"SELECT sis_id, body FROM record WHERE until = ?1 AND ending = ?2 AND id >= ?3"
		" AND id < ?4 ORDER BY id",
		4, number, (int64_t)ROW_DELETED, row_id(entity, 0), row_id(entity + 1, 0));
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(changes->store, statement, err)) > 0) {
		struct record before;

		arena_reset(&changes->arena);
		if (db_record(changes->store, statement, 0, entity, &before, &changes->arena,
			    err) ||
			changes->each(changes->arg, CHANGE_DELETED, &before, NULL, err)) {
			result = -1;
			break;
		}
	}
	sqlite3_finalize(statement);
	return result;
}

int history_changes(struct store *store, int64_t number, enum entity entity, change_fn *each,
	void *arg, struct err *err)
{
	struct changes changes = {store, each, arg, {0}};
	enum entity e;
	int result = 0;

	arena_init(&changes.arena);
	for (e = 0; e < ENTITY_COUNT && !result; e++) {
		if (entity != ENTITY_NONE && entity != e)
			continue;
		result = each_put(&changes, number, e, err);
		if (!result)
			result = each_deleted(&changes, number, e, err);
	}
	arena_clear(&changes.arena);
	return result;
}
