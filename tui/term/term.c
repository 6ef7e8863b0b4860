#include "term/term.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "term/draw.h"
#include "term/signals.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

static SCREEN *screen;   /* NULL: not open */
static bool released;    /* open, but given to somebody else for now */
static bool redraw;      /* somebody else drew on it, or its size changed */
static struct key ahead; /* read by term_pending */
static pid_t owner;
static struct termios cooked;

/* What a dying program writes, made beforehand: a signal handler may call almost nothing. */
static char restore[512];
static size_t restore_used;

static int collect_byte(int c)
{
	if (restore_used < sizeof(restore))
		restore[restore_used++] = (char)c;
	return c;
}

static void collect(const char *capability)
{
	const char *text = tigetstr(capability);

	if (text && text != (const char *)-1)
		tputs(text, 1, collect_byte);
}

static void collect_raw(const char *text)
{
	while (*text)
		collect_byte(*text++);
}

static bool has(const char *capability)
{
	const char *text = tigetstr(capability);

	return text && text != (const char *)-1;
}

static void prepare_restore(bool mouse)
{
	restore_used = 0;
	collect_raw(PASTE_OFF);
	if (mouse)
		collect_raw("\033[?1000l\033[?1006l");
	collect("sgr0");
	collect("op");
	collect("rmkx");
	collect("cnorm");
	tputs(tparm(tigetstr("cup"), LINES - 1, 0), 1, collect_byte);
	collect("rmcup");
	collect_raw(has("rmcup") ? "\r" : "\r\n");
}

static void adopt_size(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
		resizeterm(size.ws_row, size.ws_col);
	redraw = true;
}

static void stop_here(void)
{
	term_release();
	signals_stop_group();
	term_retake();
}

/* Sees to the signals that came. True when `event` is to be returned. */
static bool take_signals(enum term_event *event)
{
	bool tell = false;
	int sig;

	while ((sig = signals_next())) {
		if (sig == SIGHUP || sig == SIGTERM || sig == SIGINT) {
			*event = sig == SIGHUP ? TERM_HANGUP : TERM_TERMINATE;
			tell = true;
		} else if (sig == SIGTSTP) {
			stop_here();
		} else if (sig == SIGCONT) {
			term_retake(); /* after kill -STOP the shell had the terminal */
		} else {
			adopt_size();
		}
	}
	return tell;
}

/* A key for the caller, if there is one; those that are ours are seen to. */
static bool take_key(struct key *key)
{
	for (;;) {
		if (ahead.code != K_NONE) {
			*key = ahead;
			ahead.code = K_NONE;
		} else if (!keys_read(key)) {
			return false;
		}
		if (key->code == K_SUSPEND)
			stop_here();
		else if (key->code == K_REDRAW)
			redraw = true;
		else
			return true;
		if (redraw)
			return false;
	}
}

void term_set_locale(void)
{
	if (!setlocale(LC_CTYPE, ""))
		setlocale(LC_CTYPE, "C.UTF-8");
}

int term_check(struct err *err)
{
	const char *name = getenv("TERM");
	int status;
	bool able;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE, "This is not a terminal.");
	if (!name || !*name)
		return err_set(err, ERR_USAGE, "TERM is not set: no screens can be drawn.");
	if (setupterm(name, STDOUT_FILENO, &status) != OK)
		return err_set(
			err, ERR_USAGE, "The terminal type \"%s\" is not known here.", name);
	able = has("cup") && has("clear");
	del_curterm(cur_term);
	if (!able)
		return err_set(err, ERR_USAGE,
			"The terminal type \"%s\" cannot place the cursor: no screens can be "
			"drawn.",
			name);
	return 0;
}

static bool want_color(enum term_color color)
{
	const char *no = getenv("NO_COLOR");

	return color == TERM_COLOR_ALWAYS || (color == TERM_COLOR_AUTO && !(no && *no));
}

/* Real VTs, and serial lines that say they are one, have no Unicode; the console has 512
 * glyphs. */
static enum draw_glyphs choose_glyphs(bool ascii)
{
	const char *name = getenv("TERM");

