#include "term/draw.h"

#include <curses.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"
#include "term/cells.h"

enum { TEXT_MAX = 4096 }; /* bytes of one line looked at: more than any terminal has cells */

/* By draw_glyphs. The Linux console has 512 characters: those of code page 437 and few more. */
static const char *const glyph_table[GLYPH_COUNT][3] = {
	[GLYPH_HORIZONTAL] = {"-", "─", "─"},
	[GLYPH_VERTICAL] = {"|", "│", "│"},
	[GLYPH_TOP_LEFT] = {"+", "┌", "┌"},
	[GLYPH_TOP_RIGHT] = {"+", "┐", "┐"},
	[GLYPH_BOTTOM_LEFT] = {"+", "└", "└"},
	[GLYPH_BOTTOM_RIGHT] = {"+", "┘", "┘"},
	[GLYPH_DONE] = {"*", "√", "✓"},
	[GLYPH_INCOMPLETE] = {"o", "○", "○"},
	[GLYPH_ERROR] = {"!", "!", "✗"},
	[GLYPH_CURRENT] = {">", "►", "▸"},
	[GLYPH_FOLDED] = {"[+]", "►", "▸"},
	[GLYPH_UNFOLDED] = {"[-]", "▼", "▾"},
	[GLYPH_MORE_ABOVE] = {"^", "↑", "↑"},
	[GLYPH_MORE_BELOW] = {"v", "↓", "↓"},
	[GLYPH_SLIDER_ON] = {"[ ON]", "[─■] ON ", "[━●] ON "},
	[GLYPH_SLIDER_OFF] = {"[OFF]", "[■─] OFF", "[●─] OFF"},
	[GLYPH_CHECK_ON] = {"[x]", "[x]", "[x]"},
	[GLYPH_CHECK_OFF] = {"[ ]", "[ ]", "[ ]"},
	[GLYPH_RADIO_ON] = {"(*)", "(•)", "(•)"},
	[GLYPH_RADIO_OFF] = {"( )", "( )", "( )"},
	[GLYPH_LEFT] = {"<", "◄", "‹"},
	[GLYPH_RIGHT] = {">", "►", "›"},
	[GLYPH_TO] = {"->", "→", "→"},
	[GLYPH_BAR_DONE] = {"#", "█", "█"},
	[GLYPH_BAR_LEFT] = {".", "░", "░"},
	[GLYPH_MASK] = {"*", "•", "•"},
	[GLYPH_ELLIPSIS] = {"~", "…", "…"},
	[GLYPH_DASH] = {"-", "─", "–"},
	[GLYPH_DOT] = {"-", "·", "·"},
	[GLYPH_EIGHTH_1] = {"_", "_", "▁"},
	[GLYPH_EIGHTH_2] = {"_", "_", "▂"},
	[GLYPH_EIGHTH_3] = {".", "▄", "▃"},
	[GLYPH_EIGHTH_4] = {":", "▄", "▄"},
	[GLYPH_EIGHTH_5] = {":", "▄", "▅"},
	[GLYPH_EIGHTH_6] = {"#", "█", "▆"},
	[GLYPH_EIGHTH_7] = {"#", "█", "▇"},
	[GLYPH_EIGHTH_8] = {"#", "█", "█"},
};

/* With colours, and what says the same without. Pair numbers are role numbers. */
static const struct {
	short color;
	attr_t with, without;
} looks[] = {
	[DRAW_NORMAL] = {-1, A_NORMAL, A_NORMAL},
	[DRAW_TITLE] = {-1, A_BOLD, A_BOLD},
	[DRAW_DIM] = {-1, A_DIM, A_NORMAL},
	[DRAW_ERROR] = {COLOR_RED, A_BOLD, A_BOLD},
	[DRAW_OK] = {COLOR_GREEN, A_NORMAL, A_NORMAL},
	[DRAW_WARNING] = {COLOR_YELLOW, A_NORMAL, A_BOLD},
	[DRAW_HELD] = {COLOR_MAGENTA, A_BOLD, A_BOLD},
	[DRAW_LINK] = {COLOR_CYAN, A_NORMAL, A_BOLD},
};

