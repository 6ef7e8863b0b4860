#include "sync/live.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/lock.h"
#include "base/mem.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;

static const struct import_progress far_progress = {
	.phase = PHASE_PULL,
	.pull = {.collection = COLLECTION_USERS,
		.received = 1204,
		.total = 9800,
		.received_in_all = 1300,
		.bytes = 5000000000,
		.requests = 7,
		.retries = 2,
		.wait = WAIT_RATE_LIMIT,
		.wait_seconds = 30},
};

/* A child that holds the lock of imports and tells its progress, until SIGTERM. */
static pid_t import(const char *state, const char *app, bool tells)
{
	int ends[2];
	char c = 'n';
	pid_t pid;

	if (pipe(ends))
		perror("pipe");
	pid = fork();
	if (!pid) {
		struct live_writer writer;
		struct lock lock;
		char doing[200];

		snprintf(doing, sizeof(doing), "import of %s", app);
		c = import_lock(&lock, state, doing, &err) ? 'n' : 'y';
		live_open(&writer, state, app);
		if (tells)
			live_tell(&writer, 41, &far_progress);
		if (write(ends[1], &c, 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	if (read(ends[0], &c, 1) != 1 || c != 'y')
		puts("# the child has no lock");
	close(ends[0]);
	close(ends[1]);
	return pid;
}

static void test_nobody(const char *state)
{
	struct live live;

	live_read(state, &live);
	is_str(live.who, "", "nobody imports into a state that is not there");
	is_str(live.app, "", "no app");
	ok(!live.told, "nothing is told");
	is_int(live_cancel(state, &live, &err), -1, "and nothing can be cancelled");
}

static void test_seen(const char *state)
{
	pid_t pid = import(state, "main", true);
	char *file = mem_printf("%s/progress", state);
	struct live live, again;
	struct stat st;
	int status;

	live_read(state, &live);
	is_int(live.pid, pid, "the process is seen");
	is_str(live.app, "main", "whose import it is");
	ok(live.told, "and what it tells:");
	is_int(live.sync, 41, "number");
	is_int(live.progress.phase, PHASE_PULL, "phase");
	is_int(live.progress.pull.collection, COLLECTION_USERS, "collection");
	is_int(live.progress.pull.received, 1204, "received");
	is_int(live.progress.pull.total, 9800, "total");
	is_int(live.progress.pull.received_in_all, 1300, "received in all");
	is_int(live.progress.pull.bytes, 5000000000, "bytes");
	is_int(live.progress.pull.retries, 2, "retries");
	is_int(live.progress.pull.wait, WAIT_RATE_LIMIT, "wait");
	is_int(live.progress.pull.wait_seconds, 30, "seconds of it");
	ok(live.started > 0, "since when");
	ok(!stat(file, &st) && (st.st_mode & 0777) == 0600, "the file is private");

	is_int(live_cancel(state, &live, &err), 0, "it can be cancelled");
	waitpid(pid, &status, 0);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM, "by SIGTERM");
	live_read(state, &again);
	is_str(again.who, "", "and is gone, whatever the file says");
	is_int(live_cancel(state, &live, &err), -1, "what has ended cannot be cancelled");
	ok(strstr(err.text, "ended") != NULL, "and it is said: %s", err.text);
	free(file);
}

/* The file is of an earlier run, or full of nonsense: only the lock counts. */
static void test_file_of_another(const char *state)
{
	static const char nonsense[] = "pid x\nphase 99\ncollection -7\n\n\nreceived";
	pid_t pid = import(state, "other", false);
	char *file = mem_printf("%s/progress", state), *text;
	struct live live;

	live_read(state, &live);
	is_str(live.app, "other", "another import is seen");
	ok(!live.told, "without the words of the one before");
	file_write(file, nonsense, strlen(nonsense), &err);
	live_read(state, &live);
	ok(!live.told, "nonsense is not believed");
	text = mem_printf(
		"pid %ld\nphase 99\ncollection -7\ntotal zero\nwait 1000\n", (long)pid);
	file_write(file, text, strlen(text), &err);
	live_read(state, &live);
	is_int(live.progress.phase, PHASE_CONNECT, "a phase that is none");
	is_int(live.progress.pull.collection, COLLECTION_ORGS, "a collection that is none");
	is_int(live.progress.pull.wait, WAIT_NONE, "a wait that is none");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	free(text);
	free(file);
}

static void test_seldom(const char *state)
{
	struct import_progress progress = far_progress;
	char *file = mem_printf("%s/progress", state);
	struct live_writer writer;
	struct buf text;

	buf_init(&text);
	live_open(&writer, state, "main");
	live_tell(&writer, 1, &progress);
	progress.pull.received = 1205;
	live_tell(&writer, 1, &progress);
	file_read(file, 4096, &text, &err);
	ok(strstr(text.data, "received 1204") != NULL, "told no more often than it may");
	progress.phase = PHASE_COMPARE;
	live_tell(&writer, 1, &progress);
	file_read(file, 4096, &text, &err);
	ok(strstr(text.data, "received 1205") != NULL, "but a new phase at once");
	live_close(&writer);
	live_open(&writer, "/nonexistent/state", "main");
	live_tell(&writer, 1, &progress);
	live_close(&writer);
	ok(true, "a file that cannot be written is nobody's fault");
	buf_clear(&text);
	free(file);
}

int main(void)
{
	const char *state = temp_path("state");

	test_nobody(state);
	test_seen(state);
	test_file_of_another(state);
	test_seldom(state);
	return done_testing();
}
