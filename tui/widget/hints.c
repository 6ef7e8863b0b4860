#include "widget/hints.h"

#include "term/cells.h"

enum { GAP = 2 };

void hints_draw(struct rect area, const struct hint *hints, size_t count)
{
	int y = area.y, x = area.x, end = area.x + area.width;
	size_t i;

	for (i = 0; i < count; i++) {
		int cells = cells_width(hints[i].key) + 1 + cells_width(hints[i].does);

		if (x + cells > end && x > area.x) {
			x = area.x;
			y++;
		}
		if (y >= area.y + area.height)
			return;
		x += draw_text(y, x, end - x, DRAW_LINK, hints[i].key) + 1;
		x += draw_text(y, x, end - x, DRAW_NORMAL, hints[i].does) + GAP;
	}
}
