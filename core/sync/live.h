/*
 * What an import tells of itself while it runs, in STATE/progress, and how others see it: by
 * the lock, which dies with its holder, and the file, which says how far it has come. So an
 * import is seen whoever started it: a timer, a command, another administrator's screen.
 */
#ifndef SYNC_LIVE_H
#define SYNC_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "sync/import.h"

enum { LIVE_TELL_MS = 250 }; /* the file is rewritten no more often than this */

/* The side of the import. */
struct live_writer {
	char *path;      /* owned */
	char *app;       /* owned */
	int64_t started; /* Unix seconds */
	int64_t told;    /* milliseconds of a clock that only goes forward; 0: never */
	enum import_phase phase;
};

void live_open(struct live_writer *writer, const char *state, const char *app);

/*
 * Tells how far it has come; to be called by who holds the lock of imports. `sync` is its
 * number, 0 for a dry run. A new phase is told at once. That it cannot be written is no fault
 * of the import: nobody hears of it.
 */
void live_tell(
	struct live_writer *writer, int64_t sync, const struct import_progress *progress);
void live_close(struct live_writer *writer); /* what was told stays; the lock is the truth */

/* The side of who watches. */
struct live {
	char who[300]; /* who holds the lock, as it says itself; "": nobody */
	long pid;      /* of it; 0: nobody, or not known */
	char app[128]; /* whose import it is; "": it is something else, a decision */
	bool told;     /* what follows is of this run */
	int64_t sync;  /* 0: a dry run */
	int64_t started;
	struct import_progress progress;
};

/* Looks; reads two small files and waits for nobody. */
void live_read(const char *state, struct live *live);

/*
 * Asks the import that `seen` shows to stop (SIGTERM), if it still is the one that runs: what
 * it pulled so far is dropped, the hub stays as it was. ERR_FAILED when it ended meanwhile, or
 * belongs to somebody else.
 */
int live_cancel(const char *state, const struct live *seen, struct err *err);

#endif
