/*
 * Decisions on a held sync: accept exactly what was staged, or drop it.
 */
#ifndef SYNC_DECIDE_H
#define SYNC_DECIDE_H

#include "base/err.h"
#include "settings/settings.h"
#include "store/history.h"

enum deletions { DELETIONS_APPLY, DELETIONS_LEAVE_OUT };

/*
 * Accepts held sync `number` in one transaction and fills `sync` (initialised by this). Refused
 * (ERR_FAILED, nothing changed) when it is not held, `fingerprint` is not its own, what is
 * staged no longer has that fingerprint, or the hub or the app's settings changed since: the
 * text says which and tells to run the import again. ERR_LOCKED while an import runs.
 */
int decide_approve(const char *state, const struct settings *settings, int64_t number,
	const char *fingerprint, enum deletions deletions, struct sync *sync, struct err *err);

/* Drops held sync `number`; `reason` must say something. */
int decide_reject(const char *state, int64_t number, const char *reason, struct sync *sync,
	struct err *err);

#endif
