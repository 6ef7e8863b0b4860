/*
 * Master Fields: the state of the screen, and what its keys do. For masters.c and
 * masters_act.c.
 */
#ifndef SCREEN_MASTERS_H
#define SCREEN_MASTERS_H

#include "settings/master_rules.h"
#include "shell.h"
#include "sync/conflicts.h"
#include "widget/list.h"
#include "widget/view.h"
#include "wizard.h"
#include "work.h"

enum { MASTERS_ROWS = 64, MASTERS_COLUMNS = MASTER_APPS + 2, MASTERS_TITLE = MASTER_NAME + 3 };

/* The worker's, until its end was taken. */
struct conflict_reading {
	struct work work;
	char *state;              /* owned */
	struct settings settings; /* the apps' names and the draft's rules, copied */
	struct conflicts found;
};

struct masters_screen {
	struct shell *shell;
	struct wizard *wizard;
	char app[MASTER_APPS][MASTER_NAME]; /* all there are, in order of precedence */
	enum app_kind kind[MASTER_APPS];
	size_t app_count;
	size_t tab;                                /* an enum entity */
	const struct attribute *row[MASTERS_ROWS]; /* of the tab; NULL: the SIS id */
	size_t row_count;
	size_t at;        /* app under the cursor */
	struct view view; /* rows that are shown */
	struct list list;
	struct list_column columns[MASTERS_COLUMNS];
	char titles[MASTERS_COLUMNS][MASTERS_TITLE];
	size_t first, shown; /* apps that have a column */
	struct conflict_reading reading;
	struct conflicts found; /* as read last */
	bool known, stale;
	char error[800]; /* why it could not be counted; "" when it could */
};

struct rules *masters_rules(const struct masters_screen *screen);
enum entity masters_entity(const struct masters_screen *screen);
size_t masters_row(const struct masters_screen *screen); /* under the cursor */
const char *masters_row_name(const struct masters_screen *screen, size_t row);
const struct conflict *masters_conflict_of(const struct masters_screen *screen, size_t row);

void masters_list_apps(struct masters_screen *screen);
void masters_turn(struct masters_screen *screen, size_t tab);

/* Counts in a worker when there is something new to count. */
void masters_read_on(struct masters_screen *screen);
void masters_read_tick(struct masters_screen *screen);
void masters_read_clear(struct masters_screen *screen);

/* ---- what keys do; each may be taken back ---- */

void masters_cycle(struct masters_screen *screen);  /* none, Master, Do not override */
void masters_remove(struct masters_screen *screen); /* all of the row */
void masters_generate(struct masters_screen *screen);
void masters_undo(struct masters_screen *screen);

#endif
