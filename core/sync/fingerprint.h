/*
 * The fingerprint of a sync: what a decision names. It covers exactly what is staged, and what
 * that was compared with.
 */
#ifndef SYNC_FINGERPRINT_H
#define SYNC_FINGERPRINT_H

#include "store/history.h"
#include "store/verdict.h"

/*
 * Sets sync->fingerprint: SHA-256 in hex over app, base, revision, settings and the sum of what
 * is staged; "" when nothing is.
 */
void sync_fingerprint(struct sync *sync, const struct staged_sum *sum);

#endif
