#include "store/moment.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/db.h"

static int add_apps(struct store *store, struct moment *moment, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(
		store, "SELECT id, accepted, name FROM app WHERE NOT layer ORDER BY id", err);
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0)
		moment_add(moment, sqlite3_column_int64(statement, 0),
			sqlite3_column_int64(statement, 1),
			(const char *)sqlite3_column_text(statement, 2));
	sqlite3_finalize(statement);
	return result;
}

int moment_now(struct store *store, struct moment *moment, struct err *err)
{
	memset(moment, 0, sizeof(*moment));
	if (!add_apps(store, moment, err) &&
		!db_int(store, err, &moment->revision, 0,
			"SELECT value FROM meta WHERE key = 'revision'", 0) &&
		!db_int(store, err, &moment->when, 0,
			"SELECT coalesce(max(coalesce(nullif(decided, 0), finished)), 0) FROM app"
			" JOIN sync ON number = accepted WHERE NOT layer",
			0))
		return 0;
	moment_clear(moment);
	return -1;
}

void moment_add(struct moment *moment, int64_t app, int64_t accepted, const char *name)
{
	moment->apps = mem_grow(moment->apps, moment->count + 1, sizeof(*moment->apps));
	moment->apps[moment->count++] = (struct moment_app){app, accepted, mem_strdup(name)};
}

void moment_clear(struct moment *moment)
{
	size_t i;

	for (i = 0; i < moment->count; i++)
		free(moment->apps[i].name);
	free(moment->apps);
	memset(moment, 0, sizeof(*moment));
}

/* The app when the row was in the hub, else NULL. */
static const struct moment_app *app_of(
	const struct moment *moment, int64_t app, sqlite3_stmt *statement)
{
	size_t i;

	for (i = 0; i < moment->count && moment->apps[i].id != app; i++)
		;
	if (i == moment->count || sqlite3_column_int64(statement, 3) > moment->apps[i].accepted)
		return NULL;
	if (sqlite3_column_type(statement, 4) != SQLITE_NULL &&
		sqlite3_column_int64(statement, 4) <= moment->apps[i].accepted)
		return NULL;
	return &moment->apps[i];
}

int moment_each(struct store *store, const struct moment *moment, enum entity entity,
	store_each_fn *each, void *arg, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT sis_id, body, app, since, until FROM record WHERE id >= ?1 AND id < ?2"
		" ORDER BY id",
		2, row_id(entity, 0), row_id(entity + 1, 0));
	struct record record;
	struct arena arena;
	int result;

	if (!statement)
		return -1;
	arena_init(&arena);
	while ((result = db_step(store, statement, err)) > 0) {
		const struct moment_app *app =
			app_of(moment, sqlite3_column_int64(statement, 2), statement);

		if (!app)
			continue;
		arena_reset(&arena);
		if (db_record(store, statement, 0, entity, &record, &arena, err) ||
			each(arg, &record, app->name, err)) {
			result = -1;
			break;
		}
	}
	arena_clear(&arena);
	sqlite3_finalize(statement);
	return result;
}
