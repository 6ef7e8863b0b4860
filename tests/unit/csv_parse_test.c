/*
 * CSV as it comes in the wild, whole and in pieces of every size: cells, lines, and what is
 * said of a row.
 */
#include "source/csv_parse.h"

#include <stdlib.h>

#include "base/mem.h"
#include "tap.h"

static struct err err;

/* Gives out a text, at most `piece` bytes at a time. */
struct text {
	const char *at;
	size_t left, piece;
	bool fails;
};

static long read_text(void *arg, char *out, size_t size, struct err *e)
{
	struct text *text = arg;
	size_t n = text->left < text->piece ? text->left : text->piece;

	if (!text->left && text->fails)
		return err_set(e, ERR_FAILED, "the disk reports a fault");
	n = n < size ? n : size;
	memcpy(out, text->at, n);
	text->at += n;
	text->left -= n;
	return (long)n;
}

/* Rows as "1:a|b 2:c|d", a row's line before it; what is odd about it behind, in brackets. */
static const char *rows_of(const char *bytes, size_t length, size_t piece)
{
	static char text[4000];
	struct text source = {bytes, length, piece, false};
	struct csv_parser parser;
	enum csv_got got;
	struct buf out;
	size_t i;

	buf_init(&out);
	csv_parser_init(&parser, "t.csv", read_text, &source);
	while ((got = csv_next(&parser, &err)) == CSV_ROW || got == CSV_TOO_LONG) {
		buf_addf(&out, "%s%lld:", out.used ? " " : "", (long long)parser.line);
		for (i = 0; got == CSV_ROW && i < parser.cells; i++)
			buf_addf(&out, "%s%s", i ? "|" : "", csv_cell(&parser, i));
		buf_adds(&out, got == CSV_TOO_LONG ? "(too long)" : "");
		buf_adds(&out, parser.odd ? "(odd)" : "");
		buf_adds(&out, parser.mended ? "(mended)" : "");
		buf_adds(&out, parser.open ? "(open)" : "");
	}
	if (got == CSV_BAD)
		buf_addf(&out, " bad: %s", err.text);
	csv_parser_clear(&parser);
	snprintf(text, sizeof(text), "%s", out.data);
	buf_clear(&out);
	return text;
}

static const struct {
	const char *bytes;
	size_t length; /* 0: as a text */
	const char *rows;
	const char *what;
} table[] = {
	{"", 0, "", "nothing"},
	{"a,b\n", 0, "1:a|b", "one row"},
	{"a,b", 0, "1:a|b(open)", "no end of line at the end"},
	{"a,b\r\nc,d\r\n", 0, "1:a|b 2:c|d", "CRLF"},
	{"a,b\rc,d\r", 0, "1:a|b 2:c|d", "CR only"},
	{"a\n\rb\n", 0, "1:a 3:b", "LF and then CR: a blank line between"},
	{"\xef\xbb\xbf"
	 "a,b\n",
		0, "1:a|b", "a byte order mark"},
	{"\xef\xbb\xbf\"a\",b\n", 0, "1:a|b", "a byte order mark before a quote"},
	{"\xef\xbb", 2, "1:\xef\xbf\xbd\xef\xbf\xbd(mended)(open)", "half a byte order mark"},
	{",\n", 0, "1:|", "empty cells"},
	{",,\n", 0, "1:||", "more of them"},
	{"\n\n  \na\n\n", 0, "4:a", "blank lines"},
	{"\"\"\n", 0, "1:", "a quoted empty cell is a row"},
	{"\"a,b\",c\n", 0, "1:a,b|c", "a comma in quotes"},
	{"\"a\"\"b\",\"\"\"\",\"\"\n", 0, "1:a\"b|\"|", "quotes in quotes"},
	{"\"a\nb\",c\nd,e\n", 0, "1:a\nb|c 3:d|e", "a line end in quotes"},
	{"\"a\r\n\r\nb\rc\"\r\nd\n", 0, "1:a\r\n\r\nb\rc 5:d", "all kinds of them"},
	{"a, \"b, c\" ,d\n", 0, "1:a|b, c|d", "blanks around quotes"},
	{"a, b ,c\n", 0, "1:a| b |c", "blanks without quotes belong to the cell"},
	{"a\"b,c\n", 0, "1:a\"b|c", "a quote inside a cell"},
	{"5\" pipe,c\n", 0, "1:5\" pipe|c", "another"},
	{"\"O\"Brien,c\n", 0, "1:OBrien|c(odd)", "text behind a closing quote"},
	{"\"a\"b\"c\",d\n", 0, "1:ab\"c\"|d(odd)", "and more of it"},
	{"a\0b,c\n", 6, "1:a b|c(mended)", "a NUL byte"},
	{"\"a\0\0b\",c\n", 9, "1:a  b|c(mended)", "NUL bytes in quotes"},
	{"M\xfcller,a\n", 0, "1:M\xef\xbf\xbdller|a(mended)", "Latin-1 is no UTF-8"},
	{"a,\xc3\nb,c\n", 0, "1:a|\xef\xbf\xbd(mended) 2:b|c", "half a character"},
	{"\xff\xfe"
	 "a\0,\0",
		6, " bad: t.csv is in UTF-16. Have it written as CSV in UTF-8", "UTF-16"},
	{"\xfe\xff\0a", 4, " bad: t.csv is in UTF-16. Have it written as CSV in UTF-8",
		"UTF-16, the other end first"},
	{"a\n\"b,c\nd,e\n", 0,
		"1:a bad: t.csv line 2: a quote opens that never closes. The file is damaged "
		"or cut off; have it written again",
		"a quote that never closes"},
	{"\"", 0,
		" bad: t.csv line 1: a quote opens that never closes. The file is damaged or "
		"cut off; have it written again",
		"nothing but a quote"},
	{"\"a\"", 0, "1:a(open)", "a closing quote is the last byte"},
	{"a,\"b\" ", 0, "1:a|b(open)", "a blank behind it"},
	{"a,b\n ", 0, "1:a|b", "a blank as the last line"},
	{"a;b\n", 0, "1:a;b", "semicolons separate nothing"},
	{"\t,a\n", 0, "1:\t|a", "a tab is a value"},
};

