#include "publish/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/*
 * How it goes: one pass over what must be known beforehand (schools, calendars, persons ...)
 * collects ids and notes; then each file is made in one pass over its records, in an order in
 * which what a row points to is known before (classes before enrollments).
 */
struct rows {
	struct store *store; /* borrowed, as the next three */
	const struct moment *moment;
	const struct format *format;
	const struct exclusion *exclusion;
	struct exported there;  /* whose rows are or will be in the export */
	struct idset twice;     /* persons of more than one type */
	struct persons persons; /* those, when they make one row */
	const char *app; /* of the first record: more than one may give the same id twice */
	bool several_apps;
	struct columns persons_metadata;

	/* of the pass */
	const struct format_file *file;
	struct row_plan plan;
	struct idset seen; /* ids of its rows when there are several apps; distinct rows */
	struct buf *out;
	rows_fn *each;
	void *arg;
	struct rows_count *count;
	struct arena excluded; /* of the record */
	struct arena around;   /* of what its row asks of others */
	struct arena scratch;  /* of the row */
};

/* ---- one record's rows ---- */

static uint64_t hash_row(const struct rows *rows, const struct made_row *made)
{
	const uint64_t spread = 0x9e3779b97f4a7c15u; /* odd: nothing is lost in a product */
	const struct record *record = made->record;
	uint64_t hash = exported_key(
		&rows->there, rows->out->data + made->start, rows->out->used - made->start);
	size_t i;

	for (i = 0; rows->file->metadata && i < record->extras; i++) {
		if (!columns_is_metadata(record->extra[i].name))
			continue;
		hash = (hash ^ exported_key_of(&rows->there, record->extra[i].name)) * spread;
		hash = (hash ^ exported_key_of(&rows->there, record->extra[i].value)) * spread;
	}
	return hash;
}

static int hand_over(struct rows *rows, struct row *row, struct err *err)
{
	struct made_row made = {row->of[OF_RECORD], rows->out->used, 0, 0};
	int dropped = row->dropped;

	row_add(&rows->plan, row);
	made.id_end = row->id_end;
	made.hash = hash_row(rows, &made);
	if (rows->file->distinct && !idset_add(&rows->seen, made.hash)) {
		rows->out->used = made.start;
		row->dropped = dropped;
		return 0;
	}
	return rows->each(rows->arg, &made, err);
}

/* A row for every contact of the student, or one without. */
static int each_contact(struct rows *rows, struct row *row, struct err *err)
{
	const struct record *student = row->of[OF_RECORD];
	const struct lookup_item *contacts;
	struct record contact;
	size_t count, i;

	contacts = lookup_find(
		&rows->there.contacts, exported_key_of(&rows->there, student->sis_id), &count);
	if (!count)
		return hand_over(rows, row, err);
	for (i = 0; i < count; i++) {
		row->of[OF_CONTACT] =
			lookup_record(&contacts[i], ENTITY_CONTACT, &contact, &rows->around)
				? &contact
				: NULL;
		if (hand_over(rows, row, err))
			return -1;
	}
	return 0;
}

/* Whether the person has an earlier type, whose first role is the primary one. */
static bool has_earlier_type(const struct rows *rows, const struct record *record, uint64_t key)
{
	int type;

	for (type = ENTITY_STUDENT; type < (int)record->entity; type++)
		if (idset_has(&rows->there.ids[type], key))
			return true;
	return false;
}

static int each_school(struct rows *rows, struct row *row, uint64_t key, struct err *err)
{
	const struct record *record = row->of[OF_RECORD];
	const char *list = list_unite(record->value[ATTR_SCHOOL_ID],
		record->value[ATTR_OTHER_SCHOOL_IDS], &rows->around);
	const char *item;
	size_t length, made = 0;

	row->primary = !has_earlier_type(rows, record, key);
	while ((item = list_next(&list, &length))) {
		if (!exported_has(&rows->there, ENTITY_SCHOOL,
			    exported_key(&rows->there, item, length)))
			continue;
		row->school = arena_strndup(&rows->around, item, length);
		if (rows->file->each == ROW_PER_CONTACT ? each_contact(rows, row, err)
							: hand_over(rows, row, err))
			return -1;
		row->primary = false;
		made++;
	}
	if (!made && rows->file->each == ROW_PER_ROLE)
		return hand_over(rows, row, err);
	rows->count->left_out += !made;
	return 0;
}

