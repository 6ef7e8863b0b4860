/*
 * Which rows of something are shown, and in what order: the filter and the sorting behind a
 * list. Search ignores case and accents; every word of it must occur. The folded texts are
 * made once, so that typing a filter over 100,000 rows stays quick.
 */
#ifndef WIDGET_VIEW_H
#define WIDGET_VIEW_H

#include <stdbool.h>
#include <stddef.h>

struct view_source {
	size_t (*count)(void *data);                 /* rows there are */
	const char *(*text)(void *data, size_t row); /* what search looks at; borrowed */
	bool (*keep)(void *data, size_t row);        /* another filter; may be NULL */
	int (*compare)(const void *a, const void *b,
		void *data); /* of two const size_t *; may be NULL */
};

struct view {
	const struct view_source *source;
	void *data;
	size_t *rows;  /* owned; source rows in the order shown */
	size_t count;  /* shown */
	size_t total;  /* in the source */
	char **folded; /* owned, by source row; NULL until asked for */
	char *needle;  /* owned, folded; "" for none */
};

void view_init(struct view *view, const struct view_source *source, void *data);
void view_clear(struct view *view);

/* After the source changed: everything anew, the search kept. */
void view_reload(struct view *view);

/* After `keep` or the order changed, or for another search text. */
void view_update(struct view *view);
void view_search(struct view *view, const char *text);

/* Where a source row is shown; view->count when it is not. */
size_t view_find(const struct view *view, size_t source_row);

#endif
