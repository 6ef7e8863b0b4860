#include "work.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *run(void *arg)
{
	struct work *work = arg;

	work->result = work->run(work, work->arg, &work->err);
	atomic_store(&work->over, true);
	work_changed(work);
	return NULL;
}

void work_begin(struct work *work, int wake, work_fn *fn, void *arg)
{
	sigset_t all, before;

	work_stop(work);
	memset(work, 0, sizeof(*work));
	pthread_mutex_init(&work->lock, NULL);
	work->wake = wake;
	work->run = fn;
	work->arg = arg;
	work->begun = true;
	/* Signals are the drawing thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&work->thread, NULL, run, work))
		abort(); /* as out of memory: the terminal is put right */
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool work_running(const struct work *work)
{
	return work->begun;
}

void work_cancel(struct work *work)
{
	if (work->begun)
		atomic_store(&work->cancel, true);
}

static void join(struct work *work)
{
	pthread_join(work->thread, NULL);
	pthread_mutex_destroy(&work->lock);
	work->begun = false;
}

bool work_take(struct work *work, int *result, struct err *err)
{
	if (!work->begun || !atomic_load(&work->over))
		return false;
	join(work);
	*result = work->result;
	if (work->result)
		*err = work->err;
	return true;
}

void work_stop(struct work *work)
{
	if (!work->begun)
		return;
	work_cancel(work);
	join(work);
}

void work_lock(struct work *work)
{
	if (work->begun)
		pthread_mutex_lock(&work->lock);
}

void work_unlock(struct work *work)
{
	if (work->begun)
		pthread_mutex_unlock(&work->lock);
}

void work_changed(struct work *work)
{
	const uint64_t one = 1;

	if (write(work->wake, &one, sizeof(one)) < 0)
		return; /* its counter is full: the loop will wake anyway */
}
