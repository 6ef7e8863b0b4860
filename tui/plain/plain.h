/*
 * The program without a screen of its own, in numbered lines: set up, run, decide. What has a
 * command is done by that command, so that words and rules are the same.
 */
#ifndef PLAIN_PLAIN_H
#define PLAIN_PLAIN_H

#include "base/lock.h"
#include "command/command.h"
#include "settings/draft.h"

/* Returns the exit code, -1 with the error. `prefill` as in start.h. */
int plain_run(struct context *context, const char *prefill, struct err *err);

/* ---- between the files here ---- */

/* The settings of one app being edited. */
struct setup {
	struct context *context;
	const char *prefill;
	struct draft draft;
	struct lock lock;
};

/*
 * Asks all steps, for a new app or (app) one that there is. 0: finished, or left with a draft;
 * -1: it could not begin.
 */
int setup_run(struct context *context, const char *app, const char *prefill, struct err *err);

void setup_save(struct setup *setup); /* the draft; says when it cannot */

/* Fetches the data on which rules are tried, in a dry run; says how it went. */
void setup_fetch(struct setup *setup);

/* What a step wants next. */
enum setup_go { SETUP_NEXT, SETUP_BACK, SETUP_LEAVE };

enum setup_go setup_delivery(struct setup *setup);
enum setup_go setup_schools(struct setup *setup);
enum setup_go setup_schedule(struct setup *setup);
enum setup_go setup_attributes(struct setup *setup);
enum setup_go setup_requirements(struct setup *setup);
enum setup_go setup_filters(struct setup *setup);
enum setup_go setup_uniqueness(struct setup *setup);
enum setup_go setup_masters(struct setup *setup);
enum setup_go setup_ask_on(void); /* of a step in which there is nothing to set */

#endif
