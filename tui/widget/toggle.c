#include "widget/toggle.h"

#include "term/draw.h"

const char *toggle_text(enum toggle_kind kind, bool on)
{
	if (kind == TOGGLE_SLIDER)
		return draw_glyph(on ? GLYPH_SLIDER_ON : GLYPH_SLIDER_OFF);
	return draw_glyph(on ? GLYPH_CHECK_ON : GLYPH_CHECK_OFF);
}

int toggle_draw(enum toggle_kind kind, bool on, int y, int x, enum widget_focus focus)
{
	enum draw_role role = on ? DRAW_OK : DRAW_NORMAL;

	if (focus == WIDGET_FOCUSED) {
		role = DRAW_FOCUS;
		draw_cursor(y, x + 1);
	}
	return draw_cut(y, x, 10, role, toggle_text(kind, on));
}

enum widget_answer toggle_key(bool *on, const struct key *key)
{
	bool before = *on;

	if (key_typed(key, " "))
		*on = !*on;
	else if (key->code == K_LEFT || key->code == K_RIGHT)
		*on = key->code == K_RIGHT;
	else
		return WIDGET_IGNORED;
	return *on != before ? WIDGET_CHANGED : WIDGET_TAKEN;
}
