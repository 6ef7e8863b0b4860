/*
 * A list over any number of records, of which only those around the visible rows are read, by
 * a worker. Bound to a list by paged_source.
 */
#ifndef SCREEN_PAGED_H
#define SCREEN_PAGED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "screen/rows.h"
#include "store/browse.h"
#include "widget/list.h"
#include "work.h"

enum { PAGED_WINDOW = 192 };

struct paged_row {
	bool there;                     /* it was read; false: it is gone */
	const char *cell[ROWS_COLUMNS]; /* in the window's arena; NULL is "" */
};

struct paged_window {
	size_t first, count;
	struct paged_row rows[PAGED_WINDOW];
	struct arena arena;
};

/* What is looked at. */
struct paged_view {
	enum entity entity;
	int64_t sync; /* its changes; 0: the hub */
	enum change change;
	char *search; /* owned */
};

/* A school's id and name, ascending by id. */
struct paged_school {
	const char *id, *name; /* in the arena of schools */
};

struct paged {
	int wake;
	const char *state; /* borrowed: the state directory */
	const char *app;   /* borrowed; of the hub: only this app's; NULL: all */
	struct paged_view view;
	struct browse found; /* of what was found last */
	struct paged_window window;
	bool shown;      /* `found` is of this entity type, sync and kind */
	bool known;      /* .. and of this search */
	bool find_again; /* the view changed */
	size_t wanted;   /* a row that was drawn and is not in the window; SIZE_MAX: none */
	struct err err;

	struct work work;
	struct paged_job *job; /* owned; what the worker does */
	struct arena schools_memory;
	struct paged_school *schools; /* owned */
	size_t school_count;
};

void paged_init(struct paged *paged, int wake, const char *state, const char *app);
void paged_clear(struct paged *paged);

/* Another entity type, sync or kind. The search stays. */
void paged_look(struct paged *paged, enum entity entity, int64_t sync, enum change change);
void paged_reload(struct paged *paged); /* the same, read anew */

/* Begins and takes what the worker does. True when the rows are others: paged_refresh. */
bool paged_tick(struct paged *paged);

/* As list_refresh; a cursor whose row was not found goes to the first. */
void paged_refresh(struct paged *paged, struct list *list);

int paged_wait(const struct paged *paged);

bool paged_busy(const struct paged *paged); /* it searches */

/* data of the list is the struct paged. */
extern const struct list_source paged_source;

/* The row's record, once known; false: no such row. */
bool paged_row(const struct paged *paged, size_t row, struct browse_row *out);

#endif
