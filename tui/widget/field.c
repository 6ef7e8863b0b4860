#include "widget/field.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "term/cells.h"
#include "widget/toggle.h"

enum { EDIT_WIDEST = 60, NUMBER_LIMIT = 11 };

bool field_has_edit(const struct field *field)
{
	return field->kind == FIELD_TEXT || field->kind == FIELD_SECRET ||
	       field->kind == FIELD_NUMBER;
}

bool field_takes_focus(const struct field *field)
{
	return field->kind != FIELD_NOTE && field->kind != FIELD_END;
}

void field_init(const struct field *field, struct field_state *state)
{
	memset(state, 0, sizeof(*state));
	buf_init(&state->note);
	state->folded = field->fold == FIELD_FOLDED;
	if (field_has_edit(field)) {
		edit_init(&state->edit, field->kind == FIELD_SECRET ? EDIT_SECRET : EDIT_TEXT,
			field->kind == FIELD_NUMBER && !field->limit ? NUMBER_LIMIT
								     : field->limit);
		state->edit.placeholder = field->placeholder;
	}
	state->choice.value = field->choice;
	state->choice.options = field->options;
	state->choice.count = field->option_count;
}

void field_clear(const struct field *field, struct field_state *state)
{
	if (field_has_edit(field))
		edit_clear(&state->edit);
	buf_clear(&state->note);
}

void field_load(const struct field *field, struct field_state *state, void *data)
{
	struct buf text;

	state->err.code = ERR_NONE;
	state->touched = false;
	if (!field_has_edit(field))
		return;
	buf_init(&text);
	if (field->text && *field->text)
		buf_adds(&text, *field->text);
	else if (field->number)
		buf_addf(&text, "%d", *field->number);
	else if (!field->text && field->get)
		field->get(data, field, &text);
	edit_set(&state->edit, text.data);
	if (field->kind == FIELD_SECRET && text.room)
		explicit_bzero(text.data, text.room);
	buf_clear(&text);
}

static int store_number(const struct field *field, const char *text, struct err *err)
{
	char range[64];
	long n;
	char *end;

	snprintf(range, sizeof(range), "%d-%d", field->least, field->most);
	errno = 0;
	n = strtol(text, &end, 10);
	if (!*text || *end)
		return err_set(err, ERR_SETTINGS, "%s: \"%s\" is not a number. Enter %s.",
			field->label, text, field->example ? field->example : range);
	if (errno || n > field->most || n < field->least)
		return err_set(err, ERR_SETTINGS, "%s: %s is %s %d. Enter %s.", field->label,
			text, n < field->least ? "below" : "above",
			n < field->least ? field->least : field->most,
			field->example ? field->example : range);
	*field->number = (int)n;
	return 0;
}

int field_store(const struct field *field, struct field_state *state, void *data, bool *stored)
{
	const char *text;
	char *trimmed;
	int failed = 0;

	if (!field_has_edit(field))
		return 0;
	text = edit_text(&state->edit);
	/* An empty secret keeps the one there is. */
	if (field->kind == FIELD_SECRET && !*text)
		state->touched = false;
	trimmed = mem_strdup(text);
	text = field->kind == FIELD_SECRET ? trimmed : text_trim(trimmed);
	state->err.code = ERR_NONE;
	if (field->put && (state->touched || field->kind != FIELD_SECRET))
		failed = field->put(data, field, text, &state->err);
	if (!failed && field->number)
		failed = store_number(field, text, &state->err);
	if (failed) {
		state->touched = true;
	} else if (state->touched) {
		if (field->text)
			mem_replace(field->text, *text ? text : NULL);
		state->touched = false;
		*stored = true;
	}
	explicit_bzero(trimmed, strlen(trimmed));
	free(trimmed);
	return failed;
}

static enum widget_answer press_key(const struct key *key)
{
	return key->code == K_ENTER || key_typed(key, " ") ? WIDGET_DONE : WIDGET_IGNORED;
}

static enum widget_answer fold_key(struct field_state *state, const struct key *key)
{
	if (key->code == K_ENTER || key_typed(key, " "))
		state->folded = !state->folded;
	else if (key->code == K_LEFT || key->code == K_RIGHT)
		state->folded = key->code == K_LEFT;
	else
		return WIDGET_IGNORED;
	return WIDGET_TAKEN;
}

