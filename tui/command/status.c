/* status: what each app is about, and how much is in the hub. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "schedule/outlook.h"
#include "settings/secret.h"
#include "store/history.h"
#include "summary.h"

/* What the newest syncs of an app tell. */
struct latest {
	int64_t sync, held; /* numbers; 0: none */
	int64_t started;
	enum sync_state state;
	char error[400];
};

static int look(void *arg, const struct sync *sync, struct err *err)
{
	struct latest *latest = arg;

	(void)err;
	if (!latest->held && sync->state == SYNC_HELD)
		latest->held = sync->number;
	if (latest->sync)
		return 0;
	latest->sync = sync->number;
	latest->state = sync->state;
	latest->started = sync->started;
	snprintf(latest->error, sizeof(latest->error), "%s", sync->error ? sync->error : "");
	return 0;
}

/* Whose import runs now: "import of NAME, ..." in the lock. */
static bool is_running(const struct context *context, const char *name, char *who, size_t size)
{
	char *path = mem_printf("%s/import.lock", context->state);
	char *own = mem_printf("import of %s,", name);
	bool running;

	lock_holder(path, who, size);
	running = !strncmp(who, own, strlen(own));
	free(own);
	free(path);
	return running;
}

static const char *state_of(
	const struct latest *latest, bool running, bool incomplete, bool suspended)
{
	return running                                        ? "running"
	       : incomplete                                   ? "not configured"
	       : latest->held                                 ? "held"
	       : suspended                                    ? "suspended"
	       : latest->sync && latest->state == SYNC_FAILED ? "failed"
							      : "ready";
}

/* The next run, and what the rollover does meanwhile. */
static void print_outlook(const struct app *app, const struct outlook *outlook)
{
	enum rollover_kind kind;
	struct buf text;

	buf_init(&text);
	outlook_describe_next(app, outlook, &text);
	print_line("  Next run: %s", text.data);
	for (kind = 0; kind < ROLLOVER_KINDS; kind++) {
		buf_reset(&text);
		rollover_describe(&app->rollover, kind, outlook->date, &text);
		if (outlook->rollover[kind])
			print_line("  %s", text.data);
	}
	buf_clear(&text);
}

static void json_outlook(cJSON *json, const struct app *app, const struct outlook *outlook)
{
	enum rollover_kind kind;
	struct buf text;
	cJSON *list;

	buf_init(&text);
	schedule_describe(&app->schedule, &text);
	json_text(json, "schedule", text.data);
	json_time(json, "next", outlook->has_next ? outlook->next.when : 0);
	list = cJSON_AddArrayToObject(json, "rollover");
	for (kind = 0; kind < ROLLOVER_KINDS; kind++)
		if (outlook->rollover[kind])
			cJSON_AddItemToArray(list, cJSON_CreateString(rollover_name(kind)));
	buf_clear(&text);
}

static void print_app(const struct app *app, const char *state, const struct latest *latest,
	const char *lacking, const char *who, const struct outlook *outlook)
{
	char when[40];

	print_line("%s (%s): %s", app->name, app_kind_title(app->kind), state);
	if (!strcmp(state, "running"))
		print_line("  %s", who);
	if (*lacking)
		print_line("  Missing: %s", lacking);
	if (latest->held)
		print_line("  Sync %lld waits for a decision: lumenport show %lld",
			(long long)latest->held, (long long)latest->held);
	time_text(latest->started, when, sizeof(when));
	if (latest->sync)
		print_line("  Last sync: %lld, %s, %s", (long long)latest->sync, when,
			sync_state_name(latest->state));
	else
		print_line("  Last sync: none");
	if (latest->sync && latest->state == SYNC_FAILED)
		print_line("  %s", latest->error);
	print_outlook(app, outlook);
}

static cJSON *json_status(const struct app *app, const char *state, const struct latest *latest,
	const char *lacking, const char *who, const struct outlook *outlook)
{
	cJSON *json = cJSON_CreateObject(), *last;

	json_text(json, "name", app->name);
	json_text(json, "kind", app_kind_name(app->kind));
	json_text(json, "state", state);
	json_text(json, "missing", *lacking ? lacking : NULL);
	json_text(json, "running", !strcmp(state, "running") ? who : NULL);
	if (latest->held)
		json_number(json, "held", (double)latest->held);
	else
		json_text(json, "held", NULL);
	json_outlook(json, app, outlook);
	if (!latest->sync) {
		json_text(json, "last", NULL);
		return json;
	}
	last = cJSON_AddObjectToObject(json, "last");
	json_number(last, "sync", (double)latest->sync);
	json_text(last, "state", sync_state_name(latest->state));
	json_time(last, "started", latest->started);
	json_text(last, "error", *latest->error ? latest->error : NULL);
	return json;
}

static int tell_app(const struct context *context, struct store *store, const struct app *app,
	cJSON *list, struct err *err)
{
	struct latest latest = {0};
	struct outlook outlook;
	struct buf lacking;
	char who[300];
	const char *state;
	bool running;

	if (store && history_each(store, app->name, 1000, look, &latest, err))
		return -1;
	buf_init(&lacking);
	summary_missing(&lacking, app, secret_is_missing(context->state, app));
	running = is_running(context, app->name, who, sizeof(who));
	outlook_take(app, time(NULL), &outlook);
	state = state_of(
		&latest, running, lacking.used > 0, outlook.rollover[ROLLOVER_SUSPEND]);
	if (list)
		cJSON_AddItemToArray(
			list, json_status(app, state, &latest, lacking.data, who, &outlook));
	else
		print_app(app, state, &latest, lacking.data, who, &outlook);
	buf_clear(&lacking);
	return 0;
}

static void tell_totals(const int64_t totals[ENTITY_COUNT], cJSON *json)
{
	cJSON *hub = json ? cJSON_AddObjectToObject(json, "hub") : NULL;
	struct buf text;
	int e;

	buf_init(&text);
	for (e = 0; e < ENTITY_COUNT; e++) {
		if (hub)
			json_number(hub, entity_name((enum entity)e), (double)totals[e]);
		else
			buf_addf(&text, "%s%lld %s", e ? ", " : "", (long long)totals[e],
				totals[e] == 1 ? entity_name((enum entity)e)
					       : entity_plural((enum entity)e));
	}
	if (!hub)
		print_line("Hub: %s", text.data);
	buf_clear(&text);
}

int command_status(struct context *context, struct args *args, struct err *err)
{
	int64_t totals[ENTITY_COUNT] = {0};
	cJSON *json = NULL, *list = NULL;
	struct store *store;
	size_t i;
	int result;

	if (args_end(args, err))
		return -1;
	if (context->json) {
		json = json_new();
		list = cJSON_AddArrayToObject(json, "apps");
	}
	store = store_open_there(context, &result, err);
	for (i = 0; !result && i < context->settings.count; i++)
		result = tell_app(context, store, context->settings.apps[i], list, err);
	if (!result && store)
		result = store_totals(store, NULL, totals, err);
	if (!result && !json && !context->settings.count)
		print_line("No app is set up yet. Add one with: lumenport app add lumen-touch "
			   "--name main "
			   "--url URL --client-id ID");
	if (!result)
		tell_totals(totals, json);
	if (!result && json)
		json_print(json);
	else
		cJSON_Delete(json);
	store_close(store);
	return result;
}
