/*
 * The keys that do something here, most useful first; what does not fit is left out.
 */
#ifndef WIDGET_HINTS_H
#define WIDGET_HINTS_H

#include <stddef.h>

#include "term/draw.h"

struct hint {
	const char *key;  /* "F8" */
	const char *does; /* "Next" */
};

/* Fills the lines of `area` from the left; a hint is never broken. */
void hints_draw(struct rect area, const struct hint *hints, size_t count);

#endif
