#include "store/delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/db.h"

#define COLUMNS                                                                                \
	"number, app, kind, target, format, scope, changes, state, begun, finished, revision," \
	" row_count, deleted, left_out, blanked, bytes, sha256, total, tries, error"

const char *delivery_kind_name(enum delivery_kind kind)
{
	static const char *const names[] = {
		[DELIVERY_FOLDER] = "folder", [DELIVERY_ZIP] = "zip", [DELIVERY_SFTP] = "sftp"};

	return names[kind];
}

const char *delivery_state_name(enum delivery_state state)
{
	static const char *const names[] = {[DELIVERY_DONE] = "delivered",
		[DELIVERY_WAITING] = "waiting",
		[DELIVERY_FAILED] = "failed",
		[DELIVERY_DROPPED] = "replaced"};

	return names[state];
}

void delivery_clear(struct delivery *delivery)
{
	free(delivery->app);
	free(delivery->target);
	free(delivery->format);
	free(delivery->scope);
	free(delivery->error);
	memset(delivery, 0, sizeof(*delivery));
}

static int add_row(struct store *store, struct delivery *delivery, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store,
		"INSERT INTO delivery (" COLUMNS
		") VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
		" ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
		err);
	const int64_t numbers[] = {delivery->begun, delivery->finished, delivery->revision,
		delivery->rows, delivery->deleted, delivery->left_out, delivery->blanked,
		delivery->bytes};
	int i;

	if (!statement)
		return -1;
	db_bind_text(statement, 1, delivery->app);
	sqlite3_bind_int(statement, 2, delivery->kind);
	db_bind_text(statement, 3, delivery->target);
	db_bind_text(statement, 4, delivery->format);
	db_bind_text(statement, 5, delivery->scope);
	sqlite3_bind_int(statement, 6, delivery->changes);
	sqlite3_bind_int(statement, 7, delivery->state);
	for (i = 0; i < 8; i++)
		sqlite3_bind_int64(statement, 8 + i, numbers[i]);
	db_bind_text(statement, 16, delivery->sha256);
	sqlite3_bind_int64(statement, 17, (int64_t)delivery->sum);
	sqlite3_bind_int(statement, 18, delivery->tries);
	db_bind_text(statement, 19, delivery->error);
	if (db_run(store, statement, err))
		return -1;
	delivery->number = sqlite3_last_insert_rowid(store->db);
	return 0;
}

static int add_moment(
	struct store *store, int64_t number, const struct moment *moment, struct err *err)
{
	size_t i;

	for (i = 0; moment && i < moment->count; i++)
		if (db_run(store,
			    db_prepare_ints(store, err,
				    "INSERT INTO delivery_app VALUES (?1, ?2, ?3)", 3, number,
				    moment->apps[i].id, moment->apps[i].accepted),
			    err))
			return -1;
	return 0;
}

int delivery_add(struct store *store, struct delivery *delivery, const struct moment *moment,
	struct err *err)
{
	return add_row(store, delivery, err) || add_moment(store, delivery->number, moment, err)
		       ? -1
		       : 0;
}

int delivery_update(struct store *store, const struct delivery *delivery, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"UPDATE delivery SET state = ?2, finished = ?3, tries = ?4, error = ?5"
		" WHERE number = ?1",
		4, delivery->number, (int64_t)delivery->state, delivery->finished,
		(int64_t)delivery->tries);

	if (statement)
		db_bind_text(statement, 5, delivery->error);
	return db_run(store, statement, err);
}

