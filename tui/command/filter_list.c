#include "command/filter_list.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "command/json.h"
#include "command/print.h"
#include "rules/filter_templates.h"
#include "settings/filter_text.h"
#include "settings/linked.h"
#include "source/pulled.h"
#include "sync/filter_trial.h"
#include "widget/words.h"

enum { SAMPLES = 20 };

static int count(const struct context *context, const struct app *app, enum entity samples_of,
	struct filter_trial *out, struct err *err)
{
	const struct filter_trial_samples samples = {samples_of, SAMPLES};
	char today[DATE_SIZE];

	date_of_day(time(NULL), today);
	return filter_trial(context->state, app, today, &samples, context->cancel, out, err);
}

static int64_t left_out(const struct filter_trial *trial, enum entity e)
{
	return trial->filtered[e] + trial->along[e];
}

/* Lines in one, "; " between them; in JSON an array. */
static cJSON *json_lines(const char *text)
{
	cJSON *list = cJSON_CreateArray();
	char *line;

	while ((line = filter_next_line(&text))) {
		cJSON_AddItemToArray(list, cJSON_CreateString(line));
		free(line);
	}
	return list;
}

static void one_line(const char *text, struct buf *out)
{
	char *line;

	while ((line = filter_next_line(&text))) {
		buf_addf(out, "%s%s", out->used ? "; " : "", line);
		free(line);
	}
}

/* ---- JSON: one object ---- */

static void json_rules(cJSON *json, const struct app *app, const struct filter_trial *trial)
{
	cJSON *list = cJSON_AddArrayToObject(json, "filters"), *one;
	const struct rule *rule;
	size_t at = 0;

	while ((rule = rules_next(&app->rules, RULE_FILTER, ENTITY_NONE, &at))) {
		one = cJSON_CreateObject();
		cJSON_AddItemToArray(list, one);
		json_text(one, "entity", entity_name(rule->entity));
		json_text(one, "title", rule->name);
		cJSON_AddItemToObject(one, "where", json_lines(rule->text));
		if (trial)
			json_number(one, "keeps", (double)trial->keeps[at - 1]);
	}
}

static void json_linked(cJSON *json, const bool on[LINKED_COUNT])
{
	cJSON *list = cJSON_AddArrayToObject(json, "linked"), *one;
	int i;

	for (i = 0; i < LINKED_COUNT; i++) {
		one = cJSON_CreateObject();
		cJSON_AddItemToArray(list, one);
		json_text(one, "entity", entity_name(linked_table[i].from));
		json_text(one, "goes", entity_plural(linked_table[i].to));
		json_bool(one, "on", on[i]);
	}
}

static void json_trial(cJSON *json, const struct filter_trial *trial)
{
	cJSON *all = cJSON_AddObjectToObject(json, "counts"), *one;
	enum entity e;

	json_time(json, "pulled", trial->when);
	for (e = 0; e < ENTITY_COUNT; e++) {
		if (e == ENTITY_SCHOOL)
			continue;
		one = cJSON_AddObjectToObject(all, entity_name(e));
		json_number(one, "records", (double)trial->records[e]);
		json_number(one, "filtered", (double)trial->filtered[e]);
		json_number(one, "along", (double)trial->along[e]);
		json_number(one, "kept", (double)(trial->records[e] - left_out(trial, e)));
		json_bool(one, "exact", !trial->unknown[e]);
	}
}

/* ---- tables ---- */

static void print_rules(const struct app *app, const struct filter_trial *trial)
{
	static const char *const heading[] = {"ENTITY", "TITLE", ">LETS IN", "CONDITIONS"};
	const struct rule *rule;
	char number[WORDS_SIZE];
	struct table table;
	struct buf text;
	size_t at = 0;

	table_init(&table, heading, 4);
	while ((rule = rules_next(&app->rules, RULE_FILTER, ENTITY_NONE, &at))) {
		buf_init(&text);
		one_line(rule->text, &text);
		table_add(&table, entity_name(rule->entity));
		table_add(&table, rule->name);
		table_add(&table,
			trial ? words_number((uint64_t)trial->keeps[at - 1], number) : NULL);
		table_add(&table, text.data);
		buf_clear(&text);
	}
	if (table.count)
		table_print(&table);
	else
		print_line("There is no filter rule: all records of the mapped schools come "
			   "in.");
	table_clear(&table);
}

static void print_linked(const struct app *app, const bool on[LINKED_COUNT])
{
	size_t at;
	int i;

	for (i = 0; i < LINKED_COUNT; i++) {
		at = 0;
		if (on[i] && rules_next(&app->rules, RULE_FILTER, linked_table[i].from, &at))
			print_line("Left out along with %s: %s.",
				entity_plural(linked_table[i].from), linked_table[i].label);
	}
}

