#include "source/csv_records.h"

#include <stdlib.h>
#include <string.h>

#include "source/compose.h"

int csv_records_begin(struct csv_records *records, struct csv_set *set, int file, bool roles,
	struct problems *problems, struct err *err)
{
	enum csv_got got;

	memset(records, 0, sizeof(*records));
	records->set = set;
	records->problems = problems;
	records->file = file;
	arena_init(&records->arena);
	csv_parser_init(&records->parser, csv_file_name(file), csv_set_read, set);
	if (csv_set_begin(set, csv_file_name(file), err))
		return -1;
	got = csv_next(&records->parser, err);
	if (got == CSV_BAD)
		return -1;
	if (got != CSV_ROW)
		return err_set(err, ERR_SOURCE,
			"%s is empty: not even a header is in it. Have it written again",
			csv_file_name(file));
	return csv_columns_read(&records->columns, file, roles, &records->parser, err);
}

void csv_records_end(struct csv_records *records)
{
	csv_set_end(records->set);
	csv_parser_clear(&records->parser);
	csv_columns_clear(&records->columns);
	arena_clear(&records->arena);
}

/* ---- values ---- */

/* "type:id", without its braces; an id without a type is one, too. */
static void user_id(struct decoding *d, struct joiner *list, const char *at, const char *end)
{
	const char *colon = memchr(at, ':', (size_t)(end - at));
	const char *id = colon ? colon + 1 : at;

	if (id < end)
		compose_user_id(d, list,
			colon ? arena_strndup(d->arena, at, (size_t)(colon - at)) : NULL,
			arena_strndup(d->arena, id, (size_t)(end - id)));
}

/* "{type:id}, {type:id}"; a brace inside an id does not end it. */
static void user_ids(struct decoding *d, const char *text)
{
	struct joiner list = {d->arena};
	const char *end;

	while (*text) {
		text += strspn(text, " ,");
		text += *text == '{';
		for (end = text; *end; end++)
			if (*end == '}' && (!end[1] || end[1 + strspn(end + 1, " ")] == ','))
				break;
		user_id(d, &list, text, end);
		text = end + (*end == '}');
	}
	d->out->value[SOURCE_USER_IDS] = list.text;
}

/* A cell that is not empty. */
static void take_cell(struct decoding *d, const struct csv_column *column, const char *cell)
{
	struct joiner list = {d->arena};

	switch (column->form) {
	case CSV_TEXT: d->out->value[column->attr] = cell; break;
	case CSV_LIST:
		/* Most are of one plain item. */
		if (cell[strcspn(cell, ", \t\"\x1f")]) {
			value_join_split(&list, cell);
			cell = list.text;
		}
		d->out->value[column->attr] = cell;
		break;
	case CSV_USER_IDS: user_ids(d, cell); break;
	case CSV_METADATA: compose_metadata(d, column->name, cell); break;
	case CSV_EXTENSION: compose_extension(d, column->name, cell); break;
	case CSV_ID:
	case CSV_IGNORED: break;
	}
}

/* ---- rows ---- */

static enum csv_record unusable(struct csv_records *records, const char *why)
{
	records->rows++;
	records->unusable++;
	problems_add(records->problems, PROBLEM_UNUSABLE, ENTITY_NONE, NULL,
		"%s line %lld %s; left out", csv_file_name(records->file),
		(long long)records->parser.line, why);
	return CSV_UNUSABLE;
}

static bool is_empty(const struct csv_parser *row)
{
	size_t i;

	for (i = 0; i < row->cells; i++)
		if (*csv_cell(row, i))
			return false;
	return true;
}

/*
 * Whether the cells may stand under the wrong columns: more of them than columns, or so few
 * that required ones are not there. Spreadsheets leave out empty cells at the end of a row.
 */
static bool is_shifted(const struct csv_records *records)
{
	const struct csv_parser *row = &records->parser;
	const struct csv_columns *columns = &records->columns;
	size_t i;

	for (i = columns->count; i < row->cells; i++)
		if (*csv_cell(row, i))
			return true;
	for (i = 0; row->cells < columns->count && i < columns->count; i++)
		if (columns->list[i].required && (i >= row->cells || !*csv_cell(row, i)))
			return true;
	return false;
}

static enum csv_record take_row(
	struct csv_records *records, struct source_record *out, struct err *err)
{
	const struct csv_parser *row = &records->parser;
	const struct csv_columns *columns = &records->columns;
	struct decoding d = {&records->arena, records->problems, NULL, NULL, 0, out,
		csv_file_name(records->file), row->line};
	size_t count = row->cells < columns->count ? row->cells : columns->count, i;
	const char *id = NULL;

	for (i = 0; i < count; i++)
		if (columns->list[i].form == CSV_ID && *csv_cell(row, i))
			id = csv_cell(row, i);
	if (row->open && row->cells < columns->count) {
		err_set(err, ERR_SOURCE,
			"%s ends in the middle of line %lld: it is cut off. Have it written "
			"again, whole",
			d.file, (long long)row->line);
		return CSV_FAILED;
	}
	if (is_shifted(records))
		return unusable(records, "has another number of cells than the header");
	if (records->file != CSV_ROLES && compose_id(&d, id)) {
		records->rows++;
		records->unusable++;
		return CSV_UNUSABLE;
	}
	for (i = 0; i < count; i++)
		if (*csv_cell(row, i))
			take_cell(&d, &columns->list[i], csv_cell(row, i));
	if (row->cells < columns->count)
		value_report(&d, PROBLEM_BAD_VALUE, "end",
			"fewer cells than the header; the others are taken as empty");
	if (row->odd)
		value_report(&d, PROBLEM_BAD_VALUE, "quotes",
			"one stands where none may; taken as it is");
	compose_end(&d);
	records->rows++;
	return CSV_RECORD;
}

enum csv_record csv_records_next(
	struct csv_records *records, struct source_record *out, struct err *err)
{
	struct csv_parser *row = &records->parser;

	memset(out, 0, offsetof(struct source_record, role));
	out->roles = out->extras = out->extensions = 0;
	out->collection = (enum collection)records->file;
	arena_reset(&records->arena);
	do {
		switch (csv_next(row, err)) {
		case CSV_BAD: return CSV_FAILED;
		case CSV_END: return CSV_NO_MORE;
		case CSV_TOO_LONG: return unusable(records, "is longer than any record");
		case CSV_ROW: break;
		}
	} while (is_empty(row));
	if (row->mended && !records->mended++)
		records->first_mended = row->line;
	return take_row(records, out, err);
}
