#include "source/csv_parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { CHUNK = 256 * 1024 };

/* What ended a cell. */
enum stop { STOP_CELL, STOP_LINE, STOP_END, STOP_BAD };

void csv_parser_init(struct csv_parser *parser, const char *name, csv_read_fn *read, void *arg)
{
	memset(parser, 0, sizeof(*parser));
	parser->name = name;
	parser->read = read;
	parser->arg = arg;
	parser->chunk = mem_alloc(CHUNK);
	parser->next_line = 1;
	buf_init(&parser->row);
}

void csv_parser_clear(struct csv_parser *parser)
{
	free(parser->chunk);
	buf_clear(&parser->row);
}

static int read_more(struct csv_parser *parser, struct err *err)
{
	long got = parser->read(
		parser->arg, parser->chunk + parser->end, CHUNK - parser->end, err);

	if (got < 0)
		return -1;
	parser->ended = got == 0;
	parser->end += (size_t)got;
	return 0;
}

/* Over the byte order mark. UTF-16, which spreadsheets write as well, is refused. */
static int begin(struct csv_parser *parser, struct err *err)
{
	while (parser->end < 3 && !parser->ended)
		if (read_more(parser, err))
			return -1;
	if (parser->end >= 2 && (!memcmp(parser->chunk, "\xff\xfe", 2) ||
					!memcmp(parser->chunk, "\xfe\xff", 2)))
		return err_set(err, ERR_SOURCE,
			"%s is in UTF-16. Have it written as CSV in UTF-8", parser->name);
	if (parser->end >= 3 && !memcmp(parser->chunk, "\xef\xbb\xbf", 3))
		parser->at = 3;
	return 0;
}

/* Whether a byte is there at parser->at. 1, 0 at the end of the file, -1. */
static int is_there(struct csv_parser *parser, struct err *err)
{
	if (parser->at < parser->end)
		return 1;
	if (parser->ended)
		return 0;
	parser->at = parser->end = 0;
	if (read_more(parser, err))
		return -1;
	return parser->end > 0;
}

/* The next byte without taking it; -1 at the end of the file, -2 with the error. */
static int peek(struct csv_parser *parser, struct err *err)
{
	int there = is_there(parser, err);

	return there > 0 ? (unsigned char)parser->chunk[parser->at] : there - 1;
}

static void add(struct csv_parser *parser, const char *bytes, size_t length)
{
	if (parser->row.used + length > CSV_ROW_MOST)
		parser->too_long = true;
	else
		buf_add(&parser->row, bytes, length);
}

/* Ends the cell that began at `start`. */
static void end_cell(struct csv_parser *parser, size_t start)
{
	add(parser, "", 1);
	if (parser->cells < CSV_CELLS_MOST)
		parser->cell[parser->cells++] = start;
	else
		parser->too_long = true;
}

/* Behind a CR or LF. */
static enum stop end_line(struct csv_parser *parser, char c, struct err *err)
{
	int next = c == '\r' ? peek(parser, err) : -1;

	parser->next_line++;
	if (next == -2)
		return STOP_BAD;
	parser->at += next == '\n';
	return STOP_LINE;
}

/* The rest of a cell without quotes. */
static enum stop take_plain(struct csv_parser *parser, struct err *err)
{
	for (;;) {
		int there = is_there(parser, err);
		const char *from = parser->chunk + parser->at, *at = from;
		const char *end = parser->chunk + parser->end;

		if (there <= 0)
			return there ? STOP_BAD : STOP_END;
		while (at < end && *at != ',' && *at != '\n' && *at != '\r' && *at)
			at++;
		add(parser, from, (size_t)(at - from));
		parser->at += (size_t)(at - from);
		if (at == end)
			continue;
		parser->at++;
		if (*at == ',')
			return STOP_CELL;
		if (*at)
			return end_line(parser, *at, err);
		add(parser, " ", 1);
		parser->mended = true;
	}
}

static void count_lines(struct csv_parser *parser, const char *at, const char *end)
{
	for (; at < end; at++) {
		parser->next_line += *at == '\r' || (*at == '\n' && !parser->after_cr);
		parser->after_cr = *at == '\r';
	}
}

