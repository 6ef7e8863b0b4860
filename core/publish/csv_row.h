/*
 * Cells of a CSV file (RFC 4180): quoted only when needed, values exact, lines end in CRLF.
 * Commas between cells are the caller's.
 */
#ifndef PUBLISH_CSV_ROW_H
#define PUBLISH_CSV_ROW_H

#include "base/buf.h"

void csv_cell(struct buf *out, const char *text); /* NULL is an empty cell */

/*
 * A list of the record (RECORD_LIST between its items) as one cell, joined by commas. An item
 * that has a comma or a quote is quoted in its turn, as a cell within the cell.
 */
void csv_list(struct buf *out, const char *list); /* NULL is an empty cell */

#endif
