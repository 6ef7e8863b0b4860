#include "store/store.h"

#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/db.h"

/*
 * Each string takes the store from the version that is its index to the next one. Never change
 * one that was released: add another.
 */
static const char *const migrations[] = {
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
	"INSERT INTO meta VALUES ('revision', 0);" /* of the hub: one more with every accept */

	"CREATE TABLE app (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
	" accepted INTEGER NOT NULL, source TEXT, prefix TEXT);"

	/* id: entity << 32 | row. ending: 1 replaced, 2 deleted. prev: row of what it replaces.
	 */
	"CREATE TABLE record (id INTEGER PRIMARY KEY, app INTEGER NOT NULL, since INTEGER NOT "
	"NULL,"
	" until INTEGER, ending INTEGER, prev INTEGER, sis_id TEXT NOT NULL, body BLOB NOT "
	"NULL);"
	"CREATE INDEX record_until ON record (until) WHERE until IS NOT NULL;"

	"CREATE TABLE sync (number INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL,"
	" state INTEGER NOT NULL, started INTEGER NOT NULL, finished INTEGER, seconds REAL,"
	" fingerprint TEXT, settings_hash TEXT, source TEXT, prefix TEXT, base INTEGER, revision INTEGER,"
	" error TEXT, decided_by TEXT, decided INTEGER, reason TEXT, without_deletions "
	"INTEGER);"
	"CREATE INDEX sync_app ON sync (app, number);"
	/* school '': the whole district */
	"CREATE TABLE sync_count (sync INTEGER, school TEXT, school_name TEXT, entity INTEGER,"
	" created INTEGER, updated INTEGER, deleted INTEGER, unchanged INTEGER,"
	" PRIMARY KEY (sync, school, entity)) WITHOUT ROWID;"
	"CREATE TABLE sync_hit (sync INTEGER, kind INTEGER, entity INTEGER, change INTEGER,"
	" school TEXT, school_name TEXT, changed INTEGER, base INTEGER, percent REAL, bound "
	"TEXT);"
	"CREATE INDEX sync_hit_sync ON sync_hit (sync);"
	/* The new rows of a sync, by entity. */
	"CREATE TABLE sync_range (sync INTEGER, entity INTEGER, first INTEGER, last INTEGER,"
	" PRIMARY KEY (sync, entity)) WITHOUT ROWID;"
	"CREATE TABLE sync_problem (sync INTEGER, problem INTEGER, count INTEGER,"
	" PRIMARY KEY (sync, problem)) WITHOUT ROWID;"
	"CREATE TABLE problem (sync INTEGER, problem INTEGER, entity INTEGER, sis_id TEXT,"
	" detail TEXT);"
	"CREATE INDEX problem_sync ON problem (sync);"
	/* Fingerprints, in chunks: see prints.h. */
	"CREATE TABLE print (app INTEGER, sync INTEGER, seq INTEGER, entity INTEGER,"
	" removed INTEGER, data BLOB, PRIMARY KEY (app, sync, seq));"
	"CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER, who TEXT, action TEXT,"
	" subject TEXT, detail TEXT, hash TEXT);",

	/* layer 1: rows of the app are what it says, not the hub's. See layers.h. */
	"ALTER TABLE app ADD COLUMN layer INTEGER NOT NULL DEFAULT 0;"
	"CREATE TABLE layer_range (sync INTEGER, entity INTEGER, first INTEGER, last INTEGER,"
	" PRIMARY KEY (sync, entity)) WITHOUT ROWID;"
	/* Of an app's last import. */
	"CREATE TABLE duplicate (app TEXT, entity INTEGER, domain TEXT, sis_id TEXT, other TEXT);"
	"CREATE INDEX duplicate_app ON duplicate (app);",

	/* What was published; and of each, the accepted sync of every app that it shows. */
	"CREATE TABLE delivery (number INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT,"
	" kind INTEGER NOT NULL, target TEXT NOT NULL, format TEXT NOT NULL, scope TEXT NOT NULL,"
	" changes INTEGER NOT NULL, state INTEGER NOT NULL, begun INTEGER NOT NULL,"
	" finished INTEGER, revision INTEGER NOT NULL, row_count INTEGER, deleted INTEGER,"
	" left_out INTEGER, blanked INTEGER, bytes INTEGER, sha256 TEXT, total INTEGER,"
	" tries INTEGER NOT NULL, error TEXT);"
	"CREATE INDEX delivery_target ON delivery (target, number);"
	"CREATE TABLE delivery_app (delivery INTEGER, app INTEGER, accepted INTEGER NOT NULL,"
	" PRIMARY KEY (delivery, app)) WITHOUT ROWID;",

	/* Records that filters left out of what came, by entity type. */
	("CREATE TABLE sync_filtered (sync INTEGER, entity INTEGER, count INTEGER,"
	 " PRIMARY KEY (sync, entity)) WITHOUT ROWID;"),
};

