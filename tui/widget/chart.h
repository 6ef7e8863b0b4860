/*
 * A small picture of numbers over time: a bar for each, the newest at the right, the highest
 * number written at the top. Eighth blocks, or ASCII.
 */
#ifndef WIDGET_CHART_H
#define WIDGET_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "term/draw.h"

struct chart {
	const char *title;      /* borrowed */
	const uint64_t *values; /* borrowed, oldest first */
	size_t count;
	const char *first_label; /* below the oldest and newest bar; may be NULL */
	const char *last_label;
	enum draw_role role;
};

/* Title, bars, labels in `area` (3 lines or more). Older values than fit are left out. */
void chart_draw(const struct chart *chart, struct rect area);

/* One line of bars, for a cell. Returns the cells used. */
int chart_draw_line(const struct chart *chart, int y, int x, int width);

#endif
