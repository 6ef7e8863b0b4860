/* The simulator as a whole: see sim.h. */
#include "sim.h"

#include <stdio.h>
#include <time.h>

void sim_init(struct sim *sim)
{
	*sim = (struct sim){.settings = {.students = 200,
				    .seed = 1,
				    .limit_cap = 10000,
				    .token_life = 3600,
				    .client_id = "demo",
				    .secret = "demo-secret"}};
	pthread_mutex_init(&sim->lock, NULL);
}

void sim_clear(struct sim *sim)
{
	snapshot_unref(sim->shown);
	faults_clear(&sim->faults);
	stats_clear(&sim->stats);
	auth_clear(&sim->auth);
	edits_clear(&sim->edits);
}

struct snapshot *sim_snapshot(struct sim *sim)
{
	pthread_mutex_lock(&sim->lock);
	if (!sim->shown) {
		struct fault_hits records = {0};
		faults_strike(&sim->faults, FAULT_RECORD, NULL, &records);
		sim->shown = snapshot_new(&sim->settings, &records, &sim->edits);
	}
	struct snapshot *s = snapshot_ref(sim->shown);
	pthread_mutex_unlock(&sim->lock);
	return s;
}

void sim_changed(struct sim *sim)
{
	snapshot_unref(sim->shown);
	sim->shown = NULL;
}

void sim_sleep(struct sim *sim, long ms)
{
	/* In small steps, so that a stalled reply does not outlive the rest. */
	while (ms > 0 && !sim->stopping) {
		long step = ms < 50 ? ms : 50;
		nanosleep(&(struct timespec){.tv_nsec = step * 1000000}, NULL);
		ms -= step;
	}
}