static bool colored;
static enum draw_glyphs glyphs;
static struct rect clip;
static int cursor_y, cursor_x;

static void set_role(enum draw_role role)
{
	unsigned look = (unsigned)role & ~(unsigned)DRAW_FOCUS;
	attr_t attr = colored ? looks[look].with : looks[look].without;
	short pair = colored && looks[look].color >= 0 ? (short)look : 0;

	if (role & DRAW_FOCUS)
		attr = (attr & ~A_DIM) | A_REVERSE;
	attr_set(attr, pair, NULL);
}

static bool inside(int y, int x, int width)
{
	return y >= clip.y && y < clip.y + clip.height && x >= clip.x &&
	       x + width <= clip.x + clip.width;
}

/* One cluster at y, x. ncurses keeps a character and four marks in a cell. */
static void put_cluster(int y, int x, const char *text, size_t bytes)
{
	wchar_t wide[CCHARW_MAX + 1];
	cchar_t cell;
	uint32_t c;
	size_t at, n = 0;
	attr_t attr;
	short pair;

	for (at = 0; at < bytes && n < CCHARW_MAX; n++) {
		at += cells_decode(text + at, &c);
		wide[n] = (wchar_t)c;
		if (wcwidth(wide[n]) >= 0)
			continue;
		if (n)
			break; /* a mark that this locale does not know */
		wide[0] = L'?';
	}
	wide[n] = L'\0';
	attr_get(&attr, &pair, NULL);
	if (wcwidth(wide[0]) == 0) /* a mark with nothing to stand on */
		return;
	setcchar(&cell, wide, attr, pair, NULL);
	mvadd_wch(y, x, &cell);
}

static int put_clean(int y, int x, int width, const char *text)
{
	int used = 0, cells;
	size_t n;

	while ((n = cells_next(text, &cells)) && used + cells <= width) {
		if (cells && inside(y, x + used, cells))
			put_cluster(y, x + used, text, n);
		used += cells;
		text += n;
	}
	return used;
}

const char *draw_glyph(enum draw_glyph glyph)
{
	return glyph_table[glyph][glyphs];
}

struct rect draw_screen(void)
{
	return (struct rect){0, 0, LINES, COLS};
}

void draw_begin(void)
{
	set_role(DRAW_NORMAL);
	erase();
	clip = draw_screen();
	cursor_y = cursor_x = 0;
}

void draw_end(void)
{
	set_role(DRAW_NORMAL);
	move(cursor_y, cursor_x);
	refresh();
}

struct rect draw_clip(struct rect area)
{
	struct rect before = clip;
	int bottom = before.y + before.height, right = before.x + before.width;

	clip = area;
	if (clip.y < before.y) {
		clip.height -= before.y - clip.y;
		clip.y = before.y;
	}
	if (clip.x < before.x) {
		clip.width -= before.x - clip.x;
		clip.x = before.x;
	}
	if (clip.y + clip.height > bottom)
		clip.height = bottom - clip.y;
	if (clip.x + clip.width > right)
		clip.width = right - clip.x;
	return before;
}

void draw_unclip(struct rect before)
{
	clip = before;
}

int draw_cut(int y, int x, int width, enum draw_role role, const char *text)
{
	char clean[TEXT_MAX];

	set_role(role);
	return put_clean(y, x, width, text_clean(text, clean, sizeof(clean)));
}

int draw_text(int y, int x, int width, enum draw_role role, const char *text)
{
	char clean[TEXT_MAX];
	int used;

	set_role(role);
	text_clean(text, clean, sizeof(clean));
	if (!clean[cells_fit(clean, width, &used)] || width < 2)
		return put_clean(y, x, width, clean);
	used = put_clean(y, x, width - 1, clean);
	return used + put_clean(y, x + used, 1, draw_glyph(GLYPH_ELLIPSIS));
}

int draw_textf(int y, int x, int width, enum draw_role role, const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return draw_text(y, x, width, role, text);
}