enum widget_answer field_key(const struct field *field, struct field_state *state,
	const struct key *key, int64_t now)
{
	enum widget_answer answer;

	switch (field->kind) {
	case FIELD_TEXT:
	case FIELD_SECRET:
	case FIELD_NUMBER:
		answer = edit_key(&state->edit, key, now);
		if (answer == WIDGET_CHANGED) {
			state->touched = true;
			state->err.code = ERR_NONE; /* judged again when it is left */
		}
		if (state->edit.full)
			err_set(&state->err, ERR_SETTINGS,
				"%s: at most %zu bytes (letters beyond A-Z take 2 to 4).",
				field->label, state->edit.limit);
		return answer == WIDGET_CHANGED ? WIDGET_TAKEN : answer;
	case FIELD_SLIDER:
	case FIELD_CHECK: return toggle_key(field->on, key);
	case FIELD_CHOICE: return choice_key(&state->choice, key);
	case FIELD_RADIO: return choice_key_radio(&state->choice, key);
	case FIELD_BUTTON: return press_key(key);
	case FIELD_SECTION: return fold_key(state, key);
	default: return WIDGET_IGNORED;
	}
}

static const char *note(const struct field *field, const struct field_state *state)
{
	return field->get ? state->note.data : field->label;
}

void field_ask(const struct field *field, struct field_state *state, void *data)
{
	if (field->kind != FIELD_NOTE || !field->get)
		return;
	buf_reset(&state->note);
	field->get(data, field, &state->note);
}

int field_height(
	const struct field *field, const struct field_state *state, int width, int label)
{
	int rows = field->kind == FIELD_RADIO ? (int)field->option_count : 1;

	switch (field->kind) {
	case FIELD_NOTE: return cells_lines(note(field, state), width);
	case FIELD_END: return 0;
	case FIELD_SLIDER:
	case FIELD_CHECK:
	case FIELD_BUTTON:
	case FIELD_SECTION: return 1;
	default: return label ? rows : rows + 1;
	}
}

static void draw_toggle(const struct field *field, struct rect area, enum widget_focus focus)
{
	enum toggle_kind kind = field->kind == FIELD_SLIDER ? TOGGLE_SLIDER : TOGGLE_CHECK;
	int used = toggle_draw(kind, *field->on, area.y, area.x, focus) + 1;

	draw_text(area.y, area.x + used, area.width - used, DRAW_NORMAL, field->label);
}

static void draw_pressed(const struct field *field, const struct field_state *state,
	struct rect area, enum widget_focus focus)
{
	enum draw_role role = focus == WIDGET_FOCUSED ? DRAW_FOCUS : DRAW_NORMAL;

	if (field->kind == FIELD_BUTTON)
		draw_textf(
			area.y, area.x, area.width, role | DRAW_LINK, "[ %s ]", field->label);
	else
		draw_textf(area.y, area.x, area.width, role | DRAW_TITLE, "%s %s",
			draw_glyph(state->folded ? GLYPH_FOLDED : GLYPH_UNFOLDED),
			field->label);
	if (focus == WIDGET_FOCUSED)
		draw_cursor(area.y, area.x + (field->kind == FIELD_BUTTON ? 2 : 0));
}

/* A label beside or above, then the widget. */
static void draw_labelled(const struct field *field, struct field_state *state,
	struct rect area, int label, enum widget_focus focus)
{
	enum draw_role role = state->err.code ? DRAW_ERROR : DRAW_NORMAL;
	int y = label ? area.y : area.y + 1, x = area.x + label, width = area.width - label;

	if (state->err.code)
		draw_textf(area.y, area.x, (label ? label : area.width) - 1, role, "%s %s",
			draw_glyph(GLYPH_ERROR), field->label);
	else
		draw_text(area.y, area.x, (label ? label : area.width) - 1, role, field->label);
	if (field->kind == FIELD_NUMBER && width > NUMBER_LIMIT + 3)
		width = NUMBER_LIMIT + 3;
	if (field->kind == FIELD_CHOICE)
		choice_draw(&state->choice, y, x, width, focus);
	else if (field->kind == FIELD_RADIO)
		choice_draw_radio(&state->choice, y, x, width, focus);
	else
		edit_draw(&state->edit, y, x, width < EDIT_WIDEST ? width : EDIT_WIDEST, focus);
}

void field_draw(const struct field *field, struct field_state *state, struct rect area,
	int label, enum widget_focus focus)
{
	switch (field->kind) {
	case FIELD_NOTE: draw_wrapped(area, 0, field->role, note(field, state)); break;
	case FIELD_SLIDER:
	case FIELD_CHECK: draw_toggle(field, area, focus); break;
	case FIELD_BUTTON:
	case FIELD_SECTION: draw_pressed(field, state, area, focus); break;
	case FIELD_END: break;
	default: draw_labelled(field, state, area, label, focus);
	}
}
