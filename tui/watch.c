#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "widget/words.h"

enum { LOG_MOST = 256 * 1024, SAID_MOST = 4096 }; /* bytes kept, and read of the end */

extern char **environ;

/* The collections as people call them; `plain` within a sentence. */
static const char *const collection_words[COLLECTION_COUNT] = {
	[COLLECTION_ORGS] = "schools and districts",
	[COLLECTION_SESSIONS] = "terms and other sessions",
	[COLLECTION_DEMOGRAPHICS] = "demographics",
	[COLLECTION_USERS] = "people",
	[COLLECTION_COURSES] = "courses",
	[COLLECTION_CLASSES] = "classes",
	[COLLECTION_ENROLLMENTS] = "enrollments",
};

void watch_init(struct watch *watch, const char *config, const char *state)
{
	memset(watch, 0, sizeof(*watch));
	watch->config = mem_strdup(config);
	watch->state = mem_strdup(state);
}

void watch_clear(struct watch *watch)
{
	free(watch->config);
	free(watch->state);
	free(watch->started);
	free(watch->log);
	memset(watch, 0, sizeof(*watch));
}

/* ---- starting --------------------------------------------------------------------------- */

/* The program itself, also when its file was replaced meanwhile. */
static void own_path(char *out, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", out, size - 1);

	out[n > 0 ? n : 0] = '\0';
	if (n <= 0 || access(out, X_OK))
		snprintf(out, size, "/proc/self/exe");
}

/* Where the import will write; what is there already is not its own. */
static void open_log(struct watch *watch, const char *app)
{
	struct stat st;

	free(watch->log);
	watch->log = mem_printf("%s/import-%s.log", watch->state, app);
	watch->log_from = stat(watch->log, &st) ? 0 : st.st_size;
	if (watch->log_from > LOG_MOST && !truncate(watch->log, 0))
		watch->log_from = 0;
}

static int spawn(struct watch *watch, const char *app, struct err *err)
{
	char *const argv[] = {(char *)"lumenport", (char *)"--config", watch->config,
		(char *)"--state", watch->state, (char *)"run", (char *)app, (char *)"--anyway",
		/* who presses it was asked */ NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none, all;
	char path[4096];
	int error;

	own_path(path, sizeof(path));
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&how);
	posix_spawnattr_setflags(
		&how, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &all);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, watch->log,
		O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
	posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	error = posix_spawn(&watch->child, path, &files, &how, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&how);
	if (!error)
		return 0;
	watch->child = 0;
	return err_set(err, ERR_FAILED,
		"Cannot start the import: %s. Check that %s can be written.", strerror(error),
		watch->log);
}

int watch_start(struct watch *watch, const char *app, struct err *err)
{
	live_read(watch->state, &watch->live);
	if (watch->child || *watch->live.who)
		return err_set(err, ERR_LOCKED,
			"Already at work: %s. Wait until it has ended, or cancel it.",
			*watch->live.who ? watch->live.who : "an import started here");
	if (file_make_dir(watch->state, err))
		return -1;
	open_log(watch, app);
	watch->said[0] = '\0';
	watch->cancelling = false;
	mem_replace(&watch->started, app);
	watch->started_at = time(NULL);
	watch->looked = 0;
	return spawn(watch, app, err);
}

int watch_cancel(struct watch *watch, struct err *err)
{
	if (live_cancel(watch->state, &watch->live, err)) {
		/* Started a moment ago, it may not hold the lock yet. */
		if (!watch->child || kill(watch->child, SIGTERM))
			return -1;
	}
	watch->cancelling = true;
	watch->looked = 0;
	return 0;
}

/* ---- looking ---------------------------------------------------------------------------- */

/* The last line that the program itself said, without its name. */
static void read_last_words(struct watch *watch)
{
	static const char own[] = "lumenport: ";
	char text[SAID_MOST + 1], *line, *save = NULL;
	int fd = open(watch->log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	off_t end = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
	off_t from = end - watch->log_from > SAID_MOST ? end - SAID_MOST : watch->log_from;
	ssize_t n = fd < 0 ? 0 : pread(fd, text, SAID_MOST, from);

	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = '\0';
	snprintf(watch->said, sizeof(watch->said),
		"The import ended without a word; its log is %s.", watch->log);
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		if (!strncmp(line, own, strlen(own)))
			text_clean(line + strlen(own), watch->said, sizeof(watch->said));
	}
}

/* Whether the process started here has just ended. */
static bool reap(struct watch *watch)
{
	int status;

	if (!watch->child || waitpid(watch->child, &status, WNOHANG) != watch->child)
		return false;
	watch->child = 0;
	if (WIFSIGNALED(status))
		snprintf(watch->said, sizeof(watch->said),
			"The import was ended by signal %d. Nothing was changed.",
			WTERMSIG(status));
	else if (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 20)
		read_last_words(watch);
	return true;
}

