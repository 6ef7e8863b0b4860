/*
 * What values become in a source record, in whatever form they came: ids, roles, user ids,
 * metadata, extensions, status. For decode.c and what else reads records. password and
 * credentials are not kept.
 */
#ifndef SOURCE_COMPOSE_H
#define SOURCE_COMPOSE_H

#include <stdbool.h>

#include "source/value.h"

/* Whether what is called so must not be kept: a password, a credential, a PIN. */
bool compose_is_secret(const char *name);

/* Whether an id of that type among the userIds is the state's number. */
bool compose_is_state_id(const char *type);

/*
 * The record's id, first of all, for every later report names it. -1 when there is none or it
 * is too long, which is reported.
 */
int compose_id(struct decoding *d, const char *id);

/* One of the userIds, joined to `list`; the state's number among them is kept apart, too. */
void compose_user_id(struct decoding *d, struct joiner *list, const char *type, const char *id);

void compose_role(struct decoding *d, const char *role, const char *org, bool primary);

/* An extra, "metadata." before its name; NULL is none. False when there is no more room. */
bool compose_metadata(struct decoding *d, const char *name, const char *value);

/*
 * What a record has that no standard names, "extension." before its name: kept for mappings to
 * take it from, but not in the hub. NULL is none. False when there is no more room.
 */
bool compose_extension(struct decoding *d, const char *name, const char *value);

/*
 * Last: the status by its word, and the role of 1.1, which it says in one word, without an
 * organisation, where 1.2's roles are not.
 */
void compose_end(struct decoding *d);

#endif
