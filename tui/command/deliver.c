/* deliver test, deliver history: delivery by SFTP, and what was published. */
#include "publish/deliver.h"

#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/publish.h"
#include "command/steps.h"
#include "publish/sftp.h"
#include "store/delivery.h"

enum { HISTORY_MOST = 20 }; /* rows, when no limit is named and people read it */

/* ---- deliver test ---- */

static void json_end(struct context *context, cJSON *json, const char *host_key, int result,
	const struct err *err)
{
	json_text(json, "host_key", *host_key ? host_key : NULL);
	json_bool(json, "ok", result == 0);
	if (result)
		json_error(json, err);
	json_print(json);
	context->error_shown = true;
}

/* The key is told by the server itself: whether it is the right one only the receiver knows. */
static void advise(const struct app *app, const char *host_key)
{
	if (*host_key && !app->publication.host_key)
		print_talk(
			"When the receiver says that this is its host key: lumenport app set %s "
			"deliver.host_key=%s",
			app->name, host_key);
}

static int test(struct context *context, const struct app *app, struct err *err)
{
	const struct sftp_watch watch = {context->cancel, NULL, NULL};
	char host_key[SFTP_HOST_KEY] = "";
	struct secret secret = {""};
	cJSON *json = NULL, *steps = NULL;
	int result = -1;

	/* An unknown server gets no password: none is needed to see its key. */
	if (sftp_settings(&app->publication, err) ||
		(app->publication.host_key &&
			deliver_secret(context->state, app, &secret, err)))
		return -1;
	if (context->json) {
		json = json_new();
		json_text(json, "app", app->name);
		steps = cJSON_AddArrayToObject(json, "steps");
	}
	result = sftp_check(
		&app->publication, &secret, &watch, steps_tell, steps, host_key, err);
	secret_wipe(&secret);
	if (json)
		json_end(context, json, host_key, result, err);
	else
		advise(app, host_key);
	return result;
}

int command_deliver_test(struct context *context, struct args *args, struct err *err)
{
	const struct app *app;
	const char *name;

	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	app = settings_need_app(&context->settings, name, err);
	return app ? test(context, app, err) : -1;
}

/* ---- deliver history ---- */

struct listing {
	bool json;
	struct table table;
};

static int list_delivery(void *arg, const struct delivery *delivery, struct err *err)
{
	struct listing *listing = arg;
	struct table *table = &listing->table;
	char when[40];
	cJSON *json;

	(void)err;
	if (listing->json) {
		json = json_delivery(delivery);
		json_number(json, "schema", 1);
		json_print(json);
		return 0;
	}
	time_text(delivery->finished, when, sizeof(when));
	table_addf(table, "%lld", (long long)delivery->number);
	table_add(table, when);
	table_add(table, delivery_state_name(delivery->state));
	table_addf(table, "%s%s", delivery->format, delivery->changes ? ", changes" : "");
	table_addf(table, "%lld", (long long)delivery->rows);
	table_addf(table, "%lld", (long long)delivery->bytes);
	table_addf(table, "%.16s", delivery->sha256);
	table_add(table, delivery->target);
	table_add(table, delivery->error ? delivery->error : "");
	return 0;
}

int command_deliver_history(struct context *context, struct args *args, struct err *err)
{
	static const char *const heading[] = {"NUMBER", "WHEN", "STATE", "FORMAT", ">ROWS",
		">BYTES", "SHA-256", "TO", "REASON"};
	struct listing listing = {.json = context->json};
	const char *name = NULL;
	struct store *store;
	int64_t most = context->json ? INT64_MAX : HISTORY_MOST;
	int result;

	if (args_number_option(args, "--limit", 1, &most, err) < 0 ||
		(args->count && args_word(args, "NAME", &name, err)) || args_end(args, err))
		return -1;
	store = store_open_there(context, &result, err);
	table_init(&listing.table, heading, 9);
	if (store)
		result = delivery_each(store, name, most, list_delivery, &listing, err);
	if (!result && !context->json && listing.table.count)
		table_print(&listing.table);
	else if (!result && !context->json)
		print_talk("Nothing was published yet.");
	table_clear(&listing.table);
	store_close(store);
	return result;
}
