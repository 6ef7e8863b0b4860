#include "store/duplicates.h"

#include "store/db.h"

int duplicates_begin(struct store *store, const char *app, struct err *err)
{
	sqlite3_stmt *statement =
		db_prepare(store, "DELETE FROM duplicate WHERE app = ?1", err);

	if (statement)
		db_bind_text(statement, 1, app);
	return db_run(store, statement, err);
}

int duplicates_add(struct store *store, const char *app, const struct duplicate *duplicate,
	struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"INSERT INTO duplicate (entity, app, domain, sis_id, other)"
		" VALUES (?1, ?2, ?3, ?4, ?5)",
		1, (int64_t)duplicate->entity);

	if (statement) {
		db_bind_text(statement, 2, app);
		db_bind_text(statement, 3, duplicate->domain);
		db_bind_text(statement, 4, duplicate->sis_id);
		db_bind_text(statement, 5, duplicate->other);
	}
	return db_run(store, statement, err);
}

int duplicates_each(
	struct store *store, const char *app, duplicate_fn *each, void *arg, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT app, entity, domain, sis_id, other FROM duplicate"
		" WHERE ?1 IS NULL OR app = ?1 ORDER BY app, entity, sis_id, other",
		err);
	int result;

	if (!statement)
		return -1;
	db_bind_text(statement, 1, app);
	while ((result = db_step(store, statement, err)) > 0) {
		const struct duplicate duplicate = {
			(enum entity)sqlite3_column_int(statement, 1),
			(const char *)sqlite3_column_text(statement, 2),
			(const char *)sqlite3_column_text(statement, 3),
			(const char *)sqlite3_column_text(statement, 4)};

		if (each(arg, (const char *)sqlite3_column_text(statement, 0), &duplicate,
			    err)) {
			result = -1;
			break;
		}
	}
	sqlite3_finalize(statement);
	return result;
}
