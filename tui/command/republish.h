/*
 * The export after an accept, for who decides on a screen: the same as for commands, without a
 * word. Apart from publish.h, so that a screen need not know the commands.
 */
#ifndef COMMAND_REPUBLISH_H
#define COMMAND_REPUBLISH_H

#include "base/err.h"
#include "settings/settings.h"

/* Exports the hub to where the settings of `app` say (nowhere: 0), and audits it. */
int republish(const char *state, const struct app *app, struct err *err);

#endif
