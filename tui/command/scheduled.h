/*
 * run --scheduled: whether what a timer asks for is to be run now, and the words for it when it
 * is not.
 */
#ifndef COMMAND_SCHEDULED_H
#define COMMAND_SCHEDULED_H

#include "command/command.h"
#include "schedule/next_run.h"

command_fn command_schedule_show, command_schedule_next, command_schedule_install,
	command_schedule_remove;

/* 1: `run` is due; 0: there is nothing to do, and it was said why; -1: the error. */
int scheduled_due(const struct context *context, const struct app *app, struct next_run *run,
	struct err *err);

/* Says that a run makes up for one that was missed, when it does. */
void scheduled_tell_late(
	const struct context *context, const struct app *app, const struct next_run *run);

/*
 * After a run that another import was in the way of (ERR_LOCKED): waits for a moment. False
 * when there is no more to wait for: it was waited long enough, or cancelled.
 */
bool scheduled_wait(const struct context *context, const struct err *err, int *waited);

/* Refuses (ERR_SETTINGS) while imports of the app are suspended, and says how to run one. */
int scheduled_check_suspended(const struct app *app, struct err *err);

#endif
