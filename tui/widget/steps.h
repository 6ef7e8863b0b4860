/*
 * Where one is in a row of steps: one line on narrow screens, a list at the left on wide ones.
 * Each step's state by a mark and a word.
 */
#ifndef WIDGET_STEPS_H
#define WIDGET_STEPS_H

#include <stddef.h>

#include "term/draw.h"

enum step_state { STEP_INCOMPLETE, STEP_DONE, STEP_ERROR };

enum { STEPS_LIST_WIDTH = 28, STEPS_LIST_FROM = 100 }; /* cells; screen width with a list */

struct step {
	const char *title;
	enum step_state state;
};

const char *step_word(enum step_state state); /* "done", "incomplete", "error" */

/* "Step 3 of 9: Title (incomplete)" and a mark for each step. `current` counts from 0. */
void steps_draw_bar(
	int y, int x, int width, const struct step *steps, size_t count, size_t current);

void steps_draw_list(struct rect area, const struct step *steps, size_t count, size_t current);

#endif
