#include "widget/dialog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/cells.h"
#include "term/draw.h"

enum { WIDTH_MOST = 74, BORDER = 2, PADDING = 4, BUTTON_EXTRA = 4, BUTTON_GAP = 2 };

static const char *const only_ok[] = {"OK"};

static void init(struct dialog *dialog, const char *title, const char *text,
	const char *const *labels, size_t count)
{
	memset(dialog, 0, sizeof(*dialog));
	dialog->title = mem_strdup(title);
	dialog->text = mem_strdup(text);
	dialog->labels = mem_zero(count, sizeof(*dialog->labels));
	memcpy(dialog->labels, labels, count * sizeof(*labels));
	dialog->spots = mem_zero(count, sizeof(*dialog->spots));
	dialog->count = count;
}

static void init_edit(struct dialog *dialog, const char *title, const char *text,
	const char *doing, enum edit_kind kind, size_t limit)
{
	const char *labels[] = {doing, "Cancel"};

	init(dialog, title, text, labels, 2);
	dialog->has_edit = true;
	edit_init(&dialog->edit, kind, limit);
	dialog->focus = dialog->count;
}

void dialog_message(struct dialog *dialog, const char *title, const char *text)
{
	init(dialog, title, text, only_ok, 1);
}

void dialog_confirm(struct dialog *dialog, const char *title, const char *text,
	const char *const *labels, size_t count, size_t harmless)
{
	init(dialog, title, text, labels, count);
	dialog->focus = harmless;
}

void dialog_typed(struct dialog *dialog, const char *title, const char *text,
	const char *expect, const char *doing)
{
	char *all = mem_printf("%s\n\nType %s to go on.", text, expect);

	init_edit(dialog, title, all, doing, EDIT_TEXT, 100);
	dialog->expect = mem_strdup(expect);
	free(all);
}

void dialog_input(struct dialog *dialog, const char *title, const char *text,
	const char *initial, size_t limit, const char *doing)
{
	init_edit(dialog, title, text, doing, EDIT_TEXT, limit);
	edit_set(&dialog->edit, initial);
}

void dialog_secret(struct dialog *dialog, const char *title, const char *text, size_t limit,
	const char *doing)
{
	init_edit(dialog, title, text, doing, EDIT_SECRET, limit);
}

void dialog_menu(struct dialog *dialog, const char *title, const char *text,
	const char *const *labels, size_t count, size_t at)
{
	init(dialog, title, text, labels, count);
	dialog->menu = true;
	dialog->focus = at;
}

void dialog_text(struct dialog *dialog, const char *title, const char *text,
	const char *const *labels, size_t count)
{
	init(dialog, title, text, labels, count);
	/* The last one: Close, Decline. */
	dialog->focus = count - 1;
}

void dialog_clear(struct dialog *dialog)
{
	free(dialog->title);
	free(dialog->text);
	free(dialog->labels);
	free(dialog->spots);
	free(dialog->expect);
	if (dialog->has_edit)
		edit_clear(&dialog->edit);
	memset(dialog, 0, sizeof(*dialog));
}

static int buttons_width(const struct dialog *dialog)
{
	int total = -BUTTON_GAP;
	size_t i;

	for (i = 0; i < dialog->count; i++)
		total += cells_width(dialog->labels[i]) + BUTTON_EXTRA + BUTTON_GAP;
	return total;
}

static int widest_label(const struct dialog *dialog)
{
	int most = 0, cells;
	size_t i;

	for (i = 0; i < dialog->count; i++) {
		cells = cells_width(dialog->labels[i]);
		most = cells > most ? cells : most;
	}
	return most + BUTTON_EXTRA;
}

static int longest_line(const char *text, int width)
{
	int most = 0, used;
	size_t length;

	while (text) {
		const char *next = cells_wrap(text, width, &length);
		char *line = mem_strndup(text, length);

		used = cells_width(line);
		most = used > most ? used : most;
		free(line);
		text = next;
	}
	return most;
}

static int max(int a, int b)
{
	return a > b ? a : b;
}

static int min(int a, int b)
{
	return a < b ? a : b;
}

