/* OneRoster filters on raw rows: see filter.h. */
#include "filter.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static int term_parse(struct filter *f, const char *text, size_t len)
{
	size_t field = strcspn(text, "=!<>~");
	if (!field || field >= len || field >= sizeof(f->terms[0].field) ||
		f->count == FILTER_TERMS)
		return -1;
	size_t op = text[field + 1] == '=' ? 2 : 1;
	if (text[field] == '!' && op == 1)
		return -1;
	const char *value = text + field + op;
	size_t vlen = len - field - op;
	if (vlen < 2 || value[0] != '\'' || value[vlen - 1] != '\'' ||
		vlen - 2 >= sizeof(f->terms[0].value))
		return -1;
	snprintf(f->terms[f->count].field, sizeof(f->terms[0].field), "%.*s", (int)field, text);
	snprintf(f->terms[f->count].op, sizeof(f->terms[0].op), "%.*s", (int)op, text + field);
	snprintf(f->terms[f->count].value, sizeof(f->terms[0].value), "%.*s", (int)vlen - 2,
		value + 1);
	f->count++;
	return 0;
}

int filter_parse(struct filter *f, const char *text)
{
	*f = (struct filter){0};
	if (!*text)
		return 0;
	const char *and = strstr(text, "' AND "), * or = strstr(text, "' OR ");
	const char *cut = and? and : or ;
	f->any = !and&& or ;
	if (!cut)
		return term_parse(f, text, strlen(text));
	const char *second = cut + (and? 6 : 5);
	if (term_parse(f, text, (size_t)(cut + 1 - text)) != 0)
		return -1;
	return term_parse(f, second, strlen(second));
}

/* The end of the string that begins at i, behind its closing quote. */
static size_t string_end(const char *s, size_t i, size_t len)
{
	for (i++; i < len; i++) {
		if (s[i] == '\\')
			i++;
		else if (s[i] == '"')
			return i + 1;
	}
	return len;
}

static size_t value_end(const char *s, size_t i, size_t len)
{
	int depth = 0;
	while (i < len) {
		if (s[i] == '"') {
			i = string_end(s, i, len);
			if (!depth)
				return i < len ? i : len;
			continue;
		}
		if (s[i] == '{' || s[i] == '[')
			depth++;
		else if ((s[i] == '}' || s[i] == ']') && --depth < 0)
			return i;
		else if (s[i] == ',' && !depth)
			return i;
		i++;
	}
	return len;
}

static size_t blank_end(const char *s, size_t i, size_t len)
{
	while (i < len && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r'))
		i++;
	return i;
}

bool json_member(
	const char *row, size_t len, const char *name, const char **value, size_t *vlen)
{
	size_t want = strlen(name);
	size_t i = blank_end(row, 0, len);
	if (i >= len || row[i] != '{')
		return false;
	for (i++; i < len; i++) {
		i = blank_end(row, i, len);
		if (i >= len || row[i] != '"')
			return false;
		size_t key = i + 1;
		i = string_end(row, i, len);
		bool found = i - key == want + 1 && !memcmp(row + key, name, want);
		i = blank_end(row, i, len);
		if (i >= len || row[i] != ':')
			return false;
		i = blank_end(row, i + 1, len);
		size_t end = value_end(row, i, len);
		if (found) {
			bool quoted = i < len && row[i] == '"' && end > i + 1;
			*value = row + i + quoted;
			*vlen = end - i - 2 * (size_t)quoted;
			return true;
		}
		i = blank_end(row, end, len);
	}
	return false;
}

static bool compare(const char *op, int order)
{
	if (!strcmp(op, "="))
		return order == 0;
	if (!strcmp(op, "!="))
		return order != 0;
	if (op[0] == '<')
		return order < 0 || (op[1] && order == 0);
	return order > 0 || (op[1] && order == 0);
}

static bool term_match(const struct filter *f, int t, const char *row, size_t len)
{
	const char *want = f->terms[t].value, *op = f->terms[t].op, *value;
	const char *field = f->terms[t].field;
	size_t wlen = strlen(want), vlen;
	bool roles = !strcmp(field, "roles.role");
	if (roles || !json_member(row, len, field, &value, &vlen)) {
		/* In 1.2 the role stands in a list. */
		if (!(roles || !strcmp(field, "role")) ||
			!json_member(row, len, "roles", &value, &vlen))
			return !strcmp(op, "!=");
		char quoted[300];
		int n = snprintf(quoted, sizeof(quoted), "\"role\":\"%s\"", want);
		return (memmem(value, vlen, quoted, (size_t)n) != NULL) == !strcmp(op, "=");
	}
	if (*op == '~' || (vlen && *value == '['))
		return (memmem(value, vlen, want, wlen) != NULL) != (*op == '!');
	int order = memcmp(value, want, vlen < wlen ? vlen : wlen);
	if (!order)
		order = (vlen > wlen) - (vlen < wlen);
	return compare(op, order);
}

bool filter_match(const struct filter *f, const char *row, size_t len)
{
	if (!f->count)
		return true;
	bool first = term_match(f, 0, row, len);
	if (f->count == 1 || first == f->any)
		return first;
	return term_match(f, 1, row, len);
}
