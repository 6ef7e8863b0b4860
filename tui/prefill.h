/*
 * Values that a demonstration fills into a new app, so that a newcomer need not type them.
 */
#ifndef PREFILL_H
#define PREFILL_H

#include "base/err.h"
#include "settings/settings.h"

/*
 * Sets address and client of `app` from URL,CLIENT[,FILE], and stores the secret in FILE. An
 * app whose kind has neither stays as it is.
 */
int prefill(struct app *app, const char *state, const char *values, struct err *err);

#endif
