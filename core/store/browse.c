#include "store/browse.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/db.h"
#include "store/verdict.h"

enum { WORDS_MOST = 16, LOOK_EVERY = 512 }; /* rows between two looks at cancel */

/* A search, and what it needs from record to record. */
struct search {
	char *folded; /* owned; the words point into it */
	const char *word[WORDS_MOST];
	size_t words;
	struct buf text; /* all values of a record, folded, a line each */
	struct arena arena;
};

struct finding {
	struct store *store;
	const struct browse_query *query;
	struct browse *found;
	struct search search;
	size_t room;
	size_t seen;
};

static void search_init(struct search *search, const char *text)
{
	char *save = NULL, *word;

	memset(search, 0, sizeof(*search));
	buf_init(&search->text);
	arena_init(&search->arena);
	search->folded = text_fold(text ? text : "");
	for (word = strtok_r(search->folded, " ", &save); word && search->words < WORDS_MOST;
		word = strtok_r(NULL, " ", &save))
		search->word[search->words++] = word;
}

static void search_clear(struct search *search)
{
	free(search->folded);
	buf_clear(&search->text);
	arena_clear(&search->arena);
}

/* Most values are ASCII and need no folding but of case. */
static void add_folded(struct buf *text, const char *value)
{
	size_t length = strlen(value), i;
	char *folded;

	buf_reserve(text, length + 1);
	for (i = 0; i < length && (signed char)value[i] > 0; i++) {
		char c = value[i];

		text->data[text->used + i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	if (i == length) {
		text->used += length;
	} else {
		folded = text_fold(value);
		buf_adds(text, folded);
		free(folded);
	}
	buf_addc(text, '\n');
}

static bool search_matches(struct search *search, const struct record *record)
{
	size_t i;

	buf_reset(&search->text);
	add_folded(&search->text, record->sis_id);
	for (i = 0; i < ATTR_COUNT; i++)
		if (record->value[i] && i != ATTR_LAST_MODIFIED)
			add_folded(&search->text, record->value[i]);
	for (i = 0; i < record->extras; i++)
		add_folded(&search->text, record->extra[i].value);
	for (i = 0; i < search->words; i++)
		if (!strstr(search->text.data, search->word[i]))
			return false;
	return true;
}

static void add_row(struct finding *finding, struct browse_row row)
{
	struct browse *found = finding->found;

	if (found->count == finding->room) {
		finding->room = finding->room ? 2 * finding->room : 1024;
		found->rows = mem_grow(found->rows, finding->room, sizeof(*found->rows));
	}
	found->rows[found->count++] = row;
}

/* 1: matches, 0: not, -1: failed. A side that is there is in two columns from `column` on. */
static int matches(
	struct finding *finding, sqlite3_stmt *statement, int column, struct err *err)
{
	struct search *search = &finding->search;
	struct record record;

	if (!search->words)
		return 1;
	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return 0;
	arena_reset(&search->arena);
	if (db_record(finding->store, statement, column, finding->query->entity, &record,
		    &search->arena, err))
		return -1;
	return search_matches(search, &record);
}

static bool is_cancelled(const struct finding *finding)
{
	return finding->query->cancel && finding->seen % LOOK_EVERY == 0 &&
	       atomic_load(finding->query->cancel);
}

/*
 * Goes through a statement's rows: before, after, and (asked for only where there is a search)
 * sis_id and body of the one, then of the other.
 */
static int take_rows(struct finding *finding, sqlite3_stmt *statement, struct err *err)
{
	enum change only = finding->query->change;
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(finding->store, statement, err)) > 0) {
		struct browse_row row = {(uint32_t)sqlite3_column_int64(statement, 0),
			(uint32_t)sqlite3_column_int64(statement, 1)};

		if (only != CHANGE_NONE && browse_change(row) != only)
			continue;
		finding->found->total++;
		if (is_cancelled(finding))
			result = err_set(err, ERR_CANCELLED, "cancelled");
		finding->seen++;
		if (result > 0)
			result = matches(finding, statement, 2, err);
		if (!result && finding->query->sync)
			result = matches(finding, statement, 4, err);
		if (result < 0)
			break;
		if (result)
			add_row(finding, row);
	}
	sqlite3_finalize(statement);
	return result;
}

