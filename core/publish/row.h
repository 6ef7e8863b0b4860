/*
 * One row of a file from the hub's records: columns in the order of the file's header, each
 * written by the function that its format's table names (format.h).
 */
#ifndef PUBLISH_ROW_H
#define PUBLISH_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "publish/exported.h"
#include "roster/record.h"

struct cell;
struct format;
struct format_file;

/* Whose attribute a cell is. */
enum row_of { OF_RECORD, OF_COURSE, OF_TERM, OF_CONTACT, ROW_OF };

/* One row on its way. */
struct row {
	const struct record *of[ROW_OF]; /* NULL: there is none */
	const struct exported *exported;
	const char *school; /* of a row for each school; NULL */
	bool primary;       /* the first row of the first type of a person */
	struct arena *scratch;
	struct buf *out;
	int dropped;   /* references that lead out of the export */
	size_t id_end; /* where in `out` the first cell ends */
};

/* Writes one cell, without the commas around it. */
typedef void cell_fn(struct row *row, const struct cell *cell);

struct cell {
	cell_fn *write;
	enum attr attr;       /* ATTR_NONE: no attribute alone feeds it */
	enum entity target;   /* of a reference */
	const char *fallback; /* of a required column; NULL */
	enum row_of of;
	int number; /* of several columns of a kind: the first is 1 */
};

/* What a column is, where the schema does not say it. */
struct column_rule {
	const char *file; /* NULL: any */
	const char *column;
	cell_fn *write;
	enum attr attr; /* ATTR_NONE: none */
	const char *fallback;
	enum row_of of;
	int number;
};

enum { ROW_COLUMNS = 40 };

struct row_plan {
	struct cell cell[ROW_COLUMNS];
	size_t columns;
};

void row_plan_init(
	struct row_plan *plan, const struct format *format, const struct format_file *file);

/* Adds the cells to row->out; the end of the line is the caller's. Resets row->scratch. */
void row_add(const struct row_plan *plan, struct row *row);

/* Whether the record has a value for any column but its id: a row worth writing. */
bool row_has_values(const struct row_plan *plan, const struct record *record);

/* The attribute of the cell; NULL when it has no value. */
const char *row_value(const struct row *row, const struct cell *cell);

/* ---- cells of any format ---- */

cell_fn cell_empty;      /* status and dateLastModified in bulk; passwords always */
cell_fn cell_id;         /* of the record that it is of */
cell_fn cell_text;       /* or its fallback */
cell_fn cell_list;       /* all items, joined by commas */
cell_fn cell_reference;  /* when it leads somewhere */
cell_fn cell_references; /* those that lead somewhere */
cell_fn cell_school;     /* of a row for each school */

/* The references of `list` that lead to a `target` that is there, as one cell. */
void row_add_references(struct row *row, enum entity target, const char *list);

#endif
