/* app add, list, show, set, remove. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "schedule/next_run.h"
#include "schedule/settled.h"
#include "schedule/timer.h"
#include "settings/secret.h"
#include "source/pulled.h"
#include "source/url.h"

/* KEY=VALUE, for `app set` and `app add --set`. The keys are added to `keys`, for the audit. */
static int set_pair(const struct args *args, struct app *app, const char *pair,
	struct buf *keys, struct err *err)
{
	const char *equals = strchr(pair, '=');
	char *key;
	int result;

	if (!equals || equals == pair)
		return args_fault(args, err, "\"%s\" is not of the form KEY=VALUE.", pair);
	key = mem_strndup(pair, (size_t)(equals - pair));
	result = app_set(app, key, equals + 1, err);
	buf_addf(keys, "%s%s", keys->used ? ", " : "", pair);
	free(key);
	return result;
}

/* An address that would be refused later is refused when it is typed. */
static int check_addresses(const struct app *app, struct err *err)
{
	char *normal = NULL;
	int result = 0;

	if (app->url)
		result = url_normalise(app->url, &normal, err);
	if (!result && app->token_url)
		result = url_check(app->token_url, "token_url", err);
	free(normal);
	return result;
}

static size_t schools_on(const struct app *app)
{
	size_t i, on = 0;

	for (i = 0; i < app->school_count; i++)
		on += app->schools[i].on;
	return on;
}

static void json_app(cJSON *json, const struct context *context, const struct app *app)
{
	struct secret_status secret;

	secret_status(context->state, app->name, &secret);
	json_text(json, "name", app->name);
	json_text(json, "kind", app_kind_name(app->kind));
	json_text(json, "path", app->path);
	json_text(json, "url", app->url);
	json_bool(json, "terms_accepted", app->terms.version > 0);
	json_bool(json, "secret_set", secret.set);
	json_number(json, "schools_on", (double)schools_on(app));
}

static void tell_app(const struct context *context, const struct app *app, const char *what)
{
	cJSON *json;

	if (!context->json) {
		print_line("%s %s.", what, app->name);
		return;
	}
	json = json_new();
	json_app(json, context, app);
	json_print(json);
}

/* Options that are settings. */
static const struct {
	const char *option, *key;
} new_options[] = {{"--path", "path"}, {"--url", "url"}, {"--client-id", "client_id"},
	{"--token-url", "token_url"}, {"--auth", "auth"}};

enum { NEW_OPTIONS = sizeof(new_options) / sizeof(*new_options) };

struct new_app {
	const char *kind, *name;
	const char *value[NEW_OPTIONS]; /* NULL: not given */
};

static int read_new_app(struct args *args, struct new_app *new, struct err *err)
{
	size_t i;

	for (i = 0; i < NEW_OPTIONS; i++)
		if (args_option(args, new_options[i].option, &new->value[i], err) < 0)
			return -1;
	return args_option(args, "--name", &new->name, err) < 0 ? -1 : 0;
}

static int check_new_app(
	struct args *args, struct new_app *new, enum app_kind *kind, struct err *err)
{
	size_t i;

	if (args_word(args, "The kind of app", &new->kind, err) || args_end(args, err))
		return -1;
	if (!app_kind_by_name(new->kind, kind))
		return args_fault(args, err, "\"%s\" is no kind of app: there is %s.",
			new->kind, app_kind_names());
	if (!new->name)
		return args_fault(args, err, "--name is missing.");
	for (i = 0; i < NEW_OPTIONS; i++)
		if (!new->value[i] &&
			setting_is_needed(setting_by_key(new_options[i].key), *kind))
			return args_fault(args, err, "%s is missing.", new_options[i].option);
	return 0;
}

static int fill_app(struct app *app, const struct new_app *new, struct err *err)
{
	size_t i;

	for (i = 0; i < NEW_OPTIONS; i++)
		if (new->value[i] && app_set(app, new_options[i].key, new->value[i], err))
			return -1;
	return 0;
}

static const char *place_of(const struct app *app)
{
	return app->path ? app->path : app->url;
}

static void tell_next_steps(const struct app *app)
{
	bool secret = app_kind_has_secret(app->kind);

	print_talk("Next: %s%s%slumenport terms show %s; lumenport test %s; "
		   "lumenport schools %s --auto; lumenport run %s",
		secret ? "lumenport secret set " : "", secret ? app->name : "",
		secret ? "; " : "", app->name, app->name, app->name, app->name);
}