int draw_right(int y, int x, int width, enum draw_role role, const char *text)
{
	char clean[TEXT_MAX];
	int cells = cells_width(text_clean(text, clean, sizeof(clean)));

	if (cells < width)
		return draw_text(y, x + width - cells, cells, role, clean);
	return draw_text(y, x, width, role, clean);
}

int draw_wrapped(struct rect area, int first, enum draw_role role, const char *text)
{
	char line[TEXT_MAX];
	size_t length;
	int n;

	for (n = 0; text; n++) {
		const char *next = cells_wrap(text, area.width, &length);

		if (n >= first && n - first < area.height) {
			snprintf(line, sizeof(line), "%.*s", (int)length, text);
			draw_cut(area.y + n - first, area.x, area.width, role, line);
		}
		text = next;
	}
	return n;
}

void draw_fill(struct rect area, enum draw_role role)
{
	int y, x;

	set_role(role);
	for (y = area.y; y < area.y + area.height; y++) {
		for (x = area.x; x < area.x + area.width; x++) {
			if (inside(y, x, 1))
				mvaddch(y, x, ' ');
		}
	}
}

void draw_line(int y, int x, int width, enum draw_role role)
{
	int i;

	set_role(role);
	for (i = 0; i < width; i++)
		put_clean(y, x + i, 1, draw_glyph(GLYPH_HORIZONTAL));
}

void draw_box(struct rect area, enum draw_role role, const char *title)
{
	int bottom = area.y + area.height - 1, right = area.x + area.width - 1, y;

	draw_fill(area, DRAW_NORMAL);
	draw_line(area.y, area.x, area.width, role);
	draw_line(bottom, area.x, area.width, role);
	for (y = area.y + 1; y < bottom; y++) {
		put_clean(y, area.x, 1, draw_glyph(GLYPH_VERTICAL));
		put_clean(y, right, 1, draw_glyph(GLYPH_VERTICAL));
	}
	put_clean(area.y, area.x, 1, draw_glyph(GLYPH_TOP_LEFT));
	put_clean(area.y, right, 1, draw_glyph(GLYPH_TOP_RIGHT));
	put_clean(bottom, area.x, 1, draw_glyph(GLYPH_BOTTOM_LEFT));
	put_clean(bottom, right, 1, draw_glyph(GLYPH_BOTTOM_RIGHT));
	if (title && area.width > 6)
		draw_textf(area.y, area.x + 2, area.width - 4, DRAW_TITLE, " %s ", title);
}

struct rect draw_popup(int inner_height, int inner_width, const char *title)
{
	struct rect box = {0, 0, inner_height + 2, inner_width + 4};

	box.height = box.height < LINES ? box.height : LINES;
	box.width = box.width < COLS ? box.width : COLS;
	box.y = (LINES - box.height) / 2;
	box.x = (COLS - box.width) / 2;
	draw_box(box, DRAW_NORMAL, title);
	return (struct rect){box.y + 1, box.x + 2, box.height - 2, box.width - 4};
}

void draw_bar(int y, int x, int width, double share)
{
	int i, done = (int)(share * width + 1e-9);

	for (i = 0; i < width; i++)
		draw_cut(y, x + i, 1, i < done ? DRAW_OK : DRAW_DIM,
			draw_glyph(i < done ? GLYPH_BAR_DONE : GLYPH_BAR_LEFT));
}

void draw_cursor(int y, int x)
{
	cursor_y = y < 0 ? 0 : y < LINES ? y : LINES - 1;
	cursor_x = x < 0 ? 0 : x < COLS ? x : COLS - 1;
}

void draw_open(bool color, enum draw_glyphs set)
{
	short role;

	glyphs = set;
	colored = color && has_colors() && start_color() == OK && use_default_colors() == OK;
	for (role = 0; colored && role < (short)(sizeof(looks) / sizeof(*looks)); role++) {
		if (looks[role].color >= 0)
			init_pair(role, looks[role].color, -1);
	}
	curs_set(1);
}

void draw_again(void)
{
	clearok(curscr, TRUE);
}
