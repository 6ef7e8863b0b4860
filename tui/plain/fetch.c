/* The data on which rules are tried, fetched in lines. */
#include <time.h>

#include "command/print.h"
#include "plain/plain.h"
#include "settings/secret.h"
#include "sync/import.h"

static int run(const struct context *context, struct settings *settings,
	const struct secret *secret, struct err *err)
{
	const struct import_options options = {.mode = IMPORT_DRY_RUN,
		.doing = "a look at the data",
		.cancel = context->cancel,
		.progress = print_progress,
		.arg = &(struct timespec){0}};
	struct sync sync;
	int result = import_run(
		context->state, settings, settings->apps[0], secret, &options, &sync, err);

	print_progress_end();
	sync_clear(&sync);
	return result;
}

void setup_fetch(struct setup *setup)
{
	const struct context *context = setup->context;
	const struct app *app = draft_app(&setup->draft);
	struct secret secret = {""};
	struct settings settings;
	struct err err;

	settings_init(&settings);
	app_copy(settings_add_app(&settings, app->kind, app->name, &err), app);
	print_line("Fetching, in a dry run: nothing is changed in the hub.");
	if (secret_need(context->state, app, &secret, &err) ||
		run(context, &settings, &secret, &err))
		print_line("%s", err.text);
	else
		print_line("The data is there.");
	secret_wipe(&secret);
	settings_clear(&settings);
}
