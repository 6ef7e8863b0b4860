#include "publish/oneroster_csv.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/idset.h"
#include "base/mem.h"
#include "publish/bundle.h"
#include "publish/csv_row.h"
#include "publish/exported.h"
#include "publish/oneroster_row.h"
#include "publish/persons.h"

/*
 * How it goes: one pass over schools, calendars and persons collects their ids; then each file
 * is written in one pass over its records, in an order in which what a row points to is known
 * before (classes before enrollments). All of it sees the hub of one moment. Only hashes of ids
 * stay in memory.
 */

/* 1EdTech OneRoster 1.1 CSV tables: columns in exactly this order. */
static const struct oneroster_file files[] = {
	{"orgs", "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
		{ENTITY_SCHOOL, ENTITY_NONE}},
	{"academicSessions",
		"sourcedId,status,dateLastModified,title,type,startDate,endDate,"
		"parentSourcedId,schoolYear",
		{ENTITY_CALENDAR, ENTITY_NONE}},
	{"courses",
		"sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,"
		"orgSourcedId,subjects,subjectCodes",
		{ENTITY_COURSE, ENTITY_NONE}},
	{"classes",
		"sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
		"classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,"
		"periods",
		{ENTITY_CLASS, ENTITY_NONE}},
	{"users",
		"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,"
		"userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
		"agentSourcedIds,grades,password",
		{ENTITY_STUDENT, ENTITY_TEACHER, ENTITY_ADMIN, ENTITY_CONTACT, ENTITY_NONE}},
	{"enrollments",
		"sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,"
		"userSourcedId,role,primary,beginDate,endDate",
		{ENTITY_ENROLLMENT, ENTITY_NONE}},
	{"demographics",
		"sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,"
		"asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,"
		"demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,"
		"stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
		{ENTITY_STUDENT, ENTITY_NONE}},
};

enum {
	FILES = sizeof(files) / sizeof(files[0]),
	FILE_USERS = 4,
	FILE_ENROLLMENTS = 5,
	FILE_DEMOGRAPHICS = 6,
	WRITE_AT = 256 * 1024, /* bytes of rows given on at once */
};

/* What a manifest names, and so what an export of ours may hold. */
static const char *const names[] = {"manifest.csv", "academicSessions.csv", "categories.csv",
	"classes.csv", "classResources.csv", "courses.csv", "courseResources.csv",
	"demographics.csv", "enrollments.csv", "lineItems.csv", "orgs.csv", "resources.csv",
	"results.csv", "users.csv", NULL};

static const char METADATA[] = "metadata.";

/* Names of metadata columns, ascending. */
struct columns {
	const char **name; /* owned; the names lie in the export's arena */
	size_t count;
	size_t room;
};

struct export
{
	struct store *store;    /* borrowed */
	struct bundle *bundle;  /* owned */
	struct exported there;  /* whose rows are or will be in the export */
	struct idset twice;     /* persons of more than one type */
	struct persons persons; /* those */
	struct arena arena;     /* names of columns; an app's name */
	const char *app; /* of the first record; more than one may give the same id twice */
	bool several_apps;
	bool written[FILES]; /* with at least one row */

	/* of the file being written */
	int file;
	struct row_plan plan;
	struct columns metadata;
	bool begun;                 /* the header is out: columns can no longer be added */
	bool late;                  /* but one was found: only look for more, then write anew */
	struct idset seen;          /* ids of its rows, when there are several apps */
	struct export_report total; /* before it */
	struct export_report now;
	struct buf out;
	struct arena scratch;
};

static void columns_add(struct columns *columns, const char *name, struct arena *arena)
{
	size_t at = columns->count;

	if (columns->count == columns->room) {
		columns->room = columns->room ? 2 * columns->room : 16;
		columns->name = mem_grow(columns->name, columns->room, sizeof(*columns->name));
	}
	for (; at && strcmp(columns->name[at - 1], name) > 0; at--)
		columns->name[at] = columns->name[at - 1];
	columns->name[at] = arena_strdup(arena, name);
	columns->count++;
}

static bool columns_has(const struct columns *columns, const char *name)
{
	size_t low = 0, high = columns->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, columns->name[middle]);

		if (!order)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/* Demographics come from the student's record, whose metadata are the user's. */
