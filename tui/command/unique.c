/* unique: Domains of Uniqueness, with what they meet in an app's last pull. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "rules/domain_rules.h"
#include "rules/uniqueness.h"
#include "source/pulled.h"
#include "sync/sharing.h"
#include "widget/words.h"

/* What is listed. */
struct listing {
	const struct context *context;
	const struct rules *of_hub;
	const struct app *app; /* whose last pull is counted; NULL: none */
	bool known;            /* .. and there is one */
	struct sharing found;
	struct table table;
};

/* ---- the list ---- */

static int count(struct listing *listing, struct err *err)
{
	const struct context *context = listing->context;
	char today[DATE_SIZE];
	time_t when;

	listing->known = listing->app && pulled_when(context->state, listing->app->name, &when);
	if (!listing->known)
		return 0;
	date_of_day(time(NULL), today);
	return sharing_count(context->state, listing->app, listing->of_hub, today,
		context->cancel, &listing->found, err);
}

/* `domain` is NULL where an entity type has none. */
static void json_domain(const struct listing *listing, enum entity entity,
	const struct domain *domain, size_t number)
{
	cJSON *json = json_new(), *attributes;
	size_t i;

	json_text(json, "entity", entity_name(entity));
	json_text(json, "domain", domain ? domain->name : NULL);
	if (domain)
		json_number(json, "order", (double)number + 1);
	attributes = cJSON_AddArrayToObject(json, "attributes");
	for (i = 0; domain && i < domain->by.count; i++)
		cJSON_AddItemToArray(attributes,
			cJSON_CreateString(schema_attribute(entity, domain->by.attr[i])->name));
	json_bool(json, "default", !domain_rules_are_own(listing->of_hub, entity));
	if (domain && listing->known) {
		json_text(json, "app", listing->app->name);
		json_number(json, "records", (double)listing->found.records[entity]);
		json_number(
			json, "filled", (double)listing->found.domain[entity][number].filled);
		json_number(
			json, "shared", (double)listing->found.domain[entity][number].shared);
	}
	json_print(json);
}

/* `number` is -1 where there is no domain. */
static void table_counts(struct listing *listing, enum entity entity, long number)
{
	char shared[WORDS_SIZE], filled[WORDS_SIZE];
	const struct sharing *found = &listing->found;

	if (!listing->known || number < 0)
		table_add(&listing->table, NULL);
	else
		table_addf(&listing->table, "%s of %s share it with another one",
			words_number((uint64_t)found->domain[entity][number].shared, shared),
			words_number((uint64_t)found->domain[entity][number].filled, filled));
}

static void table_domain(
	struct listing *listing, enum entity entity, const struct domain *domain, size_t number)
{
	bool own = domain_rules_are_own(listing->of_hub, entity);
	struct buf text;

	buf_init(&text);
	if (domain)
		domain_write(entity, &domain->by, &text);
	table_add(&listing->table, entity_name(entity));
	if (domain)
		table_addf(&listing->table, "%zu. %s", number + 1, domain->name);
	else
		table_add(&listing->table, "none: by SIS id only");
	table_add(&listing->table, domain ? text.data : NULL);
	table_add(&listing->table, own ? "" : "default");
	if (listing->app)
		table_counts(listing, entity, domain ? (long)number : -1);
	buf_clear(&text);
}

static int list_entity(struct listing *listing, enum entity entity, struct err *err)
{
	struct domains domains;
	size_t i;

	if (domains_compile(&domains, entity, listing->of_hub, err))
		return -1;
	for (i = 0; i < domains.count || !i; i++) {
		const struct domain *domain = domains.count ? &domains.list[i] : NULL;

		if (listing->context->json)
			json_domain(listing, entity, domain, i);
		else
			table_domain(listing, entity, domain, i);
	}
	return 0;
}

static void tell_app(const struct listing *listing)
{
	const struct app *app = listing->app;

	if (!app)
		return;
	if (!app->uniqueness)
		print_talk("%s does not compare its records by them. Switch it on with: "
			   "lumenport app set %s uniqueness=on",
			app->name, app->name);
	if (!listing->known)
		print_talk("No data was fetched from %s yet, so nothing is counted. Fetch it "
			   "with: lumenport run %s --dry-run",
			app->name, app->name);
}

/* `only`: of one entity type; ENTITY_NONE: of all. */
static int list(const struct context *context, const struct rules *of_hub,
	const struct app *app, enum entity only, struct err *err)
{
	static const char *const heading[] = {
		"ENTITY", "DOMAIN", "ATTRIBUTES", "", "IN THE LAST PULL"};
	struct listing listing = {.context = context, .of_hub = of_hub, .app = app};
	int result = count(&listing, err);
	enum entity e;

	table_init(&listing.table, heading, app ? 5 : 4);
	for (e = 0; e < ENTITY_COUNT && !result; e++)
		if (only == ENTITY_NONE || only == e)
			result = list_entity(&listing, e, err);
	if (!result && listing.table.count)
		table_print(&listing.table);
	table_clear(&listing.table);
	if (!result)
		tell_app(&listing);
	return result;
}

