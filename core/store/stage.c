#include "store/stage.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/relay.h"
#include "store/db.h"
#include "store/layers.h"
#include "store/verdict.h"

enum op_kind { OP_PUT, OP_CORRECT, OP_DELETE };

/* What stands before each operation's texts in a batch. */
struct op {
	enum op_kind kind;
	enum entity entity;
	uint32_t row;
	uint32_t replaces;
	uint32_t sis_id_length; /* with its NUL */
	uint32_t body_length;
};

struct stage {
	struct store *store; /* borrowed; the writer's while there is one */
	int64_t app;
	int64_t number;
	enum stage_kind kind;
	uint32_t first[ENTITY_COUNT];
	uint32_t last[ENTITY_COUNT]; /* row put last; 0: none */
	sqlite3_stmt *put, *end, *correct, *read;
	struct relay *writer; /* owned; NULL after stage_settle */
	struct buf batch;     /* of what comes after it */
};

static int run_bound(struct stage *stage, sqlite3_stmt *statement, struct err *err)
{
	int result = db_step(stage->store, statement, err);

	sqlite3_reset(statement);
	return result < 0 ? -1 : 0;
}

static int end_row(struct stage *stage, const struct op *op, uint32_t row,
	enum row_ending ending, struct err *err)
{
	sqlite3_bind_int64(stage->end, 1, row_id(op->entity, row));
	sqlite3_bind_int(
		stage->end, 2, (int)ending + (stage->kind == STAGE_LAYER ? ROW_OF_LAYER : 0));
	return run_bound(stage, stage->end, err);
}

static int write_put(struct stage *stage, const struct op *op, const char *sis_id,
	const char *body, struct err *err)
{
	sqlite3_bind_int64(stage->put, 1, row_id(op->entity, op->row));
	if (op->replaces)
		sqlite3_bind_int64(stage->put, 2, op->replaces);
	else
		sqlite3_bind_null(stage->put, 2);
	sqlite3_bind_text(stage->put, 3, sis_id, (int)op->sis_id_length - 1, SQLITE_STATIC);
	sqlite3_bind_blob(stage->put, 4, body, (int)op->body_length, SQLITE_STATIC);
	if (run_bound(stage, stage->put, err))
		return -1;
	return op->replaces ? end_row(stage, op, op->replaces, ROW_REPLACED, err) : 0;
}

static int write_op(struct stage *stage, const struct op *op, const char *sis_id,
	const char *body, struct err *err)
{
	switch (op->kind) {
	case OP_PUT: return write_put(stage, op, sis_id, body, err);
	case OP_DELETE: return end_row(stage, op, op->row, ROW_DELETED, err);
	case OP_CORRECT:
		sqlite3_bind_int64(stage->correct, 1, row_id(op->entity, op->row));
		sqlite3_bind_blob(stage->correct, 2, body, (int)op->body_length, SQLITE_STATIC);
		return run_bound(stage, stage->correct, err);
	}
	return 0;
}

static int write_batch(void *arg, const struct buf *batch, struct err *err)
{
	struct stage *stage = arg;
	const char *at = batch->data, *end = batch->data + batch->used;

	while (at < end) {
		struct op op;

		memcpy(&op, at, sizeof(op));
		at += sizeof(op);
		if (write_op(stage, &op, at, at + op.sis_id_length, err))
			return -1;
		at += op.sis_id_length + op.body_length;
	}
	return 0;
}

static int queue(struct stage *stage, struct op op, const char *sis_id, const void *body,
	struct err *err)
{
	struct buf *batch = stage->writer ? relay_batch(stage->writer) : &stage->batch;
	int result;

	buf_add(batch, &op, sizeof(op));
	buf_add(batch, sis_id, op.sis_id_length);
	buf_add(batch, body, op.body_length);
	if (stage->writer)
		return relay_added(stage->writer, err);
	result = write_batch(stage, batch, err);
	buf_reset(batch);
	return result;
}

