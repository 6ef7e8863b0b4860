/*
 * The terminal: taken over, watched, and given back whatever happens (exit, error, signal,
 * abort). One per process, used from one thread. Everything that can wake the program comes
 * through term_wait: keys, signals (by a pipe), and the caller's descriptors.
 */
#ifndef TERM_TERM_H
#define TERM_TERM_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "term/keys.h"

enum term_color { TERM_COLOR_AUTO, TERM_COLOR_ALWAYS, TERM_COLOR_NEVER };

struct term_options {
	enum term_color color; /* auto: unless NO_COLOR is set */
	bool ascii;            /* no Unicode glyphs even where the locale has them */
	bool mouse; /* click and wheel, at the price of the terminal's own selection */
};

enum term_event {
	TERM_KEY,    /* one in `key`; more may wait (term_pending) */
	TERM_REDRAW, /* resized, resumed, or Ctrl-L: draw everything again */
	TERM_READY,  /* a descriptor of the caller; see revents */
	TERM_TIMEOUT,
	TERM_HANGUP,    /* SIGHUP, or the line went dead: save and leave, nobody is reading */
	TERM_TERMINATE, /* SIGTERM or SIGINT: save and leave */
};

enum { TERM_FDS_MAX = 14 };

/* Takes LC_CTYPE from the environment; C.UTF-8 when that locale is not on this machine. */
void term_set_locale(void);

/*
 * Whether screens can be drawn here: both ends a terminal, TERM known, cursor addressable.
 * If not, `err` says why; the caller goes on in line mode. Touches nothing.
 */
int term_check(struct err *err);

/* Takes the terminal over (after term_check and term_set_locale, which it does by itself). */
int term_open(const struct term_options *options, struct err *err);
void term_close(void); /* gives it back; not open is fine; also called at exit */

/*
 * Waits at most `timeout_ms` (-1: for ever) for the first thing to happen. `fds` (at most
 * TERM_FDS_MAX, may be NULL) are polled too; their revents are set whatever the event.
 * Suspends, resumes and resizes by itself. After TERM_HANGUP do not expect keys.
 */
enum term_event term_wait(struct key *key, struct pollfd *fds, size_t count, int timeout_ms);

/* Whether another key is there already, so that drawing can wait for it. */
bool term_pending(void);

/* Hands the terminal to another program (pager, editor, line mode) and takes it again. */
void term_release(void);
void term_retake(void);

/* Milliseconds of a clock that only goes forward. */
int64_t term_now(void);

#endif
