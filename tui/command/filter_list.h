/*
 * What the command filter shows: the rules with what they let in, what goes along, the
 * templates, and the records that would be left out.
 */
#ifndef COMMAND_FILTER_LIST_H
#define COMMAND_FILTER_LIST_H

#include "command/command.h"

/* The rules of an app; without a pull they are listed without counts. */
int filter_list(const struct context *context, const struct app *app, struct err *err);

/* Counts of one entity type, and the first records that its rules leave out. */
int filter_try(const struct context *context, const struct app *app, enum entity entity,
	struct err *err);

int filter_list_templates(const struct context *context);

#endif
