#include "store/stage.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/verdict.h"

enum {
	BATCH_BYTES = 1 << 20,
	BATCHES = 3, /* one being filled, one being written, one between */
};

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
	struct store *store; /* borrowed; the writer's while it runs */
	int64_t app;
	int64_t number;
	uint32_t first[ENTITY_COUNT];
	uint32_t last[ENTITY_COUNT]; /* row put last; 0: none */
	sqlite3_stmt *put, *end, *correct, *read;

	pthread_t writer;
	bool running;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct buf batch[BATCHES];
	unsigned filled;  /* batches handed over; batch[filled % BATCHES] is being filled */
	unsigned written; /* batches done */
	bool closing;
	bool failed;
	struct err error; /* of the writer */
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
	sqlite3_bind_int(stage->end, 2, ending);
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

static int write_batch(struct stage *stage, const struct buf *batch, struct err *err)
{
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

static void *writer_main(void *arg)
{
	struct stage *stage = arg;

	pthread_mutex_lock(&stage->mutex);
	for (;;) {
		struct buf *batch;
		struct err err = {0};
		int result;

		while (stage->written == stage->filled && !stage->closing)
			pthread_cond_wait(&stage->changed, &stage->mutex);
		if (stage->written == stage->filled)
			break;
		batch = &stage->batch[stage->written % BATCHES];
		pthread_mutex_unlock(&stage->mutex);
		result = stage->failed ? 0 : write_batch(stage, batch, &err);
		buf_reset(batch);
		pthread_mutex_lock(&stage->mutex);
		if (result) {
			stage->failed = true;
			stage->error = err;
		}
		stage->written++;
		pthread_cond_broadcast(&stage->changed);
	}
	pthread_mutex_unlock(&stage->mutex);
	return NULL;
}

/* Hands the present batch over and waits for a free one. */
static int hand_over(struct stage *stage, struct err *err)
{
	int result = 0;

	pthread_mutex_lock(&stage->mutex);
	stage->filled++;
	pthread_cond_broadcast(&stage->changed);
	while (stage->filled - stage->written >= BATCHES)
		pthread_cond_wait(&stage->changed, &stage->mutex);
	if (stage->failed) {
		*err = stage->error;
		result = -1;
	}
	pthread_mutex_unlock(&stage->mutex);
	return result;
}

/* Sees that the present batch is written: by the writer, or here when it has ended. */
static int flush(struct stage *stage, struct err *err)
{
	struct buf *batch = &stage->batch[stage->filled % BATCHES];
	int result;

	if (stage->running)
		return hand_over(stage, err);
	result = write_batch(stage, batch, err);
	buf_reset(batch);
	return result;
}

static int queue(struct stage *stage, struct op op, const char *sis_id, const void *body,
	struct err *err)
{
	struct buf *batch = &stage->batch[stage->filled % BATCHES];

	buf_add(batch, &op, sizeof(op));
	buf_add(batch, sis_id, op.sis_id_length);
	buf_add(batch, body, op.body_length);
	return batch->used < BATCH_BYTES ? 0 : flush(stage, err);
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
	size_t i;

	sqlite3_finalize(stage->put);
	sqlite3_finalize(stage->end);
	sqlite3_finalize(stage->correct);
	sqlite3_finalize(stage->read);
	for (i = 0; i < BATCHES; i++)
		buf_clear(&stage->batch[i]);
	pthread_mutex_destroy(&stage->mutex);
	pthread_cond_destroy(&stage->changed);
	free(stage);
}

static void stop_writer(struct stage *stage)
{
	if (!stage->running)
		return;
	pthread_mutex_lock(&stage->mutex);
	stage->closing = true;
	pthread_cond_broadcast(&stage->changed);
	pthread_mutex_unlock(&stage->mutex);
	pthread_join(stage->writer, NULL);
	stage->running = false;
}

struct stage *stage_open(struct store *store, const char *app, int64_t number, struct err *err)
{
	struct stage *stage = mem_zero(1, sizeof(*stage));
	size_t i;

	stage->store = store;
	stage->number = number;
	for (i = 0; i < BATCHES; i++)
		buf_init(&stage->batch[i]);
	pthread_mutex_init(&stage->mutex, NULL);
	pthread_cond_init(&stage->changed, NULL);
	if (store_begin(store, err) || db_app(store, app, &stage->app, err) ||
		verdict_drop_held(store, app, number, err) || load_first_rows(stage, err) ||
		prepare(stage, err))
		goto fail;
	if (pthread_create(&stage->writer, NULL, writer_main, stage)) {
		err_set(err, ERR_FAILED, "The system gives no thread. Try again later.");
		goto fail;
	}
	stage->running = true;
	return stage;
fail:
	stage_abandon(stage);
	return NULL;
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
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		if (stage->last[e] &&
			db_run(stage->store,
				db_prepare_ints(stage->store, err,
					"INSERT OR REPLACE INTO sync_range VALUES (?1, ?2, ?3, "
					"?4)",
					4, stage->number, (int64_t)e,
					row_id(e, stage->first[e]), row_id(e, stage->last[e])),
				err))
			return -1;
	return 0;
}

int stage_settle(struct stage *stage, struct err *err)
{
	int result = flush(stage, err);

	stop_writer(stage);
	if (!result && stage->failed) {
		*err = stage->error;
		result = -1;
	}
	return result ? result : write_ranges(stage, err);
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
	stop_writer(stage);
	free_stage(stage);
	store_rollback(store);
}
