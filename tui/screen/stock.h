/*
 * The lower half of the Overview: what is in the hub, charts of how it came to that, and the
 * last syncs where there is room.
 */
#ifndef SCREEN_STOCK_H
#define SCREEN_STOCK_H

#include <stddef.h>

#include "roster/schema.h"
#include "screen/dash.h"

enum { STOCK_LINES = ENTITY_COUNT + 1 }; /* below that the counts are one paragraph */

/* Where the next line goes. */
struct pen {
	int y, x, width;
};

/* Wrapped text; nothing for "". */
void pen_write(struct pen *pen, enum draw_role role, const char *text);

/* From the pen on, down to line `end`; a paragraph may go beyond. */
void stock_write(const struct dash *dash, struct pen *pen, int end);

/* "12 created, 30 updated, 4 deleted" */
void stock_describe_changes(const struct sync *sync, char *out, size_t size);

#endif
