/* run: Run Import. app withdraw: the same with nothing coming. */
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/publish.h"
#include "settings/secret.h"
#include "settings/settings_file.h"
#include "sync/import.h"
#include "sync/live.h"

static bool same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static bool learned_same(const struct learned *a, const struct learned *b)
{
	return same(a->root, b->root) && same(a->token_url, b->token_url) &&
	       same(a->auth, b->auth) && a->page_size == b->page_size;
}

/*
 * Remembers what was found to work. It only saves the next run a search, so a failure (the
 * settings are locked, or read-only) is no failure of the run; what it learned is not audited.
 */
static void save_learned(const struct context *context, const struct app *app)
{
	struct settings settings;
	struct lock lock = {-1};
	struct err ignored;
	struct app *kept;

	if (settings_file_lock(&lock, context->config, &ignored))
		return;
	if (!settings_file_read(context->config, &settings, &ignored)) {
		kept = settings_app(&settings, app->name);
		/* another address meanwhile: what was learned is of the old one */
		if (kept && same(kept->url, app->url) && same(kept->path, app->path) &&
			!learned_same(&kept->learned, &app->learned)) {
			learned_copy(&kept->learned, &app->learned);
			settings_file_write(context->config, &settings, &ignored);
		}
		settings_clear(&settings);
	}
	lock_release(&lock);
}

/* A run that ended: what it says, what is published then (of this accept or an earlier one),
 * and the exit code. */
static int tell_end(const struct context *context, const struct app *app,
	const struct sync *sync, bool dry, struct err *err)
{
	cJSON *json = context->json ? json_sync(sync) : NULL;
	int result = sync->state == SYNC_HELD || sync->waiting ? EXIT_HELD : EXIT_OK;

	if (!json)
		print_sync(sync);
	if (json && dry)
		json_bool(json, "dry_run", true);
	if (!dry && publish_accepted(context, app, json, err) == EXIT_PARTIAL &&
		sync->state != SYNC_HELD)
		result = EXIT_PARTIAL;
	if (json)
		json_print(json);
	if (sync->waiting)
		print_talk("Its deletions wait for a decision: lumenport show %lld --changes",
			(long long)sync->waiting);
	else if (sync->state == SYNC_HELD && !dry)
		print_talk("It waits for a decision. Look: lumenport show %lld --changes. "
			   "Then: lumenport "
			   "approve %lld --fingerprint %s, or: lumenport reject %lld --reason "
			   "TEXT",
			(long long)sync->number, (long long)sync->number, sync->fingerprint,
			(long long)sync->number);
	return result;
}

/* What was accepted before does not wait for the source to work again. */
static void tell_failure(struct context *context, const struct app *app,
	const struct sync *sync, bool dry, const struct err *err)
{
	cJSON *json = context->json ? json_sync(sync) : NULL;
	struct err ignored;

	if (!dry && sync->number && err->code != ERR_CANCELLED)
		publish_accepted(context, app, json, &ignored);
	if (!json)
		return;
	if (dry)
		json_bool(json, "dry_run", true);
	json_error(json, err);
	json_print(json);
	context->error_shown = true;
}

/* Who hears how far it has come: a terminal, and whoever watches the state directory. */
struct telling {
	struct timespec last; /* print_progress's */
	struct live_writer live;
	const struct sync *sync; /* borrowed: its number is known once the import started */
};

static void tell_progress(void *arg, const struct import_progress *progress)
{
	struct telling *telling = arg;

	live_tell(&telling->live, telling->sync->number, progress);
	print_progress(&telling->last, progress);
}

/* Runs an import of whichever mode, and tells how it ended. */
static int run_app(
	struct context *context, const char *name, enum import_mode mode, struct err *err)
{
	bool dry = mode == IMPORT_DRY_RUN;
	struct sync sync;
	struct telling telling = {.sync = &sync};
	const struct import_options options = {.mode = mode,
		.cancel = context->cancel,
		.progress = tell_progress,
		.arg = &telling};
	struct secret secret = {""};
	struct app *app = settings_need_app(&context->settings, name, err);
	int result = -1;

	sync_init(&sync);
	if (!app || (mode != IMPORT_WITHDRAW && secret_need(context->state, app, &secret, err)))
		goto out;
	live_open(&telling.live, context->state, name);
	result = import_run(
		context->state, &context->settings, app, &secret, &options, &sync, err);
	live_close(&telling.live);
	secret_wipe(&secret);
	print_progress_end();
	if (result) {
		tell_failure(context, app, &sync, dry, err);
		goto out;
	}
	if (mode == IMPORT_REAL)
		save_learned(context, app);
	result = tell_end(context, app, &sync, dry, err);
out:
	secret_wipe(&secret);
	sync_clear(&sync);
	return result;
}

int command_run(struct context *context, struct args *args, struct err *err)
{
	bool dry = args_flag(args, "--dry-run");
	const char *name;

	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	return run_app(context, name, dry ? IMPORT_DRY_RUN : IMPORT_REAL, err);
}

int command_app_withdraw(struct context *context, struct args *args, struct err *err)
{
	const char *name;

	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	return run_app(context, name, IMPORT_WITHDRAW, err);
}
