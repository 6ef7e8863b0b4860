#include "widget/buttons.h"

#include "term/cells.h"

enum { EXTRA = 4, GAP = 2 };

void buttons_begin(struct buttons *buttons, int *focused)
{
	*focused = buttons->count ? buttons->ids[buttons->at] : -1;
	buttons->count = 0;
}

void buttons_add(struct buttons *buttons, int id, const char *label)
{
	if (buttons->count == BUTTONS_MOST)
		return;
	buttons->ids[buttons->count] = id;
	buttons->labels[buttons->count++] = label;
}

void buttons_end(struct buttons *buttons, int focused)
{
	size_t i;

	buttons->at = 0;
	for (i = 0; i < buttons->count; i++)
		if (buttons->ids[i] == focused)
			buttons->at = i;
}

static int width_of(const struct buttons *buttons)
{
	int width = -GAP;
	size_t i;

	for (i = 0; i < buttons->count; i++)
		width += cells_width(buttons->labels[i]) + EXTRA + GAP;
	return width;
}

int buttons_height(const struct buttons *buttons, int width)
{
	return !buttons->count ? 0 : width_of(buttons) <= width ? 1 : (int)buttons->count;
}

void buttons_draw(struct buttons *buttons, int y, int x, int width, enum widget_focus focus)
{
	int beside = buttons_height(buttons, width) == 1, at = x;
	size_t i;

	for (i = 0; i < buttons->count; i++) {
		bool here = i == buttons->at && focus == WIDGET_FOCUSED;
		int cells = cells_width(buttons->labels[i]) + EXTRA;

		draw_textf(y, at, x + width - at, DRAW_LINK | (here ? DRAW_FOCUS : 0), "[ %s ]",
			buttons->labels[i]);
		buttons->spots[i] = (struct rect){y, at, 1, cells};
		if (here)
			draw_cursor(y, at + 2);
		if (beside)
			at += cells + GAP;
		else
			y++;
	}
}

static enum widget_answer move(struct buttons *buttons, int by)
{
	if (by < 0 && !buttons->at)
		return WIDGET_PREVIOUS;
	if (by > 0 && buttons->at + 1 >= buttons->count)
		return WIDGET_NEXT;
	buttons->at += (size_t)by;
	return WIDGET_TAKEN;
}

static enum widget_answer click(struct buttons *buttons, const struct key *key, int *id)
{
	size_t i;

	for (i = 0; i < buttons->count; i++) {
		const struct rect *spot = &buttons->spots[i];

		if (key->y != spot->y || key->x < spot->x || key->x >= spot->x + spot->width)
			continue;
		buttons->at = i;
		*id = buttons->ids[i];
		return WIDGET_DONE;
	}
	return WIDGET_IGNORED;
}

enum widget_answer buttons_key(struct buttons *buttons, const struct key *key, int *id)
{
	if (!buttons->count)
		return key->code == K_TAB       ? WIDGET_NEXT
		       : key->code == K_BACKTAB ? WIDGET_PREVIOUS
						: WIDGET_IGNORED;
	if (key->code == K_CLICK)
		return click(buttons, key, id);
	if (key->code == K_ENTER || key_typed(key, " ")) {
		*id = buttons->ids[buttons->at];
		return WIDGET_DONE;
	}
	if (key->code == K_TAB || key->code == K_RIGHT)
		return move(buttons, 1);
	if (key->code == K_BACKTAB || key->code == K_LEFT)
		return move(buttons, -1);
	return WIDGET_IGNORED;
}
