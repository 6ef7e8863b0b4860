/*
 * Finish: the draft becomes the settings, and the audit says so. The caller holds the lock of
 * the settings.
 */
#ifndef APPLY_H
#define APPLY_H

#include "base/err.h"
#include "settings/draft.h"

/* `phase` (may be NULL) is told what is being done. On an error nothing was applied, or the
 * text says what was. */
int apply_draft(const char *config, const char *state, const struct draft *draft,
	void (*phase)(void *arg, const char *doing), void *arg, struct err *err);

#endif
