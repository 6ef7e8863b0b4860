/*
 * The end of the waiting: all enrollments have come, so links can judge the records whose fate
 * hung on them. They take the same way as those that did not wait.
 */
#ifndef SYNC_WAITING_H
#define SYNC_WAITING_H

#include "base/err.h"
#include "sync/intake.h"

/* Nothing waits any more. */
int waiting_end(struct intake *intake, struct err *err);

#endif
