#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

#define HOLDER_PROCESS ", process "

static void describe_self(const char *doing, char *line, size_t size)
{
	char now[32];
	time_t t = time(NULL);
	struct tm tm;
	const struct passwd *user = getpwuid(getuid());

	strftime(now, sizeof(now), "%Y-%m-%d %H:%M:%S", localtime_r(&t, &tm));
	snprintf(line, size, "%s" HOLDER_PROCESS "%ld of %s, since %s", doing, (long)getpid(),
		user ? user->pw_name : "an unknown user", now);
}

static void read_holder(int fd, char *who, size_t size)
{
	char line[256];
	ssize_t n = pread(fd, line, sizeof(line) - 1, 0);

	line[n > 0 ? n : 0] = '\0';
	text_clean(line, who, size);
}

/*
 * Whoever asks for the holder (lock_holder) has the lock for an instant, and must not make an
 * import fail: so a lock that is taken is tried again a few times.
 */
static int try_lock(int fd)
{
	const struct timespec instant = {0, 20 * 1000 * 1000};
	int tries = 5;

	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno != EWOULDBLOCK || !--tries)
			return -1;
		nanosleep(&instant, NULL);
	}
	return 0;
}

int lock_take(struct lock *lock, const char *path, const char *doing, struct err *err)
{
	char line[256];

	lock->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock->fd < 0)
		return file_error(err, "open the lock", path);
	if (try_lock(lock->fd)) {
		if (errno == EWOULDBLOCK) {
			read_holder(lock->fd, line, sizeof(line));
			err_set(err, ERR_LOCKED,
				"Already at work: %s. Wait until it has ended, or stop that "
				"process.",
				*line ? line : "another lumenport");
		} else {
			file_error(err, "lock", path);
		}
		close(lock->fd);
		lock->fd = -1;
		return -1;
	}
	describe_self(doing, line, sizeof(line));
	if (ftruncate(lock->fd, 0) || pwrite(lock->fd, line, strlen(line), 0) < 0) {
		/* Only the courtesy of a name is lost (a full disk): the lock itself holds. */
	}
	return 0;
}

void lock_release(struct lock *lock)
{
	if (lock->fd < 0)
		return;
	if (ftruncate(lock->fd, 0)) {
		/* the next holder writes it anew */
	}
	close(lock->fd);
	lock->fd = -1;
}

long lock_holder(const char *path, char *who, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *process;

	*who = '\0';
	if (fd < 0)
		return 0;
	if (flock(fd, LOCK_SH | LOCK_NB) && errno == EWOULDBLOCK) {
		read_holder(fd, who, size);
		if (!*who)
			snprintf(who, size, "another lumenport");
	}
	close(fd);
	/* What it does may name anything; who it is stands behind it. */
	for (process = NULL; (who = strstr(who, HOLDER_PROCESS)); who++)
		process = who;
	return process ? strtol(process + strlen(HOLDER_PROCESS), NULL, 10) : 0;
}
