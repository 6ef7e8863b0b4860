/*
 * Values of JSON as texts: the shapes that providers give to one and the same thing. Strings
 * come from the JSON and the arena.
 */
#ifndef SOURCE_VALUE_H
#define SOURCE_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "roster/problem.h"
#include "source/source_record.h"

struct cJSON;

/* What the decoding of one record carries about. */
struct decoding {
	struct arena *arena;
	struct problems *problems;
	const struct cJSON *json; /* NULL: the record is none */
	const char *text;         /* the record's JSON */
	size_t length;
	struct source_record *out;
	const char *file; /* in which it stands, and the line there; NULL: no file */
	int64_t line;
};

/* Reports what is odd about the value of `key`; the record's id is named, the value is not. */
void value_report(struct decoding *d, enum problem problem, const char *key, const char *what);

/* A scalar as text; NULL for null, "" and what is no scalar (reported). */
const char *value_scalar(struct decoding *d, const char *key, const struct cJSON *json);

/* The id of a reference object, or a bare id. {} is as good as null. */
const char *value_reference(struct decoding *d, const char *key, const struct cJSON *json);

/* The first of an array's items, or what stands for an array of one; and the next. */
const struct cJSON *value_first(const struct cJSON *json);
const struct cJSON *value_next(const struct cJSON *json, const struct cJSON *item);

/* Whether a text that stands for a list is several, as "09, 10". */
enum commas { COMMAS_KEEP, COMMAS_SPLIT };

/* An array of texts, numbers or references as a list value (record.h); or what stands for one.
 */
const char *value_texts(
	struct decoding *d, const char *key, const struct cJSON *json, enum commas commas);

/* Joins texts into a list value. The separator cannot occur inside an item: it becomes a blank.
 */
struct joiner {
	struct arena *arena;
	char *text; /* what is joined so far; NULL */
	size_t used, room;
};

void value_join(struct joiner *list, const char *item, size_t length);

/* One text that stands for a list: "09, 10". An item with a comma in it is in quotes. */
void value_join_split(struct joiner *list, const char *text);

#endif
