/* secret set, clear, status. The secret itself is never printed. */
#include "settings/secret.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"

/* Which one is meant. */
struct which {
	const char *app;
	enum secret_kind kind;
	char *name; /* owned; in the store */
};

static int take_kind(struct args *args, struct which *which, struct err *err)
{
	const char *word;

	if (!args->count || args->word[0][0] == '-')
		return 0;
	if (args_word(args, "WHICH", &word, err))
		return -1;
	for (which->kind = 0; which->kind < SECRET_KINDS; which->kind++)
		if (!strcmp(word, secret_word(which->kind)))
			return 0;
	return args_fault(
		args, err, "\"%.40s\" is no secret: there is client and delivery.", word);
}

static int which_of(
	struct context *context, struct args *args, struct which *which, struct err *err)
{
	const struct app *app;

	*which = (struct which){NULL, SECRET_CLIENT, NULL};
	if (args_word(args, "NAME", &which->app, err) || take_kind(args, which, err) ||
		args_end(args, err))
		return -1;
	app = settings_need_app(&context->settings, which->app, err);
	if (app && which->kind == SECRET_CLIENT && !app_kind_has_secret(app->kind))
		return err_set(err, ERR_SETTINGS,
			"%s is of the kind %s, which has no client secret.", which->app,
			app_kind_title(app->kind));
	which->name = app ? secret_name(which->app, which->kind) : NULL;
	return app ? 0 : -1;
}

/* What systemd gives wins over what is stored: storing one would change nothing. */
static int check_ours(const struct context *context, const struct which *which, struct err *err)
{
	struct secret_status status;

	secret_status(context->state, which->name, &status);
	if (!status.from_credentials)
		return 0;
	return err_set(err, ERR_SETTINGS,
		"The %s of %s is given by systemd ($CREDENTIALS_DIRECTORY). Change it there.",
		secret_title(which->kind), which->app);
}

static int tell(const struct context *context, const struct which *which)
{
	struct secret_status status;
	char when[40];
	cJSON *json;

	secret_status(context->state, which->name, &status);
	if (context->json) {
		json = json_new();
		json_text(json, "app", which->app);
		json_text(json, "secret", secret_word(which->kind));
		json_bool(json, "set", status.set);
		json_text(json, "from",
			!status.set               ? NULL
			: status.from_credentials ? "systemd"
						  : "state");
		json_time(json, "when", status.when);
		json_print(json);
		return EXIT_OK;
	}
	time_text(status.when, when, sizeof(when));
	if (!status.set)
		print_line("%s: no %s is set.", which->app, secret_title(which->kind));
	else
		print_line("%s: the %s is set (%s, %s).", which->app, secret_title(which->kind),
			status.from_credentials ? "given by systemd" : "stored", when);
	return EXIT_OK;
}

static int set(const struct context *context, const struct which *which, struct err *err)
{
	struct secret secret = {""};
	struct store *store;
	char *prompt =
		mem_printf("%s of %s (not shown): ", secret_title(which->kind), which->app);
	int result = -1;

	*prompt = (char)toupper((unsigned char)*prompt);
	if (secret_read(STDIN_FILENO, prompt, &secret, err))
		goto out;
	store = audit_before(context, "secret.set", which->name, err);
	if (!store || audit_after(store,
			      secret_store(context->state, which->name, &secret, err), err))
		goto out;
	result = tell(context, which);
out:
	secret_wipe(&secret);
	free(prompt);
	return result;
}

int command_secret_set(struct context *context, struct args *args, struct err *err)
{
	struct which which;
	int result = -1;

	if (!which_of(context, args, &which, err) && !check_ours(context, &which, err))
		result = set(context, &which, err);
	free(which.name);
	return result;
}

int command_secret_clear(struct context *context, struct args *args, struct err *err)
{
	struct store *store;
	struct which which;
	int result = -1;

	if (which_of(context, args, &which, err) || check_ours(context, &which, err))
		goto out;
	store = audit_before(context, "secret.clear", which.name, err);
	if (store && !audit_after(store, secret_forget(context->state, which.name, err), err))
		result = tell(context, &which);
out:
	free(which.name);
	return result;
}

int command_secret_status(struct context *context, struct args *args, struct err *err)
{
	struct which which;
	int result = which_of(context, args, &which, err) ? -1 : tell(context, &which);

	free(which.name);
	return result;
}
