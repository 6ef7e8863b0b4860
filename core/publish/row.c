#include "publish/row.h"

#include <assert.h>
#include <string.h>

#include "publish/csv_row.h"
#include "publish/format.h"

/* Columns without a file of their own belong to their entity's, which demographics is not. */
static bool is_column(const struct attribute *attribute, const struct format_file *file,
	const char *column, size_t length)
{
	bool own = strcmp(file->name, "demographics") != 0;

	return attribute->column && strlen(attribute->column) == length &&
	       !memcmp(attribute->column, column, length) &&
	       (attribute->file ? !strcmp(attribute->file, file->name) : own);
}

static const struct attribute *find_attribute(
	const struct format_file *file, const char *column, size_t length)
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

static const struct column_rule *find_rule(const struct format *format,
	const struct format_file *file, const char *column, size_t length)
{
	size_t i;

	for (i = 0; i < format->rule_count; i++) {
		const struct column_rule *rule = &format->rules[i];

		if (strlen(rule->column) == length && !memcmp(rule->column, column, length) &&
			(!rule->file || !strcmp(rule->file, file->name)))
			return rule;
	}
	return NULL;
}

/* What the attribute of a file's records refers to, when it is a reference. */
static enum entity target_of(const struct format_file *file, enum attr attr)
{
	const enum entity *entity;

	for (entity = file->entity; *entity != ENTITY_NONE; entity++) {
		const struct attribute *attribute = schema_attribute(*entity, attr);

		if (attribute)
			return attribute->target;
	}
	return ENTITY_NONE;
}

static cell_fn *cell_of_type(enum attr_type type)
{
	switch (type) {
	case TYPE_LIST: return cell_list;
	case TYPE_REFERENCE: return cell_reference;
	case TYPE_REFERENCES: return cell_references;
	default: return cell_text;
	}
}

/* A rule comes before the schema; what neither knows stays empty. */
static void plan_cell(struct cell *cell, const struct format *format,
	const struct format_file *file, const char *column, size_t length)
{
	const struct column_rule *rule = find_rule(format, file, column, length);
	const struct attribute *attribute =
		format->by_schema ? find_attribute(file, column, length) : NULL;

	*cell = (struct cell){cell_empty, ATTR_NONE, ENTITY_NONE, NULL, OF_RECORD, 0};
	if (attribute) {
		cell->write = cell_of_type(attribute->type);
		cell->attr = attribute->attr;
		cell->target = attribute->target;
	}
	if (rule) {
		cell->write = rule->write;
		cell->fallback = rule->fallback;
		cell->of = rule->of;
		cell->number = rule->number;
		if (rule->attr != ATTR_NONE) {
			cell->attr = rule->attr;
			cell->target = target_of(file, rule->attr);
		}
	}
}

void row_plan_init(
	struct row_plan *plan, const struct format *format, const struct format_file *file)
{
	const char *column = file->columns;

	plan->columns = 0;
	while (*column) {
		size_t length = strcspn(column, ",");

		assert(plan->columns < ROW_COLUMNS);
		plan_cell(&plan->cell[plan->columns++], format, file, column, length);
		column += length + (column[length] == ',');
	}
}

void row_add(const struct row_plan *plan, struct row *row)
{
	size_t i;

	arena_reset(row->scratch);
	for (i = 0; i < plan->columns; i++) {
		const struct cell *cell = &plan->cell[i];

		if (i)
			buf_addc(row->out, ',');
		cell->write(row, cell);
		if (!i)
			row->id_end = row->out->used;
	}
}

bool row_has_values(const struct row_plan *plan, const struct record *record)
{
	size_t i;

	for (i = 0; i < plan->columns; i++)
		if (plan->cell[i].attr != ATTR_NONE && record->value[plan->cell[i].attr])
			return true;
	return false;
}

const char *row_value(const struct row *row, const struct cell *cell)
{
	const struct record *record = row->of[cell->of];

	return record && cell->attr != ATTR_NONE ? record->value[cell->attr] : NULL;
}

void cell_empty(struct row *row, const struct cell *cell)
{
	(void)row;
	(void)cell;
}

void cell_id(struct row *row, const struct cell *cell)
{
	if (row->of[cell->of])
		csv_cell(row->out, row->of[cell->of]->sis_id);
}

void cell_text(struct row *row, const struct cell *cell)
{
	const char *value = row_value(row, cell);

	csv_cell(row->out, value ? value : cell->fallback);
}

void cell_list(struct row *row, const struct cell *cell)
{
	csv_list(row->out, row_value(row, cell));
}

void cell_reference(struct row *row, const struct cell *cell)
{
	const char *id = row_value(row, cell);

	if (!id)
		return;
	if (exported_has_id(row->exported, cell->target, id))
		csv_cell(row->out, id);
	else
		row->dropped++;
}

void row_add_references(struct row *row, enum entity target, const char *list)
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

void cell_references(struct row *row, const struct cell *cell)
{
	row_add_references(row, cell->target, row_value(row, cell));
}

void cell_school(struct row *row, const struct cell *cell)
{
	(void)cell;
	csv_cell(row->out, row->school);
}
