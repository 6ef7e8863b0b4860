#include "store/print.h"

#include <string.h>

#include "store/db.h"

enum { CHUNK = 50000 }; /* prints: 1 MB a row */

int print_load(struct store *store, const char *app, print_fn *each, void *arg, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT entity, removed, data FROM print JOIN app ON app.id = print.app"
		" WHERE app.name = ?1 AND sync <= accepted ORDER BY sync, seq",
		err);
	int result;

	if (!statement)
		return -1;
	db_bind_text(statement, 1, app);
	while ((result = db_step(store, statement, err)) > 0)
		each(arg, (enum entity)sqlite3_column_int(statement, 0),
			(enum print_kind)sqlite3_column_int(statement, 1),
			sqlite3_column_blob(statement, 2),
			(size_t)sqlite3_column_bytes(statement, 2) / sizeof(struct print));
	sqlite3_finalize(statement);
	return result;
}

int print_counts(
	struct store *store, const char *app, int64_t counts[ENTITY_COUNT], struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT entity, sum(length(data)) FROM print JOIN app ON app.id = print.app"
		" WHERE app.name = ?1 AND sync <= accepted AND NOT removed GROUP BY entity",
		err);
	int result;

	memset(counts, 0, ENTITY_COUNT * sizeof(*counts));
	if (!statement)
		return -1;
	db_bind_text(statement, 1, app);
	while ((result = db_step(store, statement, err)) > 0) {
		int entity = sqlite3_column_int(statement, 0);

		if (entity >= 0 && entity < ENTITY_COUNT)
			counts[entity] = sqlite3_column_int64(statement, 1) /
					 (int64_t)sizeof(struct print);
	}
	sqlite3_finalize(statement);
	return result;
}

static int add_chunk(struct store *store, int64_t app, int64_t number, enum entity entity,
	enum print_kind kind, const struct print *prints, size_t count, struct err *err)
{
	sqlite3_stmt *statement;
	int64_t last;

	/* Not INSERT ... SELECT, which takes the chunk through a temporary file. */
	if (db_int(store, err, &last, 0,
		    "SELECT max(seq) FROM print WHERE app = ?1 AND sync = ?2", 2, app, number))
		return -1;
	statement = db_prepare_ints(store, err,
		"INSERT INTO print (app, sync, seq, entity, removed, data)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
		5, app, number, last + 1, (int64_t)entity, (int64_t)kind);
	if (statement)
		sqlite3_bind_blob(
			statement, 6, prints, (int)(count * sizeof(*prints)), SQLITE_STATIC);
	return db_run(store, statement, err);
}

int print_add(struct store *store, const char *app, int64_t number, enum entity entity,
	enum print_kind kind, const struct print *prints, size_t count, struct err *err)
{
	int64_t id;

	if (!count)
		return 0;
	if (db_app(store, app, &id, err))
		return -1;
	while (count) {
		size_t now = count < CHUNK ? count : CHUNK;

		if (add_chunk(store, id, number, entity, kind, prints, now, err))
			return -1;
		prints += now;
		count -= now;
	}
	return 0;
}

int print_forget(struct store *store, const char *app, struct err *err)
{
	int64_t id;

	if (db_app(store, app, &id, err))
		return -1;
	return db_run(store,
		db_prepare_ints(store, err, "DELETE FROM print WHERE app = ?1", 1, id), err);
}
