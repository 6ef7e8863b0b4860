/*
 * Putting things on the screen. A frame is drawn from nothing (draw_begin .. draw_end) by
 * whoever is at the bottom first; curses sends only what changed. Every text is cleaned
 * (base/text.h) and cut by cells here, so no caller can send bytes to the terminal.
 * Colours and glyphs are asked for by role; what the terminal has of them is decided once.
 */
#ifndef TERM_DRAW_H
#define TERM_DRAW_H

#include <stdbool.h>

struct rect {
	int y, x, height, width; /* cells; from the upper left corner of the screen */
};

/* What a text is, not how it looks. DRAW_FOCUS alone or added to another: reverse video. */
enum draw_role {
	DRAW_NORMAL,
	DRAW_TITLE,
	DRAW_DIM,
	DRAW_ERROR,
	DRAW_OK,
	DRAW_WARNING,
	DRAW_HELD,
	DRAW_LINK, /* key hints, what can be pressed */
	DRAW_FOCUS = 0x40,
};

enum draw_glyphs { DRAW_ASCII, DRAW_CONSOLE, DRAW_UNICODE };

enum draw_glyph {
	GLYPH_HORIZONTAL,
	GLYPH_VERTICAL,
	GLYPH_TOP_LEFT,
	GLYPH_TOP_RIGHT,
	GLYPH_BOTTOM_LEFT,
	GLYPH_BOTTOM_RIGHT,
	GLYPH_DONE,
	GLYPH_INCOMPLETE,
	GLYPH_ERROR,
	GLYPH_CURRENT,
	GLYPH_FOLDED,
	GLYPH_UNFOLDED,
	GLYPH_MORE_ABOVE,
	GLYPH_MORE_BELOW,
	GLYPH_SLIDER_ON,
	GLYPH_SLIDER_OFF,
	GLYPH_CHECK_ON,
	GLYPH_CHECK_OFF,
	GLYPH_RADIO_ON,
	GLYPH_RADIO_OFF,
	GLYPH_LEFT,
	GLYPH_RIGHT,
	GLYPH_TO,
	GLYPH_BAR_DONE,
	GLYPH_BAR_LEFT,
	GLYPH_MASK,
	GLYPH_ELLIPSIS,
	GLYPH_DASH,
	GLYPH_DOT,
	GLYPH_EIGHTH_1,
	GLYPH_EIGHTH_2,
	GLYPH_EIGHTH_3,
	GLYPH_EIGHTH_4,
	GLYPH_EIGHTH_5,
	GLYPH_EIGHTH_6,
	GLYPH_EIGHTH_7,
	GLYPH_EIGHTH_8,
	GLYPH_COUNT
};

/* A glyph of the set in use, as text to be drawn or put into a text. Never NULL. */
const char *draw_glyph(enum draw_glyph glyph);

struct rect draw_screen(void);
void draw_begin(void);
void draw_end(void); /* puts the cursor where draw_cursor said last, and sends */

/* Restricts drawing to `area` (and to the clip in force), returns that to give to draw_unclip.
 */
struct rect draw_clip(struct rect area);
void draw_unclip(struct rect before);

/*
 * Text from y, x in at most `width` cells; what does not fit ends with an ellipsis
 * (draw_cut: is cut off). Returns the cells used. A newline is a blank.
 */
int draw_text(int y, int x, int width, enum draw_role role, const char *text);
int draw_cut(int y, int x, int width, enum draw_role role, const char *text);
int draw_textf(int y, int x, int width, enum draw_role role, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* The same, ending at the right end of the `width` cells. */
int draw_right(int y, int x, int width, enum draw_role role, const char *text);

/* Wrapped text in `area`, from line `first` on; returns the lines it has in all. */
int draw_wrapped(struct rect area, int first, enum draw_role role, const char *text);

void draw_fill(struct rect area, enum draw_role role); /* blanks */
void draw_line(int y, int x, int width, enum draw_role role);
void draw_box(struct rect area, enum draw_role role, const char *title); /* title may be NULL */

/* A box in the middle of the screen, at most as large as it, with `inner` cells of room if
 * there are. Returns the room in it: for a list or a form over what is below. */
struct rect draw_popup(int inner_height, int inner_width, const char *title);

void draw_bar(int y, int x, int width, double share); /* share 0..1 */

/* Where the hardware cursor goes: on the focused item, for eyes and for screen readers. */
void draw_cursor(int y, int x);

/* For term.c only. */
void draw_open(bool color, enum draw_glyphs set);
void draw_again(void); /* the next frame is sent whole */

#endif