static int make(struct rows *rows, const struct record *record, uint64_t key, struct err *err)
{
	struct record others[ROW_OF];
	struct row row = {.of = {record},
		.exported = &rows->there,
		.scratch = &rows->scratch,
		.out = rows->out};
	int result;

	arena_reset(&rows->around);
	if (rows->format->gather)
		rows->format->gather(&row, others, &rows->around);
	result = rows->file->each == ROW_ONE ? hand_over(rows, &row, err)
					     : each_school(rows, &row, key, err);
	rows->count->blanked += row.dropped;
	return result;
}

static int make_person(void *arg, const struct record *record, struct err *err)
{
	return make(arg, record, 0, err);
}

/* ---- a pass ---- */

static enum row_fate fate_of(
	const struct rows *rows, const struct format_file *file, const struct record *record)
{
	return file->fate ? file->fate(&rows->plan, record, &rows->there) : ROW_WANTED;
}

/* Ids that are only known once their own file is made. */
static void note_made(struct rows *rows, const struct record *record, uint64_t key)
{
	if (record->entity != ENTITY_COURSE && record->entity != ENTITY_CLASS)
		return;
	if (idset_add(&rows->there.ids[record->entity], key) && record->entity == ENTITY_CLASS)
		lookup_add(&rows->there.class_schools, key, 0, record->value[ATTR_SCHOOL_ID]);
}

static int on_record(void *arg, const struct record *stored, const char *app, struct err *err)
{
	struct rows *rows = arg;
	const struct record *record;
	struct record copy;
	enum row_fate fate;
	uint64_t key;

	(void)app;
	arena_reset(&rows->excluded);
	record = exclusion_apply(rows->exclusion, stored, &copy, &rows->excluded);
	fate = fate_of(rows, rows->file, record);
	if (fate != ROW_WANTED) {
		rows->count->left_out += fate == ROW_LEFT_OUT;
		return 0;
	}
	/* Nobody asks for the id of an enrollment. */
	if (record->entity == ENTITY_ENROLLMENT && !rows->several_apps)
		return make(rows, record, 0, err);
	key = exported_key_of(&rows->there, record->sis_id);
	if (rows->file->one_person && idset_has(&rows->twice, key)) {
		persons_hold(&rows->persons, record);
		return 0;
	}
	if (rows->several_apps && !idset_add(&rows->seen, key + record->entity)) {
		rows->count->left_out++;
		return 0;
	}
	note_made(rows, record, key);
	return make(rows, record, key, err);
}

int rows_each(struct rows *rows, size_t file, struct buf *out, rows_fn *each, void *arg,
	struct rows_count *count, struct err *err)
{
	const enum entity *entity;

	rows->file = rows->format->file[file];
	row_plan_init(&rows->plan, rows->format, rows->file);
	idset_clear(&rows->seen);
	persons_clear(&rows->persons);
	*count = (struct rows_count){0, 0};
	rows->out = out;
	rows->each = each;
	rows->arg = arg;
	rows->count = count;
	for (entity = rows->file->entity; *entity != ENTITY_NONE; entity++) {
		if (moment_each(rows->store, rows->moment, *entity, on_record, rows, err))
			return -1;
		if (*entity == ENTITY_CLASS)
			lookup_sort(&rows->there.class_schools);
	}
	return persons_each(&rows->persons, make_person, rows, err);
}

/* ---- beforehand ---- */

/* The file that is made of an entity type; NULL: none. */
static const struct format_file *file_of(const struct format *format, enum entity wanted)
{
	const enum entity *entity;
	size_t i;

	for (i = 0; i < format->files; i++)
		for (entity = format->file[i]->entity; *entity != ENTITY_NONE; entity++)
			if (*entity == wanted)
				return format->file[i];
	return NULL;
}

