#include "command/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "roster/problem.h"

cJSON *json_new(void)
{
	cJSON *json = cJSON_CreateObject();

	json_number(json, "schema", 1);
	return json;
}

void json_print(cJSON *json)
{
	char *text = cJSON_PrintUnformatted(json), *shown;

	if (!text)
		abort(); /* only without memory */
	shown = text_escape_json(text);
	puts(shown);
	free(shown);
	cJSON_free(text);
	cJSON_Delete(json);
}

void json_text(cJSON *json, const char *name, const char *text)
{
	cJSON_AddItemToObject(json, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

void json_number(cJSON *json, const char *name, double number)
{
	cJSON_AddNumberToObject(json, name, number);
}

void json_bool(cJSON *json, const char *name, bool value)
{
	cJSON_AddBoolToObject(json, name, value);
}

void json_time(cJSON *json, const char *name, int64_t when)
{
	char text[TIME_SIZE];

	if (when)
		date_of_time((time_t)when, text);
	json_text(json, name, when ? text : NULL);
}

void json_error(cJSON *json, const struct err *err)
{
	cJSON *error = cJSON_AddObjectToObject(json, "error");

	json_number(error, "code", exit_of(err));
	json_text(error, "name", exit_name(err));
	json_text(error, "message", err->text);
}

void json_counts(cJSON *json, const struct counts counts[ENTITY_COUNT])
{
	cJSON *all = cJSON_AddObjectToObject(json, "counts"), *one;
	int e, c;

	for (e = 0; e < ENTITY_COUNT; e++) {
		one = cJSON_AddObjectToObject(all, entity_name((enum entity)e));
		for (c = 0; c < CHANGE_KINDS; c++)
			json_number(
				one, change_name((enum change)c), (double)counts[e].changed[c]);
		json_number(one, "unchanged", (double)counts[e].unchanged);
		json_number(one, "total", (double)counts_total(&counts[e]));
	}
}

/* Noise behind the digits that mean something is of no use to anybody. */
static double rounded(double number, double parts)
{
	return round(number * parts) / parts;
}

static const char *hit_kind(const struct hold_hit *hit)
{
	switch (hit->kind) {
	case HOLD_LIMIT: return change_name(hit->change);
	case HOLD_EMPTIED: return "emptied";
	case HOLD_PREVIEW: return "preview";
	case HOLD_SOURCE: return "source";
	case HOLD_DELETIONS: return "deletions";
	case HOLD_UNREADABLE: return "unreadable";
	}
	return "";
}

static void add_hits(cJSON *json, const struct sync *sync)
{
	cJSON *list = cJSON_AddArrayToObject(json, "hold"), *one;
	size_t i;

	for (i = 0; i < sync->hit_count; i++) {
		const struct hold_hit *hit = &sync->hits[i];

		one = cJSON_CreateObject();
		cJSON_AddItemToArray(list, one);
		json_text(one, "entity",
			hit->entity == ENTITY_NONE ? NULL : entity_name(hit->entity));
		json_text(one, "kind", hit_kind(hit));
		json_text(one, "school", hit->school);
		json_number(one, "changed", (double)hit->changed);
		json_number(one, "base", (double)hit->base);
		json_number(one, "percent", rounded(hit->percent, 100));
		json_text(one, "limit", *hit->limit ? hit->limit : NULL);
	}
}

static void add_problems(cJSON *json, const struct sync *sync)
{
	cJSON *all = cJSON_AddObjectToObject(json, "problems");
	int p;

	for (p = 0; p < PROBLEM_KINDS; p++) {
		if (sync->problems[p])
			json_number(
				all, problem_name((enum problem)p), (double)sync->problems[p]);
	}
}

static void add_filtered(cJSON *json, const struct sync *sync)
{
	cJSON *all = cJSON_AddObjectToObject(json, "filtered");
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		if (sync->filtered[e])
			json_number(all, entity_name(e), (double)sync->filtered[e]);
}

static void add_number_or_null(cJSON *json, const char *name, int64_t number)
{
	if (number)
		json_number(json, name, (double)number);
	else
		json_text(json, name, NULL);
}

cJSON *json_sync(const struct sync *sync)
{
	cJSON *json = json_new();

	add_number_or_null(json, "sync", sync->number);
	json_text(json, "app", sync->app);
	json_text(json, "state", sync_state_name(sync->state));
	json_text(json, "fingerprint", *sync->fingerprint ? sync->fingerprint : NULL);
	json_counts(json, sync->counts);
	add_hits(json, sync);
	add_problems(json, sync);
	add_filtered(json, sync);
	json_number(json, "seconds", rounded(sync->seconds, 1000));
	json_time(json, "started", sync->started);
	json_time(json, "finished", sync->finished);
	add_number_or_null(json, "base", sync->base);
	json_text(json, "source", sync->source);
	json_text(json, "decided_by", sync->decided_by);
	json_time(json, "decided", sync->decided);
	json_text(json, "reason", sync->reason);
	json_bool(json, "without_deletions", sync->without_deletions);
	if (sync->waiting)
		json_number(json, "waiting", (double)sync->waiting);
	return json;
}

cJSON *json_value(enum attr_type type, const char *value)
{
	cJSON *list;
	const char *item;
	size_t length;

	if (!value)
		return cJSON_CreateNull();
	if (type == TYPE_BOOL)
		return cJSON_CreateBool(!strcmp(value, "true"));
	if (type != TYPE_LIST && type != TYPE_REFERENCES)
		return cJSON_CreateString(value);
	list = cJSON_CreateArray();
	while ((item = list_next(&value, &length))) {
		char *text = mem_strndup(item, length);

		cJSON_AddItemToArray(list, cJSON_CreateString(text));
		free(text);
	}
	return list;
}
