#include "source/csv.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"

enum {
	REST_MS = 1000, /* a set that was written to so lately may not be whole yet */
	LOOK_MS = 100,
};

static struct source *csv_open(const struct app *app, const struct secret *secret,
	const atomic_bool *cancel, struct err *err)
{
	struct csv *csv;

	(void)secret;
	(void)cancel;
	if (!app->path) {
		err_set(err, ERR_SETTINGS,
			"The path of %s is not set. Set it with: lumenport app set %s path=PATH",
			app->name, app->name);
		return NULL;
	}
	csv = mem_zero(1, sizeof(*csv));
	return &csv->base;
}

static void csv_close(struct source *source)
{
	struct csv *csv = (struct csv *)source;

	csv_set_close(csv->set);
	free(csv);
}

bool csv_has_roles(const struct csv *csv)
{
	return csv->manifest.mode[CSV_ROLES] != CSV_ABSENT &&
	       csv_set_has(csv->set, csv_file_name(CSV_ROLES));
}

const char *csv_version(const struct csv *csv)
{
	if (*csv->manifest.version)
		return csv->manifest.version;
	return csv_has_roles(csv) ? "1.2" : "1.1";
}

/*
 * What stands for the address of a service: another version or another writing system may have
 * other ids for the same people. The path does not count, for file names often have a date.
 */
static void learn(struct csv *csv)
{
	const char *system = csv->manifest.system;
	char *root = mem_printf("%s %s%s%s", app_kind_name(csv->base.app->kind),
		csv_version(csv), *system ? " " : "", system);

	mem_replace(&csv->base.learned.root, root);
	free(root);
}

/* Milliseconds until the last writing is REST_MS ago; 0: it is. */
static int until_rest(const struct csv_set *set)
{
	struct timespec touched = csv_set_touched(set), now;
	int64_t ago;

	clock_gettime(CLOCK_REALTIME, &now);
	ago = (int64_t)(now.tv_sec - touched.tv_sec) * 1000 +
	      (now.tv_nsec - touched.tv_nsec) / 1000000;
	/* A clock that is ahead, of another machine, says nothing. */
	return ago >= 0 && ago < REST_MS ? (int)(REST_MS - ago) : 0;
}

static int wait_for_rest(struct csv *csv, struct err *err)
{
	int left;

	while ((left = until_rest(csv->set)) > 0) {
		if (csv->base.cancel && atomic_load(csv->base.cancel))
			return err_set(err, ERR_CANCELLED, "cancelled");
		poll(NULL, 0, left < LOOK_MS ? left : LOOK_MS);
	}
	return csv_set_check(csv->set, err);
}

static int is_roster(const struct csv *csv, struct err *err)
{
	int file;

	for (file = 0; file < CSV_FILES; file++)
		if (csv_set_has(csv->set, csv_file_name(file)))
			return 0;
	return err_set(err, ERR_SOURCE,
		"%s holds no OneRoster files (orgs.csv, users.csv and others). Check the path",
		csv->base.app->path);
}

int csv_connect(struct source *source, struct err *err)
{
	struct csv *csv = (struct csv *)source;

	csv_set_close(csv->set);
	csv->pulled = false;
	csv->set = csv_set_open(source->app->path, err);
	if (!csv->set || wait_for_rest(csv, err) || is_roster(csv, err) ||
		csv_manifest_read(&csv->manifest, csv->set, err))
		return -1;
	learn(csv);
	return 0;
}

/* Whether an import can go without the file. */
static bool may_lack(int file)
{
	return file == CSV_ROLES || collection_is_optional((enum collection)file);
}

static enum csv_given lacking(const struct csv *csv, int file, struct err *err)
{
	const char *name = csv_file_name(file), *path = csv->base.app->path;

	if (csv->manifest.mode[file] != CSV_UNSAID)
		err_set(err, ERR_SOURCE,
			"%s is not whole: its manifest.csv says that %s is %s, but there is no "
			"such file. Have it written again",
			path, name, csv_mode_name(csv->manifest.mode[file]));
	else
		err_set(err, ERR_SOURCE,
			"%s has no %s. An import needs it, unless manifest.csv says that it is "
			"absent",
			path, name);
	return CSV_LACKING;
}

enum csv_given csv_find(
	const struct csv *csv, int file, char *why, size_t size, struct err *err)
{
	enum csv_mode mode = csv->manifest.mode[file];
	const char *name = csv_file_name(file), *said = "";
	bool there = csv_set_has(csv->set, name);
	enum csv_given given = mode == CSV_DELTA ? CSV_GIVEN_PART : CSV_GIVEN;

	if (mode == CSV_ABSENT) {
		said = there ? "is there, but manifest.csv says that it is absent; not read"
			     : "is absent, as manifest.csv says";
		given = CSV_NOT_GIVEN;
	} else if (!there) {
		if (mode != CSV_UNSAID || !may_lack(file))
			return lacking(csv, file, err);
		said = "is not there";
		given = CSV_NOT_GIVEN;
	} else if (mode == CSV_DELTA) {
		said = "is a delta: what is not in it stays as it is";
	} else if (mode == CSV_UNSAID) {
		said = csv->manifest.there
			       ? "is not in manifest.csv; taken as bulk, the full set"
			       : "is taken as bulk, the full set: there is no manifest.csv";
	}
	if (why)
		snprintf(why, size, "%s%s%s", *said ? name : "", *said ? " " : "", said);
	return given;
}

const struct source_kind csv_kind = {
	.open = csv_open,
	.close = csv_close,
	.connect = csv_connect,
	.pull = csv_pull,
	.check = csv_check,
};
