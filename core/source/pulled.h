/*
 * The source records of an app's last pull, as far as they belong to mapped schools, in
 * STATE/pulled/APP (0600), users with their demographics: what the screens of the rules try
 * rules on before anything is saved. Each pull that ended replaces it whole. Of values that the
 * hub must not see only that they were there is kept (SOURCE_HIDDEN): the caller sees to it.
 */
#ifndef SOURCE_PULLED_H
#define SOURCE_PULLED_H

#include <stdbool.h>
#include <time.h>

#include "base/err.h"
#include "source/source_record.h"

struct pulled;

/* Begins a new one beside the one that is there. */
struct pulled *pulled_new(const char *state, const char *app, struct err *err);

/* Adds a record; the collections come one after the other, as a pull gives them. */
int pulled_put(struct pulled *pulled, const struct source_record *record, struct err *err);

/* The same for a record whose bytes of source_pack are at hand. */
int pulled_put_packed(struct pulled *pulled, enum collection collection, const void *packed,
	size_t length, struct err *err);

/* Puts it in place and frees it. */
int pulled_commit(struct pulled *pulled, struct err *err);

/* Removes and frees it; the old one stays. NULL is fine. */
void pulled_abandon(struct pulled *pulled);

/* When the app's last pull ended; false: there is none that this version can read. */
bool pulled_when(const char *state, const char *app, time_t *when);

/*
 * Calls `each` for the records of one collection, in the order in which they came. Strings live
 * until the next one. ERR_SETTINGS when there is no pull yet, saying how to make one.
 */
typedef int pulled_fn(void *arg, struct source_record *record, struct err *err);
int pulled_each(const char *state, const char *app, enum collection collection, pulled_fn *each,
	void *arg, struct err *err);

/* Removes it, with the app. None is fine. */
int pulled_remove(const char *state, const char *app, struct err *err);

#endif
