#include "base/relay.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
	BATCH_BYTES = 512 * 1024,
	BATCHES = 4, /* one being filled, one being consumed, two between */
};

struct relay {
	relay_fn *consume;
	void *arg; /* borrowed */
	pthread_t thread;
	pthread_mutex_t mutex; /* of all below, but for the contents of batches */
	pthread_cond_t changed;
	struct buf batch[BATCHES];
	unsigned filled; /* handed over; batch[filled % BATCHES] is being filled */
	unsigned done;   /* consumed */
	bool closing;
	bool failed;
	struct err error; /* of the consumer */
};

/* Waits for a batch; false: there will be none. With the lock held. */
static bool wait_for_batch(struct relay *relay)
{
	while (relay->done == relay->filled && !relay->closing)
		pthread_cond_wait(&relay->changed, &relay->mutex);
	return relay->done != relay->filled;
}

static void *run(void *arg)
{
	struct relay *relay = arg;

	pthread_mutex_lock(&relay->mutex);
	while (wait_for_batch(relay)) {
		struct buf *batch = &relay->batch[relay->done % BATCHES];
		bool failed = relay->failed;
		struct err err = {0};

		pthread_mutex_unlock(&relay->mutex);
		failed = failed || relay->consume(relay->arg, batch, &err);
		buf_reset(batch);
		pthread_mutex_lock(&relay->mutex);
		if (failed && !relay->failed) {
			relay->failed = true;
			relay->error = err;
		}
		relay->done++;
		pthread_cond_broadcast(&relay->changed);
	}
	pthread_mutex_unlock(&relay->mutex);
	return NULL;
}

struct relay *relay_start(relay_fn *consume, void *arg, struct err *err)
{
	struct relay *relay = mem_zero(1, sizeof(*relay));
	size_t i;

	relay->consume = consume;
	relay->arg = arg;
	for (i = 0; i < BATCHES; i++)
		buf_init(&relay->batch[i]);
	pthread_mutex_init(&relay->mutex, NULL);
	pthread_cond_init(&relay->changed, NULL);
	if (pthread_create(&relay->thread, NULL, run, relay)) {
		err_set(err, ERR_FAILED, "The system gives no thread. Try again later.");
		pthread_mutex_destroy(&relay->mutex);
		pthread_cond_destroy(&relay->changed);
		free(relay);
		return NULL;
	}
	return relay;
}

struct buf *relay_batch(struct relay *relay)
{
	return &relay->batch[relay->filled % BATCHES];
}

static int hand_over(struct relay *relay, struct err *err)
{
	int result = 0;

	pthread_mutex_lock(&relay->mutex);
	relay->filled++;
	pthread_cond_broadcast(&relay->changed);
	while (relay->filled - relay->done >= BATCHES)
		pthread_cond_wait(&relay->changed, &relay->mutex);
	if (relay->failed) {
		*err = relay->error;
		result = -1;
	}
	pthread_mutex_unlock(&relay->mutex);
	return result;
}

int relay_added(struct relay *relay, struct err *err)
{
	return relay_batch(relay)->used < BATCH_BYTES ? 0 : hand_over(relay, err);
}

static void stop(struct relay *relay)
{
	size_t i;

	pthread_mutex_lock(&relay->mutex);
	relay->closing = true;
	pthread_cond_broadcast(&relay->changed);
	pthread_mutex_unlock(&relay->mutex);
	pthread_join(relay->thread, NULL);
	for (i = 0; i < BATCHES; i++)
		buf_clear(&relay->batch[i]);
	pthread_mutex_destroy(&relay->mutex);
	pthread_cond_destroy(&relay->changed);
}

int relay_finish(struct relay *relay, struct err *err)
{
	int result;

	hand_over(relay, err);
	stop(relay);
	result = relay->failed ? -1 : 0;
	if (result)
		*err = relay->error;
	free(relay);
	return result;
}

void relay_abandon(struct relay *relay)
{
	if (!relay)
		return;
	pthread_mutex_lock(&relay->mutex);
	relay->failed = true; /* what is queued is passed over */
	pthread_mutex_unlock(&relay->mutex);
	stop(relay);
	free(relay);
}
