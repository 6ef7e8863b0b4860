/*
 * A thread that fetches pages, several at a time, each until it is there or given up: it
 * retries, waits, renews the token. Knows nothing of paging or records; which page is asked
 * for when is up to pull.c.
 */
#ifndef SOURCE_FETCH_H
#define SOURCE_FETCH_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "source/http.h"
#include "source/login.h"
#include "source/source.h"

enum {
	FETCH_TRIES = 5,           /* of one page */
	FETCH_SLOW_TRIES = 2,      /* when the answer itself takes too long */
	FETCH_FIRST_WAIT_MS = 500, /* before the second try; doubled each time */
	FETCH_WAIT_MAX_MS = 30000,
	FETCH_RETRY_AFTER_MAX_S = 120,
	FETCH_PARALLEL_MAX = 16,
	FETCH_AHEAD = 2, /* pages held beside those under way */
};

enum slot_state { SLOT_FREE, SLOT_QUEUED, SLOT_FLYING, SLOT_DONE };

/* One page, asked for or there. Belongs to the fetch thread while queued or flying. */
struct slot {
	struct http_call call;
	enum slot_state state;
	bool dropped; /* no longer wanted */
	bool failed;  /* done, but `err` says that no answer came or none that counts */
	bool slow;    /* failed, as the answer took too long */
	struct err err;
	int tries;
	int logins;            /* 401 answers in a row */
	unsigned token_number; /* token it was sent with */
	int64_t not_before;    /* monotonic ms */

	/* For the one who asks. */
	int64_t number; /* lower ones are sent first */
	size_t step;
	int64_t offset;
	int limit;
};

struct fetch {
	struct http *http;   /* borrowed */
	struct login *login; /* borrowed; the thread's while it runs */
	CURLM *multi;        /* owned */
	pthread_t thread;
	pthread_mutex_t lock;   /* of all below */
	pthread_cond_t changed; /* a slot is done, or a wait began */
	struct slot *slots;     /* owned */
	size_t count;
	int parallel; /* falls when the source asks for it */
	int flying;
	bool stop;
	int64_t hold_until;  /* monotonic ms; nothing is sent before */
	enum pull_wait wait; /* why, and until when, the last delay was */
	int64_t wait_until;
	int requests;
	int retries;
	int64_t bytes;
};

void fetch_start(struct fetch *fetch, struct http *http, struct login *login, int parallel);
void fetch_stop(struct fetch *fetch); /* ends what is under way */

/* A slot to fill (call.url, and what is the asker's), or NULL. */
struct slot *fetch_free_slot(struct fetch *fetch);
void fetch_queue(struct fetch *fetch, struct slot *slot);

/* Asks for the page of a done slot again, after a wait. False: it was tried often enough. */
bool fetch_again(struct fetch *fetch, struct slot *slot);
void fetch_drop(struct fetch *fetch, struct slot *slot);

/* Whether the slot is done; waits at most `ms` for something to change. NULL: only waits. */
bool fetch_is_done(struct fetch *fetch, struct slot *slot, int ms);

/* Fills the counters and the wait of `progress`. */
void fetch_progress(struct fetch *fetch, struct pull_progress *progress);

int64_t fetch_now(void); /* monotonic ms */

#endif
