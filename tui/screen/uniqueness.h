/*
 * Domains of Uniqueness: the state of the screen, and what its keys do. For uniqueness.c and
 * uniqueness_act.c.
 */
#ifndef SCREEN_UNIQUENESS_H
#define SCREEN_UNIQUENESS_H

#include <time.h>

#include "base/date.h"
#include "rules/uniqueness.h"
#include "screen/attribute_picker.h"
#include "shell.h"
#include "sync/sharing.h"
#include "widget/list.h"
#include "wizard.h"
#include "work.h"

/* The worker's, until its end was taken. */
struct sharing_reading {
	struct work work;
	char *state;              /* owned */
	struct settings settings; /* the draft's app and rules, copied */
	char today[DATE_SIZE];
	time_t when; /* of the pull */
	struct sharing found;
};

struct uniqueness {
	struct shell *shell;
	struct wizard *wizard;
	size_t tab;             /* an enum entity */
	struct domains domains; /* of the tab; names lie in the rules */
	struct list list;
	struct attribute_picker picker;
	char *changing;        /* owned: title of the domain that is changed; NULL: a new one */
	struct domain_text by; /* .. and what it will compare */
	struct sharing_reading reading;
	struct sharing found; /* as read last */
	time_t read;          /* the pull that was counted; 0: none */
	bool stale;           /* rules changed since */
	char error[800];      /* why it could not be counted; "" when it could */
};

struct rules *uniqueness_rules(const struct uniqueness *screen);
enum entity uniqueness_entity(const struct uniqueness *screen);
const struct domain *uniqueness_current(const struct uniqueness *screen); /* NULL: none */

/* The rules or the tab are others. */
void uniqueness_refresh(struct uniqueness *screen);

/* Counts in a worker when there is something new to count. */
void uniqueness_read_on(struct uniqueness *screen);
void uniqueness_read_tick(struct uniqueness *screen);
void uniqueness_read_clear(struct uniqueness *screen);

/* ---- what keys do; each may be taken back ---- */

void uniqueness_new(struct uniqueness *screen);
void uniqueness_change(struct uniqueness *screen);
void uniqueness_picked(struct uniqueness *screen); /* on to the title */
void uniqueness_remove(struct uniqueness *screen);
void uniqueness_move(struct uniqueness *screen, enum rule_direction direction);
void uniqueness_restore(struct uniqueness *screen);
void uniqueness_undo(struct uniqueness *screen);
void uniqueness_switch(struct uniqueness *screen); /* of the app: compare or not */

#endif
