#include "base/lock.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tap.h"
#include "tempdir.h"

static struct err err;

/* A child that takes the lock, says so, and holds it until killed. */
static pid_t hold(const char *path)
{
	int ends[2];
	char c = 'n';
	pid_t pid;

	if (pipe(ends))
		perror("pipe");
	pid = fork();
	if (!pid) {
		struct lock lock;

		c = lock_take(&lock, path, "import of main", &err) ? 'n' : 'y';
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

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void test_two(void)
{
	const char *path = temp_path("lock");
	struct lock lock;
	struct stat st;
	char who[200], number[30];
	pid_t pid;

	lock_holder(path, who, sizeof(who));
	is_str(who, "", "nobody holds a lock that was never taken");
	ok(!file_exists(path), "and asking makes no file");
	pid = hold(path);
	snprintf(number, sizeof(number), "process %d", pid);
	is_int(lock_holder(path, who, sizeof(who)), pid, "the holder can be asked for");
	is_int(lock_take(&lock, path, "test", &err), -1, "a second holder is refused");
	is_int(err.code, ERR_LOCKED, "with a code of its own");
	ok(strstr(err.text, "import of main") && strstr(err.text, number),
		"that names the first: %s", err.text);
	is_int(lock.fd, -1, "and holds nothing");
	lock_holder(path, who, sizeof(who));
	ok(strstr(who, number) != NULL, "the holder is told: %s", who);
	end(pid);
	lock_holder(path, who, sizeof(who));
	is_str(who, "", "a dead holder holds nothing");
	is_int(lock_take(&lock, path, "test", &err), 0, "the lock is free again");
	stat(path, &st);
	is_int(st.st_mode & 0777, 0600, "its file is private");
	lock_release(&lock);
	lock_release(&lock);
	is_int(lock_take(&lock, path, "test", &err), 0, "released (twice is fine) and taken");
	lock_release(&lock);
}

/* Whoever looks at the holder all the time must not make anybody fail. */
static void test_lookers(void)
{
	const char *path = temp_path("lock");
	pid_t looker[2];
	int i, failed = 0;

	for (i = 0; i < 2; i++) {
		looker[i] = fork();
		while (!looker[i]) {
			char who[200];

			lock_holder(path, who, sizeof(who));
			usleep(100);
		}
	}
	for (i = 0; i < 2000; i++) {
		struct lock lock;

		failed += lock_take(&lock, path, "test", &err) != 0;
		lock_release(&lock);
	}
	for (i = 0; i < 2; i++)
		end(looker[i]);
	is_int(failed, 0, "a look at the holder never refuses anybody");
}

static void test_errors(void)
{
	struct lock lock;

	is_int(lock_take(&lock, temp_path("no/where"), "test", &err), -1, "no directory");
	is_int(err.code, ERR_FAILED, "is not a lock held");
	lock_release(&lock);
	if (symlink("lock", temp_path("link")))
		perror("symlink");
	is_int(lock_take(&lock, temp_path("link"), "test", &err), -1, "a link is refused");
}

int main(void)
{
	test_two();
	test_lookers();
	test_errors();
	return done_testing();
}