/* Reads the columns of COLUMNS. */
static void take_row(sqlite3_stmt *statement, struct delivery *delivery)
{
	const char *sha256 = (const char *)sqlite3_column_text(statement, 16);

	*delivery = (struct delivery){
		.number = sqlite3_column_int64(statement, 0),
		.app = db_text(statement, 1),
		.kind = (enum delivery_kind)sqlite3_column_int(statement, 2),
		.target = db_text(statement, 3),
		.format = db_text(statement, 4),
		.scope = db_text(statement, 5),
		.changes = sqlite3_column_int(statement, 6),
		.state = (enum delivery_state)sqlite3_column_int(statement, 7),
		.begun = sqlite3_column_int64(statement, 8),
		.finished = sqlite3_column_int64(statement, 9),
		.revision = sqlite3_column_int64(statement, 10),
		.rows = sqlite3_column_int64(statement, 11),
		.deleted = sqlite3_column_int64(statement, 12),
		.left_out = sqlite3_column_int64(statement, 13),
		.blanked = sqlite3_column_int64(statement, 14),
		.bytes = sqlite3_column_int64(statement, 15),
		.sum = (uint64_t)sqlite3_column_int64(statement, 17),
		.tries = sqlite3_column_int(statement, 18),
		.error = db_text(statement, 19),
	};
	snprintf(delivery->sha256, sizeof(delivery->sha256), "%s", sha256 ? sha256 : "");
}

int delivery_newest(struct store *store, const char *target, enum delivery_state state,
	struct delivery *delivery, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT " COLUMNS " FROM delivery WHERE target = ?1 AND state = ?2"
		" ORDER BY number DESC LIMIT 1",
		err);
	int result;

	memset(delivery, 0, sizeof(*delivery));
	if (!statement)
		return -1;
	db_bind_text(statement, 1, target);
	sqlite3_bind_int(statement, 2, state);
	result = db_step(store, statement, err);
	if (result > 0)
		take_row(statement, delivery);
	sqlite3_finalize(statement);
	return result;
}

int delivery_moment(struct store *store, int64_t number, struct moment *moment, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT app.id, delivery_app.accepted, name FROM delivery_app"
		" JOIN app ON app.id = app WHERE delivery = ?1 ORDER BY app.id",
		1, number);
	int result;

	memset(moment, 0, sizeof(*moment));
	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0)
		moment_add(moment, sqlite3_column_int64(statement, 0),
			sqlite3_column_int64(statement, 1),
			(const char *)sqlite3_column_text(statement, 2));
	sqlite3_finalize(statement);
	if (result)
		moment_clear(moment);
	return result;
}

int delivery_is_owed(
	struct store *store, const char *target, const char *scope, bool *owed, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT value > 0 AND NOT EXISTS (SELECT 1 FROM delivery WHERE target = ?2"
		" AND state = ?1 AND scope = ?3 AND revision = value AND number >="
		"  (SELECT max(number) FROM delivery WHERE target = ?2 AND state = ?1))"
		" FROM meta WHERE key = 'revision'",
		1, (int64_t)DELIVERY_DONE);
	int result;

	*owed = false;
	if (!statement)
		return -1;
	db_bind_text(statement, 2, target);
	db_bind_text(statement, 3, scope);
	result = db_step(store, statement, err);
	if (result > 0)
		*owed = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return result < 0 ? -1 : 0;
}

static int each_row(struct store *store, sqlite3_stmt *statement, delivery_fn *each, void *arg,
	struct err *err)
{
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		struct delivery delivery;

		take_row(statement, &delivery);
		result = each(arg, &delivery, err);
		delivery_clear(&delivery);
		if (result) {
			result = -1;
			break;
		}
	}
	sqlite3_finalize(statement);
	return result;
}

int delivery_each(struct store *store, const char *app, int64_t most, delivery_fn *each,
	void *arg, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT " COLUMNS " FROM delivery WHERE ?2 IS NULL OR app = ?2"
		" ORDER BY number DESC LIMIT ?1",
		1, most);

	if (statement)
		db_bind_text(statement, 2, app);
	return each_row(store, statement, each, arg, err);
}

int delivery_each_of(
	struct store *store, int64_t sync, delivery_fn *each, void *arg, struct err *err)
{
	return each_row(store,
		db_prepare_ints(store, err,
			"SELECT " COLUMNS " FROM delivery WHERE number IN"
			" (SELECT delivery FROM delivery_app WHERE accepted = ?1)"
			" ORDER BY number DESC",
			1, sync),
		each, arg, err);
}
