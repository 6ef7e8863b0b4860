#include "store/filtered.h"

#include "store/db.h"

int filtered_write(struct store *store, int64_t sync, const int64_t filtered[ENTITY_COUNT],
	struct err *err)
{
	int e;

	for (e = 0; e < ENTITY_COUNT; e++)
		if (filtered[e] &&
			db_run(store,
				db_prepare_ints(store, err,
					"INSERT OR REPLACE INTO sync_filtered VALUES (?1, ?2, "
					"?3)",
					3, sync, (int64_t)e, filtered[e]),
				err))
			return -1;
	return 0;
}

int filtered_read(
	struct store *store, int64_t sync, int64_t filtered[ENTITY_COUNT], struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(
		store, err, "SELECT entity, count FROM sync_filtered WHERE sync = ?1", 1, sync);
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		int entity = sqlite3_column_int(statement, 0);

		if (entity >= 0 && entity < ENTITY_COUNT)
			filtered[entity] = sqlite3_column_int64(statement, 1);
	}
	sqlite3_finalize(statement);
	return result;
}
