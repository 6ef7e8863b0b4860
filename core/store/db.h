/*
 * Inside of core/store only: the SQLite handle, statements that report their failures as
 * struct err, and the few lookups that several files of the store share.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"
#include "roster/record.h"
#include "store/store.h"

struct store {
	sqlite3 *db;
	char *path; /* owned */
	uint8_t secret[RECORD_SECRET];
};

/* What went wrong in SQLite, in the administrator's words. Always -1. */
int db_error(struct store *store, struct err *err, const char *doing);

int db_exec(struct store *store, const char *sql, struct err *err);

/* A statement, or NULL with the error set. Finalize with sqlite3_finalize. */
sqlite3_stmt *db_prepare(struct store *store, const char *sql, struct err *err);

/* The same with integer parameters 1 ... n bound. */
sqlite3_stmt *db_prepare_ints(
	struct store *store, struct err *err, const char *sql, int count, ...);

/* 1: a row is there, 0: no more, -1: failed. */
int db_step(struct store *store, sqlite3_stmt *statement, struct err *err);

/* Runs a statement that gives no rows, and finalizes it. NULL (a failed prepare) is -1. */
int db_run(struct store *store, sqlite3_stmt *statement, struct err *err);

/* The first column of the first row; `missing` when there is none. */
int db_int(struct store *store, struct err *err, int64_t *out, int64_t missing, const char *sql,
	int count, ...);

void db_bind_text(sqlite3_stmt *statement, int column, const char *text); /* NULL is NULL */
char *db_text(sqlite3_stmt *statement, int column); /* owned by the caller; NULL is NULL */

/* The number of an app in the store, made when it is new. */
int db_app(struct store *store, const char *name, int64_t *id, struct err *err);

/*
 * Row ids: the entity in the upper half, a number within it in the lower, so that one table
 * scans by entity without an index and a first import only appends.
 */
static inline int64_t row_id(enum entity entity, uint32_t row)
{
	return (int64_t)entity << 32 | row;
}

/* Reads sis_id and body from two columns into `record`. */
int db_record(struct store *store, sqlite3_stmt *statement, int sis_id_column,
	enum entity entity, struct record *record, struct arena *arena, struct err *err);

#endif
