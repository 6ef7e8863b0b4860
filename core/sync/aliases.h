/*
 * SIS ids of records that became part of another one, and the id that this has: references to
 * them are led there. Pure memory.
 */
#ifndef SYNC_ALIASES_H
#define SYNC_ALIASES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "roster/record.h"

struct aliases {
	struct map by_id;    /* "3 id": entity type and id; keys lie in the arena */
	const char **target; /* owned; the strings lie in the arena */
	struct arena arena;
	struct buf key;
};

void aliases_init(struct aliases *aliases);
void aliases_clear(struct aliases *aliases);

/* References to `id` lead to `target` from now on. */
void aliases_add(
	struct aliases *aliases, enum entity entity, const char *id, const char *target);

/*
 * Rewrites the references of a record. An enrollment's person is of the type that its role
 * says. Strings come from `arena`, or live as long as the aliases.
 */
void aliases_redirect(struct aliases *aliases, struct record *record, struct arena *arena);

#endif
