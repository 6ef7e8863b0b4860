/*
 * What rules would do: an app's last pull once more through mapping and schools, for the
 * screens that show counts and samples before anything is saved. Reads, and changes nothing.
 */
#ifndef SYNC_TRIAL_H
#define SYNC_TRIAL_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/err.h"
#include "roster/record.h"
#include "rules/ruleset.h"
#include "rules/schools.h"
#include "settings/settings.h"
#include "source/source_record.h"
#include "sync/maker.h"

struct trial {
	const char *state;         /* borrowed, as app */
	const struct app *app;     /* as it would be */
	const atomic_bool *cancel; /* may be NULL */
	struct ruleset *rules;     /* owned, as all that follows */
	struct school_lists schools;
	struct school_plan *plan;
	struct demographics demographics; /* none: users were kept with theirs */
	struct maker maker;
	struct arena arena; /* of one record: for trial_fn, too */
};

/*
 * Makes a trial of `app` (a draft's, say) ready. ERR_SETTINGS when there is no pull yet, or a
 * rule or the school mapping cannot be used. trial_clear in any case.
 */
int trial_init(struct trial *trial, const char *state, const struct app *app, const char *today,
	const atomic_bool *cancel, struct err *err);
void trial_clear(struct trial *trial);

/*
 * Calls `each` for every record of an entity type (ENTITY_NONE: of all, in order of arrival)
 * that the mapped schools of the last pull make under the app's mapping; it is not judged
 * (ruleset_judge). A contact's students are those it names itself. ERR_CANCELLED.
 */
typedef int trial_fn(
	void *arg, const struct source_record *source, struct record *record, struct err *err);
int trial_each(
	struct trial *trial, enum entity entity, trial_fn *each, void *arg, struct err *err);

#endif