static int inner_width(const struct dialog *dialog, struct rect screen)
{
	int most = min(WIDTH_MOST, screen.width) - PADDING;
	int width = longest_line(dialog->text, most);

	width = max(width, cells_width(dialog->title) + 2);
	width = max(width, dialog->menu ? widest_label(dialog) : buttons_width(dialog));
	width = max(width, dialog->has_edit ? 40 : 20);
	return max(min(width, most), 1);
}

/* Lines that the labels take: one, or one for each when they do not stand side by side. */
static int label_lines(const struct dialog *dialog, int width)
{
	return dialog->menu || buttons_width(dialog) > width ? (int)dialog->count : 1;
}

static void draw_label(struct dialog *dialog, size_t i, struct rect spot)
{
	bool here = i == dialog->focus;
	enum draw_role role = here ? DRAW_FOCUS : DRAW_LINK;

	dialog->spots[i] = spot;
	if (dialog->menu && here)
		draw_fill(spot, DRAW_FOCUS);
	if (dialog->menu)
		draw_text(spot.y, spot.x + 1, spot.width - 1, here ? role : DRAW_NORMAL,
			dialog->labels[i]);
	else
		draw_textf(spot.y, spot.x, spot.width, role, "[ %s ]", dialog->labels[i]);
	if (here)
		draw_cursor(spot.y, spot.x + (dialog->menu ? 1 : 2));
}

static void draw_labels(struct dialog *dialog, struct rect area)
{
	struct rect spot = {area.y, area.x, 1, area.width};
	bool below = dialog->menu || buttons_width(dialog) > area.width;
	size_t rows = (size_t)max(area.height, 1), first = 0, i;

	memset(dialog->spots, 0, dialog->count * sizeof(*dialog->spots));
	if (below && dialog->focus < dialog->count && dialog->focus >= rows)
		first = dialog->focus - rows + 1;
	if (!below)
		spot.x += max(area.width - buttons_width(dialog), 0);
	for (i = first; i < dialog->count && (!below || i < first + rows); i++) {
		if (!below)
			spot.width = cells_width(dialog->labels[i]) + BUTTON_EXTRA;
		draw_label(dialog, i, spot);
		if (below)
			spot.y++;
		else
			spot.x += spot.width + BUTTON_GAP;
	}
}

struct layout {
	struct rect box, text, labels;
	int lines; /* of the whole text */
	int edit_y;
};

static void lay_out(const struct dialog *dialog, struct layout *to)
{
	struct rect screen = draw_screen();
	int width = inner_width(dialog, screen), room = screen.height - BORDER;
	int rows = label_lines(dialog, width), extra = dialog->has_edit ? 1 : 0, height;

	to->lines = *dialog->text ? cells_lines(dialog->text, width) : 0;
	/* A line for the error above the buttons, where there is room for a blank one anyway.
	 */
	if (dialog->has_edit || *dialog->error || room > to->lines + extra + rows)
		extra++;
	rows = min(rows, max(room - extra - min(to->lines, 2), 1));
	height = min(to->lines, max(room - extra - rows, 0));
	to->box.height = height + extra + rows + BORDER;
	to->box.width = width + PADDING;
	to->box.y = max((screen.height - to->box.height) / 2, 0);
	to->box.x = max((screen.width - to->box.width) / 2, 0);
	to->text = (struct rect){to->box.y + 1, to->box.x + 2, height, width};
	to->edit_y = to->text.y + height;
	to->labels = (struct rect){to->edit_y + extra, to->text.x, rows, width};
}

static void draw_long_text(struct dialog *dialog, const struct layout *at)
{
	const struct rect *text = &at->text;
	int edge = at->box.x + at->box.width - 1;

	dialog->page = text->height;
	dialog->scroll_most = at->lines - text->height;
	dialog->scroll = min(dialog->scroll, dialog->scroll_most);
	draw_wrapped(*text, dialog->scroll, DRAW_NORMAL, dialog->text);
	if (dialog->scroll > 0)
		draw_cut(text->y, edge, 1, DRAW_LINK, draw_glyph(GLYPH_MORE_ABOVE));
	if (dialog->scroll < dialog->scroll_most)
		draw_cut(text->y + text->height - 1, edge, 1, DRAW_LINK,
			draw_glyph(GLYPH_MORE_BELOW));
}

