/*
 * The hub out of its layers: records that are the same one in several apps become one, by the
 * Master Fields; references to what became part of another record lead to that one. The result
 * depends on what the layers and the rules say, not on which app came first.
 */
#ifndef SYNC_UNITE_H
#define SYNC_UNITE_H

#include <stdatomic.h>

#include "base/err.h"
#include "roster/problem.h"
#include "settings/settings.h"
#include "store/store.h"
#include "sync/compare.h"

struct unite_question {
	struct store *store;
	const struct settings *settings; /* whose apps are in order of precedence */
	const char *app;                 /* importing; its layer counts as of .. */
	int64_t number;                  /* .. this sync */
	const atomic_bool *cancel;       /* may be NULL */
};

/* Whether a resolution of the hub's rules merges records, so that there must be layers. */
bool unite_is_asked(const struct rules *of_hub);

/*
 * Gives every record of the hub as it will be to `hub` (whose fingerprints are those of the
 * hub's own rows), and then what is no longer in it. A record made of several has extras
 * "origin.APP": its SIS id there and, but for the first app, what came from it. What the apps
 * say differently, with no master to decide, is reported.
 */
int unite(const struct unite_question *question, struct compare *hub, struct problems *problems,
	struct err *err);

#endif