static int load_first_rows(struct stage *stage, struct err *err)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		int64_t last;

		if (db_int(stage->store, err, &last, 0,
			    "SELECT max(id) FROM record WHERE id >= ?1 AND id < ?2", 2,
			    row_id(e, 0), row_id(e + 1, 0)))
			return -1;
		stage->first[e] = (uint32_t)(last & 0xffffffff) + 1;
	}
	return 0;
}

static int prepare(struct stage *stage, struct err *err)
{
	struct store *store = stage->store;

	stage->put = db_prepare_ints(store, err,
		"INSERT INTO record (id, prev, sis_id, body, app, since)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
		0);
	stage->end = db_prepare(
		store, "UPDATE record SET until = ?3, ending = ?2 WHERE id = ?1", err);
	stage->correct = db_prepare(store, "UPDATE record SET body = ?2 WHERE id = ?1", err);
	stage->read = db_prepare(store, "SELECT sis_id, body FROM record WHERE id = ?1", err);
	if (!stage->put || !stage->end || !stage->correct || !stage->read)
		return -1;
	sqlite3_bind_int64(stage->put, 5, stage->app);
	sqlite3_bind_int64(stage->put, 6, stage->number);
	sqlite3_bind_int64(stage->end, 3, stage->number);
	return 0;
}

static void free_stage(struct stage *stage)
{
	sqlite3_finalize(stage->put);
	sqlite3_finalize(stage->end);
	sqlite3_finalize(stage->correct);
	sqlite3_finalize(stage->read);
	buf_clear(&stage->batch);
	free(stage);
}

static int begin(struct stage *stage, const char *app, struct err *err)
{
	struct store *store = stage->store;

	if (store_begin(store, err) || db_app(store, app, &stage->app, err) ||
		verdict_drop_held(store, app, stage->number, -1, err))
		return -1;
	return stage->kind == STAGE_LAYER ? layers_separate(store, stage->number, err) : 0;
}

static struct stage *open_writer(struct stage *stage, struct err *err)
{
	if (!load_first_rows(stage, err) && !prepare(stage, err))
		stage->writer = relay_start(write_batch, stage, err);
	return stage->writer ? stage : NULL;
}

static struct stage *stage_new(struct store *store, int64_t number, enum stage_kind kind)
{
	struct stage *stage = mem_zero(1, sizeof(*stage));

	stage->store = store;
	stage->number = number;
	stage->kind = kind;
	buf_init(&stage->batch);
	return stage;
}

struct stage *stage_open(struct store *store, const char *app, int64_t number,
	enum stage_kind kind, struct err *err)
{
	struct stage *stage = stage_new(store, number, kind);

	if (!begin(stage, app, err) && open_writer(stage, err))
		return stage;
	stage_abandon(stage);
	return NULL;
}

struct stage *stage_open_hub(struct store *store, int64_t number, struct err *err)
{
	struct stage *stage = stage_new(store, number, STAGE_HUB);

	/* No thread writes: the layers are read through the same connection meanwhile. */
	if (!db_app(store, STORE_HUB, &stage->app, err) && !load_first_rows(stage, err) &&
		!prepare(stage, err))
		return stage;
	stage_close_hub(stage);
	return NULL;
}

void stage_close_hub(struct stage *stage)
{
	if (stage)
		free_stage(stage);
}

uint32_t stage_first_row(const struct stage *stage, enum entity entity)
{
	return stage->first[entity];
}

int stage_put(struct stage *stage, enum entity entity, uint32_t row, uint32_t replaces,
	const char *sis_id, const void *body, size_t length, struct err *err)
{
	struct op op = {
		OP_PUT, entity, row, replaces, (uint32_t)strlen(sis_id) + 1, (uint32_t)length};

	stage->last[entity] = row;
	return queue(stage, op, sis_id, body, err);
}