void dialog_draw(struct dialog *dialog)
{
	enum widget_focus in_edit =
		dialog->focus == dialog->count ? WIDGET_FOCUSED : WIDGET_BLURRED;
	struct layout at;

	lay_out(dialog, &at);
	draw_box(at.box, DRAW_NORMAL, dialog->title);
	if (at.text.height > 0)
		draw_long_text(dialog, &at);
	if (*dialog->error)
		draw_text(at.labels.y - 1, at.text.x, at.text.width, DRAW_ERROR, dialog->error);
	draw_labels(dialog, at.labels);
	if (dialog->has_edit)
		edit_draw(&dialog->edit, at.edit_y, at.text.x, at.text.width, in_edit);
}

static int press(struct dialog *dialog, size_t button)
{
	if (button == 0 && dialog->expect && strcmp(edit_text(&dialog->edit), dialog->expect)) {
		snprintf(dialog->error, sizeof(dialog->error), "Not yet: type %s first.",
			dialog->expect);
		dialog->focus = dialog->count;
		return DIALOG_OPEN;
	}
	return (int)button;
}

static void move_focus(struct dialog *dialog, int by)
{
	size_t places = dialog->count + (dialog->has_edit ? 1 : 0);

	dialog->focus = (dialog->focus + (by > 0 ? 1 : places - 1)) % places;
}

static void move_up_down(struct dialog *dialog, int by)
{
	bool stop = dialog->menu && !dialog->has_edit;

	if (!dialog->menu && dialog->scroll_most > 0 && !dialog->has_edit)
		dialog->scroll = max(0, min(dialog->scroll + by, dialog->scroll_most));
	else if (!stop || (by > 0 ? dialog->focus + 1 < dialog->count : dialog->focus > 0))
		move_focus(dialog, by);
}

static void move_far(struct dialog *dialog, enum key_code code)
{
	int page = max(dialog->page - 1, 1), most = dialog->scroll_most;

	if (dialog->menu && (code == K_HOME || code == K_END)) {
		dialog->focus = code == K_HOME ? 0 : dialog->count - 1;
		return;
	}
	if (code == K_HOME)
		dialog->scroll = 0;
	else if (code == K_END)
		dialog->scroll = most;
	else
		dialog->scroll += code == K_PAGE_DOWN ? page : -page;
	dialog->scroll = max(0, min(dialog->scroll, most));
}

static int click(struct dialog *dialog, const struct key *key)
{
	size_t i;

	for (i = 0; i < dialog->count; i++) {
		const struct rect *spot = &dialog->spots[i];

		if (key->y == spot->y && key->x >= spot->x && key->x < spot->x + spot->width &&
			spot->height) {
			dialog->focus = i;
			return press(dialog, i);
		}
	}
	return DIALOG_OPEN;
}

int dialog_key(struct dialog *dialog, const struct key *key, int64_t now)
{
	if (dialog->has_edit && dialog->focus == dialog->count) {
		enum widget_answer answer = edit_key(&dialog->edit, key, now);

		if (answer == WIDGET_CHANGED)
			dialog->error[0] = '\0';
		if (answer != WIDGET_IGNORED)
			return DIALOG_OPEN;
	}
	switch (key->code) {
	case K_ESC:
	case K_QUIT: return DIALOG_CANCELLED;
	case K_TAB:
	case K_RIGHT: move_focus(dialog, 1); break;
	case K_BACKTAB:
	case K_LEFT: move_focus(dialog, -1); break;
	case K_UP:
	case K_WHEEL_UP: move_up_down(dialog, -1); break;
	case K_DOWN:
	case K_WHEEL_DOWN: move_up_down(dialog, 1); break;
	case K_PAGE_UP:
	case K_PAGE_DOWN:
	case K_HOME:
	case K_END: move_far(dialog, key->code); break;
	case K_CLICK: return click(dialog, key);
	case K_ENTER:
		if (dialog->focus < dialog->count)
			return press(dialog, dialog->focus);
		dialog->focus = 0; /* to the button, which is then pressed knowingly */
		break;
	case K_CHAR:
		if (key_typed(key, " ") && dialog->focus < dialog->count)
			return press(dialog, dialog->focus);
		break;
	default: break;
	}
	return DIALOG_OPEN;
}
