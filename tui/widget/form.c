#include "widget/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/cells.h"
#include "widget/field.h"

enum { STACKED_BELOW = 60 }; /* screen cells under which labels stand above their fields */

/* The section a field lies in, count when in none. */
static size_t section_of(const struct form *form, size_t i)
{
	if (form->fields[i].kind == FIELD_SECTION)
		return form->count;
	while (i-- > 0) {
		if (form->fields[i].kind == FIELD_SECTION)
			return i;
		if (form->fields[i].kind == FIELD_END)
			break;
	}
	return form->count;
}

static bool unhidden(const struct form *form, size_t i)
{
	const struct field *field = &form->fields[i];

	return !field->shown || field->shown(form->data, field);
}

static bool visible(const struct form *form, size_t i)
{
	size_t section = section_of(form, i);

	return unhidden(form, i) &&
	       (section == form->count ||
		       (!form->states[section].folded && unhidden(form, section)));
}

static bool reachable(const struct form *form, size_t i)
{
	return field_takes_focus(&form->fields[i]) && visible(form, i);
}

/* The next field that can have the focus, from `i` on (inclusive); count when there is none. */
static size_t seek(const struct form *form, size_t i, int by)
{
	while (i < form->count && !reachable(form, i))
		i += (size_t)by; /* below 0 it is over count */
	return i < form->count ? i : form->count;
}

static int label_width(const struct form *form, int width)
{
	int most = 0, cells;
	size_t i;

	if (width < STACKED_BELOW)
		return 0;
	for (i = 0; i < form->count; i++) {
		const struct field *field = &form->fields[i];

		if (!field_has_edit(field) && field->kind != FIELD_CHOICE &&
			field->kind != FIELD_RADIO)
			continue;
		cells = cells_width(field->label);
		most = cells > most ? cells : most;
	}
	return most + 5 < width / 2 ? most + 5 : width / 2;
}

static int indent(const struct form *form, size_t i)
{
	return section_of(form, i) < form->count ? 2 : 0;
}

/* Lines before field `i`. */
static int lines_before(const struct form *form, size_t i, int width, int label)
{
	int lines = 0;
	size_t k;

	for (k = 0; k < i; k++) {
		if (visible(form, k))
			lines += field_height(&form->fields[k], &form->states[k],
				width - indent(form, k), label);
	}
	return lines;
}

/*
 * Shows the focused field, and with it the notes up to the fields before and behind, which
 * nothing else would scroll to.
 */
static void scroll(struct form *form, struct rect area, int label)
{
	size_t before, behind;
	int from, to, field, height, all = lines_before(form, form->count, area.width, label);

	if (form->focus < form->count) {
		before = seek(form, form->focus - 1, -1);
		behind = seek(form, form->focus + 1, 1);
		field = lines_before(form, form->focus, area.width, label);
		from = before < form->count ? lines_before(form, before + 1, area.width, label)
					    : 0;
		to = lines_before(form, behind, area.width, label);
		if (form->top + area.height < to)
			form->top = to - area.height;
		if (form->top > from)
			form->top = from;
		height = field_height(&form->fields[form->focus], &form->states[form->focus],
			area.width - indent(form, form->focus), label);
		if (form->top + area.height < field + height)
			form->top = field + height - area.height;
		if (form->top > field)
			form->top = field;
	}
	if (form->top > all - area.height)
		form->top = all - area.height;
	if (form->top < 0)
		form->top = 0;
	form->lift = form->lift < form->top ? form->lift : form->top;
	form->top -= form->lift;
}

void form_init(struct form *form, const struct field *fields, size_t count, void *data)
{
	size_t i;

	memset(form, 0, sizeof(*form));
	form->fields = fields;
	form->count = count;
	form->data = data;
	form->states = mem_zero(count, sizeof(*form->states));
	for (i = 0; i < count; i++)
		field_init(&fields[i], &form->states[i]);
	form_reload(form);
	form_enter_first(form);
}

void form_clear(struct form *form)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		field_clear(&form->fields[i], &form->states[i]);
	free(form->states);
	memset(form, 0, sizeof(*form));
}

void form_reload(struct form *form)
{
	size_t i;

	for (i = 0; i < form->count; i++)
		field_load(&form->fields[i], &form->states[i], form->data);
}

static void draw_more(const struct form *form, struct rect area, int all)
{
	int x = area.x + area.width - 1;

	if (form->top > 0)
		draw_cut(area.y, x, 1, DRAW_LINK, draw_glyph(GLYPH_MORE_ABOVE));
	if (form->top + area.height < all)
		draw_cut(area.y + area.height - 1, x, 1, DRAW_LINK,
			draw_glyph(GLYPH_MORE_BELOW));
}

void form_draw(struct form *form, struct rect area, enum widget_focus focus)
{
	struct rect before = draw_clip(area), inner = area;
	int label, y;
	size_t i;

	inner.width--; /* for the arrows */
	for (i = 0; i < form->count; i++)
		field_ask(&form->fields[i], &form->states[i], form->data);
	label = label_width(form, inner.width);
	form->page = inner.height > 1 ? inner.height - 1 : 1;
	scroll(form, inner, label);
	y = area.y - form->top;
	for (i = 0; i < form->count; i++) {
		int in = indent(form, i), height;

		form->states[i].spot = (struct rect){0, 0, 0, 0};
		if (!visible(form, i))
			continue;
		height = field_height(
			&form->fields[i], &form->states[i], inner.width - in, label);
		form->states[i].spot = (struct rect){y, area.x + in, height, inner.width - in};
		if (y + height > area.y && y < area.y + area.height)
			field_draw(&form->fields[i], &form->states[i], form->states[i].spot,
				label ? label - in : 0,
				i == form->focus ? focus : WIDGET_BLURRED);
		y += height;
	}
	draw_more(form, area, y - (area.y - form->top));
	draw_unclip(before);
	if (form->focus < form->count)
		choice_draw_open(&form->states[form->focus].choice);
}

