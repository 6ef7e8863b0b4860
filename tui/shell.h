/*
 * The program with a screen: a stack of screens, dialogs over them, one loop that waits for
 * keys, signals, workers and time, and draws. (core's `struct app` is an activated source;
 * hence this name.)
 */
#ifndef SHELL_H
#define SHELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "screen/screen.h"
#include "term/term.h"
#include "widget/dialog.h"

struct shell_options {
	const char *config; /* path of the settings file */
	const char *state;  /* the state directory */
	bool paths_given;   /* by options: commands that are shown need them, too */
	struct term_options term;
	const char *prefill; /* URL,CLIENT[,FILE OF THE SECRET] for a new app; NULL */
};

/* Opens the terminal, runs from `first` on until the end. -1 when it cannot; else the exit
 * code. */
int shell_run(const struct shell_options *options, const struct screen *first, void *arg,
	struct err *err);

/* ---- for screens ---- */

const struct shell_options *shell_options(const struct shell *shell);

/* These take place after the callback that asked has returned. */
void shell_push(struct shell *shell, const struct screen *screen, void *arg);
void shell_pop(struct shell *shell);
void shell_replace(struct shell *shell, const struct screen *screen, void *arg); /* the top */
void shell_restart(struct shell *shell, const struct screen *screen, void *arg); /* all */
void shell_quit(struct shell *shell);

/* The message line, until the next key. */
void shell_say(struct shell *shell, enum draw_role role, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The top line: what is worked on ("main"), and its state ("draft saved 14:02"). Copied. */
void shell_where(struct shell *shell, const char *where);
void shell_status(struct shell *shell, enum draw_role role, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * A dialog over the screen, made by one of dialog_*; it is moved in here. `done` (may be NULL)
 * gets the answer; it may ask again. When the screen closes first, nobody is told.
 */
typedef void shell_answer_fn(void *arg, struct dialog *dialog, int answer);
void shell_ask(
	struct shell *shell, const struct dialog *dialog, shell_answer_fn *done, void *arg);
void shell_tell(struct shell *shell, const char *title, const char *text); /* just OK */

/* For work_begin: what wakes the loop. */
int shell_wake(const struct shell *shell);

/* Wakes the loop, so tick is called, whenever `fd` is readable. A screen unwatches its own. */
void shell_watch(struct shell *shell, int fd);
void shell_unwatch(struct shell *shell, int fd);

#endif
