/*
 * The hub of one moment as the rows of a format: which records make which rows, each id once,
 * nobody twice, no reference that leads nowhere. Only hashes of ids stay in memory.
 */
#ifndef PUBLISH_ROWS_H
#define PUBLISH_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "publish/columns.h"
#include "publish/format.h"
#include "publish/persons.h"
#include "roster/exclusion.h"
#include "store/moment.h"

struct rows;

/*
 * What is handed over of a row: its cells lie in `out` from `start` on, the first one up to
 * `id_end`; the end of the line is the taker's, who may also take all of it back.
 */
struct made_row {
	const struct record *record; /* without what is excluded */
	size_t start, id_end;
	uint64_t hash; /* of all that the row says, whatever metadata columns there are */
};
typedef int rows_fn(void *arg, const struct made_row *row, struct err *err);

struct rows_count {
	int64_t left_out; /* rows whose required references lead nowhere, ids that came twice */
	int64_t blanked;  /* optional references that lead nowhere, left empty */
};

/*
 * Reads what the format has to know beforehand. The store must be frozen (store_freeze) until
 * rows_close; all arguments are borrowed.
 */
struct rows *rows_open(struct store *store, const struct moment *moment,
	const struct format *format, const struct exclusion *exclusion, struct err *err);
void rows_close(struct rows *rows); /* NULL is fine */

/*
 * Makes the rows of one file (a number below format->files; the files in ascending order, each
 * as often as wanted). `count` is what was not handed over.
 */
int rows_each(struct rows *rows, size_t file, struct buf *out, rows_fn *each, void *arg,
	struct rows_count *count, struct err *err);

/* A number for the id of a row, as its first cell. */
uint64_t rows_id(const struct rows *rows, const struct made_row *row);

/* The metadata columns that are known beforehand to be in a file; NULL: none are. */
const struct columns *rows_metadata(const struct rows *rows, size_t file);

#endif
