#include "shell.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "screen/help.h"
#include "term/cells.h"

enum { DEPTH = 8, DIALOGS = 4, WATCHED = TERM_FDS_MAX - 1, ROOMY_FROM = 20 };

struct layer {
	const struct screen *screen;
	void *state;
};

struct question {
	struct dialog dialog;
	shell_answer_fn *done;
	void *arg;
	size_t depth; /* of the screens when it was asked */
};

enum move { MOVE_NONE, MOVE_PUSH, MOVE_POP, MOVE_REPLACE, MOVE_RESTART };

struct shell {
	const struct shell_options *options;
	struct layer layers[DEPTH];
	size_t depth;
	bool opening; /* the screen on its way is not counted in yet */
	struct question questions[DIALOGS];
	size_t asked;
	enum move move; /* waits for the callback to return */
	const struct screen *next;
	void *next_arg;
	bool over;
	bool woken; /* by a worker or a descriptor, not yet told to the screens */
	int wake;
	int watched[WATCHED];
	size_t watched_count;
	char message[800];
	enum draw_role message_role;
	char where[120];
	char status[160];
	enum draw_role status_role;
};

static struct layer *top(struct shell *shell)
{
	return &shell->layers[shell->depth - 1];
}

/* ---- drawing ---- */

static void draw_top_line(const struct shell *shell, struct rect screen)
{
	int x, status = cells_width(shell->status), room = screen.width;

	x = draw_text(0, 0, room, DRAW_TITLE, "lumenport") + 2;
	if (status && x + status + 1 < room) {
		draw_right(0, room - status, status, shell->status_role, shell->status);
		room -= status + 1;
	}
	if (x < room)
		draw_text(0, x, room - x, DRAW_NORMAL, shell->where);
}

static void draw_hints(struct shell *shell, struct rect area)
{
	struct hint hints[SCREEN_HINTS + 2];
	const struct layer *layer = top(shell);
	size_t count = layer->screen->hints ? layer->screen->hints(layer->state, hints) : 0;

	/* Help stands second: it must not be the one for which there is no room. */
	if (count > 1)
		memmove(&hints[2], &hints[1], (count - 1) * sizeof(*hints));
	hints[count > 0] = (struct hint){"F1", "Help"};
	hints[++count] = (struct hint){"F10", "Quit"};
	count++;
	hints_draw(area, hints, count);
}

/* The text of the message line. */
static const char *message(struct shell *shell, enum draw_role *role)
{
	const struct layer *layer = top(shell);

	*role = shell->message_role;
	if (*shell->message || !layer->screen->message)
		return shell->message;
	return layer->screen->message(layer->state, role);
}

static void draw(struct shell *shell)
{
	struct rect screen = draw_screen();
	int hints = screen.height >= ROOMY_FROM ? 2 : 1, lines, body;
	enum draw_role role;
	const char *text = message(shell, &role);
	size_t i;

	/* One line, always the same; a long error takes what it needs of the body. */
	lines = *text ? cells_lines(text, screen.width) : 1;
	lines = lines > screen.height / 3 ? screen.height / 3 : lines;
	if (screen.height < ROOMY_FROM && role != DRAW_ERROR && !*shell->message)
		lines = 1; /* help may be cut: F1 says more */
	lines = lines < 1 ? 1 : lines;
	body = screen.height - 1 - lines - hints;
	draw_begin();
	draw_top_line(shell, screen);
	if (lines > 1)
		draw_wrapped((struct rect){1 + body, 0, lines, screen.width}, 0, role, text);
	else
		draw_text(1 + body, 0, screen.width, role, text);
	draw_hints(shell, (struct rect){screen.height - hints, 0, hints, screen.width});
	if (body > 0)
		top(shell)->screen->draw(
			top(shell)->state, (struct rect){1, 0, body, screen.width});
	for (i = 0; i < shell->asked; i++)
		dialog_draw(&shell->questions[i].dialog);
	draw_end();
}

/* ---- the stack ---- */

static bool open_layer(struct shell *shell, const struct screen *screen, void *arg)
{
	struct layer *layer = &shell->layers[shell->depth];

	if (shell->depth == DEPTH)
		return false;
	layer->screen = screen;
	shell->opening = true;
	layer->state = screen->open(shell, arg);
	shell->opening = false;
	if (!layer->state)
		return false;
	shell->depth++;
	return true;
}