int command_app_add(struct context *context, struct args *args, struct err *err)
{
	struct new_app new = {0};
	struct edit edit = {.lock.fd = -1};
	const char **pairs = mem_zero((size_t)args->count + 1, sizeof(*pairs));
	enum app_kind kind;
	struct app *app;
	struct buf keys;
	size_t count = 0, i;
	int result = -1, there;

	buf_init(&keys);
	while ((there = args_option(args, "--set", &pairs[count], err)) > 0)
		count++;
	if (there < 0 || read_new_app(args, &new, err) || check_new_app(args, &new, &kind, err))
		goto out;
	if (edit_begin(&edit, context, err))
		goto out;
	app = settings_add_app(&edit.settings, kind, new.name, err);
	if (!app || fill_app(app, &new, err))
		goto out;
	for (i = 0; i < count; i++) {
		if (set_pair(args, app, pairs[i], &keys, err))
			goto out;
	}
	if (check_addresses(app, err) || app_check(app, err) ||
		settled_by_change(context->state, NULL, app, time(NULL), err) ||
		edit_commit(&edit, context, "app.add", new.name, place_of(app), err))
		goto out;
	tell_app(context, app, "Added");
	tell_next_steps(app);
	result = EXIT_OK;
out:
	edit_end(&edit);
	buf_clear(&keys);
	free(pairs);
	return result;
}

int command_app_list(struct context *context, struct args *args, struct err *err)
{
	static const char *const heading[] = {
		"NAME", "KIND", "SCHOOLS ON", "SERVICE URL OR PATH"};
	struct table table;
	size_t i;

	if (args_end(args, err))
		return -1;
	table_init(&table, heading, 4);
	for (i = 0; i < context->settings.count; i++) {
		const struct app *app = context->settings.apps[i];

		if (context->json) {
			tell_app(context, app, "");
			continue;
		}
		table_add(&table, app->name);
		table_add(&table, app_kind_name(app->kind));
		table_addf(&table, "%zu", schools_on(app));
		table_add(&table, place_of(app));
	}
	if (!context->json && context->settings.count)
		table_print(&table);
	else if (!context->json)
		print_talk("No app is set up yet. Add one with: lumenport app add lumen-touch "
			   "--name "
			   "main --url URL --client-id ID");
	table_clear(&table);
	return EXIT_OK;
}

static cJSON *json_setting(const struct setting *setting, const char *value)
{
	switch (setting->type) {
	case SETTING_BOOL: return cJSON_CreateBool(!strcmp(value, "on"));
	case SETTING_INT: return cJSON_CreateNumber(atoi(value));
	default: return *value ? cJSON_CreateString(value) : cJSON_CreateNull();
	}
}

static void show_json(const struct context *context, const struct app *app)
{
	cJSON *json = json_new(), *all, *changed;
	const struct setting *table;
	struct buf value;
	size_t count, i;

	json_app(json, context, app);
	all = cJSON_AddObjectToObject(json, "settings");
	changed = cJSON_AddArrayToObject(json, "changed");
	buf_init(&value);
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (!setting_is_of(&table[i], app->kind))
			continue;
		app_get(app, &table[i], &value);
		cJSON_AddItemToObject(all, table[i].key, json_setting(&table[i], value.data));
		if (strcmp(value.data, table[i].fallback) != 0)
			cJSON_AddItemToArray(changed, cJSON_CreateString(table[i].key));
	}
	buf_clear(&value);
	all = cJSON_AddObjectToObject(json, "learned");
	json_text(all, "root", app->learned.root);
	json_text(all, "token_url", app->learned.token_url);
	json_text(all, "auth", app->learned.auth);
	json_number(all, "page_size", app->learned.page_size);
	json_print(json);
}

static void show_text(const struct context *context, const struct app *app)
{
	static const char *const heading[] = {"KEY", "VALUE", "", "MEANING"};
	const struct setting *rows;
	struct secret_status secret;
	struct table table;
	struct buf value;
	size_t count, i;

	buf_init(&value);
	table_init(&table, heading, 4);
	rows = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (!setting_is_of(&rows[i], app->kind))
			continue;
		app_get(app, &rows[i], &value);
		table_add(&table, rows[i].key);
		table_add(&table, value.data);
		table_add(&table, strcmp(value.data, rows[i].fallback) ? "set" : "default");
		table_add(&table, rows[i].help);
	}
	secret_status(context->state, app->name, &secret);
	print_line("%s: %s, %zu schools on, %s%sterms %s", app->name, app_kind_title(app->kind),
		schools_on(app), app_kind_has_secret(app->kind) ? "secret " : "",
		!app_kind_has_secret(app->kind) ? ""
		: secret.set                    ? "set, "
						: "not set, ",
		app->terms.version ? "accepted" : "not accepted");
	if (app->learned.root && !app_kind_has_secret(app->kind))
		print_line("Last read as %s", app->learned.root);
	else if (app->learned.root)
		print_line("Found at %s (%s)", app->learned.root,
			app->learned.auth ? app->learned.auth : "authorisation not known yet");
	table_print(&table);
	table_clear(&table);
	buf_clear(&value);
}

