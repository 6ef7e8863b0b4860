/*
 * One row of a OneRoster 1.1 CSV file from one hub record: which attribute goes to which
 * column, in OneRoster's words, and no reference that leads out of the export.
 */
#ifndef PUBLISH_ONEROSTER_ROW_H
#define PUBLISH_ONEROSTER_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "publish/exported.h"
#include "roster/record.h"

/* The types of record that make up one file; the columns as its header has them. */
struct oneroster_file {
	const char *name; /* without .csv */
	const char *columns;
	enum entity entity[5]; /* ENTITY_NONE at the end */
};

enum { ROW_COLUMNS = 24 };

struct cell {
	int kind;             /* enum cell_kind, of oneroster_row.c */
	enum attr attr;       /* ATTR_NONE: no attribute alone feeds it */
	enum entity target;   /* of a reference */
	const char *fallback; /* of a required column; NULL */
};

struct row_plan {
	struct cell cell[ROW_COLUMNS];
	size_t columns;
};

void row_plan_init(struct row_plan *plan, const struct oneroster_file *file);

/*
 * Adds the cells, with the commas between them, to `out`; the end of the line is the caller's.
 * Returns how many references were left out. `scratch` is for lists; reset by this.
 */
int row_add(const struct row_plan *plan, const struct record *record,
	const struct exported *exported, struct arena *scratch, struct buf *out);

/* Whether the record has a value for any column but its id: a row worth writing. */
bool row_has_values(const struct row_plan *plan, const struct record *record);

#endif
