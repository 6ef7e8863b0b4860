#include "widget/chart.h"

#include <string.h>

#include "widget/words.h"

enum { AXIS = 7, BAR_MOST = 4 };

static uint64_t highest(const struct chart *chart, size_t first)
{
	uint64_t most = 0;
	size_t i;

	for (i = first; i < chart->count; i++)
		most = chart->values[i] > most ? chart->values[i] : most;
	return most;
}

/* One bar of `wide` cells standing on line `bottom`. Anything above nothing is seen. */
static void draw_column(const struct chart *chart, uint64_t value, uint64_t most, int bottom,
	int x, int height, int wide)
{
	int eighths = most ? (int)((double)value / (double)most * height * 8 + 0.5) : 0;
	int line, i;

	if (value && !eighths)
		eighths = 1;
	for (line = 0; line < height && eighths > 0; line++, eighths -= 8) {
		int part = eighths < 8 ? eighths : 8;

		for (i = 0; i < wide; i++)
			draw_cut(bottom - line, x + i, 1, chart->role,
				draw_glyph((enum draw_glyph)(GLYPH_EIGHTH_1 + part - 1)));
	}
}

void chart_draw(const struct chart *chart, struct rect area)
{
	int height = area.height - 2, bottom = area.y + height, wide, x = area.x + AXIS;
	int room = area.width - AXIS, gap, end;
	size_t first = 0, i;
	char top[WORDS_SIZE];
	uint64_t most;

	draw_text(area.y, area.x, area.width, DRAW_TITLE, chart->title);
	if (height < 1 || room < 1 || !chart->count)
		return;
	wide = room / (int)chart->count - 1;
	wide = wide < 1 ? 1 : wide > BAR_MOST ? BAR_MOST : wide;
	gap = (wide + 1) * (int)chart->count - 1 <= room ? 1 : 0;
	if ((wide + gap) * (int)chart->count - gap > room)
		first = chart->count - (size_t)room;
	most = highest(chart, first);
	draw_right(area.y + 1, area.x, AXIS - 1, DRAW_DIM, words_short_number(most, top));
	if (height > 1)
		draw_right(bottom, area.x, AXIS - 1, DRAW_DIM, "0");
	for (i = first; i < chart->count; i++, x += wide + gap)
		draw_column(chart, chart->values[i], most, bottom, x, height, wide);
	end = x - gap - (area.x + AXIS);
	if (chart->first_label)
		draw_text(bottom + 1, area.x + AXIS, room, DRAW_DIM, chart->first_label);
	if (chart->last_label && chart->count - first > 1)
		draw_right(bottom + 1, area.x + AXIS,
			end > 24    ? end
			: room < 24 ? room
				    : 24,
			DRAW_DIM, chart->last_label);
}

int chart_draw_line(const struct chart *chart, int y, int x, int width)
{
	size_t first = chart->count > (size_t)width ? chart->count - (size_t)width : 0, i;
	uint64_t most = highest(chart, first);

	for (i = first; i < chart->count; i++, x++)
		draw_column(chart, chart->values[i], most, y, x, 1, 1);
	return (int)(chart->count - first);
}
