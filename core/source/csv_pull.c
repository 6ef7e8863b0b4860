/*
 * csv_pull: whole files, row by row, in the order that is asked for. It counts only if nothing
 * was written to while it was read.
 */
#include "source/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/idset.h"
#include "base/mem.h"
#include "source/csv_records.h"
#include "source/csv_roles.h"
#include "source/fetch.h"

enum { TICK_MS = 200, ROWS_A_LOOK = 256 };

struct csv_pull {
	struct csv *csv;           /* borrowed */
	const struct taker *taker; /* borrowed */
	struct csv_records records;
	struct csv_roles roles;
	struct idset seen; /* ids of the present collection */
	struct pull_progress shown;
	int64_t next_tick;
	bool partial; /* of the present collection it was noted that rows are left out */
};

static int tick(struct csv_pull *pull, struct err *err)
{
	const atomic_bool *cancel = pull->csv->base.cancel;
	int64_t now = fetch_now();

	if (cancel && atomic_load(cancel))
		return err_set(err, ERR_CANCELLED, "cancelled");
	if (!pull->taker->progress || now < pull->next_tick)
		return 0;
	pull->next_tick = now + TICK_MS;
	pull->taker->progress(pull->taker->arg, &pull->shown);
	return 0;
}

static void note(struct csv_pull *pull, enum pull_note kind, const char *text)
{
	if (pull->taker->note)
		pull->taker->note(pull->taker->arg, kind, pull->shown.collection, text);
}

/* A row that was left out may be of a record that is in the hub, which is not gone. Said once.
 */
static void note_unusable(struct csv_pull *pull)
{
	char text[160];

	if (pull->partial)
		return;
	pull->partial = true;
	snprintf(text, sizeof(text),
		"rows of %s could not be used, so nothing that is missing from it is deleted",
		csv_file_name(pull->records.file));
	note(pull, NOTE_PARTIAL, text);
}

static void note_mended(struct csv_pull *pull)
{
	const struct csv_records *records = &pull->records;
	char text[200];

	if (!records->mended)
		return;
	snprintf(text, sizeof(text),
		"malformed characters of %s were replaced (%lld rows, the first is line %lld). "
		"It must be in UTF-8",
		csv_file_name(records->file), (long long)records->mended,
		(long long)records->first_mended);
	note(pull, NOTE_REPAIRED, text);
}

static int take_record(struct csv_pull *pull, struct source_record *record, struct err *err)
{
	bool fresh = idset_add(&pull->seen, XXH3_64bits(record->id, strlen(record->id)));

	if (record->collection == COLLECTION_USERS)
		csv_roles_give(&pull->roles, record);
	pull->shown.received++;
	pull->shown.received_in_all++;
	return pull->taker->record(
		pull->taker->arg, record, fresh ? SEEN_FIRST : SEEN_AGAIN, err);
}

static int take_records(struct csv_pull *pull, struct err *err)
{
	struct csv_records *records = &pull->records;
	struct source_record record;
	enum csv_record got;

	while ((got = csv_records_next(records, &record, err)) >= CSV_RECORD) {
		if (got == CSV_NO_MORE)
			break;
		if (got == CSV_UNUSABLE)
			note_unusable(pull);
		else if (records->file == CSV_ROLES)
			csv_roles_add(&pull->roles, &record);
		else if (take_record(pull, &record, err))
			return -1;
		if (records->rows % ROWS_A_LOOK == 0 && tick(pull, err))
			return -1;
	}
	note_mended(pull);
	return got == CSV_NO_MORE ? 0 : -1;
}

static int take_file(struct csv_pull *pull, int file, struct err *err)
{
	int result = csv_records_begin(&pull->records, pull->csv->set, file,
		csv_has_roles(pull->csv), pull->taker->problems, err);

	if (!result)
		result = take_records(pull, err);
	csv_records_end(&pull->records);
	return result;
}

/* Before users: their roles, where they are a file of their own. */
static int take_roles(struct csv_pull *pull, struct err *err)
{
	if (csv_find(pull->csv, CSV_ROLES, NULL, 0, err) == CSV_LACKING)
		return -1;
	return csv_has_roles(pull->csv) ? take_file(pull, CSV_ROLES, err) : 0;
}

/* A role whose user is not there is of no use. */
static void report_left_roles(struct csv_pull *pull)
{
	int64_t left = csv_roles_left(&pull->roles);

	if (left)
		problems_add(pull->taker->problems, PROBLEM_DANGLING, ENTITY_NONE, NULL,
			"roles.csv: %lld roles are of users that are not in users.csv",
			(long long)left);
}

static int pull_collection(struct csv_pull *pull, enum collection collection, struct err *err)
{
	char why[200];
	enum csv_given given = csv_find(pull->csv, (int)collection, why, sizeof(why), err);

	idset_clear(&pull->seen);
	pull->partial = false;
	pull->shown.collection = collection;
	pull->shown.received = 0;
	if (given == CSV_LACKING)
		return -1;
	if (given == CSV_NOT_GIVEN) {
		note(pull, NOTE_ABSENT, why);
		return 0;
	}
	if (given == CSV_GIVEN_PART)
		note(pull, NOTE_DELTA, why);
	else if (*why)
		problems_add(
			pull->taker->problems, PROBLEM_PARTIAL, ENTITY_NONE, NULL, "%s", why);
	if (collection == COLLECTION_USERS && take_roles(pull, err))
		return -1;
	if (take_file(pull, (int)collection, err))
		return -1;
	if (collection == COLLECTION_USERS)
		report_left_roles(pull);
	return 0;
}

static int pull_all(
	struct csv_pull *pull, const enum collection *order, size_t count, struct err *err)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (pull_collection(pull, order[i], err))
			return -1;
	if (csv_set_check(pull->csv->set, err))
		return -1;
	pull->next_tick = 0;
	return tick(pull, err);
}

int csv_pull(struct source *source, const enum collection *order, size_t count,
	const struct taker *taker, struct err *err)
{
	struct csv *csv = (struct csv *)source;
	struct csv_pull *pull;
	int result;

	if ((!csv->set || csv->pulled) && csv_connect(source, err))
		return -1;
	csv->pulled = true;
	pull = mem_zero(1, sizeof(*pull));
	pull->csv = csv;
	pull->taker = taker;
	pull->shown.total = -1;
	csv_roles_init(&pull->roles);
	idset_init(&pull->seen);
	result = pull_all(pull, order, count, err);
	csv_roles_clear(&pull->roles);
	idset_clear(&pull->seen);
	free(pull);
	return result;
}
