/*
 * A list over any number of records, of which only those around the visible rows are read, by
 * a worker. Bound to a list by pages_source.
 */
#ifndef SCREEN_PAGES_H
#define SCREEN_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "screen/rows.h"
#include "store/browse.h"
#include "widget/list.h"
#include "work.h"

enum { PAGES_WINDOW = 192 };

struct pages_row {
	bool there;                     /* it was read; false: it is gone */
	const char *cell[ROWS_COLUMNS]; /* in the window's arena; NULL is "" */
};

struct pages_window {
	size_t first, count;
	struct pages_row rows[PAGES_WINDOW];
	struct arena arena;
};

/* What is looked at. */
struct pages_view {
	enum entity entity;
	int64_t sync; /* its changes; 0: the hub */
	enum change change;
	char *search; /* owned */
};

/* A school's id and name, ascending by id. */
struct pages_school {
	const char *id, *name; /* in the arena of schools */
};

struct pages {
	int wake;
	const char *state; /* borrowed: the state directory */
	const char *app;   /* borrowed; of the hub: only this app's; NULL: all */
	struct pages_view view;
	struct browse found; /* of what was found last */
	struct pages_window window;
	bool shown;      /* `found` is of this entity type, sync and kind */
	bool known;      /* .. and of this search */
	bool find_again; /* the view changed */
	size_t wanted;   /* a row that was drawn and is not in the window; SIZE_MAX: none */
	struct err err;

	struct work work;
	struct pages_job *job; /* owned; what the worker does */
	struct arena schools_memory;
	struct pages_school *schools; /* owned */
	size_t school_count;
};

void pages_init(struct pages *pages, int wake, const char *state, const char *app);
void pages_clear(struct pages *pages);

/* Another entity type, sync or kind. The search stays. */
void pages_look(struct pages *pages, enum entity entity, int64_t sync, enum change change);
void pages_reload(struct pages *pages); /* the same, read anew */

/* Begins and takes what the worker does. True when the rows are others: pages_refresh. */
bool pages_tick(struct pages *pages);

/* As list_refresh; a cursor whose row was not found goes to the first. */
void pages_refresh(struct pages *pages, struct list *list);

int pages_wait(const struct pages *pages);

bool pages_busy(const struct pages *pages); /* it searches */

/* data of the list is the struct pages. */
extern const struct list_source pages_source;

/* The row's record, once known; false: no such row. */
bool pages_row(const struct pages *pages, size_t row, struct browse_row *out);

#endif
