/*
 * References of calendars, courses and classes that lead to nothing that came: reported, and
 * imported all the same.
 */
#ifndef SYNC_REFERENCES_H
#define SYNC_REFERENCES_H

#include "sync/intake.h"

/* Reports what leads nowhere; a calendar's parent is judged when all calendars have come. */
void references_check(struct intake *intake, const struct record *record);

/* All calendars have come. */
void references_end_sessions(struct intake *intake);

#endif
