/*
 * The draft: one app's settings while they are edited, kept in STATE/drafts/NAME (0600, written
 * whole) until they are applied or discarded. The client secret is never in it.
 */
#ifndef SETTINGS_DRAFT_H
#define SETTINGS_DRAFT_H

#include <stdbool.h>
#include <time.h>

#include "base/err.h"
#include "settings/settings.h"

struct draft {
	struct settings settings; /* the one app, and the rules of the hub */
	char base[65]; /* app_settings_hash of the app when editing began; "" for a new one */
	int step;      /* the caller's: where it was, and what it had seen */
	unsigned visited; /* bits */
	time_t saved;     /* 0: never */
	long process;     /* who saved it */
};

void draft_init(struct draft *draft);
void draft_clear(struct draft *draft);

/* Begins a draft of a new app. A malformed name, or one that `settings` has, is an error. */
int draft_new(struct draft *draft, const struct settings *settings, enum app_kind kind,
	const char *name, struct err *err);

/* Begins a draft of an app that there is. */
void draft_edit(struct draft *draft, const struct settings *settings, const struct app *app);

struct app *draft_app(const struct draft *draft); /* borrowed; NULL when none was begun */

/* Whether it differs from the app in `settings`: what applying it would change. */
bool draft_changes(const struct draft *draft, const struct settings *settings);

/* Whether `settings` changed under it since it began. */
bool draft_outdated(const struct draft *draft, const struct settings *settings);

/* Writes it and sets draft->saved. */
int draft_save(const char *state, struct draft *draft, struct err *err);

/* Reads the draft of that app; a damaged one is ERR_SETTINGS saying what to do. */
int draft_load(const char *state, const char *app, struct draft *draft, struct err *err);

/* The app whose draft was saved last; NULL when there is none. The caller frees. */
char *draft_find(const char *state);

int draft_remove(const char *state, const char *app, struct err *err); /* none is fine */

/* Puts the app of the draft into `settings`, in place of the one that is there. */
int draft_apply(const struct draft *draft, struct settings *settings, struct err *err);

#endif
