/*
 * What Domains of Uniqueness meet in an app's last pull: how many records share a value with
 * another one of the same app, before anything is saved.
 */
#ifndef SYNC_SHARING_H
#define SYNC_SHARING_H

#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "roster/schema.h"
#include "rules/uniqueness.h"
#include "settings/settings.h"

struct sharing {
	time_t when;                   /* the pull ended */
	int64_t records[ENTITY_COUNT]; /* that come in; not counted where there is no domain */
	struct {
		int64_t filled; /* have all attributes of the domain .. */
		int64_t shared; /* .. and of these so many share them with another one */
	} domain[ENTITY_COUNT][DOMAINS_MOST];
};

/*
 * Counts under the rules of `app` and `of_hub` (a draft's, say). Goes over all of the pull:
 * some tenths of a second for a large district. ERR_SETTINGS when there is no pull yet,
 * ERR_CANCELLED.
 */
int sharing_count(const char *state, const struct app *app, const struct rules *of_hub,
	const char *today, const atomic_bool *cancel, struct sharing *out, struct err *err);

#endif
