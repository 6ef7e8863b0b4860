#include "settings/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

void secret_wipe(struct secret *secret)
{
	explicit_bzero(secret, sizeof(*secret));
}

static const struct {
	const char *title;
	const char *word;
	const char *end; /* of its name, behind the app's */
} kinds[SECRET_KINDS] = {
	[SECRET_CLIENT] = {"client secret", "client", ""},
	[SECRET_DELIVERY] = {"delivery password", "delivery", ".delivery"},
};

char *secret_name(const char *app, enum secret_kind kind)
{
	return mem_printf("%s%s", app, kinds[kind].end);
}

const char *secret_title(enum secret_kind kind)
{
	return kinds[kind].title;
}

const char *secret_word(enum secret_kind kind)
{
	return kinds[kind].word;
}

static char *stored_path(const char *state, const char *name)
{
	return mem_printf("%s/secrets/%s", state, name);
}

/* No app has a dot in its name. */
static int none_set(const char *name, struct err *err)
{
	const char *end = strchrnul(name, '.');
	int app = (int)(end - name);
	size_t kind;

	for (kind = SECRET_KINDS - 1; strcmp(kinds[kind].end, end) && kind; kind--)
		;
	return err_set(err, ERR_SETTINGS,
		"No %s is set for %.*s. Set it with: lumenport secret set %.*s%s%s",
		kinds[kind].title, app, name, app, name, kind ? " " : "",
		kind ? kinds[kind].word : "");
}

/* Where systemd put the secret (LoadCredential=NAME.secret); NULL when it did not. */
static char *credential_path(const char *name)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	char *path;

	if (!dir || !*dir)
		return NULL;
	path = mem_printf("%s/%s.secret", dir, name);
	if (!file_exists(path)) {
		free(path);
		path = NULL;
	}
	return path;
}

/* Ends the text at the line end of an editor or `echo`, and says whether what is left is one.
 */
static int check_text(
	struct secret *secret, enum err_code code, const char *where, struct err *err)
{
	const unsigned char *c;

	secret->text[strcspn(secret->text, "\r\n")] = '\0';
	if (!*secret->text)
		return err_set(
			err, code, "The secret %s is empty. Nothing was changed.", where);
	for (c = (const unsigned char *)secret->text; *c; c++) {
		if (*c < ' ' || *c == 0x7f)
			return err_set(err, code,
				"The secret %s contains a control character. Copy it "
				"again; nothing was changed.",
				where);
	}
	return 0;
}

/* A secret that others can read is refused: it may have been copied, and it will be again. */
static int check_private(int fd, const char *path, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st))
		return file_error(err, "look at", path);
	if (st.st_mode & 077)
		return err_set(err, ERR_SETTINGS,
			"%s can be read by others (mode %04o). Run: chmod 600 %s, and ask the "
			"vendor for a new secret when others are on this machine.",
			path, (unsigned)st.st_mode & 07777, path);
	return 0;
}

static int read_all(int fd, const char *path, struct secret *secret, struct err *err)
{
	size_t used = 0;
	ssize_t n;

	do {
		n = read(fd, secret->text + used, SECRET_MAX - used);
		if (n > 0)
			used += (size_t)n;
	} while ((n > 0 && used < SECRET_MAX) || (n < 0 && errno == EINTR));
	if (n < 0)
		return file_error(err, "read", path);
	secret->text[used] = '\0';
	return check_text(secret, ERR_SETTINGS, "that is stored", err);
}

int secret_load(const char *state, const char *name, struct secret *secret, struct err *err)
{
	char *credential = credential_path(name);
	char *path = credential ? mem_strdup(credential) : stored_path(state, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), result = -1;

	memset(secret, 0, sizeof(*secret));
	if (fd < 0 && errno == ENOENT)
		none_set(name, err);
	else if (fd < 0)
		file_error(err, "open", path);
	else if ((credential || !check_private(fd, path, err)) &&
		 !read_all(fd, path, secret, err))
		result = 0;
	if (result)
		secret_wipe(secret);
	if (fd >= 0)
		close(fd);
	free(path);
	free(credential);
	return result;
}

int secret_need(
	const char *state, const struct app *app, struct secret *secret, struct err *err)
{
	if (app_kind_has_secret(app->kind))
		return secret_load(state, app->name, secret, err);
	secret_wipe(secret);
	return 0;
}

bool secret_is_missing(const char *state, const struct app *app)
{
	struct secret_status status;

	secret_status(state, app->name, &status);
	return app_kind_has_secret(app->kind) && !status.set;
}

