/*
 * A source of records, of whatever kind: opened, connected, checked, pulled. Which kinds there
 * are is said in source.c. Knows nothing of entities, rules or the store.
 *
 * OneRoster 1.1 and 1.2 (1EdTech), OAuth 2 client credentials (RFC 6749 section 4.4),
 * OAuth 1.0a two-legged (RFC 5849).
 */
#ifndef SOURCE_SOURCE_H
#define SOURCE_SOURCE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"
#include "base/err.h"
#include "settings/secret.h"
#include "settings/settings.h"

struct problems;
struct source_record;

enum collection {
	COLLECTION_ORGS,
	COLLECTION_SESSIONS,
	COLLECTION_DEMOGRAPHICS,
	COLLECTION_USERS,
	COLLECTION_COURSES,
	COLLECTION_CLASSES,
	COLLECTION_ENROLLMENTS,
	COLLECTION_COUNT,
};

const char *collection_name(enum collection collection); /* "orgs", "academicSessions" ... */
bool collection_is_optional(enum collection collection); /* courses, demographics */

struct source;

/*
 * A source for `app`; nothing is sent yet. `app` and `secret` are borrowed for its life.
 * `cancel` (may be NULL) is looked at at least every 200 ms; once true, calls end with
 * ERR_CANCELLED. A malformed or refused Service URL is ERR_SETTINGS.
 */
struct source *source_open(const struct app *app, const struct secret *secret,
	const atomic_bool *cancel, struct err *err);
void source_close(struct source *source); /* NULL is fine */

/*
 * Finds the collection root and a way to authorise: first what app->learned says, then the
 * candidates. ERR_AUTH when the source refuses the credentials, ERR_NETWORK when it cannot be
 * reached, ERR_SOURCE when what answers is no OneRoster service, ERR_SETTINGS when the address
 * must be corrected (a redirect to another host: the text names it).
 */
int source_connect(struct source *source, struct err *err);

/* What is known to work now, to be remembered in the settings. Borrowed. */
const struct learned *source_learned(const struct source *source);

/* Whether a record's id came before in this pull of its collection. */
enum seen {
	SEEN_FIRST,
	SEEN_AGAIN,  /* a duplicate: the last one counts */
	SEEN_REPEAT, /* the page or collection is read once more: the last one counts, too */
};

enum pull_wait { WAIT_NONE, WAIT_RETRY, WAIT_RATE_LIMIT, WAIT_RESTART };

struct pull_progress {
	enum collection collection;
	int64_t received;        /* records of this collection */
	int64_t total;           /* as the source says; -1: it does not */
	int64_t received_in_all; /* over all collections */
	int64_t bytes;           /* of bodies, inflated */
	int requests;
	int retries;
	enum pull_wait wait; /* why nothing arrives just now */
	int wait_seconds;    /* left */
};

/* What was odd but not fatal; counted by class, with a text for the administrator. */
enum pull_note {
	NOTE_MISSING,     /* an optional collection is not there or not permitted */
	NOTE_TOTAL_WRONG, /* the totals named by the source do not agree with what came */
	NOTE_REPAIRED,    /* malformed UTF-8 was replaced */
	NOTE_UNREADABLE,  /* one record is not JSON by itself, its page is */
	NOTE_PARTIAL,  /* not all of a collection could be read: what is missing is not gone */
	NOTE_DELTA,    /* before its first record: only what changed is given .. */
	NOTE_ABSENT,   /* .. or nothing at all, and all of it is as it was */
	NOTE_UNUSABLE, /* one record has no usable id: told in `problems`, the text is "" */
	NOTE_KINDS,
};

/* Who takes the records. All are called in the thread that called source_pull, in order. */
struct taker {
	void *arg;
	struct problems *problems; /* where records that could not be decoded are reported */

	/* One record, valid during the call only. -1 ends the pull; *err is set. */
	int (*record)(
		void *arg, const struct source_record *record, enum seen seen, struct err *err);
	void (*note)(
		void *arg, enum pull_note note, enum collection collection, const char *text);
	void (*progress)(void *arg, const struct pull_progress *progress); /* may be NULL */
};

/*
 * Pulls whole collections in the given order, pages in parallel (app->parallel), records to the
 * taker in the order of pages. 0 only when every collection is proven complete. ERR_AGAIN: the
 * source moved to another snapshot under the pull; the taker forgets all and pulls anew.
 * ERR_NETWORK, ERR_AUTH, ERR_SOURCE, ERR_CANCELLED: the pull failed.
 */
int source_pull(struct source *source, const enum collection *order, size_t count,
	const struct taker *taker, struct err *err);

/*
 * Runs every step, telling each as it ends: name lookup, TCP, TLS, service (collection root and
 * version), authorisation, schools visible, each collection readable with its count where the
 * source tells, clock skew, proxy where one is used. Writes nothing. 0 when no step failed;
 * else -1 with the first failure in `err`.
 */
int source_check(struct source *source, check_fn *step, void *arg, struct err *err);

#endif