static void test_table(void)
{
	static const size_t pieces[] = {1, 2, 3, 1000};
	size_t i, p;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		size_t length = table[i].length ? table[i].length : strlen(table[i].bytes);

		for (p = 0; p < sizeof(pieces) / sizeof(*pieces); p++)
			is_str(rows_of(table[i].bytes, length, pieces[p]), table[i].rows,
				"%s, by %zu", table[i].what, pieces[p]);
	}
}

/* `before`, `count` times `c`, `after`. */
static char *long_text(const char *before, char c, size_t count, const char *after)
{
	char *text = mem_alloc(strlen(before) + count + strlen(after) + 1);
	char *at = stpcpy(text, before);

	memset(at, c, count);
	strcpy(at + count, after);
	return text;
}

static void test_sizes(void)
{
	char *text = long_text("a,", 'x', CSV_ROW_MOST - 4, "\nb\n");
	struct text source = {text, strlen(text), SIZE_MAX, false};
	struct csv_parser parser;

	csv_parser_init(&parser, "t.csv", read_text, &source);
	is_int(csv_next(&parser, &err), CSV_ROW, "a row of the largest size");
	is_int((long long)strlen(csv_cell(&parser, 1)), CSV_ROW_MOST - 4, "all of its cell");
	is_int(csv_next(&parser, &err), CSV_ROW, "and the next");
	csv_parser_clear(&parser);
	free(text);

	text = long_text("a\n\"", 'x', 3 * CSV_ROW_MOST, "\n\"\nb,c\n");
	is_str(rows_of(text, strlen(text), SIZE_MAX), "1:a 2:(too long) 4:b|c",
		"a longer one is left out, not what is behind it");
	free(text);

	text = long_text("", ',', CSV_CELLS_MOST, "\nb\n");
	is_str(rows_of(text, strlen(text), SIZE_MAX), "1:(too long) 2:b", "too many cells");
	free(text);

	text = long_text("\"", 'x', 3 * CSV_ROW_MOST, "");
	is_str(rows_of(text, strlen(text), SIZE_MAX),
		" bad: t.csv line 1: a quote opens that never closes. The file is damaged or "
		"cut off; have it written again",
		"a long one that never closes");
	free(text);
}

static void test_failure(void)
{
	struct text source = {"a,b\nc", 5, SIZE_MAX, true};
	struct csv_parser parser;

	csv_parser_init(&parser, "t.csv", read_text, &source);
	is_int(csv_next(&parser, &err), CSV_ROW, "what was read before a fault is there");
	is_int(csv_next(&parser, &err), CSV_BAD, "a fault of the disk is no end of the file");
	is_str(err.text, "the disk reports a fault", "and told as it is");
	csv_parser_clear(&parser);
}

/* Whatever the bytes, it ends, and cells are texts. */
static void test_chance(void)
{
	static const char alphabet[] = "a,\"\r\n \xc3\xa4\0";
	unsigned long long chance = 42;
	char bytes[64];
	int round, wrong = 0;
	size_t i;

	for (round = 0; round < 20000; round++) {
		size_t length;
		char *whole;

		chance = chance * 6364136223846793005u + 1442695040888963407u;
		length = (size_t)(chance >> 33) % sizeof(bytes);
		for (i = 0; i < length; i++) {
			chance = chance * 6364136223846793005u + 1442695040888963407u;
			bytes[i] = alphabet[(chance >> 33) % (sizeof(alphabet) - 1)];
		}
		whole = mem_strdup(rows_of(bytes, length, SIZE_MAX));
		wrong += strcmp(whole, rows_of(bytes, length, 1)) != 0;
		free(whole);
	}
	is_int(wrong, 0, "in pieces it is the same as whole");
}

int main(void)
{
	test_table();
	test_sizes();
	test_failure();
	test_chance();
	return done_testing();
}
