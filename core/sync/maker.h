/*
 * From a source record to the hub records it makes: roles, mapping, prefix, schools. The same
 * for an import and for a look at what rules would do (trial.h). Knows neither what is in the
 * hub nor what else came.
 */
#ifndef SYNC_MAKER_H
#define SYNC_MAKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "rules/people.h"
#include "rules/ruleset.h"
#include "rules/school_plan.h"
#include "settings/settings.h"
#include "source/source_record.h"
#include "sync/demographics.h"

/* All borrowed. */
struct maker {
	const struct app *app;
	const struct ruleset *rules;
	const struct school_plan *plan; /* NULL until organisations have ended */
	struct demographics *demographics;
};

struct made {
	struct record record; /* not judged yet (ruleset_judge) */
	bool in;              /* its schools are in the sync; an enrollment's class decides */
	bool apart; /* a contact of unmapped schools only: in with a student, or not at all */
};

enum { MADE_MOST = PEOPLE_TYPES };

/*
 * Writes what one record of a collection makes, and returns how many: a user, one for each
 * entity type of its roles; anything else one. `key` is the user's among the demographics,
 * which are put into the source record and stay there. An organisation's school references and
 * an enrollment's are still the source's. Strings come from `source` and `arena`.
 */
size_t maker_make(const struct maker *maker, struct source_record *source, uint64_t key,
	struct arena *arena, struct problems *problems, struct made made[MADE_MOST]);

/* The entity type of a collection that holds one only; ENTITY_NONE: users, demographics. */
enum entity maker_entity(enum collection collection);
enum collection maker_collection(enum entity entity); /* where its records come from */

#endif
