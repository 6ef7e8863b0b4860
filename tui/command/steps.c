#include "command/steps.h"

#include <stdio.h>

#include "command/json.h"
#include "command/print.h"

static const char *const words[] = {[CHECK_OK] = "ok",
	[CHECK_WARNING] = "warning",
	[CHECK_FAILED] = "failed",
	[CHECK_SKIPPED] = "skipped"};

static void json_step(cJSON *steps, const struct check_step *step)
{
	cJSON *json = cJSON_CreateObject();

	json_text(json, "name", step->name);
	json_text(json, "state", words[step->state]);
	json_text(json, "detail", *step->detail ? step->detail : NULL);
	json_text(json, "advice", *step->advice ? step->advice : NULL);
	if (step->milliseconds >= 0)
		json_number(json, "milliseconds", step->milliseconds);
	cJSON_AddItemToArray(steps, json);
}

void steps_tell(void *arg, const struct check_step *step)
{
	char took[32] = "";

	if (arg) {
		json_step(arg, step);
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
