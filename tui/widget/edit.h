/*
 * One line of text being typed: UTF-8, clusters kept whole, scrolled sideways. A secret shows
 * a mask of fixed length and, for five seconds after Ctrl-R, itself; its memory never moves
 * and is overwritten. Line ends in a paste become blanks between words and press nothing.
 */
#ifndef WIDGET_EDIT_H
#define WIDGET_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "term/keys.h"
#include "widget/widget.h"

enum edit_kind { EDIT_TEXT, EDIT_SECRET };

enum { EDIT_LIMIT = 1024, EDIT_REVEAL_MS = 5000 };

struct edit {
	enum edit_kind kind;
	struct buf text;
	size_t limit;            /* bytes at most */
	size_t at;               /* cursor: byte, between clusters */
	size_t left;             /* first byte shown */
	bool line_end;           /* a pasted one waits for what follows */
	bool full;               /* the last key did not fit */
	const char *placeholder; /* borrowed; shown while empty: "(set, 3 days ago)" */
	int64_t reveal_until;    /* term_now time; 0: masked */
};

void edit_init(struct edit *edit, enum edit_kind kind, size_t limit); /* limit 0: EDIT_LIMIT */
void edit_clear(struct edit *edit);
void edit_set(struct edit *edit, const char *text); /* NULL is ""; the cursor goes to the end */
const char *edit_text(const struct edit *edit);     /* borrowed, until the next key */

/* In brackets, `width` cells with them (at least 4). Places the cursor when focused. */
void edit_draw(struct edit *edit, int y, int x, int width, enum widget_focus focus);

/* Enter, Tab, Esc, Up and Down are not its own. `now` is term_now(). */
enum widget_answer edit_key(struct edit *edit, const struct key *key, int64_t now);

/* Milliseconds until edit_tick has something to do, -1 for never. */
int edit_wait(const struct edit *edit, int64_t now);
void edit_tick(struct edit *edit, int64_t now); /* masks what was revealed long enough */

#endif
