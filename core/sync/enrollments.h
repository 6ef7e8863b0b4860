/*
 * The intake's enrollments: they come in with their class and their person, and leave with
 * them.
 */
#ifndef SYNC_ENROLLMENTS_H
#define SYNC_ENROLLMENTS_H

#include "sync/intake.h"

/* Takes one in, unless links make it wait. made->in: its class and person are of mapped
 * schools. */
int enrollments_take(struct intake *intake, struct made *made, struct err *err);

/* The same for one whose waiting is over. */
int enrollments_keep(struct intake *intake, struct record *record, struct err *err);

/* Whether class or person of an enrollment of the hub will not be in it. */
bool enrollments_lost_an_end(const struct intake *intake, const struct record *enrollment);

#endif