static void note_metadata(struct export *export, const struct record *record)
{
	size_t i;

	for (i = 0; i < record->extras && export->file != FILE_DEMOGRAPHICS; i++) {
		const char *name = record->extra[i].name;

		if (strncmp(name, METADATA, sizeof(METADATA) - 1) ||
			columns_has(&export->metadata, name))
			continue;
		columns_add(&export->metadata, name, &export->arena);
		export->late = export->begun;
	}
}

static int flush(struct export *export, struct err *err)
{
	int result = bundle_write(export->bundle, export->out.data, export->out.used, err);

	buf_reset(&export->out);
	return result;
}

static int begin_file(struct export *export, struct err *err)
{
	const struct oneroster_file *file = &files[export->file];
	char name[40];
	size_t i;

	snprintf(name, sizeof(name), "%s.csv", file->name);
	if (export->written[export->file] ? bundle_restart(export->bundle, err)
					  : bundle_begin(export->bundle, name, err))
		return -1;
	export->begun = export->written[export->file] = true;
	buf_adds(&export->out, file->columns);
	for (i = 0; i < export->metadata.count; i++) {
		buf_addc(&export->out, ',');
		csv_cell(&export->out, export->metadata.name[i]);
	}
	buf_adds(&export->out, "\r\n");
	return 0;
}

static void add_metadata(struct export *export, const struct record *record)
{
	const struct extra *extra = record->extra, *end = extra + record->extras;
	size_t i;

	for (i = 0; i < export->metadata.count; i++) {
		const char *name = export->metadata.name[i];

		buf_addc(&export->out, ',');
		while (extra < end && strcmp(extra->name, name) < 0)
			extra++;
		if (extra < end && !strcmp(extra->name, name))
			csv_cell(&export->out, extra->value);
	}
}

static int write_row(void *arg, const struct record *record, struct err *err)
{
	struct export *export = arg;

	note_metadata(export, record);
	if (export->late || (!export->begun && begin_file(export, err)))
		return export->late ? 0 : -1;
	export->now.blanked +=
		row_add(&export->plan, record, &export->there, &export->scratch, &export->out);
	add_metadata(export, record);
	buf_add(&export->out, "\r\n", 2);
	export->now.rows++;
	return export->out.used >= WRITE_AT ? flush(export, err) : 0;
}

/* Whether all that a row of this type cannot do without is exported. */
static bool is_complete(const struct export *export, const struct record *record)
{
	const struct exported *there = &export->there;

	switch (record->entity) {
	case ENTITY_CLASS:
		return exported_has_id(there, ENTITY_SCHOOL, record->value[ATTR_SCHOOL_ID]);
	case ENTITY_ENROLLMENT:
		return exported_has_id(there, ENTITY_CLASS, record->value[ATTR_CLASS_ID]) &&
		       exported_has_id(there, ENTITY_NONE, record->value[ATTR_USER_ID]);
	default: return true;
	}
}

static int on_record(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct export *export = arg;
	uint64_t key;

	(void)app;
	if (export->file == FILE_DEMOGRAPHICS && !row_has_values(&export->plan, record))
		return 0;
	if (!is_complete(export, record)) {
		export->now.left_out++;
		return 0;
	}
	if (record->entity == ENTITY_ENROLLMENT && !export->several_apps)
		return write_row(export, record, err);
	key = exported_key(&export->there, record->sis_id, strlen(record->sis_id));
	if (export->file == FILE_USERS && idset_has(&export->twice, key)) {
		if (!export->late)
			persons_hold(&export->persons, record);
		return 0;
	}
	if (export->several_apps && !idset_add(&export->seen, key)) {
		export->now.left_out++;
		return 0;
	}
	if (record->entity == ENTITY_COURSE || record->entity == ENTITY_CLASS)
		idset_add(&export->there.ids[record->entity], key);
	if (record->entity == ENTITY_CLASS)
		exported_add_class(&export->there, key, record->value[ATTR_SCHOOL_ID]);
	return write_row(export, record, err);
}

/* One pass over a file's records. */
static int write_records(struct export *export, struct err *err)
{
	const enum entity *entity;

	export->begun = export->late = false;
	export->now = export->total;
	idset_clear(&export->seen);
	persons_clear(&export->persons);
	for (entity = files[export->file].entity; *entity != ENTITY_NONE; entity++)
		if (store_each(export->store, *entity, on_record, export, err))
			return -1;
	return persons_each(&export->persons, write_row, export, err);
}

