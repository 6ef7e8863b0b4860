/*
 * A growing run of bytes, always followed by a NUL that does not count, so that `data` can
 * be read as text. Out of memory ends the program (mem.h).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <string.h>

struct buf {
	char *data;  /* owned; never NULL after buf_init */
	size_t used; /* bytes, without the NUL */
	size_t room; /* bytes allocated; 0 while data points to a constant "" */
};

void buf_init(struct buf *buf);
void buf_clear(struct buf *buf);                /* frees; the buffer is as after buf_init */
void buf_reset(struct buf *buf);                /* empties, keeps the room */
void buf_reserve(struct buf *buf, size_t more); /* room for `more` bytes beyond those used */
void buf_addf(struct buf *buf, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *buf_detach(struct buf *buf); /* the text, now the caller's to free; buf is empty */

static inline void buf_add(struct buf *buf, const void *data, size_t length)
{
	if (buf->room <= buf->used + length)
		buf_reserve(buf, length);
	memcpy(buf->data + buf->used, data, length);
	buf->used += length;
	buf->data[buf->used] = '\0';
}

static inline void buf_adds(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

static inline void buf_addc(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

#endif
