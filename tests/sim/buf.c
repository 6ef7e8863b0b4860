/* A growing byte buffer: see buf.h. */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void *sim_alloc(size_t size)
{
	return sim_realloc(NULL, size);
}

void *sim_realloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);
	if (!p) {
		fputs("lumensim: out of memory\n", stderr);
		exit(1);
	}
	return p;
}

char *sim_strdup(const char *s)
{
	size_t len = strlen(s) + 1;
	return memcpy(sim_alloc(len), s, len);
}

void buf_clear(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}

/* Doubling costs no copies here: glibc moves large blocks by mremap, and what is not
 * written to takes no memory. */
void buf_grow(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 256;
	while (cap - b->len < more)
		cap *= 2;
	if (cap == b->cap)
		return;
	b->data = sim_realloc(b->data, cap);
	b->cap = cap;
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	buf_grow(b, 128);
	size_t room = b->cap - b->len;
	int len = vsnprintf(b->data + b->len, room, format, args);
	va_end(args);
	if (len > 0 && (size_t)len >= room) {
		buf_grow(b, (size_t)len + 1);
		vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
	}
	b->len += len > 0 ? (size_t)len : 0;
	va_end(again);
}

char *buf_take(struct buf *b, size_t *len)
{
	buf_put(b, "", 1);
	char *data = b->data;
	if (len)
		*len = b->len - 1;
	*b = (struct buf){0};
	return data;
}

void buf_number(struct buf *b, uint64_t n, int width)
{
	char digits[24];
	int at = sizeof(digits);
	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
		width--;
	} while ((n || width > 0) && at > 0);
	buf_put(b, digits + at, sizeof(digits) - (size_t)at);
}

void buf_hex(struct buf *b, uint64_t n, int digits)
{
	char hex[16];
	for (int i = 0; i < digits; i++)
		hex[i] = "0123456789abcdef"[(n >> (4 * (digits - 1 - i))) & 15];
	buf_put(b, hex, (size_t)digits);
}

void buf_json(struct buf *b, const char *s, size_t len)
{
	buf_char(b, '"');
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(b, s + from, i - from);
		from = i + 1;
		if (c < 0x20) {
			buf_str(b, "\\u00");
			buf_hex(b, c, 2);
		} else {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		}
	}
	buf_put(b, s + from, len - from);
	buf_char(b, '"');
}
