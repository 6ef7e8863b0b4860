#include "store/layers.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/db.h"
#include "store/print.h"
#include "store/verdict.h"

enum { PRINTS = 50000 }; /* gathered before they are written */

int layers_are(struct store *store, bool *are, struct err *err)
{
	int64_t count;

	if (db_int(store, err, &count, 0, "SELECT count(*) FROM app WHERE layer", 0))
		return -1;
	*are = count > 0;
	return 0;
}

int layers_others(struct store *store, const char *app, bool *others, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(
		store, "SELECT 1 FROM app WHERE accepted > 0 AND name NOT IN (?1, '')", err);
	int result;

	if (!statement)
		return -1;
	db_bind_text(statement, 1, app);
	result = db_step(store, statement, err);
	*others = result > 0;
	sqlite3_finalize(statement);
	return result < 0 ? -1 : 0;
}

/* ---- the hub gets rows of its own ---- */

static int copy_entity(struct store *store, enum entity entity, int64_t hub, struct err *err)
{
	int64_t last;

	if (db_int(store, err, &last, row_id(entity, 0),
		    "SELECT max(id) FROM record WHERE id >= ?1 AND id < ?2", 2,
		    row_id(entity, 0), row_id(entity + 1, 0)))
		return -1;
	if (last < row_id(entity, 0))
		return 0;
	return db_run(store,
		db_prepare_ints(store, err,
			"INSERT INTO record (id, app, since, sis_id, body)"
			" SELECT ?3 + row_number() OVER (ORDER BY id), ?4, 0, sis_id, body"
			" FROM (SELECT min(record.id) AS id, sis_id, body FROM record"
			" CROSS JOIN app ON app.id = record.app"
			" WHERE record.id >= ?1 AND record.id < ?2 AND app.id <> ?4"
			" AND record.since <= app.accepted"
			" AND (record.until IS NULL OR record.until > app.accepted)"
			" GROUP BY sis_id)",
			4, row_id(entity, 0), row_id(entity + 1, 0), last, hub),
		err);
}

/* The fingerprints of the hub's own rows of one entity type. */
static int print_entity(struct store *store, enum entity entity, int64_t hub, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT id & 0xffffffff, sis_id, body FROM record"
		" WHERE id >= ?1 AND id < ?2 AND app = ?3",
		3, row_id(entity, 0), row_id(entity + 1, 0), hub);
	struct print *prints = mem_zero(PRINTS, sizeof(*prints));
	size_t count = 0;
	int result = statement ? 1 : -1;

	while (result > 0 && (result = db_step(store, statement, err)) > 0) {
		const char *sis_id = (const char *)sqlite3_column_text(statement, 1);
		const char *body = sqlite3_column_blob(statement, 2);
		size_t length =
			record_content(body, (size_t)sqlite3_column_bytes(statement, 2));

		prints[count++] = (struct print){
			record_fingerprint(sis_id, strlen(sis_id), store->secret).low,
			record_fingerprint(body, length, store->secret).low,
			(uint32_t)sqlite3_column_int64(statement, 0)};
		if (count == PRINTS) {
			if (print_add(
				    store, STORE_HUB, 0, entity, PRINT_PUT, prints, count, err))
				result = -1;
			count = 0;
		}
	}
	sqlite3_finalize(statement);
	if (!result)
		result = print_add(store, STORE_HUB, 0, entity, PRINT_PUT, prints, count, err);
	free(prints);
	return result;
}

int layers_separate(struct store *store, int64_t number, struct err *err)
{
	int64_t hub, last;
	bool already;
	enum entity e;

	if (layers_are(store, &already, err))
		return -1;
	if (!already) {
		if (verdict_drop_held(store, NULL, number, -1, err) ||
			db_app(store, STORE_HUB, &hub, err) ||
			db_int(store, err, &last, 0, "SELECT max(accepted) FROM app", 0))
			return -1;
		for (e = 0; e < ENTITY_COUNT; e++)
			if (copy_entity(store, e, hub, err) || print_entity(store, e, hub, err))
				return -1;
		if (db_run(store,
			    db_prepare_ints(store, err,
				    "UPDATE app SET accepted = ?1 WHERE id = ?2", 2, last, hub),
			    err))
			return -1;
	}
	/* An app that came since is a layer, too. */
	return db_exec(store, "UPDATE app SET layer = 1 WHERE name <> '' AND NOT layer", err);
}

