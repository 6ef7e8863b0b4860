/*
 * The steps as a row: their screens and states, the bar or list that shows them, the list to
 * jump from. For wizard.c.
 */
#ifndef WIZARD_STEPS_H
#define WIZARD_STEPS_H

#include "wizard.h"

const struct screen *wizard_screen_of(enum wizard_step step);

/* Draws where one is; returns the room that is left for the step. */
struct rect wizard_draw_steps(const struct wizard *wizard, struct rect area);

void wizard_show_steps(struct wizard *wizard); /* asks where to go */

/* Of wizard.c: whether the step may be left; says why not. */
bool wizard_may_leave(struct wizard *wizard, enum screen_leave how);

#endif
