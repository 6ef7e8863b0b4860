/* show: one sync, its changes, its problems. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "store/changes.h"
#include "store/history.h"
#include "store/quality.h"

enum { DIFFERENCES = 1000 }; /* of one record that are shown; metadata.* may be many */

enum part { PART_SUMMARY, PART_CHANGES, PART_PROBLEMS };

struct showing {
	bool json;
	int64_t number;
};

static enum attr_type type_by_name(enum entity entity, const char *name)
{
	const struct attribute *row = schema_by_name(entity, name);

	return row ? row->type : TYPE_TEXT;
}

static void json_change(const struct showing *showing, enum change change,
	const struct record *record, const struct difference *list, size_t count)
{
	cJSON *json = json_new(), *attributes, *one;
	size_t i;

	json_number(json, "sync", (double)showing->number);
	json_text(json, "change", change_name(change));
	json_text(json, "entity", entity_name(record->entity));
	json_text(json, "sisId", record->sis_id);
	attributes = cJSON_AddArrayToObject(json, "attributes");
	for (i = 0; i < count; i++) {
		enum attr_type type = type_by_name(record->entity, list[i].name);

		one = cJSON_CreateObject();
		cJSON_AddItemToArray(attributes, one);
		json_text(one, "name", list[i].name);
		cJSON_AddItemToObject(one, "before", json_value(type, list[i].before));
		cJSON_AddItemToObject(one, "after", json_value(type, list[i].after));
	}
	json_print(json);
}

static void print_change(enum change change, const struct record *record,
	const struct difference *list, size_t count)
{
	char before[400], after[400];
	size_t i;

	print_line(
		"%s %s %s", change_name(change), entity_name(record->entity), record->sis_id);
	for (i = 0; i < count; i++) {
		print_value(list[i].before, before, sizeof(before));
		print_value(list[i].after, after, sizeof(after));
		if (change == CHANGE_UPDATED)
			print_line("    %s: %s -> %s", list[i].name, before, after);
		else
			print_line("    %s: %s", list[i].name,
				change == CHANGE_CREATED ? after : before);
	}
}

static int show_change(void *arg, enum change change, const struct record *before,
	const struct record *after, struct err *err)
{
	const struct showing *showing = arg;
	struct difference list[DIFFERENCES];
	size_t count = record_compare(before, after, list, DIFFERENCES);

	(void)err;
	count = count < DIFFERENCES ? count : DIFFERENCES;
	if (showing->json)
		json_change(showing, change, after ? after : before, list, count);
	else
		print_change(change, after ? after : before, list, count);
	return 0;
}

static int show_problem(void *arg, enum problem problem, enum entity entity, const char *sis_id,
	const char *detail, struct err *err)
{
	const struct showing *showing = arg;
	const char *of = entity == ENTITY_NONE ? NULL : entity_name(entity);
	cJSON *json;

	(void)err;
	if (!showing->json) {
		print_line("%s: %s%s%s%s%s", problem_title(problem), of ? of : "",
			of ? " " : "", sis_id, *sis_id ? ": " : "", detail);
		return 0;
	}
	json = json_new();
	json_number(json, "sync", (double)showing->number);
	json_text(json, "class", problem_name(problem));
	json_text(json, "entity", of);
	json_text(json, "sisId", *sis_id ? sis_id : NULL);
	json_text(json, "detail", detail);
	json_print(json);
	return 0;
}

static bool has_changes(const struct counts counts[ENTITY_COUNT])
{
	int e, c;

	for (e = 0; e < ENTITY_COUNT; e++) {
		for (c = 0; c < CHANGE_KINDS; c++) {
			if (counts[e].changed[c])
				return true;
		}
	}
	return false;
}

