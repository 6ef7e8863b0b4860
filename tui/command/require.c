/* require: Data Requirements, with what they meet in the last pull. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/rule_edit.h"
#include "rules/requirements.h"
#include "source/pulled.h"
#include "sync/shortfall.h"
#include "widget/words.h"

/* What is listed. */
struct listing {
	const struct context *context;
	const struct app *app;
	const struct rules *before; /* only attributes whose rule differs from it; NULL: all */
	struct shortfall found;     /* in the last pull .. */
	bool known;                 /* .. of which there is one */
	struct table table;
};

/* Counts in the last pull; without one the list says so. */
static int count(struct listing *listing, struct err *err)
{
	const struct context *context = listing->context;
	char today[DATE_SIZE];
	time_t when;

	listing->known = pulled_when(context->state, listing->app->name, &when);
	if (!listing->known)
		return 0;
	date_of_day(time(NULL), today);
	return shortfall_count(
		context->state, listing->app, today, context->cancel, &listing->found, err);
}

static void json_row(const struct listing *listing, const struct attribute *attribute,
	const struct requirement *requirement, const char *text)
{
	const struct shortfall *found = &listing->found;
	cJSON *json = json_new();

	json_text(json, "app", listing->app->name);
	json_text(json, "entity", entity_name(attribute->entity));
	json_text(json, "attribute", attribute->name);
	json_text(json, "rule", *text ? text : NULL);
	json_bool(json, "include", requirement->include);
	json_text(json, "ifMissing", missing_name(requirement->missing));
	json_text(json, "mask",
		requirement->mask == MASK_NONE ? NULL : mask_name(requirement->mask));
	if (listing->known) {
		json_number(json, "records", (double)found->records[attribute->entity]);
		json_number(json, "missing",
			(double)found->missing[attribute->entity][attribute->attr]);
	}
	json_print(json);
}

static void table_row(struct listing *listing, const struct attribute *attribute,
	const struct requirement *requirement, const char *text)
{
	int64_t missing = listing->found.missing[attribute->entity][attribute->attr];
	char some[WORDS_SIZE], all[WORDS_SIZE];
	struct buf told;

	buf_init(&told);
	require_text_tell(requirement, &told);
	table_add(&listing->table, entity_name(attribute->entity));
	table_add(&listing->table, attribute->name);
	table_add(&listing->table, told.data);
	table_add(&listing->table, *text ? "changed" : "");
	if (listing->known)
		table_addf(&listing->table, "%s of %s missing",
			words_number((uint64_t)missing, some),
			words_number((uint64_t)listing->found.records[attribute->entity], all));
	else
		table_add(&listing->table, NULL);
	buf_clear(&told);
}

static int list_row(struct listing *listing, const struct attribute *attribute, struct err *err)
{
	struct requirement now, before;
	struct buf text;

	if (requirements_of(&listing->app->rules, attribute, &now, err))
		return -1;
	if (listing->before && (requirements_of(listing->before, attribute, &before, err) ||
				       requirement_same(&now, &before)))
		return 0;
	buf_init(&text);
	require_text_write(attribute, &now, &text);
	if (listing->context->json)
		json_row(listing, attribute, &now, text.data);
	else
		table_row(listing, attribute, &now, text.data);
	buf_clear(&text);
	return 0;
}

/* What Skip does in all. */
static void tell_skipped(const struct listing *listing)
{
	const struct shortfall *found = &listing->found;
	char some[WORDS_SIZE], all[WORDS_SIZE];
	enum entity e;

	if (!listing->known) {
		print_talk("Nothing was pulled from %s yet, so nothing is counted. Fetch its "
			   "data with: lumenport run %s --dry-run",
			listing->app->name, listing->app->name);
		return;
	}
	for (e = 0; e < ENTITY_COUNT; e++)
		if (found->skipped[e])
			print_talk("Skip leaves out %s of %s %s.",
				words_number((uint64_t)found->skipped[e], some),
				words_number((uint64_t)found->records[e], all),
				entity_plural(e));
	if (found->enrollments)
		print_talk("%s enrollments go with them.",
			words_number((uint64_t)found->enrollments, some));
}

static int list(const struct context *context, const struct app *app,
	const struct rules *before, struct err *err)
{
	static const char *const heading[] = {
		"ENTITY", "ATTRIBUTE", "REQUIREMENT", "", "IN THE LAST PULL"};
	struct listing listing = {.context = context, .app = app, .before = before};
	size_t rows, i;
	const struct attribute *row = schema_attributes(&rows);
	int result = count(&listing, err);

	table_init(&listing.table, heading, 5);
	for (i = 0; i < rows && !result; i++)
		result = list_row(&listing, &row[i], err);
	if (!result && listing.table.count)
		table_print(&listing.table);
	table_clear(&listing.table);
	if (!result)
		tell_skipped(&listing);
	return result;
}

static int change(struct context *context, const char *name, struct args *args, struct err *err)
{
	struct edit edit = {.lock.fd = -1};
	struct rules before;
	struct app *app;
	struct buf said;
	int result = -1;

	buf_init(&said);
	rules_init(&before);
	if (edit_begin(&edit, context, err))
		goto out;
	app = settings_need_app(&edit.settings, name, err);
	if (!app)
		goto out;
	rules_copy(&before, &app->rules);
	if (rule_edit_words(args, RULE_REQUIRE, &app->rules, &said, err) < 0 ||
		args_end(args, err) ||
		edit_commit(&edit, context, "require.set", name, said.data, err))
		goto out;
	result = list(context, app, &before, err);
	if (result)
		err_context(err, "The rules were changed, but what they meet was not counted");
	print_talk("Nothing changes in the hub before the next import. What it would change: "
		   "lumenport run %s --dry-run",
		name);
out:
	edit_end(&edit);
	rules_clear(&before);
	buf_clear(&said);
	return result;
}

int command_require(struct context *context, struct args *args, struct err *err)
{
	const char *name;
	struct app *app;

	if (args_word(args, "NAME", &name, err))
		return -1;
	app = settings_need_app(&context->settings, name, err);
	if (!app)
		return -1;
	return args->count ? change(context, name, args, err) : list(context, app, NULL, err);
}
