/*
 * Approve, Approve without deletions, Reject: the questions, and the decision in a worker. It
 * names the fingerprint that was on the screen, so nothing else can be decided than what was
 * looked at.
 */
#ifndef SCREEN_DECIDE_H
#define SCREEN_DECIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/history.h"
#include "work.h"

struct dash;

enum decision_kind { DECISION_APPROVE, DECISION_NO_DELETIONS, DECISION_REJECT };

struct decision {
	struct dash *dash; /* borrowed */
	enum decision_kind kind;
	int64_t number;
	char fingerprint[65];
	char *reason; /* owned */
	char *export; /* owned: where an accept is exported to; NULL: nowhere */
	struct work work;
	struct buf said; /* what the worker tells at the end */
	bool exported_badly;
};

void decision_init(struct decision *decision, struct dash *dash);
void decision_clear(struct decision *decision); /* waits for one that is being written */

/* Asks, and when the answer is yes decides. `sync` is as shown. */
void decision_ask(struct decision *decision, enum decision_kind kind, const struct sync *sync);

bool decision_running(const struct decision *decision);
bool decision_tick(struct decision *decision); /* true: one has ended, and it was told */

#endif
