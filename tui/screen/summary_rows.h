/*
 * The rows of a Significant Changes Summary: entity types that change, the schools in which,
 * entity types that do not. Made of one sync, shown by a list.
 */
#ifndef SCREEN_SUMMARY_ROWS_H
#define SCREEN_SUMMARY_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "store/history.h"
#include "widget/list.h"

/* As read from the store. */
struct sync_facts {
	struct sync sync;
	struct school_counts *schools; /* owned */
	size_t school_count;
};

void sync_facts_clear(struct sync_facts *facts);

enum { SUMMARY_COLUMNS = 6 };
extern const struct list_column summary_columns[SUMMARY_COLUMNS];

struct summary_row {
	enum entity entity; /* ENTITY_NONE: a school, or a heading */
	size_t school;      /* index, or one of the headings of summary_rows.c */
	struct counts counts;
};

struct summary_rows {
	struct sync_facts facts;  /* owned */
	struct summary_row *rows; /* owned */
	size_t count;
};

void summary_rows_init(struct summary_rows *summary);
void summary_rows_clear(struct summary_rows *summary);

/* Takes over what `facts` owns, and makes the rows anew. */
void summary_rows_take(struct summary_rows *summary, struct sync_facts *facts);

bool summary_row_is_heading(const struct summary_row *row);
int64_t summary_changes(const struct counts *counts); /* created, updated and deleted */

/* What changes in a school, a line for each entity type. */
void summary_describe_school(const struct school_counts *school, struct buf *out);

/* data of the list is the struct summary_rows. */
extern const struct list_source summary_source;

#endif
