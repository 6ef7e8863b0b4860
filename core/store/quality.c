#include "store/quality.h"

#include "store/db.h"

static int write_counts(
	struct store *store, int64_t number, const struct problems *problems, struct err *err)
{
	enum problem p;

	for (p = 0; p < PROBLEM_KINDS; p++)
		if (problems->count[p] &&
			db_run(store,
				db_prepare_ints(store, err,
					"INSERT OR REPLACE INTO sync_problem VALUES (?1, ?2, "
					"?3)",
					3, number, (int64_t)p, problems->count[p]),
				err))
			return -1;
	return 0;
}

static int write_records(
	struct store *store, int64_t number, const struct problems *problems, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(
		store, err, "INSERT INTO problem VALUES (?1, ?2, ?3, ?4, ?5)", 1, number);
	int result = statement ? 0 : -1;
	size_t i;

	for (i = 0; !result && i < problems->kept_count; i++) {
		const struct found_problem *kept = &problems->kept[i];

		sqlite3_bind_int64(statement, 2, (int64_t)kept->problem);
		sqlite3_bind_int64(statement, 3, (int64_t)kept->entity);
		db_bind_text(statement, 4, kept->sis_id);
		db_bind_text(statement, 5, kept->detail);
		result = db_step(store, statement, err);
		sqlite3_reset(statement);
	}
	sqlite3_finalize(statement);
	return result;
}

/* Only the app's last sync before this one can have more than old ones keep. */
static int reduce_last(struct store *store, const char *app, int64_t number, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"DELETE FROM problem WHERE rowid IN (SELECT rowid FROM (SELECT rowid,"
		" row_number() OVER (PARTITION BY problem ORDER BY rowid) AS place FROM problem"
		" WHERE sync = (SELECT number FROM sync WHERE app = ?3 AND number < ?1"
		" AND EXISTS (SELECT 1 FROM problem WHERE sync = number)"
		" ORDER BY number DESC LIMIT 1)) WHERE place > ?2)",
		2, number, (int64_t)QUALITY_OLD);

	if (statement)
		db_bind_text(statement, 3, app);
	return db_run(store, statement, err);
}

int quality_write(struct store *store, const char *app, int64_t number,
	const struct problems *problems, struct err *err)
{
	if (write_counts(store, number, problems, err) ||
		write_records(store, number, problems, err))
		return -1;
	return reduce_last(store, app, number, err);
}

int quality_each(struct store *store, int64_t number, enum problem of, quality_fn *each,
	void *arg, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT problem, entity, sis_id, detail FROM problem WHERE sync = ?1"
		" AND (?2 = ?3 OR problem = ?2) ORDER BY problem, rowid",
		3, number, (int64_t)of, (int64_t)PROBLEM_KINDS);
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		if (each(arg, (enum problem)sqlite3_column_int(statement, 0),
			    (enum entity)sqlite3_column_int(statement, 1),
			    (const char *)sqlite3_column_text(statement, 2),
			    (const char *)sqlite3_column_text(statement, 3), err)) {
			result = -1;
			break;
		}
	}
	sqlite3_finalize(statement);
	return result;
}
