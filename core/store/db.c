#include "store/db.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int db_error(struct store *store, struct err *err, const char *doing)
{
	int code = sqlite3_errcode(store->db);

	switch (code & 0xff) {
	case SQLITE_FULL:
		return err_set(err, ERR_FAILED,
			"Cannot %s: the disk of %s is full. Free some space and try again; "
			"nothing was changed.",
			doing, store->path);
	case SQLITE_IOERR:
		return err_set(err, ERR_FAILED,
			"Cannot %s: reading or writing %s failed (%s). Check the disk and its "
			"free space; nothing was changed.",
			doing, store->path, sqlite3_errmsg(store->db));
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
		return err_set(err, ERR_FAILED,
			"Cannot %s: %s cannot be written. Check the owner and permissions of "
			"its directory, or run as the user that owns it.",
			doing, store->path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, ERR_LOCKED,
			"Cannot %s: another lumenport is writing %s. Wait until it has ended "
			"and try again.",
			doing, store->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(err, ERR_FAILED,
			"Cannot %s: %s is damaged (%s). Restore it from a backup, or move it "
			"away and import anew.",
			doing, store->path, sqlite3_errmsg(store->db));
	default:
		return err_set(err, ERR_FAILED, "Cannot %s in %s: %s.", doing, store->path,
			sqlite3_errmsg(store->db));
	}
}

int db_exec(struct store *store, const char *sql, struct err *err)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL))
		return db_error(store, err, "use the hub");
	return 0;
}

sqlite3_stmt *db_prepare(struct store *store, const char *sql, struct err *err)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL)) {
		db_error(store, err, "ask");
		return NULL;
	}
	return statement;
}

static sqlite3_stmt *prepare_ints(
	struct store *store, const char *sql, int count, va_list ap, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store, sql, err);
	int i;

	for (i = 1; statement && i <= count; i++)
		sqlite3_bind_int64(statement, i, va_arg(ap, int64_t));
	return statement;
}

sqlite3_stmt *db_prepare_ints(
	struct store *store, struct err *err, const char *sql, int count, ...)
{
	sqlite3_stmt *statement;
	va_list ap;

	va_start(ap, count);
	statement = prepare_ints(store, sql, count, ap, err);
	va_end(ap);
	return statement;
}

int db_step(struct store *store, sqlite3_stmt *statement, struct err *err)
{
	int code = sqlite3_step(statement);

	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	return db_error(store, err, "read or write the hub");
}

int db_run(struct store *store, sqlite3_stmt *statement, struct err *err)
{
	int result;

	if (!statement)
		return -1;
	result = db_step(store, statement, err);
	sqlite3_finalize(statement);
	return result < 0 ? -1 : 0;
}

int db_int(struct store *store, struct err *err, int64_t *out, int64_t missing, const char *sql,
	int count, ...)
{
	sqlite3_stmt *statement;
	va_list ap;
	int result;

	va_start(ap, count);
	statement = prepare_ints(store, sql, count, ap, err);
	va_end(ap);
	if (!statement)
		return -1;
	result = db_step(store, statement, err);
	if (result >= 0)
		*out = result ? sqlite3_column_int64(statement, 0) : missing;
	sqlite3_finalize(statement);
	return result < 0 ? -1 : 0;
}

void db_bind_text(sqlite3_stmt *statement, int column, const char *text)
{
	sqlite3_bind_text(statement, column, text, -1, SQLITE_TRANSIENT);
}

char *db_text(sqlite3_stmt *statement, int column)
{
	return mem_strdup((const char *)sqlite3_column_text(statement, column));
}

int db_app(struct store *store, const char *name, int64_t *id, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(
		store, "INSERT OR IGNORE INTO app (name, accepted) VALUES (?1, 0)", err);
	int result;

	if (!statement)
		return -1;
	db_bind_text(statement, 1, name);
	if (db_run(store, statement, err))
		return -1;
	statement = db_prepare(store, "SELECT id FROM app WHERE name = ?1", err);
	if (!statement)
		return -1;
	db_bind_text(statement, 1, name);
	result = db_step(store, statement, err);
	if (result > 0)
		*id = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return result > 0 ? 0 : -1;
}

int db_record(struct store *store, sqlite3_stmt *statement, int sis_id_column,
	enum entity entity, struct record *record, struct arena *arena, struct err *err)
{
	const char *sis_id = (const char *)sqlite3_column_text(statement, sis_id_column);
	const char *body = sqlite3_column_blob(statement, sis_id_column + 1);
	size_t length = (size_t)sqlite3_column_bytes(statement, sis_id_column + 1);

	if (!sis_id || record_unpack(record, entity, sis_id, body ? body : "", length, arena))
		return err_set(err, ERR_FAILED,
			"A record in %s is damaged. Restore it from a backup, or move it away "
			"and import anew.",
			store->path);
	return 0;
}
