/* run: Run Import. app withdraw: the same with nothing coming. */
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/publish.h"
#include "command/scheduled.h"
#include "schedule/settled.h"
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

/* What a call of run carries about. */
struct running {
	struct context *context;
	struct app *app;
	enum import_mode mode;
	bool scheduled;
	struct next_run due; /* when scheduled */
	struct sync sync;
};

/* 0, or -1 with the error: as import_run. */
static int import(struct running *running, struct err *err)
{
	struct context *context = running->context;
	struct telling telling = {.sync = &running->sync};
	const struct import_options options = {.mode = running->mode,
		.cancel = context->cancel,
		.progress = tell_progress,
		.arg = &telling};
	struct secret secret = {""};
	int result = -1;

	if (running->mode == IMPORT_WITHDRAW ||
		!secret_need(context->state, running->app, &secret, err)) {
		live_open(&telling.live, context->state, running->app->name);
		result = import_run(context->state, &context->settings, running->app, &secret,
			&options, &running->sync, err);
		live_close(&telling.live);
	}
	secret_wipe(&secret);
	print_progress_end();
	return result;
}

/* 1: nothing was due; else as import. */
static int import_when_due(struct running *running, struct err *err)
{
	struct context *context = running->context;
	const char *name = running->app->name;
	struct err mine = {0};
	int waited = 0, due, result;

	do { /* who was waited for may have made this very run */
		due = scheduled_due(context, running->app, &running->due, err);
		if (due <= 0)
			return due < 0 ? -1 : 1;
		if (!waited)
			scheduled_tell_late(context, running->app, &running->due);
		sync_clear(&running->sync);
		result = import(running, err);
	} while (result && scheduled_wait(context, err, &waited));
	/* Tried is settled: what failed is told once, and not every hour. */
	if ((!result || err->code != ERR_LOCKED) &&
		settled_write(context->state, name, running->due.when, &mine))
		print_talk("%s", mine.text);
	return result;
}

static int run(struct running *running, struct err *err)
{
	bool dry = running->mode == IMPORT_DRY_RUN;
	int result = running->scheduled ? import_when_due(running, err) : import(running, err);

	if (result > 0)
		return EXIT_OK;
	if (result && !running->sync.app)
		return -1; /* nothing began */
	if (result) {
		tell_failure(running->context, running->app, &running->sync, dry, err);
		return -1;
	}
	if (running->mode == IMPORT_REAL)
		save_learned(running->context, running->app);
	return tell_end(running->context, running->app, &running->sync, dry, err);
}

int command_run(struct context *context, struct args *args, struct err *err)
{
	bool dry = args_flag(args, "--dry-run"), anyway = args_flag(args, "--anyway");
	struct running running = {.context = context,
		.mode = dry ? IMPORT_DRY_RUN : IMPORT_REAL,
		.scheduled = args_flag(args, "--scheduled")};
	const char *name;
	int result = -1;

	sync_init(&running.sync);
	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		goto out;
	if (running.scheduled && (dry || anyway)) {
		args_fault(args, err, "--scheduled goes with neither --dry-run nor --anyway.");
		goto out;
	}
	running.app = settings_need_app(&context->settings, name, err);
	if (!running.app || (!dry && !anyway && !running.scheduled &&
				    scheduled_check_suspended(running.app, err)))
		goto out;
	result = run(&running, err);
out:
	sync_clear(&running.sync);
	return result;
}

int command_app_withdraw(struct context *context, struct args *args, struct err *err)
{
	struct running running = {.context = context, .mode = IMPORT_WITHDRAW};
	const char *name;
	int result = -1;

	sync_init(&running.sync);
	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	running.app = settings_need_app(&context->settings, name, err);
	if (running.app)
		result = run(&running, err);
	sync_clear(&running.sync);
	return result;
}
