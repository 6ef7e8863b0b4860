/*
 * Run Import: the whole run, from the source to the verdict.
 */
#ifndef SYNC_IMPORT_H
#define SYNC_IMPORT_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/lock.h"
#include "settings/secret.h"
#include "settings/settings.h"
#include "source/source.h"
#include "store/history.h"

enum import_phase { PHASE_CONNECT, PHASE_PULL, PHASE_COMPARE, PHASE_STORE };

struct import_progress {
	enum import_phase phase;
	struct pull_progress pull; /* during PHASE_PULL and after */
};

enum import_mode {
	IMPORT_REAL,
	IMPORT_DRY_RUN,
	IMPORT_WITHDRAW, /* no source is asked: all records of the app leave the hub */
};

struct import_options {
	enum import_mode mode;
	const char *doing;         /* what others hear that is done; NULL: "import of APP" */
	const atomic_bool *cancel; /* may be NULL */
	void (*progress)(void *arg, const struct import_progress *progress); /* may be NULL */
	void *arg;
};

/*
 * Takes the lock that every import and every decision needs: one at a time may change the hub.
 * Makes the state directory when it is missing.
 */
int import_lock(struct lock *lock, const char *state, const char *doing, struct err *err);

/* Says of imports whose process was killed that they failed, before the history is shown. */
void import_settle(const char *state, struct store *store);

/*
 * Runs an import of `app`, one of `settings`, and fills `sync` (initialised by this; sync_clear
 * it in any case). 0: the sync ended accepted, held or unchanged (sync->state). -1: it failed
 * and nothing was changed, or it could not start (ERR_LOCKED, ERR_SETTINGS: terms not accepted,
 * no schools on). app->learned is brought up to date; the caller saves it.
 */
int import_run(const char *state, const struct settings *settings, struct app *app,
	const struct secret *secret, const struct import_options *options, struct sync *sync,
	struct err *err);

#endif
