/*
 * One of several: a drop-down (one line, opened by Space or Enter) or a radio group (all
 * lines). Bound to an int that holds the value of an option.
 */
#ifndef WIDGET_CHOICE_H
#define WIDGET_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "term/keys.h"
#include "widget/widget.h"

struct choice_option {
	int value;
	const char *label;
};

struct choice {
	int *value;                          /* borrowed */
	const struct choice_option *options; /* borrowed */
	size_t count;
	bool open;       /* the drop-down has the keys */
	size_t at;       /* option under the cursor while open */
	int y, x, width; /* where it was drawn, for the pop-up */
};

/* Index of the option in force; 0 when the value is none of them. */
size_t choice_index(const struct choice *choice);

/* The drop-down's line; then, after all else, its list when open. */
void choice_draw(struct choice *choice, int y, int x, int width, enum widget_focus focus);
void choice_draw_open(const struct choice *choice);
enum widget_answer choice_key(struct choice *choice, const struct key *key);

/* A radio group takes choice->count lines. Up before the first and Down after the last leave.
 */
void choice_draw_radio(
	const struct choice *choice, int y, int x, int width, enum widget_focus focus);
enum widget_answer choice_key_radio(struct choice *choice, const struct key *key);

#endif
