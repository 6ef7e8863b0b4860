/*
 * Schools Mapping: which source schools come in, and as which school of the hub. Pure: works on
 * the app's choices, the schools that the source shows, and the schools that are in the hub.
 */
#ifndef RULES_SCHOOLS_H
#define RULES_SCHOOLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "settings/settings.h"
#include "source/decode.h"

/* An organisation that the source shows. Strings are owned. */
struct source_school {
	char *id;
	char *name;   /* "" when it has none */
	char *number; /* NULL */
	char *type;   /* "school", "district" ...; "" when it has none */
	char *parent; /* id; NULL */
	char *body;   /* the whole record, packed; NULL where it is not needed */
	size_t body_length;
};

/* The organisation in a source record; its strings are copied. */
struct source_school source_school_of(const struct source_record *source);

/* A school of the hub. Strings are owned. */
struct hub_school {
	char *id; /* SIS id in the hub */
	char *name;
	char *number; /* NULL */
	char *app;    /* whose it is */
};

/* Both lists are ascending by id. */
struct school_lists {
	struct source_school *source;
	size_t source_count;
	struct hub_school *hub;
	size_t hub_count;
};
void school_lists_clear(struct school_lists *lists); /* frees what the lists own */

/* Sorts both lists by id, and leaves one of several source schools with the same id (the last).
 */
void school_lists_sort(struct school_lists *lists);

/* The filters of the Schools Mapping screen. */
enum school_state {
	SCHOOL_MISSING,      /* in the source, not mapped */
	SCHOOL_EXISTING,     /* mapped */
	SCHOOL_MISSING_DATA, /* mapped, but no longer in the source */
	SCHOOL_ALONG, /* no school but an office above one that is mapped: comes along by itself
		       */
	SCHOOL_OFFICE, /* an office (district, department ...) above none that is mapped */
};
const char *school_state_name(enum school_state state); /* "missing" */

/* One line of the screen. Strings are borrowed from the app and the lists. */
struct school_row {
	const char *id;
	const char *name;     /* the source's; "" when it is no longer there */
	const char *number;   /* NULL */
	const char *type;     /* "school" */
	const char *hub_name; /* name it has in the hub, or would have */
	const char *hub_id;   /* hub school it is mapped onto; NULL: one of its own */
	enum school_state state;
};

/*
 * All lines, ascending by id: the source's organisations and what is mapped but gone. The
 * caller frees the array.
 */
struct school_row *schools_rows(
	const struct app *app, const struct school_lists *lists, size_t *count);

/*
 * Auto Mapping: every school of the source that is not mapped is mapped onto the hub school
 * with the same number, else the same name (folded), else switched on to become a school of its
 * own. A hub school that two would take goes to none by itself. Returns how many were mapped.
 */
size_t schools_auto(struct app *app, const struct school_lists *lists);

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
