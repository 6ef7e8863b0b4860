/*
 * The shape of a screen: one file, one `const struct screen` with designated initialisers, one
 * state. All of it is called from the one drawing thread. draw is a function of the state: no
 * input, no network, no waiting. What is NULL is not there; only open, close and draw must be.
 */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "term/draw.h"
#include "term/keys.h"
#include "widget/hints.h"

struct shell;

enum screen_answer { SCREEN_IGNORED, SCREEN_TAKEN };

enum screen_leave { LEAVE_ASIDE, LEAVE_FORWARD };

enum { SCREEN_HINTS = 8 };

struct screen {
	const char *name;  /* "gallery" */
	const char *title; /* "Application Gallery" */

	/* Makes the state; `arg` is what shell_push was given. NULL: cannot be shown (say why).
	 */
	void *(*open)(struct shell *shell, void *arg);
	void (*close)(void *state); /* frees it; stops what it started */

	/* In `area`: all between the top line and the message line. */
	void (*draw)(void *state, struct rect area);

	/* Keys come here first, but F1 and quit keys. An ignored Esc goes one screen back, an
	 * ignored "?" helps. */
	enum screen_answer (*key)(void *state, const struct key *key);

	/* Called whenever something woke the loop: a worker, a descriptor, the time of `wait`.
	 */
	void (*tick)(void *state, int64_t now);
	int (*wait)(
		void *state, int64_t now); /* milliseconds until tick is wanted; -1: never */

	void (*shown)(void *state); /* it is on top again: what was above has closed */

	/* The message line: error or help of the focused field; "" for none. */
	const char *(*message)(void *state, enum draw_role *role);

	/* Fills at most SCREEN_HINTS, most useful first; F1 and F10 are added behind. */
	size_t (*hints)(void *state, struct hint *hints);

	void (*help)(void *state, struct buf *text); /* this field, this screen, its keys */

	/* Of a step: stores what is being typed; forwards, checks all. -1: the focus is on the
	 * fault. */
	int (*leave)(void *state, enum screen_leave how, struct err *err);

	/* Keeps what must not be lost, quickly: the line went dead or the system goes down. */
	void (*save)(void *state);

	/* The administrator wants to quit. True: it asks itself, and calls shell_quit. */
	bool (*quit)(void *state);
};

/* Of an app; opened with its name (const char *, copied) or NULL for the first one. */
extern const struct screen dashboard_screen;

#endif