/* A second pass is needed when a metadata column shows up after the first row. */
static int write_file(struct export *export, int file, struct err *err)
{
	export->file = file;
	if (file != FILE_USERS)
		export->metadata.count = 0;
	if (file == FILE_ENROLLMENTS)
		exported_sort_classes(&export->there);
	row_plan_init(&export->plan, &files[file]);
	do {
		buf_reset(&export->out);
		if (write_records(export, err))
			return -1;
	} while (export->late);
	export->total = export->now;
	return export->begun ? flush(export, err) : 0;
}

/* Notes ids; for users also metadata names, as they are read twice in any case. */
static int on_collect(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct export *export = arg;
	uint64_t key = exported_key(&export->there, record->sis_id, strlen(record->sis_id));
	bool person = entity_is_person(record->entity);

	(void)err;
	if (!export->app)
		export->app = arena_strdup(&export->arena, app);
	else if (!export->several_apps)
		export->several_apps = strcmp(export->app, app) != 0;
	if (person && exported_has(&export->there, ENTITY_NONE, key))
		idset_add(&export->twice, key);
	idset_add(&export->there.ids[record->entity], key);
	if (person)
		note_metadata(export, record);
	return 0;
}

static int collect(struct export *export, struct err *err)
{
	static const enum entity entities[] = {ENTITY_SCHOOL, ENTITY_CALENDAR, ENTITY_STUDENT,
		ENTITY_TEACHER, ENTITY_ADMIN, ENTITY_CONTACT};
	size_t i;

	export->file = FILE_USERS;
	for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (store_each(export->store, entities[i], on_collect, export, err))
			return -1;
	return 0;
}

/* A file without rows is not allowed to be there: it counts as absent. */
static bool is_written(const struct export *export, const char *name, size_t length)
{
	int file;

	for (file = 0; file < FILES; file++)
		if (strlen(files[file].name) == length &&
			!memcmp(files[file].name, name, length))
			return export->written[file];
	return false;
}

static int write_manifest(struct export *export, struct err *err)
{
	const char *const *name;

	if (bundle_begin(export->bundle, names[0], err))
		return -1;
	buf_reset(&export->out);
	buf_adds(&export->out, "propertyName,value\r\n"
			       "manifest.version,1.0\r\n"
			       "oneroster.version,1.1\r\n");
	for (name = names + 1; *name; name++) {
		size_t length = strlen(*name) - strlen(".csv");

		buf_addf(&export->out, "file.%.*s,%s\r\n", (int)length, *name,
			is_written(export, *name, length) ? "bulk" : "absent");
	}
	buf_adds(&export->out, "source.systemName,lumenport\r\n"
			       "source.systemCode,lumenport\r\n");
	return flush(export, err);
}

static int write_all(struct export *export, struct err *err)
{
	int file, result = -1;

	if (store_freeze(export->store, err))
		return -1;
	if (collect(export, err))
		goto out;
	for (file = 0; file < FILES; file++)
		if (write_file(export, file, err))
			goto out;
	result = write_manifest(export, err);
out:
	store_thaw(export->store);
	return result;
}

static void export_init(struct export *export, struct store *store)
{
	memset(export, 0, sizeof(*export));
	export->store = store;
	exported_init(&export->there, store_secret(store));
	idset_init(&export->twice);
	idset_init(&export->seen);
	persons_init(&export->persons);
	arena_init(&export->arena);
	arena_init(&export->scratch);
	buf_init(&export->out);
}

static void export_clear(struct export *export)
{
	exported_clear(&export->there);
	idset_clear(&export->twice);
	idset_clear(&export->seen);
	persons_clear(&export->persons);
	arena_clear(&export->arena);
	arena_clear(&export->scratch);
	buf_clear(&export->out);
	free(export->metadata.name);
}

int oneroster_csv_export(struct store *store, const char *dir, const char *zip,
	struct export_report *report, struct err *err)
{
	struct export export;
	int result = -1;

	export_init(&export, store);
	export.bundle =
		bundle_open(dir ? dir : zip, dir ? BUNDLE_FOLDER : BUNDLE_ZIP, names, err);
	if (!export.bundle || write_all(&export, err) ||
		bundle_commit(export.bundle, &export.total.bytes, err))
		goto out;
	*report = export.total;
	result = 0;
out:
	bundle_close(export.bundle);
	export_clear(&export);
	return result;
}