int stage_correct(struct stage *stage, enum entity entity, uint32_t row, const void *body,
	size_t length, struct err *err)
{
	return queue(stage, (struct op){OP_CORRECT, entity, row, 0, 0, (uint32_t)length}, "",
		body, err);
}

int stage_delete(struct stage *stage, enum entity entity, uint32_t row, struct err *err)
{
	return queue(stage, (struct op){OP_DELETE, entity, row, 0, 0, 0}, "", "", err);
}

static int write_ranges(struct stage *stage, struct err *err)
{
	const char *sql = stage->kind == STAGE_LAYER
				  ? "INSERT OR REPLACE INTO layer_range VALUES (?1, ?2, ?3, ?4)"
				  : "INSERT OR REPLACE INTO sync_range VALUES (?1, ?2, ?3, ?4)";
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		if (stage->last[e] &&
			db_run(stage->store,
				db_prepare_ints(stage->store, err, sql, 4, stage->number,
					(int64_t)e, row_id(e, stage->first[e]),
					row_id(e, stage->last[e])),
				err))
			return -1;
	return 0;
}

int stage_settle(struct stage *stage, struct err *err)
{
	struct relay *writer = stage->writer;

	stage->writer = NULL;
	if (writer && relay_finish(writer, err))
		return -1;
	return write_ranges(stage, err);
}

int stage_read(struct stage *stage, enum entity entity, uint32_t row, struct record *record,
	struct arena *arena, struct err *err)
{
	sqlite3_reset(stage->read);
	sqlite3_bind_int64(stage->read, 1, row_id(entity, row));
	switch (db_step(stage->store, stage->read, err)) {
	case 1: return db_record(stage->store, stage->read, 0, entity, record, arena, err);
	case 0:
		return err_set(err, ERR_FAILED,
			"A record that the fingerprints name is missing in %s. Restore it from "
			"a backup, "
			"or move it away and import anew.",
			stage->store->path);
	default: return -1;
	}
}

static bool same_content(sqlite3_stmt *statement, int a, int b)
{
	const char *one = sqlite3_column_blob(statement, a);
	const char *two = sqlite3_column_blob(statement, b);
	size_t length = record_content(one, (size_t)sqlite3_column_bytes(statement, a));

	return length == record_content(two, (size_t)sqlite3_column_bytes(statement, b)) &&
	       (!length || !memcmp(one, two, length));
}

int stage_take_back(struct stage *stage, enum entity entity, uint32_t row, uint32_t *replaced,
	struct err *err)
{
	int64_t id = row_id(entity, row), before = row_id(entity, 0);
	sqlite3_stmt *statement = db_prepare_ints(stage->store, err,
		"SELECT new.body, old.body, new.prev FROM record new"
		" JOIN record old ON old.id = ?2 + new.prev WHERE new.id = ?1",
		2, id, before);
	int result;

	if (!statement)
		return -1;
	result = db_step(stage->store, statement, err);
	if (result > 0 && (result = same_content(statement, 0, 1)))
		*replaced = (uint32_t)sqlite3_column_int64(statement, 2);
	sqlite3_finalize(statement);
	if (result <= 0)
		return result;
	if (db_run(stage->store,
		    db_prepare_ints(
			    stage->store, err, "DELETE FROM record WHERE id = ?1", 1, id),
		    err) ||
		db_run(stage->store,
			db_prepare_ints(stage->store, err,
				"UPDATE record SET until = NULL, ending = NULL WHERE id = ?1",
				1, row_id(entity, *replaced)),
			err))
		return -1;
	return 1;
}

int stage_commit(struct stage *stage, struct err *err)
{
	struct store *store = stage->store;

	free_stage(stage);
	return store_commit(store, err);
}

void stage_abandon(struct stage *stage)
{
	struct store *store;

	if (!stage)
		return;
	store = stage->store;
	relay_abandon(stage->writer);
	free_stage(stage);
	store_rollback(store);
}
