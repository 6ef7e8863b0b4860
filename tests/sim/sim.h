/*
 * The simulator as a whole: what was told to it, the state it shows, and what it has seen.
 * Everything here is guarded by one lock; work is done on copies and references outside of it.
 */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include "auth.h"
#include "fault.h"
#include "settings.h"
#include "snapshot.h"
#include "stats.h"

#include <pthread.h>
#include <stdatomic.h>

struct sim {
	pthread_mutex_t lock;
	struct settings settings;
	struct faults faults;
	struct stats stats;
	struct auth auth;
	struct edits edits;
	struct snapshot *shown; /* NULL until asked for after a change */
	atomic_bool stopping;
};

void sim_init(struct sim *sim);
void sim_clear(struct sim *sim);
/* The state to be shown now; the caller gives the reference back. */
struct snapshot *sim_snapshot(struct sim *sim);
/* To be called, with the lock held, after anything that changes what is shown. */
void sim_changed(struct sim *sim);
/* Sleeps, but no longer than the simulator lives. */
void sim_sleep(struct sim *sim, long ms);

#endif
