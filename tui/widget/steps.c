#include "widget/steps.h"

#include <stdio.h>
#include <string.h>

#include "term/cells.h"

static const struct {
	const char *word;
	enum draw_glyph mark;
	enum draw_role role;
} states[] = {
	[STEP_INCOMPLETE] = {"incomplete", GLYPH_INCOMPLETE, DRAW_DIM},
	[STEP_DONE] = {"done", GLYPH_DONE, DRAW_OK},
	[STEP_ERROR] = {"error", GLYPH_ERROR, DRAW_ERROR},
};

const char *step_word(enum step_state state)
{
	return states[state].word;
}

void steps_draw_bar(
	int y, int x, int width, const struct step *steps, size_t count, size_t current)
{
	int marks = 3 * (int)count - 1, room, used;
	size_t i;
	char text[200];

	snprintf(text, sizeof(text), "Step %zu of %zu: %s (%s)", current + 1, count,
		steps[current].title, states[steps[current].state].word);
	room = width;
	if (cells_width(text) + 2 + marks <= width) {
		used = x + width - marks;
		for (i = 0; i < count; i++, used += 3) {
			enum draw_role role = states[steps[i].state].role;

			if (i == current)
				role = DRAW_FOCUS;
			draw_textf(y, used, 2, role, "%zu%s", i + 1,
				draw_glyph(states[steps[i].state].mark));
		}
		room = width - marks - 2;
	}
	draw_text(y, x, room, DRAW_TITLE, text);
}

void steps_draw_list(struct rect area, const struct step *steps, size_t count, size_t current)
{
	/* A line of its own for the word where there is room, else behind the title. */
	int each = area.height >= 2 * (int)count ? 2 : 1, y = area.y;
	size_t i;

	for (i = 0; i < count && y < area.y + area.height; i++, y += each) {
		enum draw_role role = states[steps[i].state].role;

		if (i == current)
			draw_cut(y, area.x, 1, DRAW_TITLE, draw_glyph(GLYPH_CURRENT));
		draw_cut(y, area.x + 2, 1, role, draw_glyph(states[steps[i].state].mark));
		draw_textf(y, area.x + 4, area.width - 4,
			i == current ? DRAW_TITLE : DRAW_NORMAL,
			each == 2 ? "%zu %s" : "%zu %s: %s", i + 1, steps[i].title,
			states[steps[i].state].word);
		if (each == 2)
			draw_text(y + 1, area.x + 6, area.width - 6, role,
				states[steps[i].state].word);
	}
}
