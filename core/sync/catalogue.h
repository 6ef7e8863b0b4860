/*
 * The intake's sessions, courses and classes.
 */
#ifndef SYNC_CATALOGUE_H
#define SYNC_CATALOGUE_H

#include "sync/intake.h"

/* Takes one in, unless links make it wait or leave it out. */
int catalogue_take(
	struct intake *intake, enum collection collection, struct made *made, struct err *err);

/* The same for one whose waiting is over. */
int catalogue_keep(struct intake *intake, enum collection collection, struct record *record,
	struct err *err);

#endif
