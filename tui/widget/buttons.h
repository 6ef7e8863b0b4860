/*
 * A row of buttons. When they do not stand side by side, below each other.
 */
#ifndef WIDGET_BUTTONS_H
#define WIDGET_BUTTONS_H

#include <stddef.h>

#include "term/draw.h"
#include "term/keys.h"
#include "widget/widget.h"

enum { BUTTONS_MOST = 6 };

struct buttons {
	const char *labels[BUTTONS_MOST]; /* borrowed */
	int ids[BUTTONS_MOST];            /* what the caller calls them */
	size_t count;
	size_t at;                       /* the one with the focus */
	struct rect spots[BUTTONS_MOST]; /* as last drawn, for the mouse */
};

/* Begins anew; the focus stays on the button of the same id, else on the first. */
void buttons_begin(struct buttons *buttons, int *focused);
void buttons_add(struct buttons *buttons, int id, const char *label);
void buttons_end(struct buttons *buttons, int focused);

int buttons_height(const struct buttons *buttons, int width);
void buttons_draw(struct buttons *buttons, int y, int x, int width, enum widget_focus focus);

/* WIDGET_DONE: *id was pressed. WIDGET_NEXT, WIDGET_PREVIOUS: past the last, before the first.
 */
enum widget_answer buttons_key(struct buttons *buttons, const struct key *key, int *id);

#endif
