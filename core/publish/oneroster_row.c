#include "publish/oneroster_row.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "publish/csv_row.h"
#include "publish/persons.h"

enum cell_kind {
	CELL_EMPTY, /* status and dateLastModified in bulk; passwords always */
	CELL_ID,
	CELL_TEXT,
	CELL_LIST,
	CELL_REFERENCE,
	CELL_REFERENCES,
	CELL_ORGS,      /* a user's primary school and the others */
	CELL_AGENTS,    /* a student's contacts, a contact's students */
	CELL_USER_ROLE, /* from the type of person and its own word */
	CELL_USER_IDS,
	CELL_ENROLLMENT_ROLE,
	CELL_ENROLLMENT_SCHOOL,
};

/* What the schema's rows do not say: columns of several attributes, and words that must be. */
static const struct special {
	const char *file; /* NULL: any */
	const char *column;
	enum cell_kind kind;
	const char *fallback; /* of CELL_TEXT */
} specials[] = {
	{NULL, "sourcedId", CELL_ID, NULL},
	{NULL, "status", CELL_EMPTY, NULL},
	{NULL, "dateLastModified", CELL_EMPTY, NULL},
	{"orgs", "type", CELL_TEXT, "school"},
	{"classes", "classType", CELL_TEXT, "scheduled"},
	{"users", "enabledUser", CELL_TEXT, "true"},
	{"users", "orgSourcedIds", CELL_ORGS, NULL},
	{"users", "role", CELL_USER_ROLE, NULL},
	{"users", "userIds", CELL_USER_IDS, NULL},
	{"users", "agentSourcedIds", CELL_AGENTS, NULL},
	{"users", "password", CELL_EMPTY, NULL},
	{"enrollments", "role", CELL_ENROLLMENT_ROLE, NULL},
	{"enrollments", "schoolSourcedId", CELL_ENROLLMENT_SCHOOL, NULL},
};

/* One row on its way. */
struct row {
	const struct record *record;
	const struct exported *exported;
	struct arena *scratch;
	struct buf *out;
	int dropped; /* references */
};

/* Columns without a file of their own belong to their entity's, which demographics is not. */
static bool is_column(const struct attribute *attribute, const struct oneroster_file *file,
	const char *column, size_t length)
{
	bool own = strcmp(file->name, "demographics") != 0;

	return attribute->column && strlen(attribute->column) == length &&
	       !memcmp(attribute->column, column, length) &&
	       (attribute->file ? !strcmp(attribute->file, file->name) : own);
}

static const struct attribute *find_attribute(
	const struct oneroster_file *file, const char *column, size_t length)
{
	const enum entity *entity;
	size_t count, i;

	for (entity = file->entity; *entity != ENTITY_NONE; entity++) {
		const struct attribute *row = schema_of(*entity, &count);

		for (i = 0; i < count; i++)
			if (is_column(&row[i], file, column, length))
				return &row[i];
	}
	return NULL;
}

static const struct special *find_special(
	const struct oneroster_file *file, const char *column, size_t length)
{
	size_t i;

	for (i = 0; i < sizeof(specials) / sizeof(specials[0]); i++)
		if (strlen(specials[i].column) == length &&
			!memcmp(specials[i].column, column, length) &&
			(!specials[i].file || !strcmp(specials[i].file, file->name)))
			return &specials[i];
	return NULL;
}

static enum cell_kind kind_of_type(enum attr_type type)
{
	switch (type) {
	case TYPE_LIST: return CELL_LIST;
	case TYPE_REFERENCE: return CELL_REFERENCE;
	case TYPE_REFERENCES: return CELL_REFERENCES;
	default: return CELL_TEXT;
	}
}

static void plan_cell(
	struct cell *cell, const struct oneroster_file *file, const char *column, size_t length)
{
	const struct attribute *attribute = find_attribute(file, column, length);
	const struct special *special = find_special(file, column, length);

	*cell = (struct cell){CELL_EMPTY, ATTR_NONE, ENTITY_NONE, NULL};
	if (attribute) {
		cell->kind = kind_of_type(attribute->type);
		cell->attr = attribute->attr;
		cell->target = attribute->target;
	}
	if (special) {
		cell->kind = special->kind;
		cell->fallback = special->fallback;
	}
}

/* Adds the references of `list` that lead somewhere, as one cell. */
static void add_references(struct row *row, enum entity target, const char *list)
{
	char *kept, *end;
	const char *item;
	size_t length;

	if (!list)
		return;
	kept = end = arena_alloc(row->scratch, strlen(list) + 1);
	while ((item = list_next(&list, &length))) {
		if (!exported_has(
			    row->exported, target, exported_key(row->exported, item, length))) {
			row->dropped++;
			continue;
		}
		if (end > kept)
			*end++ = RECORD_LIST;
		end = mempcpy(end, item, length);
	}
	*end = '\0';
	csv_list(row->out, kept);
}

static void add_reference(struct row *row, enum entity target, const char *id)
{
	if (!id)
		return;
	if (exported_has_id(row->exported, target, id))
		csv_cell(row->out, id);
	else
		row->dropped++;
}

