/*
 * From the text that a source gave to a value as the hub keeps it, by the attribute's type.
 */
#ifndef ROSTER_CONVERT_H
#define ROSTER_CONVERT_H

#include <stdbool.h>

#include "base/arena.h"
#include "roster/schema.h"

/* Whether every text is a value of the attribute as it stands. */
bool convert_is_plain(const struct attribute *hub);

/*
 * Dates as YYYY-MM-DD, booleans as "true" or "false", sets of references in one order, school
 * years as the year in which they end; all else as it is. `text` or a copy in `arena`; NULL
 * when it cannot be read.
 */
const char *convert_value(const struct attribute *hub, const char *text, struct arena *arena);

#endif
