/*
 * Whether a mapping (map_text.h) may feed an attribute of the hub. Pure.
 */
#ifndef SETTINGS_MAP_CHECK_H
#define SETTINGS_MAP_CHECK_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/schema.h"
#include "settings/map_text.h"

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

#endif
