#include "widget/choice.h"

#include "term/cells.h"
#include "term/draw.h"

size_t choice_index(const struct choice *choice)
{
	size_t i;

	for (i = 0; i < choice->count; i++) {
		if (choice->options[i].value == *choice->value)
			return i;
	}
	return 0;
}

static enum widget_answer set(struct choice *choice, size_t i)
{
	if (*choice->value == choice->options[i].value)
		return WIDGET_TAKEN;
	*choice->value = choice->options[i].value;
	return WIDGET_CHANGED;
}

static int widest(const struct choice *choice)
{
	int most = 0, cells;
	size_t i;

	for (i = 0; i < choice->count; i++) {
		cells = cells_width(choice->options[i].label);
		most = cells > most ? cells : most;
	}
	return most;
}

void choice_draw(struct choice *choice, int y, int x, int width, enum widget_focus focus)
{
	enum draw_role role = focus == WIDGET_FOCUSED ? DRAW_FOCUS : DRAW_NORMAL;
	int inner = widest(choice);

	inner = inner < width - 4 ? inner : width - 4;
	choice->y = y;
	choice->x = x;
	choice->width = inner + 4;
	draw_textf(y, x, 2, role, "%s ", draw_glyph(GLYPH_LEFT));
	draw_fill((struct rect){y, x + 2, 1, inner}, role);
	draw_text(y, x + 2, inner, role, choice->options[choice_index(choice)].label);
	draw_textf(y, x + 2 + inner, 2, role, " %s", draw_glyph(GLYPH_RIGHT));
	if (focus == WIDGET_FOCUSED)
		draw_cursor(y, x + 2);
}

void choice_draw_open(const struct choice *choice)
{
	struct rect screen = draw_screen(), box;
	size_t first = 0, i, rows;

	if (!choice->open)
		return;
	box.height = (int)choice->count + 2;
	if (box.height > screen.height)
		box.height = screen.height;
	box.width = choice->width + 2 < screen.width ? choice->width + 2 : screen.width;
	/* Below the field; above it, or wherever there is room, near the end of the screen. */
	box.y = choice->y + 1;
	if (box.y + box.height > screen.height)
		box.y = choice->y - box.height;
	if (box.y < 0)
		box.y = screen.height - box.height;
	box.x = choice->x + box.width > screen.width ? screen.width - box.width : choice->x;
	rows = box.height > 2 ? (size_t)box.height - 2 : 1;
	if (choice->at >= rows)
		first = choice->at - rows + 1;
	draw_box(box, DRAW_NORMAL, NULL);
	for (i = 0; i < rows && first + i < choice->count; i++) {
		bool here = first + i == choice->at;
		int y = box.y + 1 + (int)i;

		if (here)
			draw_cursor(y, box.x + 1);
		draw_fill((struct rect){y, box.x + 1, 1, box.width - 2},
			here ? DRAW_FOCUS : DRAW_NORMAL);
		draw_text(y, box.x + 2, box.width - 4, here ? DRAW_FOCUS : DRAW_NORMAL,
			choice->options[first + i].label);
	}
}

static enum widget_answer open_key(struct choice *choice, const struct key *key)
{
	size_t last = choice->count - 1;

	if (key->code == K_UP && choice->at)
		choice->at--;
	else if (key->code == K_DOWN && choice->at < last)
		choice->at++;
	else if (key->code == K_HOME || key->code == K_PAGE_UP)
		choice->at = 0;
	else if (key->code == K_END || key->code == K_PAGE_DOWN)
		choice->at = last;
	if (key->code == K_ESC || key->code == K_TAB || key->code == K_BACKTAB)
		choice->open = false;
	if (key->code != K_ENTER && !key_typed(key, " "))
		return WIDGET_TAKEN;
	choice->open = false;
	return set(choice, choice->at);
}

enum widget_answer choice_key(struct choice *choice, const struct key *key)
{
	size_t i = choice_index(choice);

	if (choice->open)
		return open_key(choice, key);
	if (key->code == K_LEFT)
		return i ? set(choice, i - 1) : WIDGET_TAKEN;
	if (key->code == K_RIGHT)
		return i + 1 < choice->count ? set(choice, i + 1) : WIDGET_TAKEN;
	if (key->code != K_ENTER && !key_typed(key, " "))
		return WIDGET_IGNORED;
	choice->open = true;
	choice->at = i;
	return WIDGET_TAKEN;
}

void choice_draw_radio(
	const struct choice *choice, int y, int x, int width, enum widget_focus focus)
{
	size_t i, now = choice_index(choice);

	for (i = 0; i < choice->count; i++) {
		bool here = i == now && focus == WIDGET_FOCUSED;

		if (here)
			draw_cursor(y + (int)i, x + 1);
		draw_textf(y + (int)i, x, width, here ? DRAW_FOCUS : DRAW_NORMAL, "%s %s",
			draw_glyph(i == now ? GLYPH_RADIO_ON : GLYPH_RADIO_OFF),
			choice->options[i].label);
	}
}

enum widget_answer choice_key_radio(struct choice *choice, const struct key *key)
{
	size_t i = choice_index(choice);

	if ((key->code == K_UP || key->code == K_LEFT) && i)
		return set(choice, i - 1);
	if ((key->code == K_DOWN || key->code == K_RIGHT) && i + 1 < choice->count)
		return set(choice, i + 1);
	if (key->code == K_LEFT || key->code == K_RIGHT || key_typed(key, " "))
		return set(choice, i);
	return WIDGET_IGNORED;
}
