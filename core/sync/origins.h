/*
 * Which app each attribute of a record made of several came from. It is kept with the record,
 * in extras "origin.APP", so that whoever shows or compares records sees it. Pure.
 */
#ifndef SYNC_ORIGINS_H
#define SYNC_ORIGINS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "roster/record.h"
#include "rules/masters.h"

#define ORIGIN_PREFIX "origin."

/*
 * Adds an extra for each side, whose app `names` tells: its SIS id there, and (of all but the
 * first, from which the rest is) the attributes that came from it: "B-9: email, phone".
 */
void origins_add(const struct masters *masters, const struct side *sides,
	const char *const *names, size_t count, struct arena *arena, struct record *record);

/* One of the apps that a record is made of. */
struct origin {
	const char *app; /* borrowed from the extra, as all that follows */
	const char *id;  /* its SIS id there .. */
	size_t id_length;
	const char *attributes; /* "email, phone"; "" of the one from which the rest is */
};

/* Whether an extra of a record of that entity type tells of an origin. */
bool origin_read(const struct extra *extra, enum entity entity, struct origin *out);

/* The apps that a record is made of, "east, west"; nothing when it is of one. */
void origins_write_apps(const struct record *record, struct buf *out);

/* Writes the attributes in which the sides differ and no master decides; false: none. */
bool origins_differ(
	const struct masters *masters, const struct side *sides, size_t count, struct buf *out);

#endif
