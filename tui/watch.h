/*
 * A running import, for the screen: started here in a process of its own session, or found
 * running, whoever started it. The screen only watches; closing it, or its terminal, stops
 * nothing.
 */
#ifndef TUI_WATCH_H
#define TUI_WATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "sync/live.h"
#include "widget/progress.h"

enum { WATCH_RUNNING_MS = 250, WATCH_IDLE_MS = 1000 };

struct watch {
	char *config; /* owned: paths as the import is to be told them */
	char *state;
	struct live live;              /* as seen last */
	int64_t looked;                /* term_now; 0: not yet */
	pid_t child;                   /* the one started here; 0: none, or it has ended */
	char *started;                 /* owned: the app it was started for */
	int64_t started_at;            /* .. and when: Unix seconds */
	char *log;                     /* owned: where it writes what it says */
	int64_t log_from;              /* what stood there before */
	char said[800];                /* its last words when it failed; "" when it did not */
	bool cancelling;               /* it was asked to stop */
	struct progress bar;           /* of the phase */
	int64_t rate_records, rate_at; /* the first count seen, and when: for the rate */
};

void watch_init(struct watch *watch, const char *config, const char *state);
void watch_clear(struct watch *watch); /* the import goes on */

/* Runs `lumenport run APP --anyway` in a session of its own. ERR_LOCKED when an import runs
 * already. */
int watch_start(struct watch *watch, const char *app, struct err *err);

/* Asks the import that is shown to stop. */
int watch_cancel(struct watch *watch, struct err *err);

/* What happened since the last look. */
enum watch_news { WATCH_NOTHING, WATCH_MOVED, WATCH_ENDED };

/* Looks when it is time to; WATCH_ENDED once for each import that was seen or started. */
enum watch_news watch_tick(struct watch *watch, int64_t now);
int watch_wait(const struct watch *watch, int64_t now); /* milliseconds until then */

/* Whether an import of `app` runs, or is just being started. */
bool watch_is_running(const struct watch *watch, const char *app);

/* "Reading users", "Storing": the phase in words. */
void watch_phase(const struct watch *watch, char *out, size_t size);

/* The same of an import that runs in this process. */
void watch_phase_of(const struct import_progress *progress, char *out, size_t size);

/* Records so far, rate, bytes, retries, and since when: lines of text, joined by newlines. */
void watch_describe(const struct watch *watch, int64_t wall, int64_t now, struct buf *out);

/* Why nothing arrives just now, and for how long; "" while something does. */
void watch_pause(const struct watch *watch, char *out, size_t size);

#endif
