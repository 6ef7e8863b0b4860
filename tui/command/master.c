/* master: Master Fields, and where apps say different things. */
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/rule_edit.h"
#include "settings/master_rules.h"
#include "store/store.h"
#include "sync/conflicts.h"
#include "widget/words.h"

/* ---- the rules ---- */

static void json_rule(const struct settings *settings, const struct rule *rule,
	const struct master_text *text)
{
	cJSON *json = json_new(), *apps;
	size_t i;

	json_text(json, "entity", entity_name(rule->entity));
	json_text(json, "attribute", rule->name);
	apps = cJSON_AddArrayToObject(json, "apps");
	for (i = 0; i < text->count; i++) {
		cJSON *one = cJSON_CreateObject();

		json_text(one, "app", text->item[i].app);
		json_text(one, "mode",
			text->item[i].mode == MASTER_WINS ? "master" : "do not override");
		json_bool(one, "known", settings_app(settings, text->item[i].app) != NULL);
		cJSON_AddItemToArray(apps, one);
	}
	json_print(json);
}

static void table_rule(struct table *table, const struct settings *settings,
	const struct rule *rule, const struct master_text *text)
{
	struct buf others;
	const char *master = NULL;
	size_t i;

	buf_init(&others);
	for (i = 0; i < text->count; i++) {
		bool there = settings_app(settings, text->item[i].app) != NULL;

		if (text->item[i].mode == MASTER_WINS)
			master = text->item[i].app;
		else
			buf_addf(&others, "%s%s", others.used ? ", " : "", text->item[i].app);
		if (!there)
			print_talk("%s.%s: there is no app \"%s\" (any more), so that has no "
				   "effect.",
				entity_name(rule->entity), rule->name, text->item[i].app);
	}
	table_addf(table, "%s.%s", entity_name(rule->entity), rule->name);
	table_add(table, master);
	table_add(table, others.used ? others.data : NULL);
	buf_clear(&others);
}

/* Rules that are not so in `before`; NULL: all. */
static int list_rules(const struct context *context, const struct settings *settings,
	const struct rules *before, struct err *err)
{
	static const char *const heading[] = {"ATTRIBUTE", "MASTER", "DO NOT OVERRIDE"};
	const struct rule *rule, *old;
	struct master_text text;
	struct table table;
	size_t at = 0;
	int result = 0;

	table_init(&table, heading, 3);
	while (!result &&
		(rule = rules_next(&settings->rules, RULE_MASTER, ENTITY_NONE, &at))) {
		old = before ? rules_find(before, RULE_MASTER, rule->entity, rule->name) : NULL;
		if (old && !strcmp(old->text, rule->text))
			continue;
		result = master_parse(rule->text, &text, err);
		if (!result && context->json)
			json_rule(settings, rule, &text);
		else if (!result)
			table_rule(&table, settings, rule, &text);
	}
	if (!result && table.count)
		table_print(&table);
	else if (!result && !before && !context->json)
		print_talk("There are no Master Fields: where apps differ, the one that is "
			   "first in the settings counts.");
	table_clear(&table);
	return result;
}

/* ---- conflicts ---- */

static void json_conflict(const struct conflicts *conflicts, enum entity entity,
	const char *attribute, const struct conflict *conflict)
{
	cJSON *json = json_new(), *wins;
	size_t i;

	json_text(json, "entity", entity_name(entity));
	json_text(json, "attribute", attribute);
	json_number(json, "records", (double)conflicts->shared[entity]);
	json_number(json, "differ", (double)conflict->differ);
	json_number(json, "undecided", (double)conflict->open);
	wins = cJSON_AddObjectToObject(json, "wins");
	for (i = 0; i < conflicts->app_count; i++)
		if (conflict->wins[i])
			json_number(wins, conflicts->app[i], (double)conflict->wins[i]);
	json_print(json);
}

static void table_conflict(struct table *table, const struct conflicts *conflicts,
	enum entity entity, const char *attribute, const struct conflict *conflict)
{
	char differ[WORDS_SIZE], shared[WORDS_SIZE], wins[WORDS_SIZE];
	struct buf who;
	size_t i;

	buf_init(&who);
	for (i = 0; i < conflicts->app_count; i++)
		if (conflict->wins[i])
			buf_addf(&who, "%s%s %s", who.used ? ", " : "", conflicts->app[i],
				words_number((uint64_t)conflict->wins[i], wins));
	table_addf(table, "%s.%s", entity_name(entity), attribute);
	table_addf(table, "%s of %s", words_number((uint64_t)conflict->differ, differ),
		words_number((uint64_t)conflicts->shared[entity], shared));
	table_add(table, who.data);
	table_add(table, conflict->open ? "no master" : "by Master Fields");
	buf_clear(&who);
}

static void list_conflict(const struct context *context, struct table *table,
	const struct conflicts *conflicts, enum entity entity, const char *attribute, int attr)
{
	const struct conflict *conflict = &conflicts->of[entity][attr];

	if (!conflict->differ)
		return;
	if (context->json)
		json_conflict(conflicts, entity, attribute, conflict);
	else
		table_conflict(table, conflicts, entity, attribute, conflict);
}

