/*
 * OneRoster users become hub people: by role, one for each entity type.
 */
#ifndef RULES_PEOPLE_H
#define RULES_PEOPLE_H

#include <stddef.h>

#include "base/arena.h"
#include "roster/problem.h"
#include "source/decode.h"

/*
 * The entity type of a OneRoster 1.1 or 1.2 role, case and punctuation ignored; ENTITY_NONE
 * when the role is not of the vocabularies.
 */
enum entity people_entity_of_role(const char *role);

/* One side of a person: what they are as a student, as a teacher ... */
struct person {
	enum entity entity;
	const char *role;        /* as the source says it */
	const char *primary_org; /* source id; NULL */
	const char *other_orgs;  /* list of source ids; NULL */
};

enum { PEOPLE_TYPES = 4 }; /* student, teacher, admin, contact */

/*
 * Writes the sides of one user, the primary role's first; returns how many. Unknown roles are
 * reported. A user without any known role has none. Strings come from `user` and `arena`.
 */
size_t people_of_user(const struct source_record *user, struct arena *arena,
	struct problems *problems, struct person people[PEOPLE_TYPES]);

#endif
