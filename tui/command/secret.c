/* secret set, clear, status. The secret itself is never printed. */
#include "settings/secret.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"

static int app_of(
	struct context *context, struct args *args, const char **name, struct err *err)
{
	const struct app *app;

	if (args_word(args, "NAME", name, err) || args_end(args, err))
		return -1;
	app = settings_need_app(&context->settings, *name, err);
	if (app && !app_kind_has_secret(app->kind))
		return err_set(err, ERR_SETTINGS,
			"%s is of the kind %s, which has no client secret.", *name,
			app_kind_title(app->kind));
	return app ? 0 : -1;
}

/* What systemd gives wins over what is stored: storing one would change nothing. */
static int check_ours(const struct context *context, const char *name, struct err *err)
{
	struct secret_status status;

	secret_status(context->state, name, &status);
	if (!status.from_credentials)
		return 0;
	return err_set(err, ERR_SETTINGS,
		"The client secret of %s is given by systemd ($CREDENTIALS_DIRECTORY). Change "
		"it there.",
		name);
}

static int tell(const struct context *context, const char *name)
{
	struct secret_status status;
	char when[40];
	cJSON *json;

	secret_status(context->state, name, &status);
	if (context->json) {
		json = json_new();
		json_text(json, "app", name);
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
		print_line("%s: no client secret is set.", name);
	else
		print_line("%s: the client secret is set (%s, %s).", name,
			status.from_credentials ? "given by systemd" : "stored", when);
	return EXIT_OK;
}

int command_secret_set(struct context *context, struct args *args, struct err *err)
{
	struct secret secret = {""};
	struct store *store;
	const char *name;
	char *prompt = NULL;
	int result = -1;

	if (app_of(context, args, &name, err) || check_ours(context, name, err))
		return -1;
	prompt = mem_printf("Client secret of %s (not shown): ", name);
	if (secret_read(STDIN_FILENO, prompt, &secret, err))
		goto out;
	store = audit_before(context, "secret.set", name, err);
	if (!store || audit_after(store, secret_store(context->state, name, &secret, err), err))
		goto out;
	result = tell(context, name);
out:
	secret_wipe(&secret);
	free(prompt);
	return result;
}

int command_secret_clear(struct context *context, struct args *args, struct err *err)
{
	struct store *store;
	const char *name;

	if (app_of(context, args, &name, err) || check_ours(context, name, err))
		return -1;
	store = audit_before(context, "secret.clear", name, err);
	if (!store || audit_after(store, secret_forget(context->state, name, err), err))
		return -1;
	return tell(context, name);
}

int command_secret_status(struct context *context, struct args *args, struct err *err)
{
	const char *name;

	return app_of(context, args, &name, err) ? -1 : tell(context, name);
}
