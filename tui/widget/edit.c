#include "widget/edit.h"

#include <string.h>

#include "term/cells.h"
#include "term/draw.h"

enum { MASK_CELLS = 8 };

static bool masked(const struct edit *edit)
{
	return edit->kind == EDIT_SECRET && !edit->reveal_until;
}

/* Takes bytes away; what is behind the new end is overwritten, it may be a secret. */
static void remove_bytes(struct edit *edit, size_t from, size_t to)
{
	struct buf *text = &edit->text;

	if (from == to)
		return;
	memmove(text->data + from, text->data + to, text->used - to);
	explicit_bzero(text->data + text->used - (to - from), to - from);
	text->used -= to - from;
	edit->at = from;
}

static bool insert(struct edit *edit, const char *bytes)
{
	struct buf *text = &edit->text;
	size_t length = strlen(bytes);
	uint32_t c;

	cells_decode(bytes, &c);
	if (!edit->at && cells_of(c) == 0)
		return true; /* a mark with nothing to stand on */
	edit->full = text->used + length > edit->limit;
	if (edit->full)
		return false;
	buf_add(text, bytes, length); /* makes the room; the text itself is moved in next */
	memmove(text->data + edit->at + length, text->data + edit->at,
		text->used - length - edit->at);
	memcpy(text->data + edit->at, bytes, length);
	edit->at += length;
	return true;
}

static enum widget_answer take_char(struct edit *edit, const struct key *key)
{
	if (strcmp(key->text, "\n") == 0) {
		edit->line_end = true;
		return WIDGET_TAKEN;
	}
	if (edit->line_end && key->pasted && edit->at && edit->text.data[edit->at - 1] != ' ')
		insert(edit, " ");
	edit->line_end = false;
	return insert(edit, key->text) ? WIDGET_CHANGED : WIDGET_TAKEN;
}

static size_t word_start(const struct edit *edit)
{
	const char *text = edit->text.data;
	size_t at = edit->at;

	while (at && text[at - 1] == ' ')
		at--;
	while (at && text[at - 1] != ' ')
		at--;
	return at;
}

static enum widget_answer take_kill(struct edit *edit, enum key_code code)
{
	size_t used = edit->text.used, at = edit->at;

	if (code == K_BACKSPACE && at)
		remove_bytes(edit, cells_previous(edit->text.data, at), at);
	else if (code == K_DELETE)
		remove_bytes(edit, at, at + cells_next(edit->text.data + at, NULL));
	else if (code == K_KILL_LINE)
		remove_bytes(edit, 0, used);
	else if (code == K_KILL_REST)
		remove_bytes(edit, at, used);
	else if (code == K_KILL_WORD)
		remove_bytes(edit, word_start(edit), at);
	edit->full = false;
	return edit->text.used != used ? WIDGET_CHANGED : WIDGET_TAKEN;
}

static enum widget_answer take_move(struct edit *edit, enum key_code code)
{
	const char *text = edit->text.data;

	if (masked(edit))
		edit->at = edit->text.used; /* nobody can see where else it would be */
	else if (code == K_LEFT && edit->at)
		edit->at = cells_previous(text, edit->at);
	else if (code == K_RIGHT)
		edit->at += cells_next(text + edit->at, NULL);
	else if (code == K_HOME)
		edit->at = 0;
	else if (code == K_END)
		edit->at = edit->text.used;
	return WIDGET_TAKEN;
}

/* Moves `left` so that the cursor is in the `width` cells, with as much text as there is. */
static void scroll(struct edit *edit, int width)
{
	const char *text = edit->text.data;
	char saved;
	size_t n;

	if (edit->left > edit->at)
		edit->left = edit->at;
	saved = text[edit->at];
	edit->text.data[edit->at] = '\0';
	while (cells_width(text + edit->left) >= width &&
		(n = cells_next(text + edit->left, NULL)))
		edit->left += n;
	edit->text.data[edit->at] = saved;
	while (edit->left) {
		n = cells_previous(text, edit->left);
		if (cells_width(text + n) >= width)
			break;
		edit->left = n;
	}
}