static void print_kept(const struct filter_trial *trial, enum entity e)
{
	char kept[WORDS_SIZE], all[WORDS_SIZE], along[WORDS_SIZE];

	words_number((uint64_t)(trial->records[e] - left_out(trial, e)), kept);
	words_number((uint64_t)trial->records[e], all);
	print_line(trial->along[e] ? "Would keep %s of %s %s (%s go along)."
				   : "Would keep %s of %s %s.",
		kept, all, entity_plural(e), words_number((uint64_t)trial->along[e], along));
	if (trial->unknown[e])
		print_line("  This is not exact: a condition looks at a value that is masked "
			   "or not taken, and of which the last pull keeps only that it was "
			   "there.");
}

static void tell_missing(const struct app *app)
{
	print_talk("Nothing was pulled from %s yet, so nothing is counted. Fetch its data "
		   "with: lumenport run %s --dry-run",
		app->name, app->name);
}

int filter_list(const struct context *context, const struct app *app, struct err *err)
{
	struct filter_trial trial = {0};
	const struct filter_trial *known = NULL;
	bool on[LINKED_COUNT];
	time_t when;
	enum entity e;
	int result = linked_of(&app->rules, on, err);

	if (!result && pulled_when(context->state, app->name, &when)) {
		result = count(context, app, ENTITY_NONE, &trial, err);
		known = &trial;
	}
	if (!result && context->json) {
		cJSON *json = json_new();

		json_text(json, "app", app->name);
		json_rules(json, app, known);
		json_linked(json, on);
		if (known)
			json_trial(json, known);
		json_print(json);
	} else if (!result) {
		print_rules(app, known);
		print_linked(app, on);
		for (e = 0; known && e < ENTITY_COUNT; e++)
			if (left_out(known, e))
				print_kept(known, e);
	}
	if (!result && !known)
		tell_missing(app);
	filter_trial_clear(&trial);
	return result;
}

static void print_samples(const struct filter_trial *trial, enum entity entity)
{
	static const char *const heading[] = {"ID", "NAME", "LEFT OUT, FOR"};
	struct table table;
	size_t i;

	table_init(&table, heading, 3);
	for (i = 0; i < trial->sample_count; i++) {
		table_add(&table, trial->samples[i].id);
		table_add(&table, trial->samples[i].name);
		table_add(&table, trial->samples[i].reason);
	}
	if (table.count)
		table_print(&table);
	table_clear(&table);
	if ((int64_t)trial->sample_count < left_out(trial, entity))
		print_talk("These are the first %zu of %lld.", trial->sample_count,
			(long long)left_out(trial, entity));
}

static void json_samples(cJSON *json, const struct filter_trial *trial)
{
	cJSON *list = cJSON_AddArrayToObject(json, "left_out"), *one;
	size_t i;

	for (i = 0; i < trial->sample_count; i++) {
		one = cJSON_CreateObject();
		cJSON_AddItemToArray(list, one);
		json_text(one, "id", trial->samples[i].id);
		json_text(one, "name", trial->samples[i].name);
		json_text(one, "reason", trial->samples[i].reason);
	}
}

int filter_try(const struct context *context, const struct app *app, enum entity entity,
	struct err *err)
{
	struct filter_trial trial = {0};
	int result = count(context, app, entity, &trial, err);

	if (!result && context->json) {
		cJSON *json = json_new();

		json_text(json, "app", app->name);
		json_text(json, "entity", entity_name(entity));
		json_rules(json, app, &trial);
		json_trial(json, &trial);
		json_samples(json, &trial);
		json_print(json);
	} else if (!result) {
		print_samples(&trial, entity);
		print_kept(&trial, entity);
	}
	filter_trial_clear(&trial);
	return result;
}

int filter_list_templates(const struct context *context)
{
	static const char *const heading[] = {"NAME", "ENTITY", "TITLE", "CONDITIONS"};
	const struct filter_template *templates;
	struct table table;
	size_t count_of, i;

	templates = filter_templates(&count_of);
	table_init(&table, heading, 4);
	for (i = 0; i < count_of; i++) {
		struct buf text;

		buf_init(&text);
		one_line(templates[i].text, &text);
		if (context->json) {
			cJSON *json = json_new();

			json_text(json, "name", templates[i].name);
			json_text(json, "entity", entity_name(templates[i].entity));
			json_text(json, "title", templates[i].title);
			cJSON_AddItemToObject(json, "where", json_lines(templates[i].text));
			json_print(json);
		} else {
			table_add(&table, templates[i].name);
			table_add(&table, entity_name(templates[i].entity));
			table_add(&table, templates[i].title);
			table_add(&table, text.data);
		}
		buf_clear(&text);
	}
	if (table.count)
		table_print(&table);
	table_clear(&table);
	return EXIT_OK;
}
