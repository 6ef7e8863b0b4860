/*
 * On or off: a slider (Left is off, Right is on) or a checkbox. Bound to a bool.
 */
#ifndef WIDGET_TOGGLE_H
#define WIDGET_TOGGLE_H

#include <stdbool.h>

#include "term/keys.h"
#include "widget/widget.h"

enum toggle_kind { TOGGLE_SLIDER, TOGGLE_CHECK };

/* As text, for a cell of a list: "[ ON]", "[x]". */
const char *toggle_text(enum toggle_kind kind, bool on);

/* Returns the cells used. */
int toggle_draw(enum toggle_kind kind, bool on, int y, int x, enum widget_focus focus);

/* Space, Left, Right. WIDGET_CHANGED when *on did. */
enum widget_answer toggle_key(bool *on, const struct key *key);

#endif
