/*
 * roles.csv of OneRoster 1.2: held in memory, some 24 bytes a role, and given to its users as
 * they come.
 */
#ifndef SOURCE_CSV_ROLES_H
#define SOURCE_CSV_ROLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "source/source_record.h"

struct csv_role;

struct csv_roles {
	struct csv_role *list; /* owned */
	size_t count, room;
	struct map words; /* roles and organisations */
	char **word;      /* owned; the texts lie in the arena */
	struct arena arena;
	bool sorted;
};

void csv_roles_init(struct csv_roles *roles);
void csv_roles_clear(struct csv_roles *roles);

/* A record of roles.csv. One that is marked as deleted is none. */
void csv_roles_add(struct csv_roles *roles, const struct source_record *row);

/* Gives a user all roles that were added for it; the word of 1.1 counts where there is none. */
void csv_roles_give(struct csv_roles *roles, struct source_record *user);

/* How many roles were given to nobody. */
int64_t csv_roles_left(const struct csv_roles *roles);

#endif