/* ---- changes ---- */

enum doing { DO_LIST, DO_ADD, DO_REMOVE, DO_UP, DO_DOWN, DO_RESTORE, DO_NONE, DOINGS };

static const char *const flags[DOINGS] = {[DO_ADD] = "--add",
	[DO_REMOVE] = "--remove",
	[DO_UP] = "--up",
	[DO_DOWN] = "--down",
	[DO_RESTORE] = "--restore",
	[DO_NONE] = "--none"};

struct request {
	enum doing doing;
	enum entity entity; /* ENTITY_NONE: all */
	const char *title;
	const char *by;
	const char *name; /* of the app to count; NULL */
};

static int apply(const struct request *request, struct rules *of_hub, struct err *err)
{
	switch (request->doing) {
	case DO_ADD:
		return domain_rules_add(
			of_hub, request->entity, request->title, request->by, err);
	case DO_REMOVE:
		return domain_rules_remove(of_hub, request->entity, request->title, err);
	case DO_UP:
	case DO_DOWN:
		return domain_rules_move(of_hub, request->entity, request->title,
			request->doing == DO_UP ? RULE_UP : RULE_DOWN, err);
	case DO_RESTORE: domain_rules_restore(of_hub, request->entity); return 0;
	case DO_NONE: domain_rules_none(of_hub, request->entity); return 0;
	case DO_LIST:
	case DOINGS: break;
	}
	return 0;
}

static void say(const struct request *request, struct buf *said)
{
	buf_addf(said, "%s", flags[request->doing] + 2);
	if (request->entity != ENTITY_NONE)
		buf_addf(said, " %s", entity_name(request->entity));
	if (request->title)
		buf_addf(said, " \"%s\"", request->title);
	if (request->by)
		buf_addf(said, " by %s", request->by);
}

/* The defaults do not vanish in silence, nor stay in silence. */
static void tell_defaults(const struct request *request, const struct rules *before)
{
	if (request->doing == DO_RESTORE || request->doing == DO_NONE ||
		domain_rules_are_own(before, request->entity))
		return;
	print_talk("The defaults of %s are rules of their own now, and can be changed one by "
		   "one. --restore %s brings them back.",
		entity_plural(request->entity), entity_name(request->entity));
}

static int change(struct context *context, const struct request *request, struct err *err)
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
	if (apply(request, &edit.settings.rules, err))
		goto out;
	if (rules_same(&before, &edit.settings.rules)) {
		print_talk("Nothing changes: it is so already.");
		result = EXIT_OK;
		goto out;
	}
	say(request, &said);
	if (edit_commit(&edit, context, "rules.domains", "hub", said.data, err))
		goto out;
	tell_defaults(request, &before);
	print_talk("They hold for all apps, from the next import of each on, which counts what "
		   "changes.");
	result = list(context, &edit.settings.rules, NULL, request->entity, err);
out:
	edit_end(&edit);
	rules_clear(&before);
	buf_clear(&said);
	return result;
}

static int read_entity(struct args *args, struct request *request, struct err *err)
{
	const char *word;

	if (args_word(args, "ENTITY", &word, err))
		return -1;
	request->entity = entity_by_name(word);
	if (request->entity != ENTITY_NONE)
		return 0;
	return args_fault(args, err,
		"\"%.60s\" is no entity type. There are school, student, teacher, admin, "
		"contact, course, class, calendar and enrollment.",
		word);
}

static int read_request(struct args *args, struct request *request, struct err *err)
{
	int d;

	request->entity = ENTITY_NONE;
	for (d = DO_ADD; d < DOINGS; d++) {
		if (!args_flag(args, flags[d]))
			continue;
		if (request->doing != DO_LIST)
			return args_fault(args, err, "One change at a time.");
		request->doing = (enum doing)d;
	}
	if (request->doing == DO_ADD && args_option(args, "--by", &request->by, err) < 0)
		return -1;
	if (request->doing == DO_LIST) {
		if (args->count && args_word(args, "NAME", &request->name, err))
			return -1;
		return args_end(args, err);
	}
	if ((args->count || request->doing != DO_RESTORE) && read_entity(args, request, err))
		return -1;
	if (request->doing <= DO_DOWN && args_word(args, "TITLE", &request->title, err))
		return -1;
	if (request->doing == DO_ADD && !request->by)
		return args_fault(args, err,
			"Say which attributes must be unique together, such as --by \"firstName, "
			"lastName, birthDate\".");
	return args_end(args, err);
}

int command_unique(struct context *context, struct args *args, struct err *err)
{
	struct request request = {0};
	const struct app *app = NULL;

	if (read_request(args, &request, err))
		return -1;
	if (request.doing != DO_LIST)
		return change(context, &request, err);
	if (request.name) {
		app = settings_need_app(&context->settings, request.name, err);
		if (!app)
			return -1;
	}
	return list(context, &context->settings.rules, app, ENTITY_NONE, err);
}