enum { SCHEMA_VERSION = sizeof(migrations) / sizeof(migrations[0]) };

static int make_secret(struct store *store, struct err *err)
{
	sqlite3_stmt *statement;

	if (RAND_bytes(store->secret, RECORD_SECRET) != 1)
		return err_set(err, ERR_FAILED, "The system gives no random numbers.");
	statement = db_prepare(store, "INSERT INTO meta VALUES ('secret', ?1)", err);
	if (statement)
		sqlite3_bind_blob(statement, 1, store->secret, RECORD_SECRET, SQLITE_STATIC);
	return db_run(store, statement, err);
}

static int load_secret(struct store *store, struct err *err)
{
	sqlite3_stmt *statement =
		db_prepare(store, "SELECT value FROM meta WHERE key = 'secret'", err);
	int result;

	if (!statement)
		return -1;
	result = db_step(store, statement, err);
	if (result > 0 && sqlite3_column_bytes(statement, 0) == RECORD_SECRET) {
		memcpy(store->secret, sqlite3_column_blob(statement, 0), RECORD_SECRET);
		result = 0;
	} else if (result >= 0) {
		result = err_set(err, ERR_FAILED,
			"%s is no hub of lumenport. Name another --state.", store->path);
	}
	sqlite3_finalize(statement);
	return result;
}

/* Brings the store up to this program's version, in one transaction. */
static int migrate(struct store *store, int64_t version, struct err *err)
{
	char set_version[64];
	bool fresh;

	if (store_begin(store, err))
		return -1;
	/* Another process may have been faster. */
	if (db_int(store, err, &version, 0, "PRAGMA user_version", 0))
		goto fail;
	fresh = version == 0;
	for (; version < SCHEMA_VERSION; version++)
		if (db_exec(store, migrations[version], err))
			goto fail;
	if (fresh && make_secret(store, err))
		goto fail;
	snprintf(set_version, sizeof(set_version), "PRAGMA user_version = %d", SCHEMA_VERSION);
	if (db_exec(store, set_version, err))
		goto fail;
	return store_commit(store, err);
fail:
	store_rollback(store);
	return -1;
}

static int prepare(struct store *store, struct err *err)
{
	int64_t version;

	sqlite3_busy_timeout(store->db, 10000);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (db_exec(store, "PRAGMA page_size = 8192", err) ||
		db_exec(store, "PRAGMA journal_mode = WAL", err) ||
		db_exec(store, "PRAGMA synchronous = FULL", err) ||
		db_exec(store, "PRAGMA cache_size = -16000", err) ||
		db_int(store, err, &version, 0, "PRAGMA user_version", 0))
		return -1;
	if (version > SCHEMA_VERSION)
		return err_set(err, ERR_FAILED,
			"%s was written by a newer lumenport (store version %lld, this one "
			"knows %d). "
			"Install that version.",
			store->path, (long long)version, SCHEMA_VERSION);
	/* A database that is none of ours is not migrated. */
	if (version && load_secret(store, err))
		return -1;
	if (version < SCHEMA_VERSION && migrate(store, version, err))
		return -1;
	return version ? 0 : load_secret(store, err);
}

struct store *store_open(const char *state, struct err *err)
{
	struct store *store;

	if (file_make_dir(state, err))
		return NULL;
	store = mem_zero(1, sizeof(*store));
	store->path = mem_printf("%s/hub.db", state);
	if (sqlite3_open_v2(store->path, &store->db,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
			    SQLITE_OPEN_NOFOLLOW,
		    NULL)) {
		db_error(store, err, "open the hub");
		goto fail;
	}
	if (chmod(store->path, 0600)) {
		file_error(err, "make private", store->path);
		goto fail;
	}
	if (prepare(store, err))
		goto fail;
	return store;
fail:
	store_close(store);
	return NULL;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	sqlite3_close_v2(store->db);
	free(store->path);
	explicit_bzero(store->secret, sizeof(store->secret));
	free(store);
}

