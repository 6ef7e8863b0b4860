/*
 * Publishing by command or after an accept: what is told and what becomes of a failure.
 */
#ifndef COMMAND_PUBLISH_H
#define COMMAND_PUBLISH_H

#include <cjson/cJSON.h>
#include <time.h>

#include "command/command.h"
#include "publish/publish.h"

/* A command's sets as they end: told on stdout, or added to an object. */
struct publish_telling {
	cJSON *json;          /* borrowed; gets "export" and "deliveries"; NULL: as lines */
	struct timespec last; /* at which progress was told */
};
void publish_progress(void *arg, int64_t done, int64_t total); /* on a terminal */
void publish_tell(void *arg, const struct delivery *delivery, const struct err *failure);

/* A set as an object. */
cJSON *json_delivery(const struct delivery *delivery);

/*
 * After a run or a decision: what the settings of `app` (NULL: none) name and what has not
 * arrived there yet, by this accept or an earlier one. A failure is told and gives
 * EXIT_PARTIAL, else EXIT_OK. `json` (may be NULL) is what is told elsewhere.
 */
int publish_accepted(
	const struct context *context, const struct app *app, cJSON *json, struct err *err);

#endif
