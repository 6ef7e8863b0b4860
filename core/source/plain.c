#include "source/plain.h"

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { DEPTH = 8, DIGITS = 15 }; /* a double holds every integer of 15 digits */

/*
 * Every text is shorter than the JSON it is read from, quotes and all, so the room for texts
 * cannot run out when the record is no longer than it.
 */
struct reader {
	const char *at;
	const char *end;
	cJSON *item; /* the next to give out */
	const cJSON *item_end;
	char *out; /* where the next text goes */
};

static cJSON *read_value(struct reader *r, int depth);

static inline void skip_space(struct reader *r)
{
	while (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t')
		r->at++;
}

/* Marks the bytes that are `c`, by their highest bit; after the first also some that are not.
 */
static inline uint64_t mark_byte(uint64_t word, unsigned char c)
{
	const uint64_t ones = UINT64_MAX / 255;

	word ^= ones * c;
	return (word - ones) & ~word & (ones * 128);
}

/* Copies up to the next quote, backslash or the end; eight bytes at a time, some for nothing.
 */
static inline char *copy_plain(struct reader *r, char *out)
{
	const char *at = r->at;

	while (r->end - at >= 8) {
		uint64_t word, marks;
		int before;

		memcpy(&word, at, sizeof(word));
		memcpy(out, &word, sizeof(word));
		word = le64toh(word);
		marks = mark_byte(word, '"') | mark_byte(word, '\\');
		if (marks) {
			before = __builtin_ctzll(marks) / 8;
			r->at = at + before;
			return out + before;
		}
		at += sizeof(word);
		out += sizeof(word);
	}
	while (at < r->end && *at != '"' && *at != '\\')
		*out++ = *at++;
	r->at = at;
	return out;
}

/* What an escape of one letter stands for; 0: it is none, or \u. */
static char escaped(char letter)
{
	switch (letter) {
	case '"':
	case '\\':
	case '/': return letter;
	case 'b': return '\b';
	case 'f': return '\f';
	case 'n': return '\n';
	case 'r': return '\r';
	case 't': return '\t';
	default: return 0;
	}
}

/* The text whose opening quote is at r->at; NULL: not plain. */
static char *read_text(struct reader *r)
{
	char *text = r->out, *out = text;

	r->at++;
	while ((out = copy_plain(r, out)), r->at < r->end && *r->at == '\\') {
		*out = escaped(r->at[1]);
		if (!*out++)
			return NULL;
		r->at += 2;
	}
	if (r->at >= r->end)
		return NULL;
	r->at++;
	*out++ = '\0';
	r->out = out;
	return text;
}

static cJSON *new_item(struct reader *r, int type)
{
	if (r->item == r->item_end)
		return NULL;
	*r->item = (cJSON){.type = type};
	return r->item++;
}

static cJSON *read_string(struct reader *r)
{
	cJSON *item = new_item(r, cJSON_String);

	if (item && !(item->valuestring = read_text(r)))
		return NULL;
	return item;
}

/* An integer without sign and without leading zero. */
static cJSON *read_number(struct reader *r)
{
	cJSON *item = new_item(r, cJSON_Number);
	const char *begin = r->at;
	int64_t value = 0;

	if (!item || (*begin == '0' && begin[1] >= '0' && begin[1] <= '9'))
		return NULL;
	for (; *r->at >= '0' && *r->at <= '9'; r->at++) {
		if (r->at - begin == DIGITS)
			return NULL;
		value = value * 10 + (*r->at - '0');
	}
	if (*r->at && strchr("+-.eE", *r->at))
		return NULL;
	item->valuedouble = (double)value;
	item->valueint = value < INT32_MAX ? (int)value : INT32_MAX;
	return item;
}

static cJSON *read_word(struct reader *r, const char *word, int type)
{
	cJSON *item = new_item(r, type);
	size_t length = strlen(word);

	if (!item || strncmp(r->at, word, length) != 0)
		return NULL;
	item->valueint = type == cJSON_True;
	r->at += length;
	return item;
}

/* One member of an object or item of a list; false: not plain. */
static bool read_child(struct reader *r, cJSON *parent, cJSON **last, int depth)
{
	char *name = NULL;
	cJSON *item;

	if (parent->type == cJSON_Object) {
		if (*r->at != '"' || !(name = read_text(r)))
			return false;
		skip_space(r);
		if (*r->at++ != ':')
			return false;
		skip_space(r);
	}
	item = read_value(r, depth);
	if (!item)
		return false;
	item->string = name;
	if (*last)
		(*last)->next = item;
	else
		parent->child = item;
	item->prev = *last;
	parent->child->prev = item; /* as cJSON has it: the first one's is the last */
	*last = item;
	return true;
}

/* An object or a list, up to its closing bracket. */
static cJSON *read_nest(struct reader *r, int type, char close, int depth)
{
	cJSON *parent = new_item(r, type), *last = NULL;

	if (!parent || depth == DEPTH)
		return NULL;
	r->at++;
	skip_space(r);
	if (*r->at == close) {
		r->at++;
		return parent;
	}
	for (;;) {
		if (!read_child(r, parent, &last, depth + 1))
			return NULL;
		skip_space(r);
		if (*r->at == close)
			break;
		if (*r->at++ != ',')
			return NULL;
		skip_space(r);
	}
	r->at++;
	return parent;
}

static cJSON *read_value(struct reader *r, int depth)
{
	switch (*r->at) {
	case '"': return read_string(r);
	case '{': return read_nest(r, cJSON_Object, '}', depth);
	case '[': return read_nest(r, cJSON_Array, ']', depth);
	case 't': return read_word(r, "true", cJSON_True);
	case 'f': return read_word(r, "false", cJSON_False);
	case 'n': return read_word(r, "null", cJSON_NULL);
	default: return *r->at >= '0' && *r->at <= '9' ? read_number(r) : NULL;
	}
}

const cJSON *plain_parse(
	struct plain *plain, const char *text, const char *end, const char **behind)
{
	struct reader r = {text, end, plain->item, plain->item + PLAIN_ITEMS, plain->text};
	const cJSON *json;

	if (end - text > PLAIN_TEXT)
		r.end = text + PLAIN_TEXT;
	if (*text != '{')
		return NULL;
	json = read_value(&r, 0);
	*behind = r.at;
	return json && r.at <= end ? json : NULL;
}