int command_app_show(struct context *context, struct args *args, struct err *err)
{
	const char *name;
	const struct app *app;

	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	app = settings_need_app(&context->settings, name, err);
	if (!app)
		return -1;
	if (context->json)
		show_json(context, app);
	else
		show_text(context, app);
	return EXIT_OK;
}

/* Ids are how records are known again: what changes them makes all of them look new. */
static void warn_of_ids(const struct app *before, const struct app *after)
{
	const char *what = NULL;

	if (before && before->url && strcmp(before->url, after->url ? after->url : "") != 0)
		what = "Service URL";
	else if (before && strcmp(before->sis_id_prefix ? before->sis_id_prefix : "",
				   after->sis_id_prefix ? after->sis_id_prefix : "") != 0)
		what = "SIS ID prefix";
	if (what)
		print_talk("Note: with another %s the ids of all records may change; then the "
			   "next import "
			   "would delete and create them. Look at it first: lumenport run %s "
			   "--dry-run",
			what, after->name);
}

/* Units carry the times of the schedule: of another one they have to be written anew. */
static void tell_of_timer(const struct app *before, const struct app *after)
{
	if (before && schedule_is_other(&before->schedule, &after->schedule))
		print_talk("What asks for its runs has to follow: lumenport schedule %s %s",
			after->schedule.mode == SCHEDULE_OFF ? "remove" : "install",
			after->name);
}

static int set_pairs(struct args *args, struct app *app, char **pairs, int count,
	struct buf *keys, struct err *err)
{
	int i;

	for (i = 0; i < count; i++) {
		if (set_pair(args, app, pairs[i], keys, err))
			return -1;
	}
	return check_addresses(app, err) || app_check(app, err) ? -1 : 0;
}

int command_app_set(struct context *context, struct args *args, struct err *err)
{
	struct edit edit = {.lock.fd = -1};
	const char *name;
	struct app *app;
	struct buf keys;
	int result = -1;

	buf_init(&keys);
	if (args_word(args, "NAME", &name, err))
		goto out;
	if (!args->count || args->word[0][0] == '-') {
		result = args->count ? args_end(args, err)
				     : args_fault(args, err, "KEY=VALUE is missing.");
		goto out;
	}
	if (edit_begin(&edit, context, err))
		goto out;
	app = settings_need_app(&edit.settings, name, err);
	if (!app || set_pairs(args, app, args->word, args->count, &keys, err) ||
		settled_by_change(context->state, settings_app(&context->settings, name), app,
			time(NULL), err) ||
		edit_commit(&edit, context, "settings.set", name, keys.data, err))
		goto out;
	tell_app(context, app, "Changed");
	tell_of_timer(settings_app(&context->settings, name), app);
	warn_of_ids(settings_app(&context->settings, name), app);
	result = EXIT_OK;
out:
	edit_end(&edit);
	buf_clear(&keys);
	return result;
}

int command_app_remove(struct context *context, struct args *args, struct err *err)
{
	struct edit edit = {.lock.fd = -1};
	const char *name;
	char *timer;
	int result = -1;

	if (args_word(args, "NAME", &name, err) || args_end(args, err) ||
		edit_begin(&edit, context, err))
		goto out;
	if (!settings_need_app(&edit.settings, name, err))
		goto out;
	settings_remove_app(&edit.settings, name);
	if (edit_commit(&edit, context, "app.remove", name, "settings and secret", err) ||
		secret_forget_all(context->state, name, err) ||
		pulled_remove(context->state, name, err) ||
		settled_remove(context->state, name, err))
		goto out;
	if (context->json) {
		cJSON *json = json_new();

		json_text(json, "removed", name);
		json_print(json);
	} else {
		print_line("Removed %s.", name);
	}
	timer = timer_find(name, "");
	if (timer)
		print_talk("Its timer is still there. Remove it with: lumenport schedule "
			   "remove %s",
			name);
	free(timer);
	print_talk(
		"Its records, if any were not withdrawn before (lumenport app withdraw), stay "
		"in the hub and in exports. An app added again under this name takes them "
		"over.");
	result = EXIT_OK;
out:
	edit_end(&edit);
	return result;
}
