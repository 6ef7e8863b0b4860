/*
 * What filters and Include linked would do to an app's last pull: counts, and the records that
 * would be left out with the reason, before anything is saved.
 */
#ifndef SYNC_FILTER_TRIAL_H
#define SYNC_FILTER_TRIAL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "settings/settings.h"

/* A record that would be left out. */
struct filter_sample {
	char *id, *name, *reason; /* owned */
};

struct filter_trial {
	time_t when;                    /* the pull ended */
	int64_t records[ENTITY_COUNT];  /* of the mapped schools */
	int64_t filtered[ENTITY_COUNT]; /* left out by the filters of their type .. */
	int64_t along[ENTITY_COUNT];    /* .. and by Include linked */
	int64_t *keeps;                 /* owned: by number of the rule: records it lets in */
	bool unknown[ENTITY_COUNT]; /* a condition asks for values that were not kept, for they
				       are masked or not taken: the counts are not right */
	struct filter_sample *samples; /* owned */
	size_t sample_count;
};

/* Samples are of one entity type (ENTITY_NONE: of none), and at most so many. */
struct filter_trial_samples {
	enum entity entity;
	size_t most;
};

/*
 * Tries the rules of `app` (a draft's, say). Goes over all of the pull. ERR_SETTINGS when there
 * is no pull yet, or a rule cannot be read; ERR_CANCELLED. filter_trial_clear in any case.
 */
int filter_trial(const char *state, const struct app *app, const char *today,
	const struct filter_trial_samples *samples, const atomic_bool *cancel,
	struct filter_trial *out, struct err *err);
void filter_trial_clear(struct filter_trial *trial);

#endif
