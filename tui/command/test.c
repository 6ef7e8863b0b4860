/* test: Test Connection. */
#include "command/command.h"
#include "command/json.h"
#include "command/steps.h"
#include "settings/secret.h"
#include "source/source.h"

int command_test(struct context *context, struct args *args, struct err *err)
{
	struct secret secret = {""};
	struct source *source = NULL;
	const struct app *app;
	const char *name;
	cJSON *json = NULL, *steps;
	int result = -1;

	if (args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	app = settings_need_app(&context->settings, name, err);
	if (!app || secret_need(context->state, app, &secret, err))
		goto out;
	source = source_open(app, &secret, context->cancel, err);
	if (!source)
		goto out;
	json = json_new();
	json_text(json, "app", name);
	steps = cJSON_AddArrayToObject(json, "steps");
	result = source_check(source, steps_tell, context->json ? steps : NULL, err);
	json_bool(json, "ok", result == 0);
	if (result)
		json_error(json, err);
	if (context->json) {
		json_print(json);
		json = NULL;
		context->error_shown = true;
	}
out:
	cJSON_Delete(json);
	source_close(source);
	secret_wipe(&secret);
	return result;
}
