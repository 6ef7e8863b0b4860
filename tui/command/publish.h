/*
 * Exports, by hand or after an accept: what is done, told and audited is the same.
 */
#ifndef COMMAND_PUBLISH_H
#define COMMAND_PUBLISH_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "command/command.h"

/*
 * Exports the hub into `dir` and `zip` (each may be NULL), says where, and adds "export" to
 * `json` (may be NULL).
 */
int publish_to(const struct context *context, const char *dir, const char *zip, cJSON *json,
	struct err *err);

/*
 * Whether an accept has not reached an export of the app's: what should have brought it there
 * was killed, failed, or is configured since.
 */
bool publish_is_owed(const struct context *context, const struct app *app);

/*
 * The same with what the settings of `app` say, after an accept; nothing when they say nothing.
 * A failure is told and gives EXIT_PARTIAL, else EXIT_OK.
 */
int publish_accepted(
	const struct context *context, const struct app *app, cJSON *json, struct err *err);

#endif
