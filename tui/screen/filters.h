/*
 * Filter Rules: the state of the screen, its rows (filters_rows.c), and what can be done with a
 * rule (filters_act.c). For these and filters.c.
 */
#ifndef SCREEN_FILTERS_H
#define SCREEN_FILTERS_H

#include <time.h>

#include "base/date.h"
#include "settings/linked.h"
#include "shell.h"
#include "sync/filter_trial.h"
#include "widget/list.h"
#include "wizard.h"
#include "work.h"

enum { FILTERS_COLUMNS = 3, FILTERS_SAMPLES = 500, FILTERS_MENU = 24 };

/* What the thread works on: nothing of it is the draft's. */
struct filters_count {
	struct work work;
	char *state; /* owned */
	char today[DATE_SIZE];
	struct settings settings; /* a copy of the app */
	enum entity entity;       /* whose records are listed */
	struct filter_trial trial;
};

enum filters_kind { ROW_TYPE, ROW_RULE, ROW_LINK };

struct filters_row {
	enum filters_kind kind;
	enum entity entity;
	size_t number; /* of the rule, or enum linked */
};

struct filters_screen {
	struct shell *shell;
	struct wizard *wizard;
	struct filters_count count;
	struct filter_trial trial; /* what was counted last */
	bool known;                /* .. of the rules as they are */
	time_t counted;            /* of which pull */
	bool tell;                 /* who is left out is to be told once it is known */
	char error[800];
	struct filters_row *rows; /* owned */
	size_t row_count;
	char *needle; /* owned, folded: what is searched for; NULL or "": all is shown */
	struct list list;
	enum entity entity;               /* a dialog is about */
	char title[200];                  /* .. of this rule; "" for a new one */
	const char *labels[FILTERS_MENU]; /* of a menu */
	char *owned[FILTERS_MENU];        /* labels that must be freed */
};

struct rules *filters_rules(const struct filters_screen *screen); /* of the draft */

/* ---- rows ---- */

extern const struct list_source filters_source;
extern const struct list_column filters_columns[FILTERS_COLUMNS];
void filters_make_rows(struct filters_screen *screen);
const struct filters_row *filters_current(const struct filters_screen *screen);

/* The rules changed: saved, rows and counts made anew. */
void filters_changed(struct filters_screen *screen);

/* ---- what can be done ---- */

bool filters_may_change(const struct filters_screen *screen);
void filters_new(struct filters_screen *screen, enum entity entity);
void filters_menu(struct filters_screen *screen, const struct filters_row *row);
void filters_delete(struct filters_screen *screen, const struct filters_row *row);
void filters_tell(struct filters_screen *screen); /* who would be left out */
void filters_free_labels(struct filters_screen *screen);

#endif