static int list_conflicts(const struct context *context, struct err *err)
{
	static const char *const heading[] = {
		"ATTRIBUTE", "DIFFERS IN", "WHOSE VALUE COUNTS", ""};
	struct conflicts conflicts;
	struct table table;
	size_t rows, i;
	const struct attribute *row = schema_attributes(&rows);
	int result = conflicts_count(
		context->state, &context->settings, context->cancel, &conflicts, err);
	int64_t shared = 0;

	table_init(&table, heading, 4);
	for (i = 0; i < rows && !result; i++) {
		if (!i || row[i].entity != row[i - 1].entity) {
			list_conflict(context, &table, &conflicts, row[i].entity, MASTER_SIS_ID,
				MASTERS_SIS_ID);
			shared += conflicts.shared[row[i].entity];
		}
		list_conflict(context, &table, &conflicts, row[i].entity, row[i].name,
			(int)row[i].attr);
	}
	if (!result && table.count)
		table_print(&table);
	if (!result && !shared)
		print_talk("No record of the hub is made of several apps' yet, so none can "
			   "differ.");
	else if (!result && !table.count && !context->json)
		print_talk("The apps say the same in all records that they share.");
	table_clear(&table);
	conflicts_clear(&conflicts);
	return result;
}

/* ---- changes ---- */

/* Entity types of which something of the app was accepted; before that, all. */
static int provides(const struct context *context, const char *app, bool types[ENTITY_COUNT],
	struct err *err)
{
	struct store *store;
	int64_t totals[ENTITY_COUNT] = {0};
	bool some = false;
	int result, e;

	store = store_open_there(context, &result, err);
	if (store)
		result = store_totals(store, app, totals, err);
	store_close(store);
	for (e = 0; e < ENTITY_COUNT; e++)
		some |= totals[e] > 0;
	for (e = 0; e < ENTITY_COUNT; e++)
		types[e] = totals[e] > 0 || !some;
	return result;
}

static int generate(const struct context *context, struct settings *settings, const char *app,
	enum entity only, struct buf *said, struct err *err)
{
	bool types[ENTITY_COUNT];
	enum entity e;

	if (!settings_need_app(settings, app, err) || provides(context, app, types, err))
		return -1;
	buf_addf(said, "generate %s", app);
	for (e = 0; e < ENTITY_COUNT; e++) {
		if (only == ENTITY_NONE ? !types[e] : only != e)
			continue;
		buf_addf(said, " %s", entity_name(e));
		master_rules_generate(&settings->rules, e, app);
	}
	return 0;
}

struct request {
	const char *generate; /* app; NULL */
	enum entity entity;   /* ENTITY_NONE: all that it provides */
};

static int edit_rules(const struct context *context, struct args *args,
	const struct request *request, struct settings *settings, struct buf *said,
	struct err *err)
{
	if (request->generate)
		return generate(
			context, settings, request->generate, request->entity, said, err);
	return rule_edit_words(args, RULE_MASTER, &settings->rules, said, err) < 0 ? -1 : 0;
}

static int change(struct context *context, struct args *args, const struct request *request,
	struct err *err)
{
	struct edit edit = {.lock.fd = -1};
	struct rules before;
	struct buf said;
	int result = -1;

	buf_init(&said);
	rules_init(&before);
	if (edit_begin(&edit, context, err))
		goto out;
	rules_copy(&before, &edit.settings.rules);
	if (edit_rules(context, args, request, &edit.settings, &said, err) ||
		master_rules_check(&edit.settings, &before, err))
		goto out;
	if (rules_same(&before, &edit.settings.rules)) {
		print_talk("Nothing changes: it is so already.");
		result = EXIT_OK;
		goto out;
	}
	if (edit_commit(&edit, context, "rules.masters", "hub", said.data, err))
		goto out;
	print_talk("It takes effect with the next import of any app, which counts what it "
		   "changes.");
	result = list_rules(context, &edit.settings, &before, err);
out:
	edit_end(&edit);
	rules_clear(&before);
	buf_clear(&said);
	return result;
}

static int read_request(struct args *args, struct request *request, struct err *err)
{
	const char *word;

	request->entity = ENTITY_NONE;
	if (args_option(args, "--generate", &request->generate, err) < 0)
		return -1;
	if (!request->generate || !args->count)
		return 0;
	if (args_word(args, "ENTITY", &word, err))
		return -1;
	request->entity = entity_by_name(word);
	if (request->entity != ENTITY_NONE)
		return args_end(args, err);
	return args_fault(args, err,
		"\"%.60s\" is no entity type. There are school, student, teacher, admin, "
		"contact, course, class, calendar and enrollment.",
		word);
}

int command_master(struct context *context, struct args *args, struct err *err)
{
	bool conflicts = args_flag(args, "--conflicts");
	struct request request = {0};

	if (read_request(args, &request, err))
		return -1;
	if (conflicts)
		return args_end(args, err) ? -1 : list_conflicts(context, err);
	if (request.generate || args->count)
		return change(context, args, &request, err);
	return list_rules(context, &context->settings, NULL, err);
}