/* ---- reading layers ---- */

int layers_load(struct store *store, const char *importing, int64_t number,
	struct layer **layers, size_t *count, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT name, id, CASE WHEN name = ?2 THEN ?1 ELSE accepted END FROM app"
		" WHERE layer ORDER BY id",
		1, number);
	int result;

	*layers = NULL;
	*count = 0;
	if (!statement)
		return -1;
	db_bind_text(statement, 2, importing);
	while ((result = db_step(store, statement, err)) > 0) {
		*layers = mem_grow(*layers, *count + 1, sizeof(**layers));
		(*layers)[(*count)++] = (struct layer){db_text(statement, 0),
			sqlite3_column_int64(statement, 1), sqlite3_column_int64(statement, 2)};
	}
	sqlite3_finalize(statement);
	return result;
}

void layers_free(struct layer *layers, size_t count)
{
	while (count)
		free(layers[--count].name);
	free(layers);
}

/* The layer to which a row belongs that counts there; -1: none. */
static long layer_of(sqlite3_stmt *statement, const struct layer *layers, size_t count)
{
	int64_t app = sqlite3_column_int64(statement, 1);
	int64_t since = sqlite3_column_int64(statement, 2);
	size_t i;

	for (i = 0; i < count; i++)
		if (layers[i].app == app)
			return since <= layers[i].until &&
					       (sqlite3_column_type(statement, 3) ==
							       SQLITE_NULL ||
						       sqlite3_column_int64(statement, 3) >
							       layers[i].until)
				       ? (long)i
				       : -1;
	return -1;
}

int layers_each(struct store *store, const struct layer *layers, size_t count,
	enum entity entity, enum layer_part part, layer_fn *each, void *arg, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	int64_t last; /* rows that are put meanwhile lie behind it */
	struct record record;
	struct arena arena;
	int result;

	if (!db_int(store, err, &last, 0, "SELECT max(id) FROM record WHERE id < ?1", 1,
		    row_id(entity + 1, 0)))
		statement = db_prepare_ints(store, err,
			part == LAYER_IDS
				? "SELECT id & 0xffffffff, app, since, until, sis_id, x''"
				  " FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id"
				: "SELECT id & 0xffffffff, app, since, until, sis_id, body"
				  " FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
			2, row_id(entity, 0), last);
	if (!statement)
		return -1;
	arena_init(&arena);
	while ((result = db_step(store, statement, err)) > 0) {
		long layer = layer_of(statement, layers, count);

		if (layer < 0)
			continue;
		arena_reset(&arena);
		if (db_record(store, statement, 4, entity, &record, &arena, err) ||
			each(arg, (size_t)layer, (uint32_t)sqlite3_column_int64(statement, 0),
				&record, err)) {
			result = -1;
			break;
		}
	}
	arena_clear(&arena);
	sqlite3_finalize(statement);
	return result;
}

/* ---- rows one by one ---- */

struct row_reader {
	struct store *store; /* borrowed */
	sqlite3_stmt *statement;
};

struct row_reader *row_reader_new(struct store *store, struct err *err)
{
	struct row_reader *reader = mem_zero(1, sizeof(*reader));

	reader->store = store;
	reader->statement =
		db_prepare(store, "SELECT sis_id, body FROM record WHERE id = ?1", err);
	if (reader->statement)
		return reader;
	free(reader);
	return NULL;
}

void row_reader_free(struct row_reader *reader)
{
	if (!reader)
		return;
	sqlite3_finalize(reader->statement);
	free(reader);
}

int row_read(struct row_reader *reader, enum entity entity, uint32_t row, struct record *record,
	struct arena *arena, struct err *err)
{
	sqlite3_stmt *statement = reader->statement;
	const char *sis_id, *body;
	size_t length;
	int result;

	sqlite3_reset(statement);
	sqlite3_bind_int64(statement, 1, row_id(entity, row));
	result = db_step(reader->store, statement, err);
	if (result <= 0)
		return result;
	length = (size_t)sqlite3_column_bytes(statement, 1);
	body = arena_strndup(arena, length ? sqlite3_column_blob(statement, 1) : "", length);
	sis_id = arena_strdup(arena, (const char *)sqlite3_column_text(statement, 0));
	return record_unpack(record, entity, sis_id, body, length, arena)
		       ? err_set(err, ERR_FAILED, "A record in %s is damaged.",
				 reader->store->path)
		       : 1;
}
