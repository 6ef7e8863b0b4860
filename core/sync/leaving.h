/*
 * Who and what leaves the hub with a sync, and takes enrollments along.
 */
#ifndef SYNC_LEAVING_H
#define SYNC_LEAVING_H

#include "base/err.h"
#include "sync/intake.h"

/*
 * Stages the end of everything that leaves, after all has come and is settled: with bulk upload
 * what did not come, otherwise what the source marks as deleted; enrollments with their person
 * or class in both cases.
 */
int leaving_delete(struct intake *intake, struct err *err);

#endif