	if (ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0 || strncmp(name, "vt", 2) == 0)
		return DRAW_ASCII;
	return strncmp(name, "linux", 5) == 0 ? DRAW_CONSOLE : DRAW_UNICODE;
}

static void set_modes(const struct term_options *options)
{
	if (!getenv("ESCDELAY")) /* ncurses has taken the variable already */
		set_escdelay(getenv("SSH_CONNECTION") || getenv("SSH_TTY") ? 300 : 50);
	raw();
	noecho();
	nonl();
	keys_open();
	if (options->mouse) {
		mouseinterval(0);
		mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	}
	draw_open(want_color(options->color), choose_glyphs(options->ascii));
}

/* A child that exits instead of calling _exit leaves the terminal to its parent. */
static void close_at_exit(void)
{
	if (getpid() == owner)
		term_close();
}

int term_open(const struct term_options *options, struct err *err)
{
	static bool at_exit;

	term_set_locale();
	if (term_check(err) || signals_open(err))
		return -1;
	owner = getpid();
	tcgetattr(STDIN_FILENO, &cooked);
	screen = newterm(NULL, stdout, stdin);
	if (!screen) {
		signals_close();
		return err_set(err, ERR_USAGE, "The terminal cannot be used for screens.");
	}
	set_modes(options);
	prepare_restore(options->mouse);
	signals_catch();
	if (!at_exit)
		at_exit = atexit(close_at_exit) == 0;
	term_retake();
	return 0;
}

void term_close(void)
{
	if (!screen)
		return;
	term_release();
	signals_close();
	keys_close();
	delscreen(screen);
	screen = NULL;
}

static void write_now(const char *text)
{
	/* Not through curses: it is no part of the picture. A dead line is noticed elsewhere.
	 */
	if (write(STDOUT_FILENO, text, strlen(text)) < 0)
		return;
}

void term_release(void)
{
	if (!screen || released)
		return;
	write_now(PASTE_OFF);
	endwin();
	released = true;
	signals_disarm();
}

void term_retake(void)
{
	if (!screen)
		return;
	signals_arm(restore, restore_used, &cooked);
	released = false;
	reset_prog_mode();
	clearok(curscr, TRUE);
	refresh();
	write_now(PASTE_ON);
	adopt_size();
}

bool term_pending(void)
{
	return ahead.code != K_NONE || keys_read(&ahead);
}

/* Polls the terminal, the signals and the caller's. */
static void poll_all(struct pollfd own[2], struct pollfd *fds, size_t count, int timeout_ms)
{
	struct pollfd all[TERM_FDS_MAX + 2] = {
		{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = signals_fd(), .events = POLLIN}};
	size_t i;
	int n;

	for (i = 0; i < count; i++)
		all[i + 2] = fds[i];
	n = poll(all, 2 + count, timeout_ms);
	for (i = 0; i < 2 + count; i++) {
		if (n < 0)
			all[i].revents = 0;
		*(i < 2 ? &own[i] : &fds[i - 2]) = all[i];
	}
}

static bool any_ready(const struct pollfd *fds, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (fds[i].revents)
			return true;
	}
	return false;
}

enum term_event term_wait(struct key *key, struct pollfd *fds, size_t count, int timeout_ms)
{
	int64_t until = timeout_ms < 0 ? -1 : term_now() + timeout_ms, left;
	struct pollfd own[2];
	enum term_event event;
	bool got;

	if (count > TERM_FDS_MAX)
		count = TERM_FDS_MAX;
	for (;;) {
		got = !redraw && take_key(key);
		left = until < 0 ? -1 : until > term_now() ? until - term_now() : 0;
		poll_all(own, fds, count, got || redraw ? 0 : (int)left);
		if (own[1].revents && take_signals(&event)) {
			ahead = got ? *key : ahead;
			return event;
		}
		if (got)
			return TERM_KEY;
		if (redraw) {
			redraw = false;
			draw_again();
			return TERM_REDRAW;
		}
		if (own[0].revents & (POLLHUP | POLLERR | POLLNVAL))
			return TERM_HANGUP;
		if (any_ready(fds, count))
			return TERM_READY;
		if (until >= 0 && term_now() >= until)
			return TERM_TIMEOUT;
	}
}

int64_t term_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
