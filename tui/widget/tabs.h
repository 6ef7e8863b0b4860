/*
 * A line of tabs; the one in force is marked in brackets, not by colour alone. When they do
 * not fit, those around it are shown.
 */
#ifndef WIDGET_TABS_H
#define WIDGET_TABS_H

#include <stddef.h>

#include "term/keys.h"
#include "widget/widget.h"

void tabs_draw(int y, int x, int width, const char *const *titles, size_t count, size_t current,
	enum widget_focus focus);

/* Left, Right, Home, End. WIDGET_CHANGED when *current did. */
enum widget_answer tabs_key(size_t *current, size_t count, const struct key *key);

#endif
