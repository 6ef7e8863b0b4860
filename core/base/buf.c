#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

/* What an empty buffer points to; room 0 says that it is not ours to write. */
static const char nothing[1] = "";

void buf_init(struct buf *buf)
{
	buf->data = (char *)nothing;
	buf->used = buf->room = 0;
}

void buf_clear(struct buf *buf)
{
	if (buf->room)
		free(buf->data);
	buf_init(buf);
}

void buf_reset(struct buf *buf)
{
	buf->used = 0;
	if (buf->room)
		buf->data[0] = '\0';
}

void buf_reserve(struct buf *buf, size_t more)
{
	size_t want = buf->used + more + 1;

	if (want <= buf->room)
		return;
	if (want < buf->room + buf->room / 2)
		want = buf->room + buf->room / 2;
	if (want < 64)
		want = 64;
	buf->data = mem_grow(buf->room ? buf->data : NULL, want, 1);
	buf->room = want;
	buf->data[buf->used] = '\0';
}

void buf_addf(struct buf *buf, const char *fmt, ...)
{
	va_list ap;
	int length;

	va_start(ap, fmt);
	length = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (length < 0)
		return;
	buf_reserve(buf, (size_t)length);
	va_start(ap, fmt);
	vsnprintf(buf->data + buf->used, (size_t)length + 1, fmt, ap);
	va_end(ap);
	buf->used += (size_t)length;
}

char *buf_detach(struct buf *buf)
{
	char *text = buf->room ? buf->data : mem_strdup("");

	buf_init(buf);
	return text;
}