static void close_layer(struct shell *shell)
{
	struct layer *layer = top(shell);

	while (shell->asked && shell->questions[shell->asked - 1].depth >= shell->depth)
		dialog_clear(&shell->questions[--shell->asked].dialog);
	layer->screen->close(layer->state);
	shell->depth--;
}

static void show_again(struct shell *shell)
{
	if (shell->depth && top(shell)->screen->shown)
		top(shell)->screen->shown(top(shell)->state);
}

/* What a callback asked for; the screens that it leads to may ask for more. */
static void settle(struct shell *shell)
{
	while (shell->move != MOVE_NONE) {
		enum move move = shell->move;
		const struct screen *next = shell->next;
		void *arg = shell->next_arg;

		shell->move = MOVE_NONE;
		if (move != MOVE_PUSH)
			close_layer(shell);
		while (move == MOVE_RESTART && shell->depth)
			close_layer(shell);
		if (move == MOVE_POP || !open_layer(shell, next, arg))
			show_again(shell);
		if (!shell->depth) {
			shell->over = true;
			return;
		}
	}
}

static void ask_move(
	struct shell *shell, enum move move, const struct screen *screen, void *arg)
{
	shell->move = move;
	shell->next = screen;
	shell->next_arg = arg;
}

void shell_push(struct shell *shell, const struct screen *screen, void *arg)
{
	ask_move(shell, MOVE_PUSH, screen, arg);
}

void shell_pop(struct shell *shell)
{
	ask_move(shell, MOVE_POP, NULL, NULL);
}

void shell_replace(struct shell *shell, const struct screen *screen, void *arg)
{
	ask_move(shell, MOVE_REPLACE, screen, arg);
}

void shell_restart(struct shell *shell, const struct screen *screen, void *arg)
{
	ask_move(shell, MOVE_RESTART, screen, arg);
}

void shell_quit(struct shell *shell)
{
	shell->over = true;
}

/* ---- dialogs ---- */

void shell_ask(
	struct shell *shell, const struct dialog *dialog, shell_answer_fn *done, void *arg)
{
	struct question *question;

	if (shell->asked == DIALOGS) /* more over each other than anybody could read */
		dialog_clear(&shell->questions[--shell->asked].dialog);
	question = &shell->questions[shell->asked++];
	question->dialog = *dialog;
	question->done = done;
	question->arg = arg;
	question->depth = shell->depth + shell->opening;
}

void shell_tell(struct shell *shell, const char *title, const char *text)
{
	struct dialog dialog;

	dialog_message(&dialog, title, text);
	shell_ask(shell, &dialog, NULL, NULL);
}

static void dialog_took(struct shell *shell, const struct key *key)
{
	struct question *question = &shell->questions[shell->asked - 1], ended;
	int answer = dialog_key(&question->dialog, key, term_now());

	if (answer == DIALOG_OPEN)
		return;
	ended = *question;
	shell->asked--;
	shell->woken = true; /* the screen may have been told to do something */
	if (ended.done)
		ended.done(ended.arg, &ended.dialog, answer);
	dialog_clear(&ended.dialog);
}

static void answer_quit(void *arg, struct dialog *dialog, int answer)
{
	(void)dialog;
	if (answer == 0)
		shell_quit(arg);
}

static void ask_quit(struct shell *shell)
{
	static const char *const labels[] = {"Quit", "Stay"};
	struct dialog dialog;

	if (top(shell)->screen->quit && top(shell)->screen->quit(top(shell)->state))
		return;
	dialog_confirm(&dialog, "Quit", "Leave lumenport? A running import goes on without it.",
		labels, 2, 1);
	shell_ask(shell, &dialog, answer_quit, shell);
}

/* ---- what screens may say ---- */

const struct shell_options *shell_options(const struct shell *shell)
{
	return shell->options;
}

void shell_say(struct shell *shell, enum draw_role role, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(shell->message, sizeof(shell->message), fmt, args);
	va_end(args);
	shell->message_role = role;
}

void shell_where(struct shell *shell, const char *where)
{
	snprintf(shell->where, sizeof(shell->where), "%s", where);
}

void shell_status(struct shell *shell, enum draw_role role, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(shell->status, sizeof(shell->status), fmt, args);
	va_end(args);
	shell->status_role = role;
}

int shell_wake(const struct shell *shell)
{
	return shell->wake;
}

void shell_watch(struct shell *shell, int fd)
{
	if (shell->watched_count < WATCHED)
		shell->watched[shell->watched_count++] = fd;
}

