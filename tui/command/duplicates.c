/* duplicates: records of one source that look like one, and what is decided of them. */
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "resolve.h"
#include "settings/duplicate_rules.h"
#include "sync/pairs.h"

/* ---- the list ---- */

/* "Lopez, Maria", or a title. */
static void add_name(cJSON *json, const char *key, const struct record *record)
{
	struct buf name;

	buf_init(&name);
	if (record)
		pair_name(record, &name);
	json_text(json, key, name.used ? name.data : NULL);
	buf_clear(&name);
}

static void json_pair(const struct pair *pair, const struct rule *rule)
{
	cJSON *json = json_new();
	enum duplicate_choice choice;
	const char *other;
	struct err ignored;

	json_text(json, "app", pair->app);
	json_text(json, "entity", entity_name(pair->entity));
	json_text(json, "domain", pair->domain);
	json_text(json, "sisId", pair->id);
	add_name(json, "name", pair->record);
	json_text(json, "other", pair->other);
	add_name(json, "otherName", pair->other_record);
	if (rule && !duplicate_parse(rule->text, &choice, &other, &ignored)) {
		json_text(json, "resolved", duplicate_word(choice));
		json_text(json, "resolvedId", rule->name);
	} else {
		json_text(json, "resolved", NULL);
	}
	json_print(json);
}

static void table_record(struct table *table, const char *id, const struct record *record)
{
	struct buf text;

	buf_init(&text);
	if (record)
		pair_name(record, &text);
	if (id)
		table_addf(table, "%s%s%s%s", id, text.used ? " (" : "", text.data,
			text.used ? ")" : "");
	else
		table_add(table, NULL);
	buf_clear(&text);
}

static void table_pair(struct table *table, const struct pair *pair, const struct rule *rule)
{
	struct buf told;

	buf_init(&told);
	if (rule)
		duplicate_rules_tell(rule, &told);
	table_add(table, entity_name(pair->entity));
	table_add(table, pair->domain);
	table_record(table, pair->id, pair->record);
	table_record(table, pair->other, pair->other_record);
	table_add(table, rule ? told.data : "open");
	buf_clear(&told);
}

static void tell(size_t open, size_t resolved)
{
	if (open)
		print_talk(
			"%zu open. Both records of a pair come in until it is resolved: "
			"--merge ENTITY ID INTO, --keep ENTITY ID OTHER or --skip ENTITY ID.",
			open);
	else
		print_talk("No duplicates are open%s", resolved ? "." : ", and none resolved.");
}

static int list(const struct context *context, const struct rules *of_hub, const char *app,
	struct err *err)
{
	static const char *const heading[] = {
		"ENTITY", "SAME", "RECORD", "OTHER RECORD", "RESOLVED"};
	struct pairs pairs;
	struct table table;
	size_t i, open = 0;
	int result = pairs_load(&pairs, context->state, app, of_hub, context->cancel, err);

	table_init(&table, heading, 5);
	for (i = 0; i < pairs.count && !result; i++) {
		const struct pair *pair = &pairs.list[i];
		const struct rule *rule = pair_resolution(pair, of_hub);

		open += !rule;
		if (context->json)
			json_pair(pair, rule);
		else
			table_pair(&table, pair, rule);
	}
	if (table.count)
		table_print(&table);
	if (!result)
		tell(open, pairs.count - open);
	table_clear(&table);
	pairs_clear(&pairs);
	return result;
}

/* ---- changes ---- */

enum doing { DO_LIST, DO_MERGE, DO_KEEP, DO_SKIP, DO_FORGET, DOINGS };

static const char *const flags[DOINGS] = {[DO_MERGE] = "--merge",
	[DO_KEEP] = "--keep",
	[DO_SKIP] = "--skip",
	[DO_FORGET] = "--forget"};

struct request {
	enum doing doing;
	enum entity entity;
	const char *id, *other; /* `other` may be NULL */
	const char *name;       /* of the app; NULL */
};

static int change(struct context *context, const struct request *request, struct err *err)
{
	static const enum duplicate_choice choices[DOINGS] = {[DO_MERGE] = DUPLICATE_MERGE,
		[DO_KEEP] = DUPLICATE_KEEP,
		[DO_SKIP] = DUPLICATE_SKIP};
	const struct resolution resolution = {
		request->doing == DO_FORGET ? RESOLVE_FORGET : RESOLVE_SET,
		choices[request->doing], request->entity, request->id, request->other};

	if (resolve(context->config, context->state, &resolution, err))
		return -1;
	print_talk("It is remembered. Nothing changes before the next import, which shows what "
		   "it does.");
	return EXIT_OK;
}

static int read_change(struct args *args, struct request *request, struct err *err)
{
	const char *word;

	if (args_word(args, "ENTITY", &word, err))
		return -1;
	request->entity = entity_by_name(word);
	if (request->entity == ENTITY_NONE)
		return args_fault(args, err,
			"\"%.60s\" is no entity type. There are school, student, teacher, "
			"admin, contact, course, class, calendar and enrollment.",
			word);
	if (args_word(args, "ID", &request->id, err))
		return -1;
	if ((request->doing == DO_MERGE || request->doing == DO_KEEP ||
		    (request->doing == DO_FORGET && args->count)) &&
		args_word(args, request->doing == DO_MERGE ? "INTO" : "OTHER", &request->other,
			err))
		return -1;
	return args_end(args, err);
}

static int read_request(struct args *args, struct request *request, struct err *err)
{
	int d;

	for (d = DO_MERGE; d < DOINGS; d++) {
		if (!args_flag(args, flags[d]))
			continue;
		if (request->doing != DO_LIST)
			return args_fault(args, err, "One resolution at a time.");
		request->doing = (enum doing)d;
	}
	if (request->doing != DO_LIST)
		return read_change(args, request, err);
	if (args->count && args_word(args, "NAME", &request->name, err))
		return -1;
	return args_end(args, err);
}

int command_duplicates(struct context *context, struct args *args, struct err *err)
{
	struct request request = {0};

	if (read_request(args, &request, err))
		return -1;
	if (request.doing != DO_LIST)
		return change(context, &request, err);
	if (request.name && !settings_need_app(&context->settings, request.name, err))
		return -1;
	return list(context, &context->settings.rules, request.name, err);
}