static void move_bar(struct watch *watch, int64_t now)
{
	const struct pull_progress *pull = &watch->live.progress.pull;
	bool counts = watch->live.told && watch->live.progress.phase == PHASE_PULL;
	char phase[80];

	watch_phase(watch, phase, sizeof(phase));
	progress_update(&watch->bar, phase, counts ? (uint64_t)pull->received : 0,
		counts && pull->total > 0 ? (uint64_t)pull->total : 0, now);
	if (counts && !watch->rate_at && pull->received_in_all) {
		watch->rate_at = now;
		watch->rate_records = pull->received_in_all;
	}
}

enum watch_news watch_tick(struct watch *watch, int64_t now)
{
	bool was = *watch->live.app || watch->child;
	long before = watch->live.pid;
	bool ended;

	if (watch_wait(watch, now) > 0)
		return WATCH_NOTHING;
	watch->looked = now;
	ended = reap(watch);
	live_read(watch->state, &watch->live);
	ended = ended || (before && watch->live.pid != before);
	if (ended || !was) {
		watch->rate_at = 0;
		memset(&watch->bar, 0, sizeof(watch->bar));
	}
	if (ended)
		watch->cancelling = false;
	if (*watch->live.app)
		move_bar(watch, now);
	return ended ? WATCH_ENDED : was || *watch->live.who ? WATCH_MOVED : WATCH_NOTHING;
}

int watch_wait(const struct watch *watch, int64_t now)
{
	bool runs = *watch->live.who || watch->child;
	int64_t due = watch->looked + (runs ? WATCH_RUNNING_MS : WATCH_IDLE_MS);

	if (!watch->looked || due <= now)
		return 0;
	return (int)(due - now);
}

bool watch_is_running(const struct watch *watch, const char *app)
{
	if (watch->child && watch->started && !strcmp(watch->started, app))
		return true;
	return *watch->live.app && !strcmp(watch->live.app, app);
}

/* ---- words ------------------------------------------------------------------------------ */

void watch_phase(const struct watch *watch, char *out, size_t size)
{
	if (!*watch->live.app)
		snprintf(out, size, "Starting");
	else if (!watch->live.told)
		snprintf(out, size, "Running");
	else
		watch_phase_of(&watch->live.progress, out, size);
}

void watch_phase_of(const struct import_progress *progress, char *out, size_t size)
{
	switch (progress->phase) {
	case PHASE_CONNECT: snprintf(out, size, "Connecting to the source"); break;
	case PHASE_PULL:
		snprintf(out, size, "Reading %s", collection_words[progress->pull.collection]);
		break;
	case PHASE_COMPARE: snprintf(out, size, "Comparing with the hub"); break;
	case PHASE_STORE: snprintf(out, size, "Storing"); break;
	}
}

/* Bytes as people read them; those of a body on its way, so no digit behind the point counts.
 */
static void add_bytes(struct buf *out, int64_t bytes)
{
	if (bytes >= 1000 * 1000 * 1000)
		buf_addf(out, ", %.1f GB", (double)bytes / 1e9);
	else if (bytes >= 1000 * 1000)
		buf_addf(out, ", %.1f MB", (double)bytes / 1e6);
	else if (bytes >= 1000)
		buf_addf(out, ", %.0f kB", (double)bytes / 1e3);
}

void watch_describe(const struct watch *watch, int64_t wall, int64_t now, struct buf *out)
{
	const struct live *live = &watch->live;
	const struct pull_progress *pull = &live->progress.pull;
	int64_t records = pull->received_in_all - watch->rate_records;
	char number[WORDS_SIZE], rate[WORDS_SIZE];

	if (live->told && pull->received_in_all) {
		buf_addf(out, "%s records so far",
			words_number((uint64_t)pull->received_in_all, number));
		if (watch->rate_at && now - watch->rate_at >= 1000 && records > 0)
			buf_addf(out, ", %s a second",
				words_number(
					(uint64_t)(records * 1000 / (now - watch->rate_at)),
					rate));
		add_bytes(out, pull->bytes);
		if (pull->retries)
			buf_addf(out, ", %d %s", pull->retries,
				pull->retries == 1 ? "request repeated" : "requests repeated");
		buf_adds(out, ".");
	}
	if (live->told && live->started && wall >= live->started)
		buf_addf(out, "%sRunning for %s", out->used ? "\n" : "",
			words_duration(wall - live->started, number));
	if (live->pid)
		buf_addf(out, "%s%ld%s", live->told ? ", process " : "Process ", live->pid,
			watch->child == (pid_t)live->pid
				? ". It goes on when this screen is closed."
				: ", not started from this screen.");
}

void watch_pause(const struct watch *watch, char *out, size_t size)
{
	const struct pull_progress *pull = &watch->live.progress.pull;
	char left[WORDS_SIZE];

	*out = '\0';
	if (!watch->live.told || watch->live.progress.phase != PHASE_PULL)
		return;
	words_duration(pull->wait_seconds, left);
	switch (pull->wait) {
	case WAIT_NONE: break;
	case WAIT_RETRY:
		snprintf(out, size, "A request failed; it is tried again in %s.", left);
		break;
	case WAIT_RATE_LIMIT:
		snprintf(out, size, "The source asks to slow down; going on in %s.", left);
		break;
	case WAIT_RESTART:
		snprintf(out, size,
			"The source changed while it was read; this part is read once more.");
		break;
	}
}