/* The items are "type:identifier". */
static void add_user_ids(struct row *row)
{
	const char *list = row->record->value[ATTR_USER_IDS], *item;
	struct buf cell;
	size_t length;

	if (!list)
		return;
	buf_init(&cell);
	while ((item = list_next(&list, &length))) {
		buf_adds(&cell, cell.used ? ",{" : "{");
		buf_add(&cell, item, length);
		buf_addc(&cell, '}');
	}
	csv_cell(row->out, cell.data);
	buf_clear(&cell);
}

/* The word of `words` that `word` is, in OneRoster's spelling; NULL when it is none. */
static const char *in_vocabulary(const char *word, const char *const *words)
{
	for (; word && *words; words++)
		if (text_same_word(word, *words))
			return *words;
	return NULL;
}

static const char *user_role(const struct record *record)
{
	static const char *const staff[] = {"teacher", "aide", "proctor", NULL};
	static const char *const family[] = {"parent", "guardian", "relative", NULL};
	const char *role;

	switch (record->entity) {
	case ENTITY_STUDENT: return "student";
	case ENTITY_ADMIN: return "administrator";
	case ENTITY_CONTACT:
		role = in_vocabulary(record->value[ATTR_RELATIONSHIP], family);
		return role ? role : "guardian";
	default:
		role = in_vocabulary(record->value[ATTR_STAFF_ROLE], staff);
		return role ? role : "teacher";
	}
}

/*
 * A word outside 1.1's vocabulary ("primaryTeacher", "aide", "ext:coTeacher") never makes a
 * student a teacher: students stay students, administrators administrators, others teach.
 */
static const char *enrollment_role(const struct row *row)
{
	static const char *const words[] = {
		"student", "teacher", "administrator", "proctor", NULL};
	const char *role = in_vocabulary(row->record->value[ATTR_ROLE], words);
	const char *user = row->record->value[ATTR_USER_ID];

	if (role || !user)
		return role;
	if (idset_has(&row->exported->ids[ENTITY_STUDENT],
		    exported_key(row->exported, user, strlen(user))))
		return "student";
	role = row->record->value[ATTR_ROLE];
	return role && strcasestr(role, "admin") ? "administrator" : "teacher";
}

/* Required: where the enrollment's own leads nowhere it is its class's, which is there. */
static const char *enrollment_school(const struct row *row)
{
	const char *school = row->record->value[ATTR_SCHOOL_ID];

	if (exported_has_id(row->exported, ENTITY_SCHOOL, school))
		return school;
	return exported_class_school(row->exported, row->record->value[ATTR_CLASS_ID]);
}

static void add_cell(struct row *row, const struct cell *cell)
{
	const struct record *record = row->record;
	const char *value = cell->attr != ATTR_NONE ? record->value[cell->attr] : NULL;

	switch ((enum cell_kind)cell->kind) {
	case CELL_EMPTY: break;
	case CELL_ID: csv_cell(row->out, record->sis_id); break;
	case CELL_TEXT: csv_cell(row->out, value ? value : cell->fallback); break;
	case CELL_LIST: csv_list(row->out, value); break;
	case CELL_REFERENCE: add_reference(row, cell->target, value); break;
	case CELL_REFERENCES: add_references(row, cell->target, value); break;
	case CELL_ORGS:
		add_references(row, ENTITY_SCHOOL,
			list_unite(record->value[ATTR_SCHOOL_ID],
				record->value[ATTR_OTHER_SCHOOL_IDS], row->scratch));
		break;
	case CELL_AGENTS:
		add_references(row, ENTITY_NONE,
			list_unite(record->value[ATTR_CONTACT_IDS],
				record->value[ATTR_STUDENT_IDS], row->scratch));
		break;
	case CELL_USER_ROLE: csv_cell(row->out, user_role(record)); break;
	case CELL_USER_IDS: add_user_ids(row); break;
	case CELL_ENROLLMENT_ROLE: csv_cell(row->out, enrollment_role(row)); break;
	case CELL_ENROLLMENT_SCHOOL: csv_cell(row->out, enrollment_school(row)); break;
	}
}

void row_plan_init(struct row_plan *plan, const struct oneroster_file *file)
{
	const char *column = file->columns;

	plan->columns = 0;
	while (*column) {
		size_t length = strcspn(column, ",");

		assert(plan->columns < ROW_COLUMNS);
		plan_cell(&plan->cell[plan->columns++], file, column, length);
		column += length + (column[length] == ',');
	}
}

int row_add(const struct row_plan *plan, const struct record *record,
	const struct exported *exported, struct arena *scratch, struct buf *out)
{
	struct row row = {record, exported, scratch, out, 0};
	size_t i;

	arena_reset(scratch);
	for (i = 0; i < plan->columns; i++) {
		if (i)
			buf_addc(out, ',');
		add_cell(&row, &plan->cell[i]);
	}
	return row.dropped;
}

bool row_has_values(const struct row_plan *plan, const struct record *record)
{
	size_t i;

	for (i = 0; i < plan->columns; i++)
		if (plan->cell[i].attr != ATTR_NONE && record->value[plan->cell[i].attr])
			return true;
	return false;
}
