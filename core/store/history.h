/*
 * Data Sync History: what every sync saw, changed, decided.
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "roster/schema.h"
#include "store/store.h"

enum sync_state {
	SYNC_RUNNING,
	SYNC_ACCEPTED,
	SYNC_HELD,
	SYNC_REJECTED,
	SYNC_FAILED,
	SYNC_UNCHANGED,
};
const char *sync_state_name(enum sync_state state); /* "accepted" */

struct counts {
	int64_t changed[CHANGE_KINDS]; /* created, updated, deleted */
	int64_t unchanged;
};
int64_t counts_total(
	const struct counts *counts); /* records after the sync: all but the deleted */

/* Counts of one school (hub id) and entity type. */
struct school_counts {
	char *school; /* owned: hub SIS id */
	char *name;   /* owned */
	struct counts counts[ENTITY_COUNT];
};

enum hold_kind {
	HOLD_LIMIT,     /* a limit was passed */
	HOLD_EMPTIED,   /* an entity type lost all of its records */
	HOLD_PREVIEW,   /* preview mode holds every sync */
	HOLD_SOURCE,    /* Service URL, version or SIS ID prefix differ from the last accepted
			   sync's */
	HOLD_DELETIONS, /* the deletions of another sync, waiting */
	HOLD_UNREADABLE /* who did not come may be among the records that could not be read */
};

/* One rule that fired. */
struct hold_hit {
	enum hold_kind kind;
	enum entity entity; /* ENTITY_NONE: the sync as a whole */
	enum change change; /* CHANGE_NONE with it */
	char *school;       /* owned; hub id; NULL: the whole district */
	char *school_name;  /* owned; NULL with it */
	int64_t changed;
	int64_t base;   /* records before */
	double percent; /* changed of base */
	char limit[24]; /* as in the settings: "10%", "250" */
};

struct sync {
	int64_t number; /* 0: a dry run has none */
	char *app;
	enum sync_state state;
	bool would_hold;           /* of a dry run: it would have been held */
	int64_t started, finished; /* Unix seconds; 0: not yet */
	double seconds;
	char fingerprint[65]; /* SHA-256 in hex over what was staged; "" when nothing was */
	char settings_hash[65];
	char *source;     /* collection root */
	char *prefix;     /* SIS ID prefix it ran with; NULL */
	int64_t base;     /* accepted sync it was compared with; 0: none */
	int64_t revision; /* of the hub it was compared with */
	struct counts counts[ENTITY_COUNT];
	struct hold_hit *hits;
	size_t hit_count;
	int64_t problems[PROBLEM_KINDS];
	int64_t filtered[ENTITY_COUNT]; /* records that its filters left out */
	char *error;                    /* of a failed one; NULL */
	char *decided_by;               /* NULL: by the rules */
	int64_t decided;
	char *reason; /* of a rejection; NULL */
	bool without_deletions;
	int64_t waiting; /* sync in which this one's deletions wait; 0: none. Not stored */
};
void sync_init(struct sync *sync);
void sync_clear(struct sync *sync);

/* Whether a sync says that it is running. */
bool history_has_running(struct store *store);

/*
 * Marks syncs that still say running as failed: who ran them is gone, for the caller holds the
 * lock of imports.
 */
int history_interrupted(struct store *store, struct err *err);

/* Adds a running sync and gives its number, after history_interrupted. */
int history_begin(struct store *store, const char *app, int64_t started, int64_t *number,
	struct err *err);

/*
 * Writes all of a sync (sync->number names it, or 0 to have one given), the counts of its
 * schools and its problems; inside a transaction with what it staged.
 */
int history_write(struct store *store, const struct sync *sync,
	const struct school_counts *schools, size_t school_count,
	const struct problems *problems, struct err *err);

/* Gives a sync its number; inside a transaction. */
int history_reserve(struct store *store, struct sync *sync, struct err *err);

/*
 * Writes a sync's state, who decided, when, why, and whether without deletions: its counts then
 * say so too (sync->counts stay).
 */
int history_decide(struct store *store, const struct sync *sync, struct err *err);

/* Marks a running sync failed, with the error's text. */
int history_fail(struct store *store, int64_t number, int64_t finished, const char *error,
	struct err *err);

/* Reads one sync; an unknown number is ERR_USAGE naming the last ones there are. */
int history_get(struct store *store, int64_t number, struct sync *sync, struct err *err);

/* Newest first, of one app or (NULL) all, at most `most`. */
typedef int history_fn(void *arg, const struct sync *sync, struct err *err);
int history_each(struct store *store, const char *app, int64_t most, history_fn *each,
	void *arg, struct err *err);

/* The counts per school of a sync that changed something there. Free with school_counts_free.
 */
int history_schools(struct store *store, int64_t number, struct school_counts **schools,
	size_t *count, struct err *err);
void school_counts_free(struct school_counts *schools, size_t count);

#endif
