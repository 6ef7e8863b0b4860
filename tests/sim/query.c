/* Percent-encoded names and values: see query.h. */
#include "query.h"

#include <ctype.h>
#include <stdlib.h>

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t percent_decode(char *text, bool plus_is_space)
{
	size_t len = 0;
	for (const char *s = text; *s; s++) {
		if (*s == '%' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
			text[len++] = (char)(hex(s[1]) * 16 + hex(s[2]));
			s += 2;
		} else {
			text[len++] = *s == '+' && plus_is_space ? ' ' : *s;
		}
	}
	text[len] = 0;
	return len;
}

void percent_encode(struct buf *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if ((c < 128 && isalnum(c)) || c == '-' || c == '.' || c == '_' || c == '~') {
			buf_char(out, (char)c);
			continue;
		}
		buf_char(out, '%');
		buf_char(out, "0123456789ABCDEF"[c >> 4]);
		buf_char(out, "0123456789ABCDEF"[c & 15]);
	}
}

void query_add(struct query *q, const char *name, const char *value)
{
	if (q->count < QUERY_MAX)
		q->params[q->count++] = (struct param){sim_strdup(name), sim_strdup(value)};
}

void query_parse(struct query *q, const char *text)
{
	char *copy = sim_strdup(text), *rest = copy, *pair;
	while ((pair = strsep(&rest, "&")) != NULL) {
		if (!*pair)
			continue;
		char *value = strchr(pair, '=');
		if (value)
			*value++ = 0;
		else
			value = pair + strlen(pair);
		percent_decode(pair, true);
		percent_decode(value, true);
		query_add(q, pair, value);
	}
	free(copy);
}

void query_clear(struct query *q)
{
	for (int i = 0; i < q->count; i++) {
		free(q->params[i].name);
		free(q->params[i].value);
	}
	q->count = 0;
}

const char *query_get(const struct query *q, const char *name)
{
	for (int i = 0; i < q->count; i++) {
		if (!strcmp(q->params[i].name, name))
			return q->params[i].value;
	}
	return NULL;
}
