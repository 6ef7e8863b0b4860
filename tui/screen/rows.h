/*
 * How records look in lists: which attributes of an entity type are worth a column, what a
 * record is called, and values as text. Pure; also called from workers.
 */
#ifndef SCREEN_ROWS_H
#define SCREEN_ROWS_H

#include <stddef.h>

#include "roster/record.h"
#include "widget/list.h"

enum { ROWS_COLUMNS = 7, ROWS_TEXT = 256 };

/* Columns of a list of records of the hub. */
const struct list_column *rows_columns(enum entity entity, size_t *count);

/* The cell of such a column; "" where there is nothing. */
void rows_cell(const struct record *record, size_t column, char *out, size_t size);

/* Whether the cell is the id of a school, to be shown by its name. */
bool rows_is_school(enum entity entity, size_t column);

/* What people call the record: "Lopez, Maria", "Algebra 1". */
void rows_name(const struct record *record, char *out, size_t size);

/* A value in one line: the items of a list with commas; "(none)" for NULL. */
void rows_value(const char *value, char *out, size_t size);

#endif
