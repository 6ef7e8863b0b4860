/*
 * What was typed, whatever terminal it was typed on. One table knows the sequences of PuTTY,
 * xterm, rxvt, VTs and the Linux console; unknown sequences are swallowed whole. A function
 * key and its plain twin are the same key here. The names of curses stay inside.
 */
#ifndef TERM_KEYS_H
#define TERM_KEYS_H

#include <stdbool.h>

enum key_code {
	K_NONE,
	K_CHAR, /* a printable character (or, pasted, a newline), in `text` */
	K_ENTER,
	K_ESC,
	K_TAB,
	K_BACKTAB,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME, /* and Ctrl-A */
	K_END,  /* and Ctrl-E */
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_INSERT,
	K_DELETE,
	K_BACKSPACE,
	K_KILL_LINE, /* Ctrl-U */
	K_KILL_WORD, /* Ctrl-W */
	K_KILL_REST, /* Ctrl-K */
	K_REVEAL,    /* Ctrl-R */
	K_HELP,      /* F1; the screen adds "?" where no text is typed */
	K_SAVE,      /* F2, Ctrl-S */
	K_RUN,       /* F5; the screen adds "r" */
	K_STEPS,     /* F6, Ctrl-G */
	K_PREVIOUS,  /* F7, Ctrl-P */
	K_NEXT,      /* F8, Ctrl-N */
	K_QUIT,      /* F10, Ctrl-Q, Ctrl-C */
	K_FILTER,    /* Ctrl-F; lists add "/" */
	K_REDRAW,    /* Ctrl-L: term_wait sees to it */
	K_SUSPEND,   /* Ctrl-Z: term_wait sees to it */
	K_F3,
	K_F4,
	K_F9,
	K_F11,
	K_F12,
	K_CLICK, /* at y, x */
	K_WHEEL_UP,
	K_WHEEL_DOWN,
};

struct key {
	enum key_code code;
	char text[8]; /* of K_CHAR: one character of UTF-8, fit to be shown */
	bool pasted;  /* K_CHAR out of a paste: never a command; "\n" is a line end in it */
	int y, x;     /* of the mouse */
};

/* Whether it is this character, typed by hand: a command such as "/" or "r". */
bool key_typed(const struct key *key, const char *character);

/* For term.c only. */
void keys_open(void);
void keys_close(void);
bool keys_read(struct key *key); /* false: nothing (more) there now; never waits long */

#endif
