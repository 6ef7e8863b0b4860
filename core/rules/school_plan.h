/*
 * Schools Mapping in a sync: which organisations are in, as what, and what that makes of the
 * records that belong to them. Pure.
 */
#ifndef RULES_SCHOOL_PLAN_H
#define RULES_SCHOOL_PLAN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "rules/schools.h"

/* Where an organisation stands in a sync. */
enum school_standing {
	STANDING_UNKNOWN, /* the source does not show it */
	STANDING_OUT,     /* not mapped */
	STANDING_IN,      /* mapped */
	STANDING_ABOVE, /* an office above a mapped school: in, but brings no unmapped school */
};

struct school_plan;

/*
 * The mapping made ready for a sync. `app` and `lists` are borrowed for its life. ERR_SETTINGS
 * when a school is mapped onto a hub school that nobody provides.
 */
struct school_plan *school_plan_new(
	const struct app *app, const struct school_lists *lists, struct err *err);
void school_plan_free(struct school_plan *plan);

/* Standing of a source organisation; `hub_id` (may be NULL) gets its id in the hub when it is
 * in. */
enum school_standing school_plan_find(
	const struct school_plan *plan, const char *source_id, const char **hub_id);

/*
 * Whether this source organisation is the one that provides the record of a hub school of this
 * app; `name` gets the name it has there (NULL: the source's).
 */
bool school_plan_provides(
	const struct school_plan *plan, const char *source_id, const char **name);

/*
 * Rewrites the school references of a record. False: the record stays out, because it belongs
 * to no organisation that is in. Courses of an unknown organisation or none, calendars and
 * contacts without one come in. References that lead nowhere are left out of lists and
 * reported.
 */
bool schools_apply(const struct school_plan *plan, struct record *record, struct arena *arena,
	struct problems *problems);

#endif
