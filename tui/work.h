/*
 * Something slow, in a thread of its own, so that the drawing thread never waits. The thread
 * shares what `arg` points to with the screen that began it, under work_lock; it says by
 * work_changed that there is something new, which wakes the loop (screen.h, tick).
 */
#ifndef WORK_H
#define WORK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/err.h"

struct work;

/* In the thread. Ends soon after work->cancel becomes true (give it to core as `cancel`). */
typedef int work_fn(struct work *work, void *arg, struct err *err);

struct work {
	pthread_t thread;
	pthread_mutex_t lock;
	bool begun;         /* .. and not yet taken */
	atomic_bool cancel; /* the administrator wants it to stop */
	atomic_bool over;
	int wake; /* borrowed: an eventfd of the loop */
	work_fn *run;
	void *arg;
	int result;
	struct err err;
};

/* A zeroed struct is one not begun. `wake` is shell_wake(). */
void work_begin(struct work *work, int wake, work_fn *run, void *arg);

bool work_running(const struct work *work); /* begun and its end not yet taken */
void work_cancel(struct work *work);

/* True once, after the end: its result, and the error with -1. */
bool work_take(struct work *work, int *result, struct err *err);

void work_stop(struct work *work); /* cancels and waits for the end; not begun is fine */

/* Around what both sides look at. */
void work_lock(struct work *work);
void work_unlock(struct work *work);
void work_changed(struct work *work); /* from the thread, without the lock */

#endif
