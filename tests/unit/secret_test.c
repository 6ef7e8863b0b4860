/* The client secret: kept private, refused when it is not, read from a pipe and a terminal. */
#include "settings/secret.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "tap.h"

static char dir[] = "/tmp/lumenport-secret-XXXXXX";
static struct err err;

static int read_from(const char *text, size_t length, struct secret *secret)
{
	int fds[2], result;

	if (pipe(fds) || write(fds[1], text, length) != (ssize_t)length)
		return -2;
	close(fds[1]);
	result = secret_read(fds[0], "Secret: ", secret, &err);
	close(fds[0]);
	return result;
}

static void test_pipe(void)
{
	char huge[SECRET_MAX + 10];
	struct secret secret;

	ok(!read_from("CANARY\n", 7, &secret), "a line");
	is_str(secret.text, "CANARY", "without its end");
	ok(!read_from("CANARY\r\nrest", 12, &secret), "a line of Windows");
	is_str(secret.text, "CANARY", "without its end");
	ok(!read_from("p w d", 5, &secret), "no line end");
	is_str(secret.text, "p w d", "blanks stay");
	ok(read_from("", 0, &secret) && err.code == ERR_USAGE, "nothing: %s", err.text);
	ok(read_from("\n", 1, &secret), "an empty line");
	ok(read_from("CAN\tARY\n", 8, &secret), "a control character: %s", err.text);
	ok(!strstr(err.text, "CAN"), "and it is not named");
	ok(read_from("CAN\0ARY\n", 8, &secret), "a NUL");
	is_str(secret.text, "", "wiped");
	memset(huge, 'x', sizeof(huge));
	ok(read_from(huge, sizeof(huge), &secret), "too long: %s", err.text);
	ok(!read_from(huge, SECRET_MAX, &secret), "just not too long");
}

static void test_store(void)
{
	char *path = mem_printf("%s/secrets/main", dir);
	struct secret_status status;
	struct secret secret = {"CANARY"}, loaded;
	struct stat st;

	ok(secret_load(dir, "main", &loaded, &err) && err.code == ERR_SETTINGS, "none: %s",
		err.text);
	ok(strstr(err.text, "lumenport secret set main") != NULL, "names the command");
	secret_status(dir, "main", &status);
	ok(!status.set, "status: none");
	ok(!secret_store(dir, "main", &secret, &err), "stored");
	ok(!stat(path, &st) && (st.st_mode & 0777) == 0600, "private");
	ok(!secret_load(dir, "main", &loaded, &err), "loaded");
	is_str(loaded.text, "CANARY", "the same");
	secret_status(dir, "main", &status);
	ok(status.set && !status.from_credentials && status.when > 0, "status: set");
	chmod(path, 0640);
	ok(secret_load(dir, "main", &loaded, &err), "readable by others: %s", err.text);
	is_str(loaded.text, "", "nothing is handed out");
	chmod(path, 0600);
	ok(!secret_forget(dir, "main", &err) && !file_exists(path), "forgotten");
	ok(!secret_forget(dir, "main", &err), "twice is fine");
	free(path);
}

static void test_names(void)
{
	char *name = secret_name("main", SECRET_DELIVERY);
	struct secret secret = {"CANARY"}, loaded;

	ok(secret_load(dir, name, &loaded, &err) &&
			strstr(err.text, "No delivery password is set for main") &&
			strstr(err.text, "lumenport secret set main delivery"),
		"each is named: %s", err.text);
	ok(!secret_store(dir, name, &secret, &err) && !secret_store(dir, "main", &secret, &err),
		"beside the client secret");
	ok(!secret_forget(dir, "main", &err) && !secret_load(dir, name, &loaded, &err),
		"one is forgotten, the other not");
	ok(!secret_forget_all(dir, "main", &err) && secret_load(dir, name, &loaded, &err),
		"all are forgotten with the app");
	free(name);
}

static void test_credentials(void)
{
	char *path = mem_printf("%s/main.secret", dir);
	struct secret_status status;
	struct secret loaded;

	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	ok(!file_write(path, "SYSTEMD\n", 8, &err), "a credential");
	ok(!secret_load(dir, "main", &loaded, &err), "loaded");
	is_str(loaded.text, "SYSTEMD", "the credential, without a line end");
	secret_status(dir, "main", &status);
	ok(status.set && status.from_credentials, "status says so");
	unsetenv("CREDENTIALS_DIRECTORY");
	free(path);
}

/* A terminal: what the child asks on, and our end of it. */
struct tty {
	int ours;
	pid_t child;
};

static volatile sig_atomic_t got_int;

static void on_int(int number)
{
	got_int = number;
}

static void child_asks(const char *name)
{
	int fd = open(name, O_RDWR); /* the controlling terminal, after setsid() */
	struct sigaction action = {.sa_handler = on_int};
	struct secret secret;
	struct termios now;
	int status;

	dup2(fd, STDERR_FILENO);
	sigaction(SIGINT, &action, NULL);
	status = secret_read(fd, "Secret: ", &secret, &err);
	tcgetattr(fd, &now);
	_exit(!(now.c_lflag & ECHO)             ? 4
		: status && got_int             ? 3
		: status                        ? 2
		: strcmp(secret.text, "CANARY") ? 1
						: 0);
}

static void tty_open(struct tty *tty)
{
	tty->ours = posix_openpt(O_RDWR | O_NOCTTY);
	grantpt(tty->ours);
	unlockpt(tty->ours);
	tty->child = fork();
	if (!tty->child) {
		setsid();
		alarm(20);
		child_asks(ptsname(tty->ours));
	}
}

/* Sends `text` once the prompt is there; gives the exit status of the child, its output in
 * `out`. */
static int tty_talk(struct tty *tty, const char *text, char *out, size_t size)
{
	size_t used = 0;
	ssize_t n;
	bool told = false;
	int status;

	while (used + 1 < size && (n = read(tty->ours, out + used, size - used - 1)) > 0) {
		used += (size_t)n;
		out[used] = '\0';
		if (told || !strstr(out, "Secret: "))
			continue;
		told = true;
		if (write(tty->ours, text, strlen(text)) < 0)
			break;
	}
	out[used] = '\0';
	waitpid(tty->child, &status, 0);
	close(tty->ours);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void test_terminal(void)
{
	struct tty tty;
	char out[500];

	tty_open(&tty);
	is_int(tty_talk(&tty, "CANARY\n", out, sizeof(out)), 0, "asked on a terminal");
	ok(!strstr(out, "CANARY"), "without echo");
	tty_open(&tty);
	is_int(tty_talk(&tty, "CAN\x03", out, sizeof(out)), 3,
		"Ctrl-C ends the question, reaches its handler, and the echo is back");
}

int main(void)
{
	if (!mkdtemp(dir))
		return 1;
	unsetenv("CREDENTIALS_DIRECTORY");
	alarm(20); /* a question that is never answered ends the test */
	test_pipe();
	test_store();
	test_names();
	test_credentials();
	test_terminal();
	file_remove_all(dir, &err);
	return done_testing();
}
