/*
 * One holder at a time, across processes: flock() on a file in which the holder writes who
 * it is. The kernel lets go when the holder dies, so a lock is never stale.
 */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include <stddef.h>

#include "base/err.h"

struct lock {
	int fd; /* -1: not held */
};

/*
 * Takes the lock or fails with ERR_LOCKED, naming the holder and what it does.
 * `doing` is what this process will say of itself, as "import of main".
 */
int lock_take(struct lock *lock, const char *path, const char *doing, struct err *err);
void lock_release(struct lock *lock); /* not held is fine */

/*
 * Writes who holds the lock to `who` ("" when nobody does). Takes nothing. The holder's process
 * id, 0 when it is not known.
 */
long lock_holder(const char *path, char *who, size_t size);

#endif