static int store(struct form *form, size_t i)
{
	if (form->access == FORM_READ_ONLY)
		return 0;
	return field_store(&form->fields[i], &form->states[i], form->data, &form->changed);
}

static enum widget_answer move(struct form *form, int by)
{
	size_t to;

	if (form->focus >= form->count)
		return by > 0 ? WIDGET_NEXT : WIDGET_PREVIOUS;
	store(form, form->focus);
	form_tick(form, INT64_MAX); /* what was revealed is masked on leaving */
	form->lift = 0;
	to = seek(form, form->focus + (size_t)by, by);
	if (to == form->count)
		return by > 0 ? WIDGET_NEXT : WIDGET_PREVIOUS;
	form->focus = to;
	return WIDGET_TAKEN;
}

static enum widget_answer revert(struct form *form)
{
	struct field_state *state = &form->states[form->focus];

	if (!state->touched && !state->err.code)
		return WIDGET_IGNORED;
	field_load(&form->fields[form->focus], state, form->data);
	return WIDGET_TAKEN;
}

static enum widget_answer click(struct form *form, const struct key *key)
{
	static const struct key space = {.code = K_CHAR, .text = " "};
	size_t i;

	for (i = 0; i < form->count; i++) {
		const struct rect *spot = &form->states[i].spot;

		if (!reachable(form, i) || key->y < spot->y ||
			key->y >= spot->y + spot->height || key->x < spot->x ||
			key->x >= spot->x + spot->width)
			continue;
		form_leave(form);
		form->focus = i;
		return field_has_edit(&form->fields[i]) ? WIDGET_TAKEN
							: form_key(form, &space, 0);
	}
	return WIDGET_IGNORED;
}

static enum widget_answer page(struct form *form, int by)
{
	int steps = 8;

	/* What is above the first field is reached by going on up. */
	if (form->lift && by > 0) {
		form->lift = 0;
		return WIDGET_TAKEN;
	}
	if (by < 0 && seek(form, form->focus - 1, -1) == form->count) {
		form->lift += form->page;
		return WIDGET_TAKEN;
	}
	while (steps-- > 0 && seek(form, form->focus + (size_t)by, by) < form->count)
		move(form, by);
	return WIDGET_TAKEN;
}

static bool may_edit(const struct form *form, enum field_kind kind)
{
	return form->access == FORM_EDIT || kind == FIELD_SECTION || kind == FIELD_BUTTON;
}

enum widget_answer form_key(struct form *form, const struct key *key, int64_t now)
{
	enum widget_answer answer = WIDGET_IGNORED;

	if (form->focus < form->count && may_edit(form, form->fields[form->focus].kind))
		answer = field_key(
			&form->fields[form->focus], &form->states[form->focus], key, now);
	if (answer == WIDGET_CHANGED)
		form->changed = true;
	if (answer != WIDGET_IGNORED)
		return answer;
	switch (key->code) {
	case K_TAB:
	case K_DOWN:
	case K_ENTER: return move(form, 1);
	case K_BACKTAB:
	case K_UP: return move(form, -1);
	case K_PAGE_DOWN: return page(form, 1);
	case K_PAGE_UP: return page(form, -1);
	case K_ESC: return form->focus < form->count ? revert(form) : WIDGET_IGNORED;
	case K_CLICK: return click(form, key);
	default: return WIDGET_IGNORED;
	}
}

void form_enter_first(struct form *form)
{
	form->focus = seek(form, 0, 1);
}

void form_enter_last(struct form *form)
{
	form->focus = seek(form, form->count - 1, -1);
}

int form_leave(struct form *form)
{
	form_tick(form, INT64_MAX);
	return form->focus < form->count ? store(form, form->focus) : 0;
}

int form_check(struct form *form, struct err *err)
{
	size_t i, bad = form->count;

	for (i = 0; i < form->count; i++) {
		if (unhidden(form, i) && store(form, i) && bad == form->count)
			bad = i;
	}
	if (bad == form->count)
		return 0;
	i = section_of(form, bad);
	if (i < form->count)
		form->states[i].folded = false;
	form->focus = bad;
	return err_set(err, form->states[bad].err.code, "%s", form->states[bad].err.text);
}

const char *form_message(const struct form *form, enum draw_role *role)
{
	*role = DRAW_NORMAL;
	if (form->focus >= form->count)
		return "";
	if (form->states[form->focus].err.code) {
		*role = DRAW_ERROR;
		return form->states[form->focus].err.text;
	}
	return form->fields[form->focus].help ? form->fields[form->focus].help : "";
}

const char *form_typed(const struct form *form, size_t field)
{
	return field_has_edit(&form->fields[field]) ? edit_text(&form->states[field].edit) : "";
}

int form_wait(const struct form *form, int64_t now)
{
	if (form->focus >= form->count || !field_has_edit(&form->fields[form->focus]))
		return -1;
	return edit_wait(&form->states[form->focus].edit, now);
}

void form_tick(struct form *form, int64_t now)
{
	size_t i;

	for (i = 0; i < form->count; i++) {
		if (field_has_edit(&form->fields[i]))
			edit_tick(&form->states[i].edit, now);
	}
}