static void print_schools(const struct school_counts *schools, size_t count)
{
	static const char *const heading[] = {
		"SCHOOL", "", ">created", ">updated", ">deleted", ">unchanged"};
	struct table table;
	size_t i;
	int e;

	table_init(&table, heading, 6);
	for (i = 0; i < count; i++) {
		for (e = 0; e < ENTITY_COUNT; e++) {
			const struct counts *c = &schools[i].counts[e];

			if (!c->changed[0] && !c->changed[1] && !c->changed[2])
				continue;
			table_add(&table, schools[i].name);
			table_add(&table, entity_plural((enum entity)e));
			table_addf(&table, "%lld", (long long)c->changed[CHANGE_CREATED]);
			table_addf(&table, "%lld", (long long)c->changed[CHANGE_UPDATED]);
			table_addf(&table, "%lld", (long long)c->changed[CHANGE_DELETED]);
			table_addf(&table, "%lld", (long long)c->unchanged);
		}
	}
	if (table.count)
		table_print(&table);
	table_clear(&table);
}

static void json_schools(cJSON *json, const struct school_counts *schools, size_t count)
{
	cJSON *list = cJSON_AddArrayToObject(json, "schools"), *one;
	size_t i;

	for (i = 0; i < count; i++) {
		if (!has_changes(schools[i].counts))
			continue;
		one = cJSON_CreateObject();
		cJSON_AddItemToArray(list, one);
		json_text(one, "school", schools[i].school);
		json_text(one, "name", schools[i].name);
		json_counts(one, schools[i].counts);
	}
}

static int show_summary(const struct context *context, struct store *store,
	const struct sync *sync, struct err *err)
{
	struct school_counts *schools = NULL;
	size_t count = 0;
	cJSON *json;

	if (history_schools(store, sync->number, &schools, &count, err))
		return -1;
	if (context->json) {
		json = json_sync(sync);
		json_schools(json, schools, count);
		if (sync->error)
			json_text(
				cJSON_AddObjectToObject(json, "error"), "message", sync->error);
		json_print(json);
	} else {
		print_sync(sync);
		print_schools(schools, count);
	}
	school_counts_free(schools, count);
	return 0;
}

/* --changes may be followed by an entity type, --changes=ENTITY names it too. */
static int read_part(struct args *args, enum part *part, enum entity *entity, struct err *err)
{
	const char *value;
	int i;

	*entity = ENTITY_NONE;
	for (i = 0; i < args->count; i++) {
		char *next = i + 1 < args->count ? args->word[i + 1] : NULL;

		if (strcmp(args->word[i], "--changes") != 0)
			continue;
		if (next && *next != '-' && *next != '#' && (*next < '0' || *next > '9'))
			break; /* a value: taken below */
		args_flag(args, "--changes");
		*part = PART_CHANGES;
		return 0;
	}
	i = args_option(args, "--changes", &value, err);
	if (i < 0)
		return -1;
	if (i > 0) {
		*part = PART_CHANGES;
		*entity = entity_by_name(value);
		if (*entity == ENTITY_NONE)
			return args_fault(args, err, "\"%s\" is no entity type.", value);
	}
	if (args_flag(args, "--problems"))
		*part = PART_PROBLEMS;
	return 0;
}

int command_show(struct context *context, struct args *args, struct err *err)
{
	struct showing showing = {context->json, 0};
	enum part part = PART_SUMMARY;
	enum entity entity;
	struct store *store = NULL;
	struct sync sync;
	int result = -1;

	sync_init(&sync);
	if (read_part(args, &part, &entity, err) ||
		args_number(args, "SYNC", &showing.number, err) || args_end(args, err))
		goto out;
	store = store_open_there(context, &result, err);
	if (!store) {
		result = result ? result
				: err_set(err, ERR_USAGE,
					  "Nothing was imported yet. Start with: lumenport run "
					  "NAME");
		goto out;
	}
	result = -1;
	if (history_get(store, showing.number, &sync, err))
		goto out;
	switch (part) {
	case PART_SUMMARY: result = show_summary(context, store, &sync, err); break;
	case PART_CHANGES:
		if (sync.state == SYNC_REJECTED)
			print_talk("Sync %lld was rejected: its changes are gone.",
				(long long)sync.number);
		result =
			history_changes(store, sync.number, entity, show_change, &showing, err);
		break;
	case PART_PROBLEMS:
		result = quality_each(
			store, sync.number, PROBLEM_KINDS, show_problem, &showing, err);
		break;
	}
out:
	sync_clear(&sync);
	store_close(store);
	return result;
}