static bool has_school(struct rows *rows, const struct record *record)
{
	const char *list = list_unite(record->value[ATTR_SCHOOL_ID],
		record->value[ATTR_OTHER_SCHOOL_IDS], &rows->excluded);
	const char *item;
	size_t length;

	while ((item = list_next(&list, &length)))
		if (exported_has(&rows->there, ENTITY_SCHOOL,
			    exported_key(&rows->there, item, length)))
			return true;
	return false;
}

/* Whether a row of the record will be there; what no file is made of is only looked up. */
static bool will_be_there(struct rows *rows, const struct record *record)
{
	const struct format_file *file = file_of(rows->format, record->entity);

	if (!file || record->entity == ENTITY_ENROLLMENT)
		return true;
	return fate_of(rows, file, record) == ROW_WANTED &&
	       (file->each < ROW_PER_SCHOOL || has_school(rows, record));
}

static void collect_id(struct rows *rows, const struct record *record)
{
	uint64_t key = exported_key_of(&rows->there, record->sis_id);

	if (entity_is_person(record->entity) && exported_has(&rows->there, ENTITY_NONE, key))
		idset_add(&rows->twice, key);
	idset_add(&rows->there.ids[record->entity], key);
}

static int on_known(void *arg, const struct record *stored, const char *app, struct err *err)
{
	struct rows *rows = arg;
	const struct record *record;
	struct record copy;

	(void)err;
	if (!rows->app)
		rows->app = app;
	else if (!rows->several_apps)
		rows->several_apps = strcmp(rows->app, app) != 0;
	arena_reset(&rows->excluded);
	record = exclusion_apply(rows->exclusion, stored, &copy, &rows->excluded);
	if (!will_be_there(rows, record))
		return 0;
	if (record->entity != ENTITY_ENROLLMENT)
		collect_id(rows, record);
	if (entity_is_person(record->entity))
		columns_note(&rows->persons_metadata, record);
	if (rows->format->note)
		rows->format->note(&rows->there, record);
	return 0;
}

static int collect(struct rows *rows, struct err *err)
{
	const enum entity *entity;

	for (entity = rows->format->known; *entity != ENTITY_NONE; entity++)
		if (moment_each(rows->store, rows->moment, *entity, on_known, rows, err))
			return -1;
	lookup_sort(&rows->there.class_teachers);
	lookup_sort(&rows->there.courses);
	lookup_sort(&rows->there.terms);
	lookup_sort(&rows->there.contacts);
	return 0;
}

struct rows *rows_open(struct store *store, const struct moment *moment,
	const struct format *format, const struct exclusion *exclusion, struct err *err)
{
	struct rows *rows = mem_zero(1, sizeof(*rows));

	rows->store = store;
	rows->moment = moment;
	rows->format = format;
	rows->exclusion = exclusion;
	exported_init(&rows->there, store_secret(store));
	idset_init(&rows->twice);
	idset_init(&rows->seen);
	persons_init(&rows->persons);
	columns_init(&rows->persons_metadata);
	arena_init(&rows->excluded);
	arena_init(&rows->around);
	arena_init(&rows->scratch);
	if (!collect(rows, err))
		return rows;
	rows_close(rows);
	return NULL;
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	exported_clear(&rows->there);
	idset_clear(&rows->twice);
	idset_clear(&rows->seen);
	persons_clear(&rows->persons);
	columns_clear(&rows->persons_metadata);
	arena_clear(&rows->excluded);
	arena_clear(&rows->around);
	arena_clear(&rows->scratch);
	free(rows);
}

uint64_t rows_id(const struct rows *rows, const struct made_row *row)
{
	return exported_key(
		&rows->there, rows->out->data + row->start, row->id_end - row->start);
}

const struct columns *rows_metadata(const struct rows *rows, size_t file)
{
	return rows->format->file[file]->one_person ? &rows->persons_metadata : NULL;
}
