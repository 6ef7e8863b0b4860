/*
 * Mappings (map_text.h) as rules of an app: whether one may feed an attribute of the hub, which
 * is in force. Pure.
 */
#ifndef SETTINGS_MAP_CHECK_H
#define SETTINGS_MAP_CHECK_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/schema.h"
#include "settings/map_text.h"
#include "settings/rule.h"

/*
 * Whether it may feed `hub`: the source attributes are there, what everything else hangs on is
 * not cut off, a constant can be read. ERR_SETTINGS.
 */
int map_check(const struct map_text *map, const struct attribute *hub, struct err *err);

/* Whether it is what feeds `hub` without any rule. */
bool map_is_default(const struct map_text *map, const struct attribute *hub);

/* What to think of before saving it; NULL: nothing. A constant text. */
const char *map_warning(const struct map_text *map, const struct attribute *hub);

/*
 * Reads and checks a text for `hub`, and puts it into `out` (emptied first) as it is stored:
 * "" when it is the default. ERR_SETTINGS beginning with the attribute's name.
 */
int map_settle(const struct attribute *hub, const char *text, struct buf *out, struct err *err);

/* The text that feeds `hub` under `rules`: its rule's, or the default. Borrowed. */
const char *map_of(const struct rules *rules, const struct attribute *hub);
bool map_is_changed(const struct rules *rules, const struct attribute *hub);

/* Whether a text of a mapping draws from the source attribute of that name. */
bool map_draws_from(const char *text, const char *name);

/* Feeds `hub` by a text that map_settle took; "" and NULL are the default. */
void map_set(struct rules *rules, const struct attribute *hub, const char *settled);

/* Brings all mappings into the form of map_settle; those that are the default are removed. */
int map_settle_all(struct rules *rules, struct err *err);

/* Removes the mappings of an entity type (ENTITY_NONE: of all). Returns how many. */
size_t map_restore(struct rules *rules, enum entity entity);

#endif