/* Puts blanks in the place of NUL bytes of the row from `start` on. */
static void mend_nuls(struct csv_parser *parser, size_t start)
{
	char *at = parser->row.data + start, *end = parser->row.data + parser->row.used;

	while ((at = memchr(at, '\0', (size_t)(end - at)))) {
		*at = ' ';
		parser->mended = true;
	}
}

static enum stop never_closed(struct csv_parser *parser, struct err *err)
{
	err_set(err, ERR_SOURCE,
		"%s line %lld: a quote opens that never closes. The file is damaged or cut off; "
		"have it written again",
		parser->name, (long long)parser->line);
	return STOP_BAD;
}

/* Up to the quote that closes; behind it, what does not belong there is kept. */
static enum stop take_quoted(struct csv_parser *parser, struct err *err)
{
	int next;

	parser->after_cr = false;
	for (;;) {
		int there = is_there(parser, err);
		const char *from = parser->chunk + parser->at;
		size_t left = parser->end - parser->at, length, start = parser->row.used;
		const char *quote;

		if (there <= 0)
			return there ? STOP_BAD : never_closed(parser, err);
		quote = memchr(from, '"', left);
		length = quote ? (size_t)(quote - from) : left;
		count_lines(parser, from, from + length);
		add(parser, from, length);
		mend_nuls(parser, start);
		parser->at += length;
		if (!quote)
			continue;
		parser->at++;
		next = peek(parser, err);
		if (next != '"')
			break;
		add(parser, "\"", 1);
		parser->at++;
	}
	for (; next == ' ' || next == '\t'; next = peek(parser, err))
		parser->at++;
	parser->odd |= next >= 0 && next != ',' && next != '\r' && next != '\n';
	return next == -2 ? STOP_BAD : take_plain(parser, err);
}

static enum stop take_cell(struct csv_parser *parser, struct err *err)
{
	size_t start = parser->row.used;
	enum stop stop;
	int next;

	while ((next = peek(parser, err)) == ' ') {
		add(parser, " ", 1);
		parser->at++;
	}
	if (next == -2)
		return STOP_BAD;
	if (next == '"') {
		parser->quoted = true;
		if (!parser->too_long)
			parser->row.used = start; /* the blanks before it are none of it */
		parser->at++;
		stop = take_quoted(parser, err);
	} else {
		stop = take_plain(parser, err);
	}
	if (stop != STOP_BAD)
		end_cell(parser, start);
	return stop;
}

/* Replaces what is malformed in the row's cells. */
static void mend(struct csv_parser *parser)
{
	struct buf old = parser->row;
	size_t i;

	buf_init(&parser->row);
	for (i = 0; i < parser->cells; i++) {
		const char *cell = old.data + parser->cell[i];
		size_t length = strlen(cell);

		parser->cell[i] = parser->row.used;
		buf_reserve(&parser->row, 3 * length + 1);
		parser->row.used +=
			text_repair(cell, length, parser->row.data + parser->row.used);
		buf_add(&parser->row, "", 1);
	}
	parser->mended = true;
	buf_clear(&old);
}

static enum stop take_row(struct csv_parser *parser, struct err *err)
{
	enum stop stop;

	buf_reset(&parser->row);
	parser->cells = 0;
	parser->line = parser->next_line;
	parser->quoted = parser->odd = parser->mended = parser->too_long = false;
	do {
		stop = take_cell(parser, err);
	} while (stop == STOP_CELL);
	parser->open = stop == STOP_END;
	return stop;
}

static bool is_blank(const struct csv_parser *parser)
{
	const char *cell = csv_cell(parser, 0);

	return parser->cells == 1 && !parser->quoted && !cell[strspn(cell, " \t")];
}

enum csv_got csv_next(struct csv_parser *parser, struct err *err)
{
	if (!parser->end && !parser->ended && begin(parser, err))
		return CSV_BAD;
	do {
		int there = is_there(parser, err);

		if (there <= 0)
			return there ? CSV_BAD : CSV_END;
		if (take_row(parser, err) == STOP_BAD)
			return CSV_BAD;
		if (parser->too_long)
			return CSV_TOO_LONG;
	} while (is_blank(parser));
	if (!text_is_utf8(parser->row.data, parser->row.used))
		mend(parser);
	return CSV_ROW;
}
