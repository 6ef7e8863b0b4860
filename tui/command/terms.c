/* terms show, accept. */
#include "settings/terms.h"

#include <stdio.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "store/audit.h"

static void tell(const struct context *context, const struct app *app, const char *text)
{
	const struct terms_acceptance *terms = &app->terms;
	cJSON *json;

	if (!context->json) {
		if (text)
			fputs(text, stdout);
		if (terms->version)
			print_line("%sAccepted for %s: version %d, %s, by %s.",
				text ? "-- " : "", app->name, terms->version,
				terms->when ? terms->when : "-", terms->by ? terms->by : "-");
		else
			print_line(
				"-- Not accepted yet. Accept with: lumenport terms accept %s",
				app->name);
		return;
	}
	json = json_new();
	json_text(json, "app", app->name);
	json_number(json, "version", TERMS_VERSION);
	json_number(json, "accepted", terms->version);
	json_text(json, "when", terms->when);
	json_text(json, "by", terms->by);
	if (text)
		json_text(json, "text", text);
	json_print(json);
}

int command_terms_show(struct context *context, struct args *args, struct err *err)
{
	const char *name;
	const struct app *app;

	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	app = settings_need_app(&context->settings, name, err);
	if (!app)
		return -1;
	tell(context, app, terms_text);
	return EXIT_OK;
}

int command_terms_accept(struct context *context, struct args *args, struct err *err)
{
	struct edit edit = {.lock.fd = -1};
	char when[TIME_SIZE], user[160], detail[60];
	const char *name;
	struct app *app;
	int result = -1;

	if (args_word(args, "NAME", &name, err) || args_end(args, err) ||
		edit_begin(&edit, context, err))
		goto out;
	app = settings_need_app(&edit.settings, name, err);
	if (!app)
		goto out;
	date_of_time(time(NULL), when);
	audit_user(user, sizeof(user));
	app->terms.version = TERMS_VERSION;
	mem_replace(&app->terms.when, when);
	mem_replace(&app->terms.by, user);
	snprintf(detail, sizeof(detail), "version %d", TERMS_VERSION);
	if (edit_commit(&edit, context, "terms.accept", name, detail, err))
		goto out;
	tell(context, app, NULL);
	result = EXIT_OK;
out:
	edit_end(&edit);
	return result;
}