int store_begin(struct store *store, struct err *err)
{
	return db_exec(store, "BEGIN IMMEDIATE", err);
}

int store_commit(struct store *store, struct err *err)
{
	if (!db_exec(store, "COMMIT", err))
		return 0;
	store_rollback(store);
	return -1;
}

void store_rollback(struct store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

const uint8_t *store_secret(const struct store *store)
{
	return store->secret;
}

int store_freeze(struct store *store, struct err *err)
{
	return db_exec(store, "BEGIN", err);
}

void store_thaw(struct store *store)
{
	store_rollback(store);
}

static int each_of(struct store *store, const char *sql, enum entity entity,
	store_each_fn *each, void *arg, struct err *err)
{
	sqlite3_stmt *statement =
		db_prepare_ints(store, err, sql, 2, row_id(entity, 0), row_id(entity + 1, 0));
	struct record record;
	struct arena arena;
	int result;

	if (!statement)
		return -1;
	arena_init(&arena);
	while ((result = db_step(store, statement, err)) > 0) {
		arena_reset(&arena);
		if (db_record(store, statement, 0, entity, &record, &arena, err) ||
			each(arg, &record, (const char *)sqlite3_column_text(statement, 2),
				err)) {
			result = -1;
			break;
		}
	}
	arena_clear(&arena);
	sqlite3_finalize(statement);
	return result;
}

#define ACCEPTED                                                                     \
	"SELECT record.sis_id, record.body, app.name FROM record"                    \
	" CROSS JOIN app ON app.id = record.app"                                     \
	" WHERE record.id >= ?1 AND record.id < ?2 AND record.since <= app.accepted" \
	" AND (record.until IS NULL OR record.until > app.accepted)"

int store_each(struct store *store, enum entity entity, store_each_fn *each, void *arg,
	struct err *err)
{
	return each_of(store, ACCEPTED " AND NOT app.layer ORDER BY record.id", entity, each,
		arg, err);
}

int store_each_of_apps(struct store *store, enum entity entity, store_each_fn *each, void *arg,
	struct err *err)
{
	return each_of(store, ACCEPTED " AND app.name <> '' ORDER BY record.id", entity, each,
		arg, err);
}

/* A layer's records are counted: syncs count what is in the hub. */
static int count_layer(
	struct store *store, const char *app, int64_t totals[ENTITY_COUNT], struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT record.id >> 32, count(*) FROM app JOIN record ON record.app = app.id"
		" WHERE app.name = ?1 AND app.layer AND record.since <= app.accepted"
		" AND (record.until IS NULL OR record.until > app.accepted) GROUP BY 1",
		err);
	int result;

	if (!statement)
		return -1;
	db_bind_text(statement, 1, app);
	while ((result = db_step(store, statement, err)) > 0)
		totals[sqlite3_column_int(statement, 0) % ENTITY_COUNT] =
			sqlite3_column_int64(statement, 1);
	sqlite3_finalize(statement);
	return result;
}

int store_totals(
	struct store *store, const char *app, int64_t totals[ENTITY_COUNT], struct err *err)
{
	/* The last accepted sync of each app has counted. */
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT entity, sum(created + updated + unchanged)"
		" FROM app JOIN sync ON sync.number = app.accepted"
		" JOIN sync_count ON sync_count.sync = sync.number AND school = ''"
		" WHERE NOT app.layer AND (?1 IS NULL OR app.name = ?1) GROUP BY entity",
		err);
	int result;

	memset(totals, 0, ENTITY_COUNT * sizeof(*totals));
	if (!statement)
		return -1;
	db_bind_text(statement, 1, app);
	while ((result = db_step(store, statement, err)) > 0) {
		int64_t entity = sqlite3_column_int64(statement, 0);

		if (entity >= 0 && entity < ENTITY_COUNT)
			totals[entity] = sqlite3_column_int64(statement, 1);
	}
	sqlite3_finalize(statement);
	return result || !app ? result : count_layer(store, app, totals, err);
}