static int find_in_hub(struct finding *finding, struct err *err)
{
	enum entity entity = finding->query->entity;
	sqlite3_stmt *statement = db_prepare_ints(finding->store, err,
		finding->search.words
			? "SELECT 0, record.id & 0xffffffff, record.sis_id, "
			  "record.body FROM record"
			  " CROSS JOIN app ON app.id = record.app"
			  " WHERE record.id >= ?1 AND record.id < ?2"
			  " AND record.since <= app.accepted AND"
			  " (record.until IS NULL OR record.until > app.accepted)"
			  " AND CASE WHEN ?3 IS NULL THEN NOT app.layer ELSE app.name = ?3 END"
			  " ORDER BY record.id"
			: "SELECT 0, record.id & 0xffffffff FROM record"
			  " CROSS JOIN app ON app.id = record.app"
			  " WHERE record.id >= ?1 AND record.id < ?2"
			  " AND record.since <= app.accepted AND"
			  " (record.until IS NULL OR record.until > app.accepted)"
			  " AND CASE WHEN ?3 IS NULL THEN NOT app.layer ELSE app.name = ?3 END"
			  " ORDER BY record.id",
		2, row_id(entity, 0), row_id(entity + 1, 0));

	if (statement)
		db_bind_text(statement, 3, finding->query->app);
	return take_rows(finding, statement, err);
}

/* As history_changes reads them (changes.c). */
static int find_changes(struct finding *finding, struct err *err)
{
	const struct browse_query *query = finding->query;

	if (query->change != CHANGE_DELETED &&
		take_rows(finding,
			db_prepare_ints(finding->store, err,
				"SELECT CASE WHEN old.id IS NULL THEN 0 ELSE new.prev END,"
				" new.id & 0xffffffff, new.sis_id, new.body, old.sis_id, "
				"old.body"
				" FROM sync_range"
				" JOIN record new ON new.id BETWEEN first AND last AND "
				"new.since = "
				"?1"
				" LEFT JOIN record old ON old.id = (?2 << 32 | new.prev)"
				" WHERE sync = ?1 AND entity = ?2 ORDER BY new.id",
				2, query->sync, (int64_t)query->entity),
			err))
		return -1;
	if (query->change != CHANGE_DELETED && query->change != CHANGE_NONE)
		return 0;
	return take_rows(finding,
		db_prepare_ints(finding->store, err,
			"SELECT id & 0xffffffff, 0, sis_id, body, NULL, NULL FROM record"
			" WHERE until = ?1 AND ending = ?2 AND id >= ?3 AND id < ?4 ORDER BY "
			"id",
			4, query->sync, (int64_t)ROW_DELETED, row_id(query->entity, 0),
			row_id(query->entity + 1, 0)),
		err);
}

enum change browse_change(struct browse_row row)
{
	return !row.before ? CHANGE_CREATED : row.after ? CHANGE_UPDATED : CHANGE_DELETED;
}

int browse_find(struct store *store, const struct browse_query *query, struct browse *found,
	struct err *err)
{
	struct finding finding = {.store = store, .query = query, .found = found};
	int result;

	memset(found, 0, sizeof(*found));
	search_init(&finding.search, query->search);
	result = query->sync ? find_changes(&finding, err) : find_in_hub(&finding, err);
	search_clear(&finding.search);
	if (result)
		browse_clear(found);
	return result;
}

void browse_clear(struct browse *browse)
{
	free(browse->rows);
	memset(browse, 0, sizeof(*browse));
}

int browse_by_id(struct store *store, enum entity entity, const char *sis_id, uint32_t *row,
	struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT record.id & 0xffffffff FROM record"
		" CROSS JOIN app ON app.id = record.app AND NOT app.layer"
		" WHERE record.id >= ?1 AND record.id < ?2 AND record.sis_id = ?3"
		" AND record.since <= app.accepted AND"
		" (record.until IS NULL OR record.until > app.accepted)",
		2, row_id(entity, 0), row_id(entity + 1, 0));
	int result;

	if (!statement)
		return -1;
	db_bind_text(statement, 3, sis_id);
	result = db_step(store, statement, err);
	*row = result > 0 ? (uint32_t)sqlite3_column_int64(statement, 0) : 0;
	sqlite3_finalize(statement);
	return result < 0 ? -1 : 0;
}

int browse_read(struct store *store, enum entity entity, uint32_t row, struct record *record,
	const char **app, struct arena *arena, struct err *err)
{
	sqlite3_stmt *statement = db_prepare_ints(store, err,
		"SELECT record.sis_id, record.body, app.name FROM record"
		" JOIN app ON app.id = record.app WHERE record.id = ?1",
		1, row_id(entity, row));
	const char *sis_id, *body;
	size_t length;
	int result;

	if (!statement)
		return -1;
	result = db_step(store, statement, err);
	if (result > 0) {
		/* Copied: they are to outlive the statement. */
		length = (size_t)sqlite3_column_bytes(statement, 1);
		body = arena_strndup(
			arena, length ? sqlite3_column_blob(statement, 1) : "", length);
		sis_id = arena_strdup(arena, (const char *)sqlite3_column_text(statement, 0));
		if (app)
			*app = arena_strdup(
				arena, (const char *)sqlite3_column_text(statement, 2));
		if (record_unpack(record, entity, sis_id, body, length, arena))
			result = err_set(err, ERR_FAILED,
				"A record in %s is damaged. Restore it from a backup, or move "
				"it "
				"away and import anew.",
				store->path);
	}
	sqlite3_finalize(statement);
	return result;
}
