/* test: Test Connection. */
#include <stdio.h>

#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "settings/secret.h"
#include "source/source.h"

struct report {
	bool json;
	cJSON *steps; /* borrowed from the object that is printed at the end */
};

static const char *const words[] = {[CHECK_OK] = "ok",
	[CHECK_WARNING] = "warning",
	[CHECK_FAILED] = "failed",
	[CHECK_SKIPPED] = "skipped"};

static void tell_step(void *arg, const struct check_step *step)
{
	struct report *report = arg;
	char took[32] = "";
	cJSON *json;

	if (report->json) {
		json = cJSON_CreateObject();
		json_text(json, "name", step->name);
		json_text(json, "state", words[step->state]);
		json_text(json, "detail", *step->detail ? step->detail : NULL);
		json_text(json, "advice", *step->advice ? step->advice : NULL);
		if (step->milliseconds >= 0)
			json_number(json, "milliseconds", step->milliseconds);
		cJSON_AddItemToArray(report->steps, json);
		return;
	}
	if (step->milliseconds >= 0)
		snprintf(took, sizeof(took), " (%d ms)", step->milliseconds);
	print_line("%-8s %s%s%s%s", words[step->state], step->name, *step->detail ? ": " : "",
		step->detail, took);
	if (*step->advice)
		print_line("         %s", step->advice);
	fflush(stdout); /* a step may take a while: what is known is shown */
}

int command_test(struct context *context, struct args *args, struct err *err)
{
	struct report report = {context->json, NULL};
	struct secret secret = {""};
	struct source *source = NULL;
	const struct app *app;
	const char *name;
	cJSON *json = NULL;
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
	report.steps = cJSON_AddArrayToObject(json, "steps");
	result = source_check(source, tell_step, &report, err);
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
