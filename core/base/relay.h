/*
 * From one thread to another: bytes are gathered into batches, batches go through a short
 * bounded queue, and the other thread consumes them in order. Neither waits for the other
 * longer than the queue makes it.
 */
#ifndef BASE_RELAY_H
#define BASE_RELAY_H

#include "base/buf.h"
#include "base/err.h"

struct relay;

/* Consumes one batch, in the relay's thread. After a failure no more batches are consumed. */
typedef int relay_fn(void *arg, const struct buf *batch, struct err *err);

/* Starts the thread. NULL when the system gives none. */
struct relay *relay_start(relay_fn *consume, void *arg, struct err *err);

/*
 * The batch to append to. Call relay_added after each item: it hands the batch over when it is
 * full, and returns the consumer's failure when there was one.
 */
struct buf *relay_batch(struct relay *relay);
int relay_added(struct relay *relay, struct err *err);

/* Hands over what is left, waits until all is consumed, ends the thread and frees the relay. */
int relay_finish(struct relay *relay, struct err *err);

/* Ends the thread as soon as it may and frees the relay; what was not consumed is lost. NULL is
 * fine. */
void relay_abandon(struct relay *relay);

#endif
