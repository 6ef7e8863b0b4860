#include "term/cells.h"

#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

size_t cells_decode(const char *text, uint32_t *c)
{
	utf8proc_int32_t point;
	/* Four bytes at most, and never past the NUL. */
	utf8proc_ssize_t n = (utf8proc_ssize_t)strnlen(text, 4);

	n = utf8proc_iterate((const utf8proc_uint8_t *)text, n, &point);
	if (n <= 0) {
		*c = 0xfffd;
		return 1;
	}
	*c = (uint32_t)point;
	return (size_t)n;
}

int cells_of(uint32_t c)
{
	int width = wcwidth((wchar_t)c);

	if (width >= 0)
		return width;
	/* The C locale knows no combining marks; a "?" for each would tear words apart. */
	return c >= 0x300 && c < 0x370 ? 0 : 1;
}

size_t cells_next(const char *text, int *width)
{
	uint32_t c;
	size_t bytes, n;

	if (width)
		*width = 0;
	if (!*text)
		return 0;
	bytes = cells_decode(text, &c);
	if (width)
		*width = cells_of(c);
	while (text[bytes]) {
		n = cells_decode(text + bytes, &c);
		if (cells_of(c) != 0)
			break;
		bytes += n;
	}
	return bytes;
}

size_t cells_previous(const char *text, size_t at)
{
	size_t start = 0, n;

	/* From the front: clusters have no mark at their end, and fields are short. */
	while ((n = cells_next(text + start, NULL)) && start + n < at)
		start += n;
	return start;
}

int cells_width(const char *text)
{
	int total = 0, width;
	size_t n;

	while ((n = cells_next(text, &width))) {
		total += width;
		text += n;
	}
	return total;
}

size_t cells_fit(const char *text, int width, int *used)
{
	size_t at = 0, n;
	int cells, total = 0;

	while ((n = cells_next(text + at, &cells)) && total + cells <= width) {
		at += n;
		total += cells;
	}
	if (used)
		*used = total;
	return at;
}

const char *cells_wrap(const char *text, int width, size_t *length)
{
	size_t at = 0, blank = 0, n;
	int cells, total = 0;

	while (text[at] && text[at] != '\n') {
		n = cells_next(text + at, &cells);
		if (total + cells > width && text[at] != ' ')
			break;
		if (text[at] == ' ')
			blank = at;
		total += cells;
		at += n;
	}
	if (!text[at] || text[at] == '\n') {
		*length = at;
		return text[at] ? text + at + 1 : NULL;
	}
	if (blank) {
		*length = blank;
		return text + blank + 1;
	}
	/* A word longer than the line; even a line too narrow for one cluster moves on. */
	*length = at ? at : cells_next(text, NULL);
	return text[*length] ? text + *length : NULL;
}

int cells_lines(const char *text, int width)
{
	int lines = 0;
	size_t length;

	for (; text; lines++)
		text = cells_wrap(text, width, &length);
	return lines;
}
