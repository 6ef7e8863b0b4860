/*
 * Attributes that never leave, named in one text: "student.birthDate, phone, metadata.lunch".
 * An attribute without its entity is meant of every entity that has one. Pure.
 */
#ifndef ROSTER_EXCLUSION_H
#define ROSTER_EXCLUSION_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "roster/record.h"

struct excluded_extra {
	enum entity entity; /* ENTITY_NONE: of any */
	const char *name;   /* "metadata.lunch"; "metadata.*" is all of them */
};

struct exclusion {
	uint64_t attrs[ENTITY_COUNT]; /* bit n: enum attr n */
	struct excluded_extra *extra; /* owned */
	size_t extras;
	struct arena arena; /* their names */
};

void exclusion_init(struct exclusion *exclusion); /* nothing is excluded */
void exclusion_clear(struct exclusion *exclusion);

/*
 * Reads a text (NULL or "": nothing). ERR_SETTINGS, with the word that is meant, for one that
 * is no attribute, or one without which no export works.
 */
int exclusion_parse(struct exclusion *exclusion, const char *text, struct err *err);

/* The record as it may leave: itself, or `copy`, whose lists lie in `arena`. */
const struct record *exclusion_apply(const struct exclusion *exclusion,
	const struct record *record, struct record *copy, struct arena *arena);

#endif