int secret_store(
	const char *state, const char *name, const struct secret *secret, struct err *err)
{
	char *path = stored_path(state, name), *dir = file_dir_of(path);
	int result = file_make_dir(dir, err);

	if (!result)
		result = file_write(path, secret->text, strlen(secret->text), err);
	free(dir);
	free(path);
	return result;
}

int secret_forget(const char *state, const char *name, struct err *err)
{
	char *path = stored_path(state, name);
	int result = 0;

	if (!unlink(path))
		result = file_sync_dir_of(path, err);
	else if (errno != ENOENT && errno != ENOTDIR)
		result = file_error(err, "remove", path);
	free(path);
	return result;
}

int secret_forget_all(const char *state, const char *app, struct err *err)
{
	enum secret_kind kind;
	int result = 0;

	for (kind = 0; kind < SECRET_KINDS && !result; kind++) {
		char *name = secret_name(app, kind);

		result = secret_forget(state, name, err);
		free(name);
	}
	return result;
}

void secret_status(const char *state, const char *name, struct secret_status *status)
{
	char *credential = credential_path(name);
	char *path = credential ? mem_strdup(credential) : stored_path(state, name);
	struct stat st;

	memset(status, 0, sizeof(*status));
	if (!stat(path, &st)) {
		status->set = true;
		status->from_credentials = credential != NULL;
		status->when = st.st_mtime;
	}
	free(path);
	free(credential);
}

/*
 * Reads up to the end of the line, byte by byte so that nothing after it is taken. `signals` is
 * watched beside; 1 when one of them came.
 */
static int read_line(int fd, int signals, struct secret *secret, struct err *err)
{
	struct pollfd fds[2] = {
		{.fd = fd, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
	size_t used = 0;
	ssize_t n = 0;

	for (;;) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return file_error(err, "wait for", "the secret");
		if (fds[1].revents)
			return 1;
		if (!fds[0].revents)
			continue;
		n = read(fd, secret->text + used, 1);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n < 0)
			return file_error(err, "read", "the secret");
		if (n == 0 || secret->text[used] == '\n')
			break;
		if (!secret->text[used])
			secret->text[used] =
				1; /* a NUL would cut it unseen; 1 is refused below */
		if (++used == sizeof(secret->text))
			return err_set(err, ERR_USAGE,
				"The secret that was entered is longer than %d bytes. "
				"Nothing was changed.",
				SECRET_MAX);
	}
	secret->text[used] = '\0';
	return check_text(secret, ERR_USAGE, "that was entered", err);
}

/* Asks without echo. 1 when a signal came; the terminal is as before in any case. */
static int ask(int fd, int signals, const char *prompt, struct secret *secret, struct err *err)
{
	struct termios before, silent;
	int result;

	if (tcgetattr(fd, &before))
		return file_error(err, "set up", "the terminal");
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	if (tcsetattr(fd, TCSAFLUSH, &silent))
		return file_error(err, "set up", "the terminal");
	dprintf(STDERR_FILENO, "%s", prompt);
	result = read_line(fd, signals, secret, err);
	tcsetattr(fd, TCSAFLUSH, &before);
	dprintf(STDERR_FILENO, "\n");
	return result;
}

/*
 * On a terminal the signals that would end or stop the process are blocked and watched: when
 * one comes, the terminal is restored first and then it is let through. After a stop the
 * question is put again.
 */
static int ask_restoring(int fd, const char *prompt, struct secret *secret, struct err *err)
{
	sigset_t set, before, pending;
	int signals, result;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGQUIT);
	sigaddset(&set, SIGTSTP);
	signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (signals < 0)
		return file_error(err, "watch", "signals");
	do {
		sigemptyset(&pending);
		pthread_sigmask(SIG_BLOCK, &set, &before);
		result = ask(fd, signals, prompt, secret, err);
		sigpending(&pending);
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	} while (result == 1 && sigismember(&pending, SIGTSTP));
	close(signals);
	if (result == 1)
		result = err_set(err, ERR_CANCELLED, "Stopped: no secret was set.");
	return result;
}

int secret_read(int fd, const char *prompt, struct secret *secret, struct err *err)
{
	int result;

	memset(secret, 0, sizeof(*secret));
	if (isatty(fd))
		result = ask_restoring(fd, prompt, secret, err);
	else
		result = read_line(fd, -1, secret, err);
	if (result)
		secret_wipe(secret);
	return result;
}
