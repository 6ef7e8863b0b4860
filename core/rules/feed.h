/*
 * What feeds one attribute of the hub under a rule of Attributes Mapping (settings/map_text.h),
 * made ready: names looked up once, so that a record costs little. Pure.
 */
#ifndef RULES_FEED_H
#define RULES_FEED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "roster/schema.h"
#include "source/source_record.h"

struct feed;

/* ERR_SETTINGS when the text cannot be read or may not feed `hub`, which is borrowed. */
struct feed *feed_new(const struct attribute *hub, const char *text, struct err *err);
void feed_free(struct feed *feed); /* NULL is fine */

bool feed_is_none(const struct feed *feed);
/* What it draws from in this record, before any step; NULL: nothing. */
const char *feed_source(
	const struct feed *feed, const struct source_record *source, struct arena *arena);

/* The source attributes of the standard that it draws from. Returns how many, FEED_MOST at
 * most. */
enum { FEED_MOST = 16 };
size_t feed_attrs(const struct feed *feed, enum source_attr attrs[FEED_MOST]);

/* Whether it draws from an extra of that name. */
bool feed_uses_extra(const struct feed *feed, const char *name);

/*
 * The userIds `list` with `with` in the place of each id that it draws from by its type; NULL:
 * without them. NULL when nothing is left.
 */
const char *feed_replace_ids(
	const struct feed *feed, const char *list, const char *with, struct arena *arena);

bool feed_is_demographic(const struct feed *feed); /* some of it comes from demographics */

/*
 * The text for the hub, not yet converted to the attribute's type; NULL: there is none, and
 * *unreadable says whether there was one that a transformation could not read. Steps work on
 * every item of a list; where the hub keeps a single value, the first item that is left counts;
 * where it keeps a list, a text is taken apart at its commas. What is hidden in `source` stays
 * so. From `source` and `arena`.
 */
const char *feed_value(const struct feed *feed, const struct source_record *source,
	struct arena *arena, bool *unreadable);

#endif
