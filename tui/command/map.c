/* map: Attributes Mapping. Values from the last pull stand beside; they are never logged. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/rule_edit.h"
#include "settings/map_check.h"
#include "source/pulled.h"
#include "sync/offer.h"
#include "widget/words.h"

struct request {
	const char *name;   /* of the app */
	enum entity entity; /* ENTITY_NONE: all */
	bool sources, restore, changed;
};

/* What is listed. */
struct listing {
	const struct context *context;
	const struct app *app;
	const struct rules *before; /* only attributes that differ from it; NULL: all */
	bool changed;               /* only those that are not the default */
	struct offers offers;       /* of the entity type at hand .. */
	bool known;                 /* .. in the last pull */
	struct table table;
};

/* ---- what there is in the last pull ---- */

static int load(struct listing *listing, enum entity entity, struct err *err)
{
	const struct context *context = listing->context;
	char today[DATE_SIZE];
	time_t when;

	listing->known = pulled_when(context->state, listing->app->name, &when);
	if (!listing->known) {
		offers_of_standard(&listing->offers, entity);
		return 0;
	}
	date_of_day(time(NULL), today);
	return offers_load(&listing->offers, context->state, listing->app, entity, today,
		context->cancel, err);
}

static void tell_unknown(const struct listing *listing)
{
	if (!listing->known)
		print_talk("No data was fetched from %s yet, so no values are shown. Fetch it "
			   "with: lumenport run %s --dry-run",
			listing->app->name, listing->app->name);
}

/* ---- mappings ---- */

static void json_mapping(
	const struct listing *listing, const struct attribute *hub, const struct tried *tried)
{
	const struct rules *rules = &listing->app->rules;
	cJSON *json = json_new(), *samples;
	size_t i;

	json_text(json, "app", listing->app->name);
	json_text(json, "entity", entity_name(hub->entity));
	json_text(json, "attribute", hub->name);
	json_text(json, "source", map_of(rules, hub));
	json_text(json, "default", hub->source);
	json_bool(json, "changed", map_is_changed(rules, hub));
	samples = cJSON_AddArrayToObject(json, "samples");
	for (i = 0; i < tried->count; i++)
		cJSON_AddItemToArray(samples, cJSON_CreateString(tried->to[i]));
	json_print(json);
}

static void table_mapping(
	struct listing *listing, const struct attribute *hub, const struct tried *tried)
{
	const struct rules *rules = &listing->app->rules;

	table_addf(&listing->table, "%s.%s", entity_name(hub->entity), hub->name);
	table_add(&listing->table, map_of(rules, hub));
	table_add(&listing->table, map_is_changed(rules, hub) ? "changed" : "");
	table_add(&listing->table, tried->count ? tried->to[0] : NULL);
}

static int list_mapping(struct listing *listing, const struct attribute *hub, struct err *err)
{
	const char *text = map_of(&listing->app->rules, hub);
	struct tried tried;

	if (listing->before ? !strcmp(text, map_of(listing->before, hub))
			    : listing->changed && !map_is_changed(&listing->app->rules, hub))
		return 0;
	if (offers_try(&listing->offers, hub, text, &tried, err))
		return -1;
	if (listing->context->json)
		json_mapping(listing, hub, &tried);
	else
		table_mapping(listing, hub, &tried);
	return 0;
}

static int list_mappings(struct listing *listing, enum entity entity, struct err *err)
{
	size_t count, i;
	const struct attribute *hub = schema_of(entity, &count);

	for (i = 0; i < count; i++)
		if (list_mapping(listing, &hub[i], err))
			return -1;
	return 0;
}

/* ---- source attributes ---- */

/* The hub's attributes that an item of this name feeds. */
static void add_fed(
	const struct rules *rules, enum entity entity, const char *name, struct buf *out)
{
	size_t count, i;
	const struct attribute *hub = schema_of(entity, &count);

	for (i = 0; i < count; i++)
		if (map_draws_from(map_of(rules, &hub[i]), name))
			buf_addf(out, "%s%s", out->used ? ", " : "", hub[i].name);
}

static void json_source(const struct listing *listing, const struct offer *offer,
	const char *name, const char *fed)
{
	const struct offers *offers = &listing->offers;
	cJSON *json = json_new(), *samples;
	size_t i;

	json_text(json, "app", listing->app->name);
	json_text(json, "entity", entity_name(offers->entity));
	json_text(json, "source", name);
	json_text(json, "feeds", *fed ? fed : NULL);
	if (listing->known) {
		json_number(json, "filled", (double)offer->used);
		json_number(json, "records", (double)offers->records);
	}
	samples = cJSON_AddArrayToObject(json, "samples");
	for (i = 0; i < offer->samples; i++)
		cJSON_AddItemToArray(samples, cJSON_CreateString(offer->sample[i]));
	json_print(json);
}

static void table_source(
	struct listing *listing, const struct offer *offer, const char *name, const char *fed)
{
	const struct offers *offers = &listing->offers;
	char used[WORDS_SIZE], all[WORDS_SIZE];
	struct buf samples;
	size_t i;

	buf_init(&samples);
	for (i = 0; i < offer->samples; i++)
		buf_addf(&samples, "%s%s", i ? " | " : "", offer->sample[i]);
	table_add(&listing->table, entity_name(offers->entity));
	table_add(&listing->table, name);
	if (listing->known)
		table_addf(&listing->table, "%s of %s", words_number(offer->used, used),
			words_number(offers->records, all));
	else
		table_add(&listing->table, NULL);
	table_add(&listing->table, *fed ? fed : NULL);
	table_add(&listing->table, samples.used ? samples.data : NULL);
	buf_clear(&samples);
}

