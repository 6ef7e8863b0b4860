/*
 * csv_check: Test Connection of files on disk. All of every file is read, so that what an
 * import would stumble over is said here.
 */
#include "source/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "source/csv_records.h"
#include "source/fetch.h"

enum { ROWS_A_LOOK = 1024, OLD_DAYS = 7 };

struct csv_checking {
	struct csv *csv; /* borrowed */
	check_fn *step;
	void *arg;
	struct err first; /* the first failure */
	int64_t since;    /* monotonic ms, when the present step began */
};

/* Tells one step. */
__attribute__((format(printf, 5, 6))) static void tell(struct csv_checking *check,
	const char *name, enum check_state state, const char *advice, const char *fmt, ...)
{
	char detail[800];
	int64_t now = fetch_now();
	struct check_step step = {.name = name,
		.state = state,
		.detail = detail,
		.advice = advice,
		.milliseconds = (int)(now - check->since)};
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(detail, sizeof(detail), fmt, ap);
	va_end(ap);
	check->since = now;
	check->step(check->arg, &step);
}

static int failed(struct csv_checking *check, const char *name, const struct err *err)
{
	if (check->first.code == ERR_NONE)
		check->first = *err;
	tell(check, name, CHECK_FAILED, "", "%s", err->text);
	return -1;
}

static int check_path(struct csv_checking *check, struct err *err)
{
	const struct csv *csv = check->csv;
	char when[TIME_SIZE];
	time_t written;
	bool old;

	if (csv_connect(&check->csv->base, err))
		return failed(check, csv->set ? "Manifest" : "Path", err);
	written = csv_set_written(csv->set).tv_sec;
	old = time(NULL) - written > (time_t)OLD_DAYS * 86400;
	date_of_time(written, when);
	tell(check, "Path", old ? CHECK_WARNING : CHECK_OK,
		old ? "It is old. See that whoever writes it still does" : "",
		"%s %s, written %s", csv_set_is_zip(csv->set) ? "zip" : "folder",
		csv->base.app->path, when);
	return 0;
}

static void check_manifest(struct csv_checking *check)
{
	const struct csv *csv = check->csv;
	const char *system = csv->manifest.system;

	if (!csv->manifest.there)
		tell(check, "Manifest", CHECK_WARNING,
			"All files are taken as bulk, the full set. If they are a delta, have "
			"a manifest.csv written that says so",
			"there is none; OneRoster %s by the files", csv_version(csv));
	else
		tell(check, "Manifest", CHECK_OK, "", "OneRoster %s%s%s", csv_version(csv),
			*system ? ", written by " : "", system);
}

/* Reads a file to its end. */
static int read_all(struct csv_checking *check, struct csv_records *records, struct err *err)
{
	const atomic_bool *cancel = check->csv->base.cancel;
	struct source_record record;
	enum csv_record got;

	while ((got = csv_records_next(records, &record, err)) >= CSV_RECORD) {
		if (got == CSV_NO_MORE)
			return 0;
		if (records->rows % ROWS_A_LOOK == 0 && cancel && atomic_load(cancel))
			return err_set(err, ERR_CANCELLED, "cancelled");
	}
	return -1;
}

static void tell_file(struct csv_checking *check, int file, const struct csv_records *records)
{
	enum csv_mode mode = check->csv->manifest.mode[file];
	const char *name = csv_file_name(file), *as = csv_mode_name(mode);
	bool needed =
		mode != CSV_DELTA && (file == COLLECTION_ORGS || file == COLLECTION_USERS);
	char others[60] = "";

	if (records->columns.extensions)
		snprintf(others, sizeof(others), ", %zu columns of no standard",
			records->columns.extensions);
	if (mode == CSV_UNSAID)
		as = "taken as bulk";
	if (records->unusable)
		tell(check, name, CHECK_WARNING,
			"They are left out, and nothing that is missing from this file is "
			"deleted. Have it mended; an import names their lines",
			"%s, %lld rows, %lld of them cannot be used%s", as,
			(long long)records->rows, (long long)records->unusable, others);
	else if (!records->rows && needed)
		tell(check, name, CHECK_WARNING, "An import needs some", "%s, but no rows%s",
			as, others);
	else
		tell(check, name, CHECK_OK, "", "%s, %lld rows%s", as, (long long)records->rows,
			others);
}

static int check_rows(struct csv_checking *check, int file, struct err *err)
{
	struct csv_records *records = mem_alloc(sizeof(*records));
	struct problems problems; /* an import tells them again */
	int result;

	problems_init(&problems);
	result = csv_records_begin(
		records, check->csv->set, file, csv_has_roles(check->csv), &problems, err);
	if (!result)
		result = read_all(check, records, err);
	if (result)
		failed(check, csv_file_name(file), err);
	else
		tell_file(check, file, records);
	csv_records_end(records);
	problems_clear(&problems);
	free(records);
	return result;
}

static int check_file(struct csv_checking *check, int file, struct err *err)
{
	const char *name = csv_file_name(file);
	char why[200];

	switch (csv_find(check->csv, file, why, sizeof(why), err)) {
	case CSV_LACKING: return failed(check, name, err);
	case CSV_NOT_GIVEN:
		tell(check, name, CHECK_WARNING,
			"Imports go without it: nothing of it is added or deleted", "%s", why);
		return 0;
	case CSV_GIVEN:
	case CSV_GIVEN_PART: break;
	}
	return check_rows(check, file, err);
}

/* 1.1 has no such file, and nothing is to be said of it. */
static bool wants_roles(const struct csv *csv)
{
	enum csv_mode mode = csv->manifest.mode[CSV_ROLES];

	return mode == CSV_BULK || mode == CSV_DELTA || csv_has_roles(csv);
}

int csv_check(struct source *source, check_fn *step, void *arg, struct err *err)
{
	struct csv_checking check = {
		.csv = (struct csv *)source, .step = step, .arg = arg, .since = fetch_now()};
	struct err why = {0};
	int file;

	if (check_path(&check, &why) == 0) {
		check_manifest(&check);
		for (file = 0; file < COLLECTION_COUNT && why.code != ERR_CANCELLED; file++)
			check_file(&check, file, &why);
		if (wants_roles(check.csv) && why.code != ERR_CANCELLED)
			check_file(&check, CSV_ROLES, &why);
		if (csv_set_check(check.csv->set, &why))
			failed(&check, "Path", &why);
	}
	if (why.code == ERR_CANCELLED)
		check.first = why;
	if (check.first.code == ERR_NONE)
		return 0;
	*err = check.first;
	return -1;
}