void shell_unwatch(struct shell *shell, int fd)
{
	size_t i;

	for (i = 0; i < shell->watched_count; i++) {
		if (shell->watched[i] == fd)
			shell->watched[i--] = shell->watched[--shell->watched_count];
	}
}

/* ---- the loop ---- */

static void take_key(struct shell *shell, const struct key *key)
{
	const struct layer *layer = top(shell);

	*shell->message = '\0';
	if (shell->asked) {
		dialog_took(shell, key);
	} else if (key->code == K_HELP) {
		help_show(shell, layer->screen, layer->state);
	} else if (key->code == K_QUIT) {
		ask_quit(shell);
	} else if (layer->screen->key && layer->screen->key(layer->state, key)) {
		return;
	} else if (key_typed(key, "?")) {
		help_show(shell, layer->screen, layer->state);
	} else if (key->code == K_ESC && shell->depth > 1) {
		shell_pop(shell);
	} else if (key->code == K_ESC) {
		shell_say(shell, DRAW_NORMAL, "There is nothing to go back to. F10 quits.");
	}
}

static void tick(struct shell *shell)
{
	int64_t now = term_now();
	size_t i;

	shell->woken = false;
	for (i = 0; i < shell->depth; i++) {
		if (shell->layers[i].screen->tick)
			shell->layers[i].screen->tick(shell->layers[i].state, now);
	}
	for (i = 0; i < shell->asked; i++) {
		if (shell->questions[i].dialog.has_edit)
			edit_tick(&shell->questions[i].dialog.edit, now);
	}
}

static int sooner(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static int time_to_wait(struct shell *shell)
{
	int64_t now = term_now();
	int wait = -1;
	size_t i;

	for (i = 0; i < shell->depth; i++) {
		if (shell->layers[i].screen->wait)
			wait = sooner(wait,
				shell->layers[i].screen->wait(shell->layers[i].state, now));
	}
	for (i = 0; i < shell->asked; i++) {
		if (shell->questions[i].dialog.has_edit)
			wait = sooner(wait, edit_wait(&shell->questions[i].dialog.edit, now));
	}
	return wait;
}

static enum term_event wait_for(struct shell *shell, struct key *key)
{
	struct pollfd fds[TERM_FDS_MAX] = {{.fd = shell->wake, .events = POLLIN}};
	enum term_event event;
	uint64_t woken;
	size_t i;

	for (i = 0; i < shell->watched_count; i++)
		fds[i + 1] = (struct pollfd){.fd = shell->watched[i], .events = POLLIN};
	event = term_wait(key, fds, shell->watched_count + 1, time_to_wait(shell));
	for (i = 0; i <= shell->watched_count; i++)
		shell->woken |= fds[i].revents != 0;
	if (fds[0].revents && read(shell->wake, &woken, sizeof(woken)) < 0)
		return event; /* somebody took it already: fine */
	return event;
}

static void save_all(struct shell *shell)
{
	size_t i;

	for (i = shell->depth; i > 0; i--) {
		if (shell->layers[i - 1].screen->save)
			shell->layers[i - 1].screen->save(shell->layers[i - 1].state);
	}
}

/* The exit code. */
static int loop(struct shell *shell)
{
	struct key key;

	settle(shell);
	while (!shell->over) {
		if (!term_pending())
			draw(shell);
		switch (wait_for(shell, &key)) {
		case TERM_KEY: take_key(shell, &key); break;
		case TERM_TIMEOUT: shell->woken = true; break;
		case TERM_HANGUP: save_all(shell); return 129;
		case TERM_TERMINATE: save_all(shell); return 143;
		default: break;
		}
		settle(shell);
		if (shell->woken && !shell->over)
			tick(shell);
		settle(shell);
	}
	return 0;
}

int shell_run(const struct shell_options *options, const struct screen *first, void *arg,
	struct err *err)
{
	struct shell shell = {.options = options};
	int result = -1;

	shell.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (shell.wake < 0)
		return err_set(err, ERR_FAILED, "Cannot make an eventfd: %s.", strerror(errno));
	if (term_open(&options->term, err))
		goto out;
	if (open_layer(&shell, first, arg))
		result = loop(&shell);
	else
		err_set(err, ERR_FAILED, "%s",
			*shell.message ? shell.message : "The first screen cannot be shown.");
	while (shell.depth)
		close_layer(&shell);
	term_close();
out:
	close(shell.wake);
	return result;
}