void edit_init(struct edit *edit, enum edit_kind kind, size_t limit)
{
	memset(edit, 0, sizeof(*edit));
	edit->kind = kind;
	edit->limit = limit ? limit : EDIT_LIMIT;
	buf_init(&edit->text);
	/* All at once: growing would leave copies of a secret behind. */
	buf_reserve(&edit->text, edit->limit + 8);
	edit->text.data[0] = '\0';
}

void edit_clear(struct edit *edit)
{
	if (edit->text.room)
		explicit_bzero(edit->text.data, edit->text.room);
	buf_clear(&edit->text);
}

void edit_set(struct edit *edit, const char *text)
{
	size_t length = text ? strlen(text) : 0;

	remove_bytes(edit, 0, edit->text.used);
	if (length > edit->limit)
		length = edit->limit;
	while (length && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	if (length)
		buf_add(&edit->text, text, length);
	edit->at = length;
	edit->left = 0;
	edit->full = edit->line_end = false;
	edit->reveal_until = 0;
}

const char *edit_text(const struct edit *edit)
{
	return edit->text.data;
}

static void draw_mask(int y, int x, int width, enum widget_focus focus, enum draw_role role)
{
	int i;

	for (i = 0; i < MASK_CELLS && i < width - 1; i++)
		draw_cut(y, x + i, 1, role, draw_glyph(GLYPH_MASK));
	if (focus == WIDGET_FOCUSED)
		draw_cursor(y, x + i);
}

void edit_draw(struct edit *edit, int y, int x, int width, enum widget_focus focus)
{
	enum draw_role role = focus == WIDGET_FOCUSED ? DRAW_FOCUS : DRAW_NORMAL;
	const char *text = edit->text.data;
	int inner = width - 2;
	bool more;

	scroll(edit, inner);
	more = !masked(edit) && cells_width(text + edit->left) > inner;
	draw_cut(y, x, 1, DRAW_DIM, edit->left && !masked(edit) ? draw_glyph(GLYPH_LEFT) : "[");
	draw_cut(y, x + width - 1, 1, DRAW_DIM, more ? draw_glyph(GLYPH_RIGHT) : "]");
	x++;
	draw_fill((struct rect){y, x, 1, inner}, role);
	if (!*text) {
		draw_text(y, x, inner, focus == WIDGET_FOCUSED ? role : DRAW_DIM,
			edit->placeholder ? edit->placeholder : "");
		if (focus == WIDGET_FOCUSED)
			draw_cursor(y, x);
	} else if (masked(edit)) {
		draw_mask(y, x, inner, focus, role);
	} else {
		draw_cut(y, x, inner, role, text + edit->left);
		if (focus == WIDGET_FOCUSED) {
			char saved = text[edit->at];

			edit->text.data[edit->at] = '\0';
			draw_cursor(y, x + cells_width(text + edit->left));
			edit->text.data[edit->at] = saved;
		}
	}
}

enum widget_answer edit_key(struct edit *edit, const struct key *key, int64_t now)
{
	switch (key->code) {
	case K_CHAR: return take_char(edit, key);
	case K_BACKSPACE:
	case K_DELETE:
	case K_KILL_LINE:
	case K_KILL_REST:
	case K_KILL_WORD: return take_kill(edit, key->code);
	case K_LEFT:
	case K_RIGHT:
	case K_HOME:
	case K_END: return take_move(edit, key->code);
	case K_REVEAL:
		if (edit->kind != EDIT_SECRET)
			return WIDGET_IGNORED;
		edit->reveal_until = edit->reveal_until ? 0 : now + EDIT_REVEAL_MS;
		return take_move(edit, K_END);
	default: edit->line_end = false; return WIDGET_IGNORED;
	}
}

int edit_wait(const struct edit *edit, int64_t now)
{
	if (!edit->reveal_until)
		return -1;
	return edit->reveal_until > now ? (int)(edit->reveal_until - now) : 0;
}

void edit_tick(struct edit *edit, int64_t now)
{
	if (edit->reveal_until && now >= edit->reveal_until) {
		edit->reveal_until = 0;
		edit->at = edit->text.used;
	}
}
