/*
 * A growing byte buffer, and JSON strings into it. Knows nothing of rosters or HTTP.
 * Out of memory ends the simulator.
 */
#ifndef SIM_BUF_H
#define SIM_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
	char *data; /* owned */
	size_t len;
	size_t cap;
};

void buf_clear(struct buf *b);
void buf_grow(struct buf *b, size_t more);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Gives the bytes (with a NUL behind them) to the caller, who frees them. */
char *buf_take(struct buf *b, size_t *len);

static inline void buf_put(struct buf *b, const void *bytes, size_t len)
{
	if (!len)
		return;
	if (b->cap - b->len < len)
		buf_grow(b, len);
	memcpy(b->data + b->len, bytes, len);
	b->len += len;
}

static inline void buf_str(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

static inline void buf_char(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

/* Decimal, with zeros in front up to the width. */
void buf_number(struct buf *b, uint64_t n, int width);
/* The low `digits` hexadecimal digits of n. */
void buf_hex(struct buf *b, uint64_t n, int digits);
/* The text as a JSON string with its quotes; bytes over 127 go out as they are. */
void buf_json(struct buf *b, const char *s, size_t len);

void *sim_alloc(size_t size);
void *sim_realloc(void *old, size_t size);
char *sim_strdup(const char *s);

#endif