static int list_sources(struct listing *listing, enum entity entity, struct err *err)
{
	struct buf name, fed;
	size_t i;

	(void)err;
	buf_init(&name);
	buf_init(&fed);
	for (i = 0; i < listing->offers.count; i++) {
		const struct offer *offer = &listing->offers.list[i];

		buf_reset(&name);
		buf_reset(&fed);
		map_text_write_name(offer->name, &name);
		add_fed(&listing->app->rules, entity, offer->name, &fed);
		if (listing->context->json)
			json_source(listing, offer, name.data, fed.data);
		else
			table_source(listing, offer, name.data, fed.data);
	}
	buf_clear(&name);
	buf_clear(&fed);
	return 0;
}

/* ---- lists ---- */

typedef int list_fn(struct listing *listing, enum entity entity, struct err *err);

static int list(struct listing *listing, enum entity entity, list_fn *fn, struct err *err)
{
	static const char *const mappings[] = {"ATTRIBUTE", "SOURCE", "", "FOR EXAMPLE"};
	static const char *const sources[] = {
		"ENTITY", "SOURCE", "FILLED", "FEEDS", "FOR EXAMPLE"};
	bool of_sources = fn == list_sources;
	int result = 0;
	enum entity e;

	offers_init(&listing->offers);
	table_init(&listing->table, of_sources ? sources : mappings, of_sources ? 5 : 4);
	for (e = 0; e < ENTITY_COUNT && !result; e++)
		if (entity == ENTITY_NONE || e == entity)
			result = load(listing, e, err) ? -1 : fn(listing, e, err);
	if (!result && listing->table.count)
		table_print(&listing->table);
	if (!result)
		tell_unknown(listing);
	table_clear(&listing->table);
	offers_clear(&listing->offers);
	return result;
}

/* ---- changes ---- */

/* What to think of, for every attribute that is fed by something else now. */
static int tell_warnings(const struct rules *rules, const struct rules *before, struct err *err)
{
	size_t count, i;
	const struct attribute *hub = schema_attributes(&count);

	for (i = 0; i < count; i++) {
		const char *text = map_of(rules, &hub[i]), *warning;
		struct map_text map;

		if (!strcmp(text, map_of(before, &hub[i])))
			continue;
		if (map_text_parse(&map, text, err))
			return -1;
		warning = map_warning(&map, &hub[i]);
		if (warning)
			print_talk(
				"%s.%s: %s", entity_name(hub[i].entity), hub[i].name, warning);
		map_text_clear(&map);
	}
	return 0;
}

static int edit_rules(struct args *args, const struct request *request, struct rules *rules,
	struct buf *said, struct err *err)
{
	if (!request->restore)
		return rule_edit_words(args, RULE_MAP, rules, said, err) < 0 ||
				       map_settle_all(rules, err)
			       ? -1
			       : 0;
	map_restore(rules, request->entity);
	buf_addf(said, "defaults restored%s%s", request->entity == ENTITY_NONE ? "" : " of ",
		request->entity == ENTITY_NONE ? "" : entity_name(request->entity));
	return 0;
}

static int change(struct context *context, struct args *args, const struct request *request,
	struct err *err)
{
	struct edit edit = {.lock.fd = -1};
	struct listing listing = {.context = context};
	struct rules before;
	struct app *app;
	struct buf said;
	int result = -1;

	buf_init(&said);
	rules_init(&before);
	if (edit_begin(&edit, context, err) ||
		!(app = settings_need_app(&edit.settings, request->name, err)))
		goto out;
	rules_copy(&before, &app->rules);
	if (edit_rules(args, request, &app->rules, &said, err))
		goto out;
	if (rules_same(&before, &app->rules)) {
		print_talk("Nothing changes: it is so already.");
		result = EXIT_OK;
		goto out;
	}
	if (edit_commit(&edit, context, "rules.map", app->name, said.data, err) ||
		tell_warnings(&app->rules, &before, err))
		goto out;
	print_talk("It takes effect with the next import, which counts what it changes: "
		   "lumenport run %s --dry-run shows how much.",
		app->name);
	listing.app = app;
	listing.before = &before;
	result = list(&listing, ENTITY_NONE, list_mappings, err);
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
	request->sources = args_flag(args, "--sources");
	request->restore = args_flag(args, "--restore");
	request->changed = args_flag(args, "--changed");
	if (args_word(args, "NAME", &request->name, err))
		return -1;
	if (args->count != 1 || strchr(args->word[0], '=') || *args->word[0] == '-')
		return 0;
	args_word(args, "ENTITY", &word, err);
	request->entity = entity_by_name(word);
	if (request->entity != ENTITY_NONE)
		return 0;
	return args_fault(args, err,
		"\"%.60s\" is no entity type. There are school, student, teacher, admin, "
		"contact, course, class, calendar and enrollment.",
		word);
}

int command_map(struct context *context, struct args *args, struct err *err)
{
	struct listing listing = {.context = context};
	struct request request;

	if (read_request(args, &request, err))
		return -1;
	if (args->count && !request.restore && !request.sources && !request.changed)
		return change(context, args, &request, err);
	if (args_end(args, err))
		return -1;
	if (request.restore)
		return change(context, args, &request, err);
	listing.app = settings_need_app(&context->settings, request.name, err);
	if (!listing.app)
		return -1;
	listing.changed = request.changed;
	return list(
		&listing, request.entity, request.sources ? list_sources : list_mappings, err);
}
