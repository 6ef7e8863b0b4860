#include "widget/tabs.h"

#include "term/cells.h"
#include "term/draw.h"

/* " Title " or "[Title]" and a blank. */
enum { EXTRA = 3, ARROW = 2 };

static int cells_from(const char *const *titles, size_t first, size_t last)
{
	int total = 0;

	for (; first <= last; first++)
		total += cells_width(titles[first]) + EXTRA;
	return total;
}

void tabs_draw(int y, int x, int width, const char *const *titles, size_t count, size_t current,
	enum widget_focus focus)
{
	size_t first = 0, i;
	int end = x + width;

	if (cells_from(titles, 0, count - 1) > width) {
		end -= ARROW;
		while (first < current &&
			cells_from(titles, first, current) + (first ? ARROW : 0) >
				width - ARROW)
			first++;
	}
	if (first)
		x += draw_textf(y, x, ARROW, DRAW_LINK, "%s ", draw_glyph(GLYPH_LEFT));
	for (i = first; i < count; i++) {
		int cells = cells_width(titles[i]) + EXTRA - 1;
		enum draw_role role = i == current ? DRAW_TITLE : DRAW_NORMAL;

		if (x + cells > end && i > current)
			break;
		if (i == current && focus == WIDGET_FOCUSED) {
			role |= DRAW_FOCUS;
			draw_cursor(y, x + 1);
		}
		draw_textf(y, x, end - x, role, i == current ? "[%s]" : " %s ", titles[i]);
		x += cells + 1;
	}
	if (i < count)
		draw_cut(y, end, 1, DRAW_LINK, draw_glyph(GLYPH_RIGHT));
}

enum widget_answer tabs_key(size_t *current, size_t count, const struct key *key)
{
	size_t before = *current;

	if (key->code == K_LEFT)
		*current -= before ? 1 : 0;
	else if (key->code == K_RIGHT)
		*current += before + 1 < count ? 1 : 0;
	else if (key->code == K_HOME)
		*current = 0;
	else if (key->code == K_END)
		*current = count - 1;
	else
		return WIDGET_IGNORED;
	return *current != before ? WIDGET_CHANGED : WIDGET_TAKEN;
}
