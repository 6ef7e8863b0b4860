/*
 * The data on which the steps of the wizard try their rules: a dry run of the draft's app, in a
 * worker, whose pull is kept (source/pulled.h). One for the whole wizard: it goes on while the
 * steps are turned, and a step that shows its data looks at fetch_when in its tick.
 */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "term/draw.h"
#include "term/keys.h"

struct fetch;
struct wizard;

struct fetch *fetch_new(struct wizard *wizard);
void fetch_free(struct fetch *fetch); /* cancels, and waits for the end; NULL is fine */

/* ---- for the steps ---- */

/* When the last pull of the draft's app ended; 0: there is none yet. Changes with a new one. */
time_t fetch_when(struct wizard *wizard);

/*
 * r and F5 begin (what is missing for it is said in the message line); Esc cancels while it
 * runs. False: not its key.
 */
bool fetch_key(struct wizard *wizard, const struct key *key);

/*
 * Draws at the bottom of `area` how far it is, why it failed, or how old the data is and which
 * key fetches it; returns the room above. Two lines at most, in a low area one, or none when
 * all is well.
 */
struct rect fetch_draw(struct wizard *wizard, struct rect area);

/* ---- for wizard.c ---- */

void fetch_tick(struct fetch *fetch, int64_t now);

/* The draft is of another app or source now: what runs is cancelled, what is known forgotten.
 */
void fetch_forget(struct fetch *fetch);

#endif
