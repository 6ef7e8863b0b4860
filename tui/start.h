/*
 * `lumenport` without a command: decides between the
 * wizard (nothing is set up, or a draft waits) and the dashboard.
 */
#ifndef START_H
#define START_H

#include <stdbool.h>

#include "base/err.h"
#include "settings/settings.h"
#include "term/term.h"

struct start_options {
	const char *config; /* path of the settings file */
	const char *state;  /* the state directory */
	bool paths_given;   /* by options */
	struct term_options term;
	const char *prefill; /* for a new app: URL,CLIENT[,FILE OF THE SECRET]; NULL */
};

/* Returns the exit code, -1 with the error. */
int start(
	const struct start_options *options, const struct settings *settings, struct err *err);

#endif
