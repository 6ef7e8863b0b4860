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

/* For school_plan.c: lookups by id, NULL when there is none or `id` is NULL. */
const struct source_school *schools_find_source(
	const struct school_lists *lists, const char *id);
const struct hub_school *schools_find_hub(const struct school_lists *lists, const char *id);

/* Whether it is a district, department ...: no school that can be switched on by Auto Mapping.
 */
bool schools_is_office(const struct source_school *school);

/* The id in the hub of an organisation that is mapped onto no other: prefix and id. Caller
 * frees. */
char *schools_own_id(const struct app *app, const char *source_id);

enum { SCHOOLS_DEPTH = 16 }; /* of offices above a school; a provider's loop must end */

#endif
