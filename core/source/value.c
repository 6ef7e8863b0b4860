#include "source/value.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void value_report(struct decoding *d, enum problem problem, const char *key, const char *what)
{
	if (d->file)
		problems_add(d->problems, problem, ENTITY_NONE, d->out->id,
			"%s line %lld %s: %s", d->file, (long long)d->line, key, what);
	else
		problems_add(d->problems, problem, ENTITY_NONE, d->out->id, "%s %s: %s",
			collection_name(d->out->collection), key, what);
}

/* Counts the numbers that stand before `wanted`. True when it was met. */
static bool count_numbers(const cJSON *json, const cJSON *wanted, size_t *count)
{
	for (; json; json = json->next) {
		if (json == wanted)
			return true;
		*count += cJSON_IsNumber(json);
		if (json->child && count_numbers(json->child, wanted, count))
			return true;
	}
	return false;
}

/*
 * The digits of a number as they stand in the JSON: cJSON keeps a double, which rounds ids
 * above 2^53. Found by its place among the record's numbers, for ids that follow each other
 * may round to the same double.
 */
static const char *exact_digits(struct decoding *d, const cJSON *number)
{
	const char *at = d->text, *end = d->text + d->length;
	size_t before = 0, length;

	if (!count_numbers(d->json, number, &before))
		return NULL;
	while (at < end) {
		if (*at == '"') { /* over a string */
			for (at++; at < end && *at != '"'; at++)
				at += *at == '\\';
			at++;
			continue;
		}
		if (*at != '-' && !isdigit((unsigned char)*at)) {
			at++;
			continue;
		}
		length = strspn(at, "+-.0123456789Ee");
		if (before-- == 0)
			return arena_strndup(d->arena, at, length);
		at += length;
	}
	return NULL;
}

static const char *number_text(struct decoding *d, const char *key, const cJSON *number)
{
	double value = number->valuedouble;
	const char *digits;

	if (fabs(value) < 9007199254740992.0 && value == floor(value))
		return arena_printf(d->arena, "%.0f", value);
	digits = exact_digits(d, number);
	if (!digits)
		value_report(d, PROBLEM_BAD_VALUE, key,
			"a number too long to be exact; it must be a string");
	return digits;
}

const char *value_scalar(struct decoding *d, const char *key, const cJSON *json)
{
	if (cJSON_IsString(json))
		return *json->valuestring ? json->valuestring : NULL;
	if (cJSON_IsNumber(json))
		return number_text(d, key, json);
	if (cJSON_IsBool(json))
		return cJSON_IsTrue(json) ? "true" : "false";
	if (!cJSON_IsNull(json))
		value_report(d, PROBLEM_BAD_VALUE, key, "neither text nor number");
	return NULL;
}

const char *value_reference(struct decoding *d, const char *key, const cJSON *json)
{
	const cJSON *id;

	if (!cJSON_IsObject(json))
		return value_scalar(d, key, json);
	id = cJSON_GetObjectItemCaseSensitive(json, "sourcedId");
	if (!id && json->child)
		value_report(d, PROBLEM_BAD_VALUE, key, "an object without sourcedId");
	return id ? value_scalar(d, key, id) : NULL;
}

const cJSON *value_first(const cJSON *json)
{
	return cJSON_IsArray(json) ? json->child : json;
}

const cJSON *value_next(const cJSON *json, const cJSON *item)
{
	return cJSON_IsArray(json) ? item->next : NULL;
}

void value_join(struct joiner *list, const char *item, size_t length)
{
	size_t i;

	if (!length)
		return;
	if (list->used + length + 2 > list->room) {
		size_t room = 2 * (list->used + length) + 62;
		char *text = arena_alloc(list->arena, room);

		memcpy(text, list->text ? list->text : "", list->used);
		list->text = text;
		list->room = room;
	}
	if (list->used)
		list->text[list->used++] = RECORD_LIST;
	for (i = 0; i < length; i++)
		list->text[list->used++] = item[i] == RECORD_LIST ? ' ' : item[i];
	list->text[list->used] = '\0';
}

/* An item in quotes, at its opening one. Returns what is behind it. */
static const char *join_quoted(struct joiner *list, const char *text)
{
	char *item = arena_strdup(list->arena, text + 1), *to = item;
	const char *at = item;

	for (; *at && (*at != '"' || at[1] == '"'); at++) {
		*to++ = *at;
		at += *at == '"';
	}
	value_join(list, item, (size_t)(to - item));
	return text + 1 + (at - item) + (*at == '"');
}

void value_join_split(struct joiner *list, const char *text)
{
	while (*text) {
		size_t length, kept;

		while (isspace((unsigned char)*text))
			text++;
		if (*text == '"')
			text = join_quoted(list, text);
		kept = length = strcspn(text, ",");
		while (kept && isspace((unsigned char)text[kept - 1]))
			kept--;
		value_join(list, text, kept);
		text += length + (text[length] == ',');
	}
}

const char *value_texts(
	struct decoding *d, const char *key, const cJSON *json, enum commas commas)
{
	struct joiner list = {d->arena};
	const cJSON *item;

	if (cJSON_IsString(json) && commas == COMMAS_SPLIT)
		value_join_split(&list, json->valuestring);
	else if (!cJSON_IsArray(json))
		return value_reference(d, key, json);
	else
		cJSON_ArrayForEach(item, json)
		{
			const char *text = value_reference(d, key, item);

			value_join(&list, text ? text : "", text ? strlen(text) : 0);
		}
	return list.text;
}
