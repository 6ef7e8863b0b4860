/*
 * A table of any length of which only the visible rows are asked for. Rows come from
 * callbacks; the cursor stays on its row's id when the rows are filtered, sorted or refreshed.
 * Header on top, "12-30 of 214 (filtered from 1,031)" below, a filter line on "/".
 */
#ifndef WIDGET_LIST_H
#define WIDGET_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "term/draw.h"
#include "term/keys.h"
#include "widget/edit.h"
#include "widget/widget.h"

enum list_align { LIST_LEFT, LIST_RIGHT };

struct list_column {
	const char *title;
	int width;    /* cells, at least those of the title */
	int priority; /* 0 stays; the highest number goes first when cells are short */
	int grow;     /* share of the cells left over */
	enum list_align align;
};

/* One cell, as the source fills it in. */
struct list_cell {
	char text[512]; /* cut off is fine; cleaned when drawn */
	enum draw_role role;
};

enum list_set { LIST_OFF, LIST_ON, LIST_FLIP };

struct list_source {
	size_t (*count)(void *data); /* rows now */
	size_t (*total)(void *data); /* without the filter; NULL: as count */
	uint64_t (*id)(void *data, size_t row);
	size_t (*find)(void *data,
		uint64_t id); /* row of an id, >= count if none; NULL: id() is tried */
	void (*cell)(void *data, size_t row, size_t column, struct list_cell *cell);
	bool (*set)(void *data, size_t row,
		enum list_set how);                   /* whether it changed; NULL: cannot */
	void (*filter)(void *data, const char *text); /* NULL: no filter */
};

struct list {
	const struct list_source *source;
	void *data;
	const struct list_column *columns;
	size_t column_count;
	const char *empty; /* borrowed; shown when there are no rows at all */
	size_t row, top;   /* cursor and first shown */
	int column;        /* in which the cursor stands; -1, as at first: in the whole row */
	uint64_t id;       /* of the cursor's row */
	size_t changed;    /* rows the last a, x, i or Space changed */
	bool filtering;    /* the filter line has the keys */
	struct edit filter;
	struct rect body; /* of the rows as last drawn, for the mouse and paging */
};

void list_init(struct list *list, const struct list_source *source, void *data,
	const struct list_column *columns, size_t column_count);
void list_clear(struct list *list);

size_t list_count(const struct list *list);
bool list_select(struct list *list, uint64_t id); /* false: no such row, nothing changes */

/* After rows were added, removed, sorted or filtered by somebody else. */
void list_refresh(struct list *list);

void list_draw(struct list *list, struct rect area, enum widget_focus focus);

/*
 * WIDGET_CHANGED: rows were switched, list->changed of them. WIDGET_DONE: Enter on list->row.
 * Up in the first row and Esc without a filter are not its own.
 */
enum widget_answer list_key(struct list *list, const struct key *key, int64_t now);

#endif
