#include "sync/live.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"

enum { REPORT_MOST = 4096 }; /* bytes of the file */

static const char import_of[] = "import of "; /* what import_run says to the lock */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void live_open(struct live_writer *writer, const char *state, const char *app)
{
	*writer = (struct live_writer){.path = mem_printf("%s/progress", state),
		.app = mem_strdup(app),
		.started = time(NULL)};
}

void live_close(struct live_writer *writer)
{
	free(writer->path);
	free(writer->app);
	memset(writer, 0, sizeof(*writer));
}

/* In one piece for readers, but not forced to disk: after a power cut nobody asks for it. */
static void replace_file(const char *path, const struct buf *text)
{
	char *fresh = mem_printf("%s.new", path);
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd >= 0) {
		int failed = file_write_fd(fd, text->data, text->used);

		close(fd);
		if (failed || rename(fresh, path))
			unlink(fresh);
	}
	free(fresh);
}

void live_tell(struct live_writer *writer, int64_t sync, const struct import_progress *progress)
{
	const struct pull_progress *pull = &progress->pull;
	int64_t now = now_ms();
	struct buf text;

	if (writer->told && progress->phase == writer->phase &&
		now - writer->told < LIVE_TELL_MS)
		return;
	writer->told = now;
	writer->phase = progress->phase;
	buf_init(&text);
	buf_addf(&text, "app %s\npid %ld\nsync %lld\nstarted %lld\nphase %d\n", writer->app,
		(long)getpid(), (long long)sync, (long long)writer->started,
		(int)progress->phase);
	buf_addf(&text, "collection %d\nreceived %lld\ntotal %lld\nin_all %lld\nbytes %lld\n",
		(int)pull->collection, (long long)pull->received, (long long)pull->total,
		(long long)pull->received_in_all, (long long)pull->bytes);
	buf_addf(&text, "requests %d\nretries %d\nwait %d\nwait_seconds %d\n", pull->requests,
		pull->retries, (int)pull->wait, pull->wait_seconds);
	replace_file(writer->path, &text);
	buf_clear(&text);
}

/* A number of the file, or `missing` where it is not there or out of its bounds. */
static int64_t number_of(
	const char *text, const char *name, int64_t least, int64_t most, int64_t missing)
{
	size_t length = strlen(name);
	const char *line;
	long long n;

	for (line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, length) != 0 || line[length] != ' ')
			continue;
		errno = 0;
		n = strtoll(line + length + 1, NULL, 10);
		return !errno && n >= least && n <= most ? n : missing;
	}
	return missing;
}

static void take_report(const char *text, struct live *live)
{
	struct pull_progress *pull = &live->progress.pull;

	live->sync = number_of(text, "sync", 0, INT64_MAX, 0);
	live->started = number_of(text, "started", 0, INT64_MAX, 0);
	live->progress.phase =
		(enum import_phase)number_of(text, "phase", 0, PHASE_STORE, PHASE_CONNECT);
	pull->collection = (enum collection)number_of(
		text, "collection", 0, COLLECTION_COUNT - 1, COLLECTION_ORGS);
	pull->received = number_of(text, "received", 0, INT64_MAX, 0);
	pull->total = number_of(text, "total", -1, INT64_MAX, -1);
	pull->received_in_all = number_of(text, "in_all", 0, INT64_MAX, 0);
	pull->bytes = number_of(text, "bytes", 0, INT64_MAX, 0);
	pull->requests = (int)number_of(text, "requests", 0, INT32_MAX, 0);
	pull->retries = (int)number_of(text, "retries", 0, INT32_MAX, 0);
	pull->wait = (enum pull_wait)number_of(text, "wait", 0, WAIT_RESTART, WAIT_NONE);
	pull->wait_seconds = (int)number_of(text, "wait_seconds", 0, INT32_MAX, 0);
}

/* Whose import: "import of NAME, process ..." */
static void take_app(struct live *live)
{
	const char *name = live->who + strlen(import_of), *end;

	if (strncmp(live->who, import_of, strlen(import_of)) != 0)
		return;
	end = strchrnul(name, ','); /* no name of an app has one */
	snprintf(live->app, sizeof(live->app), "%.*s", (int)(end - name), name);
}

void live_read(const char *state, struct live *live)
{
	char *lock = mem_printf("%s/import.lock", state), *path = NULL;
	struct err ignored = {0};
	struct buf text;

	memset(live, 0, sizeof(*live));
	live->pid = lock_holder(lock, live->who, sizeof(live->who));
	take_app(live);
	if (*live->app && live->pid) {
		path = mem_printf("%s/progress", state);
		buf_init(&text);
		live->told = !file_read(path, REPORT_MOST, &text, &ignored) &&
			     number_of(text.data, "pid", 1, INT64_MAX, 0) == live->pid;
		if (live->told)
			take_report(text.data, live);
		buf_clear(&text);
	}
	free(path);
	free(lock);
}

/*
 * The process is held by a descriptor while the lock is asked once more: between looking and
 * signalling, its number cannot become another's.
 */
int live_cancel(const char *state, const struct live *seen, struct err *err)
{
	int fd = *seen->app && seen->pid ? pidfd_open((pid_t)seen->pid, 0) : -1, error;
	struct live now;

	live_read(state, &now);
	if (fd < 0 || now.pid != seen->pid || strcmp(now.app, seen->app) != 0) {
		if (fd >= 0)
			close(fd);
		return err_set(err, ERR_FAILED, "That import has ended already.");
	}
	error = pidfd_send_signal(fd, SIGTERM, NULL, 0) ? errno : 0;
	close(fd);
	if (error == EPERM)
		return err_set(err, ERR_FAILED,
			"This import belongs to another user (%s). Only that user or root can "
			"cancel it.",
			now.who);
	if (error)
		return err_set(
			err, ERR_FAILED, "Cannot cancel the import: %s.", strerror(error));
	return 0;
}
