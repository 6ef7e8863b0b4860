/*
 * What the filters of a sync left out, in words: for commands and screens.
 */
#ifndef FILTERED_H
#define FILTERED_H

#include "base/buf.h"
#include "roster/schema.h"
#include "store/history.h"

/* "594 students, 1,204 contacts"; nothing when there is none. */
void filtered_words(const int64_t filtered[ENTITY_COUNT], struct buf *out);

/* "Left out by filters: 594 students." with `before` in front of it; nothing when there is
 * none. */
void filtered_add(const struct sync *sync, const char *before, struct buf *out);

#endif
