/*
 * All choices of an app in words, for the last step of the wizard, for the draft that waits,
 * and for numbered lines.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stdbool.h>

#include "base/buf.h"
#include "rules/schools.h"
#include "settings/settings.h"

/* Adds the lines to `text`. `lists` may be NULL: then schools are counted from the choices. */
void summary_write(struct buf *text, const struct app *app, const struct settings *base,
	const char *state, const struct school_lists *lists);

/* Adds what the rules of the hub are, in one line; nothing when there are none. */
void summary_write_hub(struct buf *text, const struct rules *of_hub);

/* What is missing before an import may run, in one line; nothing is added when nothing is. */
void summary_missing(struct buf *text, const struct app *app, bool secret_missing);

/* "set, 3 days ago", "not set", "given by systemd". */
void summary_secret(struct buf *text, const char *state, const char *app);

#endif
