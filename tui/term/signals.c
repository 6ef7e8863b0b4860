#include "term/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static const int reported[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGHUP, SIGTERM, SIGINT};
static const int deadly[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGQUIT};

enum {
	REPORTED = sizeof(reported) / sizeof(*reported),
	DEADLY = sizeof(deadly) / sizeof(*deadly),
};

static int pipe_in = -1, pipe_out = -1;
static struct sigaction before[REPORTED + DEADLY];
static volatile sig_atomic_t armed;
static pid_t owner; /* a child between fork and exec must not touch the terminal */
static const char *last_words;
static size_t last_length;
static const struct termios *last_modes;
static char deadly_stack[32768]; /* the stack itself may be what ran over */

static void on_reported(int sig)
{
	int saved = errno;
	char byte = (char)sig;
	ssize_t n = write(pipe_in, &byte, 1); /* a full pipe holds enough to wake us */

	(void)n;
	errno = saved;
}

static void on_deadly(int sig)
{
	const char *data = last_words;
	bool ours = armed && getpid() == owner;
	size_t left = ours ? last_length : 0;
	ssize_t n;

	while (left && ((n = write(STDOUT_FILENO, data, left)) > 0 || errno == EINTR)) {
		data += n > 0 ? n : 0;
		left -= n > 0 ? (size_t)n : 0;
	}
	if (ours)
		tcsetattr(STDIN_FILENO, TCSANOW, last_modes);
	armed = 0;
	raise(sig); /* SA_RESETHAND: kills as soon as this returns */
}

int signals_open(struct err *err)
{
	int ends[2], i;

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_set(err, ERR_FAILED, "Cannot make a pipe: %s.", strerror(errno));
	pipe_out = ends[0];
	pipe_in = ends[1];
	for (i = 0; i < REPORTED; i++)
		sigaction(reported[i], NULL, &before[i]);
	for (i = 0; i < DEADLY; i++)
		sigaction(deadly[i], NULL, &before[REPORTED + i]);
	return 0;
}

void signals_catch(void)
{
	stack_t stack = {.ss_sp = deadly_stack, .ss_size = sizeof(deadly_stack)};
	struct sigaction action;
	int i;

	sigaltstack(&stack, NULL);
	memset(&action, 0, sizeof(action));
	sigemptyset(&action.sa_mask);
	action.sa_handler = on_reported; /* no SA_RESTART: poll must return */
	for (i = 0; i < REPORTED; i++)
		sigaction(reported[i], &action, NULL);
	action.sa_handler = on_deadly;
	action.sa_flags = (int)(SA_RESETHAND | SA_ONSTACK);
	for (i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &action, NULL);
}

void signals_close(void)
{
	int i;

	for (i = 0; i < REPORTED; i++)
		sigaction(reported[i], &before[i], NULL);
	for (i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &before[REPORTED + i], NULL);
	close(pipe_in);
	close(pipe_out);
	pipe_in = pipe_out = -1;
}

int signals_fd(void)
{
	return pipe_out;
}

int signals_next(void)
{
	char byte;

	return read(pipe_out, &byte, 1) == 1 ? byte : 0;
}

void signals_arm(const char *restore, size_t length, const struct termios *cooked)
{
	last_words = restore;
	last_length = length;
	last_modes = cooked;
	owner = getpid();
	armed = 1;
}

void signals_disarm(void)
{
	armed = 0;
}

void signals_stop_group(void)
{
	struct sigaction stop, mine;

	memset(&stop, 0, sizeof(stop));
	sigemptyset(&stop.sa_mask);
	stop.sa_handler = SIG_DFL;
	sigaction(SIGTSTP, &stop, &mine);
	/* The whole group: sudo and wrappers stop with us. */
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &mine, NULL);
}
