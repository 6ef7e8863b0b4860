/* history: Data Sync History, newest first. */
#include "store/history.h"

#include "command/command.h"
#include "command/json.h"
#include "command/print.h"

enum { HISTORY_MOST = 20 }; /* rows, when no limit is named and people read it */

struct listing {
	bool json;
	bool any; /* sync was listed */
	struct table table;
};

static int64_t changed_in_all(const struct sync *sync, enum change change)
{
	int64_t sum = 0;
	int e;

	for (e = 0; e < ENTITY_COUNT; e++)
		sum += sync->counts[e].changed[change];
	return sum;
}

static int list_sync(void *arg, const struct sync *sync, struct err *err)
{
	struct listing *listing = arg;
	struct table *table = &listing->table;
	char when[40];
	cJSON *json;
	int c;

	(void)err;
	listing->any = true;
	if (listing->json) {
		json = json_sync(sync);
		if (sync->error)
			json_text(
				cJSON_AddObjectToObject(json, "error"), "message", sync->error);
		json_print(json);
		return 0;
	}
	time_text(sync->started, when, sizeof(when));
	table_addf(table, "%lld", (long long)sync->number);
	table_add(table, sync->app);
	table_add(table, when);
	table_add(table, sync_state_name(sync->state));
	for (c = 0; c < CHANGE_KINDS; c++)
		table_addf(table, "%lld", (long long)changed_in_all(sync, (enum change)c));
	table_add(table, sync->decided_by ? sync->decided_by : "");
	table_add(table, sync->reason ? sync->reason : sync->error ? sync->error : "");
	return 0;
}

int command_history(struct context *context, struct args *args, struct err *err)
{
	static const char *const heading[] = {"SYNC", "APP", "STARTED", "STATE", ">CREATED",
		">UPDATED", ">DELETED", "DECIDED BY", "REASON"};
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
		result = history_each(store, name, most, list_sync, &listing, err);
	/* An app that was removed has its history still; one that never was is a slip. */
	if (!result && name && !listing.any &&
		!settings_need_app(&context->settings, name, err))
		result = -1;
	if (!result && !context->json && listing.table.count)
		table_print(&listing.table);
	else if (!result && !context->json)
		print_talk("No import has run yet.");
	table_clear(&listing.table);
	store_close(store);
	return result;
}
