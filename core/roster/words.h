/*
 * The words by which mappings call what a source gives: those of OneRoster that can feed an
 * entity type, and the forms of names beyond it.
 */
#ifndef ROSTER_WORDS_H
#define ROSTER_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "roster/schema.h"

enum { WORDS_MOST = 64 };

/* The prefixes of names that no standard lists. */
#define WORDS_METADATA "metadata."
#define WORDS_EXTENSION "extension."
#define WORDS_USER_ID "userIds."

/*
 * The source attributes of the standard that a record of this entity type may have, in the
 * order of the schema: "sourcedId", "givenName", "demographics.sex". Returns how many.
 */
size_t words_of(enum entity entity, const char *words[WORDS_MOST]);

/* Whether a mapping of this entity type may name it: one of those, or "metadata.x" and its
 * like. */
bool words_has(enum entity entity, const char *name);

/* The word of the standard that was probably meant; NULL when none is near. */
const char *words_nearest(enum entity entity, const char *name);

#endif
