/* export: the accepted hub as OneRoster CSV. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/lock.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/publish.h"
#include "command/republish.h"
#include "publish/oneroster_csv.h"
#include "store/audit.h"

static int export_one(const struct context *context, struct store *store, const char *dir,
	const char *zip, struct export_report *report, struct err *err)
{
	char detail[120];

	if (oneroster_csv_export(store, dir, zip, report, err))
		return -1;
	snprintf(detail, sizeof(detail), "OneRoster 1.1 CSV, %lld rows, %lld left out",
		(long long)report->rows, (long long)report->left_out);
	if (!context->json)
		print_line(
			"Exported %lld rows to %s (%lld left out, %lld references left empty)",
			(long long)report->rows, dir ? dir : zip, (long long)report->left_out,
			(long long)report->blanked);
	return audit_add(store, "export", dir ? dir : zip, detail, err);
}

static void json_export(cJSON *json, const char *dir, const char *zip,
	const struct export_report *report, const struct err *err)
{
	cJSON *export = cJSON_AddObjectToObject(json, "export");

	json_text(export, "dir", dir);
	json_text(export, "zip", zip);
	if (err) {
		json_error(export, err);
		return;
	}
	json_number(export, "rows", (double)report->rows);
	json_number(export, "left_out", (double)report->left_out);
	json_number(export, "blanked", (double)report->blanked);
}

/*
 * One export at a time: else one that began before an accept could end after, and over, the one
 * that shows it.
 */
static int wait_for_turn(const struct context *context, struct lock *lock, struct err *err)
{
	const struct timespec instant = {0, 100 * 1000 * 1000};
	char *path = mem_printf("%s/export.lock", context->state);
	int tries = 600, result;

	do {
		result = lock_take(lock, path, "export", err);
	} while (result && err->code == ERR_LOCKED && --tries && !nanosleep(&instant, NULL));
	free(path);
	return result;
}

int publish_to(const struct context *context, const char *dir, const char *zip, cJSON *json,
	struct err *err)
{
	struct store *store = store_open(context->state, err);
	struct export_report report = {0};
	struct lock lock = {-1};
	int result = -1;

	if (store && !wait_for_turn(context, &lock, err) &&
		(!dir || !export_one(context, store, dir, NULL, &report, err)) &&
		(!zip || !export_one(context, store, NULL, zip, &report, err)))
		result = 0;
	if (json)
		json_export(json, dir, zip, &report, result ? err : NULL);
	lock_release(&lock);
	store_close(store);
	return result;
}

int publish_accepted(
	const struct context *context, const struct app *app, cJSON *json, struct err *err)
{
	if (!app || (!app->export_dir && !app->export_zip))
		return EXIT_OK;
	if (!publish_to(context, app->export_dir, app->export_zip, json, err))
		return EXIT_OK;
	print_talk(
		"lumenport: What was accepted is in the hub, but its export failed: %s Try again with: "
		"lumenport export",
		err->text);
	return EXIT_PARTIAL;
}

bool publish_is_owed(const struct context *context, const struct app *app)
{
	const char *const targets[] = {app->export_dir, app->export_zip};
	struct store *store;
	struct err ignored;
	bool owed = false;
	size_t i;

	if (!app->export_dir && !app->export_zip)
		return false;
	store = store_open(context->state, &ignored);
	for (i = 0; store && i < 2 && !owed; i++)
		if (targets[i] && audit_export_is_owed(store, targets[i], &owed, &ignored))
			break;
	store_close(store);
	return owed;
}

int republish(const char *state, const struct app *app, struct err *err)
{
	/* With JSON asked for and none to fill in, nothing is said. */
	const struct context quiet = {.state = state, .json = true};

	if (!app->export_dir && !app->export_zip)
		return 0;
	return publish_to(&quiet, app->export_dir, app->export_zip, NULL, err);
}

/* What the settings of any app name, when the call names nothing. */
static int export_configured(struct context *context, cJSON *json, struct err *err)
{
	size_t i, done = 0;

	for (i = 0; i < context->settings.count; i++) {
		const struct app *app = context->settings.apps[i];

		if (!app->export_dir && !app->export_zip)
			continue;
		if (publish_to(context, app->export_dir, app->export_zip, json, err))
			return -1;
		done++;
	}
	if (!done)
		return err_set(err, ERR_USAGE,
			"No export is configured. Say where: lumenport export --to DIR or "
			"--zip FILE, or "
			"set export.dir of an app.");
	return 0;
}

int command_export(struct context *context, struct args *args, struct err *err)
{
	const char *dir = NULL, *zip = NULL;
	cJSON *json = NULL;
	int result;

	if (args_option(args, "--to", &dir, err) < 0 ||
		args_option(args, "--zip", &zip, err) < 0 || args_end(args, err))
		return -1;
	json = context->json ? json_new() : NULL;
	result = dir || zip ? publish_to(context, dir, zip, json, err)
			    : export_configured(context, json, err);
	if (!result && json) {
		json_print(json);
		json = NULL;
	}
	cJSON_Delete(json);
	return result;
}
