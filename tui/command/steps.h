/*
 * The steps of a test, told by a command as they end.
 */
#ifndef COMMAND_STEPS_H
#define COMMAND_STEPS_H

#include <cjson/cJSON.h>

#include "base/check.h"

/* For a check_fn: `arg` is a cJSON array that gets an object a step; NULL: lines on stdout. */
void steps_tell(void *arg, const struct check_step *step);

#endif
