/* Percent-encoded names and values: URL queries and form bodies. Knows nothing of HTTP. */
#ifndef SIM_QUERY_H
#define SIM_QUERY_H

#include "buf.h"

#include <stdbool.h>

enum { QUERY_MAX = 64 };

struct query {
	struct param {
		char *name; /* owned, as the value; both decoded and NUL-terminated */
		char *value;
	} params[QUERY_MAX];
	int count;
};

/* Adds what stands in the text; what is over the limit is dropped. */
void query_parse(struct query *q, const char *text);
void query_clear(struct query *q);
void query_add(struct query *q, const char *name, const char *value);
/* Borrowed; NULL where there is none. */
const char *query_get(const struct query *q, const char *name);
/* RFC 3986: only the unreserved stay as they are. */
void percent_encode(struct buf *out, const char *text);
/* In place; returns the new length. plus_is_space as in forms. */
size_t percent_decode(char *text, bool plus_is_space);

#endif
