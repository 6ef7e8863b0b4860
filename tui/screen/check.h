/*
 * Test Connection: a pop-up over a screen, in which the steps appear as they end.
 */
#ifndef SCREEN_CHECK_H
#define SCREEN_CHECK_H

#include "settings/secret.h"
#include "settings/settings.h"
#include "shell.h"
#include "work.h"

struct check_line {
	char *text; /* owned */
	enum draw_role role;
};

struct check {
	struct shell *shell; /* borrowed */
	struct work work;
	const struct app *app; /* borrowed while the work runs: the pop-up keeps keys away */
	struct secret secret;
	struct learned learned;   /* what was found */
	struct check_line *lines; /* owned; shared with the thread */
	size_t count;
	bool open;      /* on the screen */
	bool passed;    /* the last one */
	char told[120]; /* "passed at 14:02"; "" before the first one */
	int scroll, scroll_most;
	bool follow; /* the last line stays in sight */
};

void check_init(struct check *check, struct shell *shell);
void check_clear(struct check *check);

/* Opens the pop-up. -1 when there is nothing to test yet. */
int check_begin(struct check *check, const struct app *app, struct err *err);

void check_draw(struct check *check);
void check_key(struct check *check, const struct key *key); /* while it is open */

/* True once, when it ended: check->passed, and what was learned. */
bool check_tick(struct check *check);

#endif
