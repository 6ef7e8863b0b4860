/*
 * CSV (RFC 4180) as it comes in the wild: bytes in, rows of cells out, one row in memory at a
 * time. A BOM, CR, LF and CRLF, blank lines, blanks around quotes, quotes inside cells and
 * malformed UTF-8 are borne. Knows nothing of what is in the cells.
 */
#ifndef SOURCE_CSV_PARSE_H
#define SOURCE_CSV_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum { CSV_ROW_MOST = 1 << 20, CSV_CELLS_MOST = 1000 };

/* Gives up to `size` bytes. Returns how many; 0 at the end, -1 with the error. */
typedef long csv_read_fn(void *arg, char *out, size_t size, struct err *err);

struct csv_parser {
	csv_read_fn *read; /* borrowed, as its argument */
	void *arg;
	const char *name; /* borrowed: the file's, for errors */
	char *chunk;      /* owned: what was read */
	size_t at, end;   /* of it, what was not looked at yet */
	bool ended;       /* there is no more to read */
	bool after_cr;    /* in quotes: the last byte was a CR */
	int64_t next_line;

	/* The present row; its cells are valid until the next is asked for. */
	struct buf row; /* the cells, a NUL behind each */
	size_t cell[CSV_CELLS_MOST];
	size_t cells;
	int64_t line; /* in which it begins, from 1 */
	bool quoted;  /* a cell of it is in quotes */
	bool odd;     /* a quote stands where none may */
	bool mended;  /* NUL bytes or malformed UTF-8 were replaced */
	bool open;    /* the file ends in it, without an end of line */
	bool too_long;
};

enum csv_got {
	CSV_ROW,
	CSV_TOO_LONG, /* a row of more than CSV_ROW_MOST bytes or CSV_CELLS_MOST cells */
	CSV_END,
	CSV_BAD =
		-1, /* *err says why: unreadable, no UTF-8 at all, a quote that never closes */
};

void csv_parser_init(struct csv_parser *parser, const char *name, csv_read_fn *read, void *arg);
void csv_parser_clear(struct csv_parser *parser);

/* The next row that is not blank. */
enum csv_got csv_next(struct csv_parser *parser, struct err *err);

static inline const char *csv_cell(const struct csv_parser *parser, size_t i)
{
	return parser->row.data + parser->cell[i];
}

#endif
