#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tap.h"
#include "tempdir.h"

static struct err err;

static int mode_of(const char *path)
{
	struct stat st;

	return lstat(path, &st) ? -1 : (int)(st.st_mode & 07777);
}

static int entries(const char *path)
{
	DIR *dir = opendir(path);
	int count = 0;

	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static bool holds(const char *path, const char *want)
{
	struct buf buf;
	bool same;

	buf_init(&buf);
	same = !file_read(path, 1 << 20, &buf, &err) && !strcmp(buf.data, want);
	buf_clear(&buf);
	return same;
}

static void test_write(void)
{
	const char *path = temp_path("w/file");

	umask(0);
	mkdir(temp_path("w"), 0700);
	is_int(file_write(path, "one", 3, &err), 0, "written");
	ok(holds(path, "one"), "and read");
	is_int(mode_of(path), 0600, "private");
	chmod(path, 0644);
	is_int(file_write(path, "two", 3, &err), 0, "replaced");
	ok(holds(path, "two"), "by the new content");
	is_int(mode_of(path), 0600, "private again");
	is_int(entries(temp_path("w")), 1, "no temporary is left");
	is_int(file_write(path, "", 0, &err), 0, "nothing is content, too");
	ok(holds(path, ""), "an empty file");
	is_int(file_write(temp_path("no/where"), "x", 1, &err), -1, "no directory is an error");
	ok(strstr(err.text, "Check the path.") != NULL, "with the next step: %s", err.text);
	mkdir(temp_path("w/dir"), 0700);
	is_int(file_write(temp_path("w/dir"), "x", 1, &err), -1, "a directory is not replaced");
	is_int(entries(temp_path("w")), 2, "no temporary is left");
	umask(022);
}

static void test_read(void)
{
	struct buf buf;

	buf_init(&buf);
	file_write(temp_path("ten"), "0123456789", 10, &err);
	is_int(file_read(temp_path("ten"), 10, &buf, &err), 0, "as large as allowed");
	is_str(buf.data, "0123456789", "is read");
	is_int(file_read(temp_path("ten"), 9, &buf, &err), -1,
		"larger than allowed is an error");
	is_int(file_read(temp_path("none"), 9, &buf, &err), -1, "so is no file");
	is_int(file_read(tempdir(), 9, &buf, &err), -1, "and a directory");
	is_str(buf.data, "", "which leaves the buffer empty");
	buf_clear(&buf);
}

static void test_large(void)
{
	enum { LARGE = 300000 };
	struct buf in, out;
	int i;

	buf_init(&in);
	buf_init(&out);
	for (i = 0; in.used < LARGE; i++)
		buf_addf(&in, "%d,", i);
	file_write(temp_path("large"), in.data, in.used, &err);
	file_read(temp_path("large"), 1 << 20, &out, &err);
	ok(in.used == out.used && !memcmp(in.data, out.data, in.used), "large files are whole");
	is_int(file_read(temp_path("large"), LARGE / 2, &out, &err), -1, "a limit within them");
	buf_clear(&in);
	buf_clear(&out);
}

static void test_dirs(void)
{
	umask(0);
	is_int(file_make_dir(temp_path("a/b/c"), &err), 0, "directories are made");
	is_int(mode_of(temp_path("a/b")), 0700, "those above are private, too");
	is_int(file_make_dir(temp_path("a//b/c/"), &err), 0, "there already is fine");
	is_int(file_make_dir("", &err), -1, "no name is an error");
	is_int(file_make_dir("/", &err), 0, "the root is there");
	file_write(temp_path("a/file"), "x", 1, &err);
	is_int(file_make_dir(temp_path("a/file"), &err), -1, "a file is not a directory");
	is_int(file_make_dir(temp_path("a/file/b"), &err), -1, "nor has it any");
	is_int(file_sync_dir_of(temp_path("a/file"), &err), 0, "the directory of a path");
	is_int(file_sync_dir_of("file", &err), 0, "of a bare name");
	is_int(file_sync_dir_of("/file", &err), 0, "of a name in the root");
	umask(022);
}

static void test_remove(void)
{
	file_make_dir(temp_path("r/x/y"), &err);
	file_make_dir(temp_path("kept"), &err);
	file_write(temp_path("kept/file"), "x", 1, &err);
	file_write(temp_path("r/x/file"), "x", 1, &err);
	if (symlink("../kept", temp_path("r/link")))
		perror("symlink");
	is_int(file_remove_all(temp_path("r"), &err), 0, "removed with all in it");
	ok(!file_exists(temp_path("r")), "it is gone");
	ok(file_exists(temp_path("kept/file")), "links are not followed");
	is_int(file_remove_all(temp_path("r"), &err), 0, "nothing there is fine");
	is_int(file_remove_all(temp_path("kept/file"), &err), 0, "a file is removed");
}

/* As a user without rights: root may write anywhere. */
static void test_read_only(void)
{
	int status;
	pid_t pid;

	mkdir(temp_path("ro"), 0755);
	file_write(temp_path("ro/file"), "old", 3, &err);
	chmod(temp_path("ro"), 0555);
	chmod(tempdir(), 0755);
	pid = fork();
	if (!pid) {
		if (!getuid() && setuid(65534))
			_exit(2);
		_exit(file_write(temp_path("ro/file"), "new", 3, &err) == -1 &&
					strstr(err.text, "permissions")
				? 0
				: 1);
	}
	waitpid(pid, &status, 0);
	is_int(status, 0, "a directory that may not be written to is an error that says so");
	ok(holds(temp_path("ro/file"), "old"), "the old file is intact");
	chmod(temp_path("ro"), 0755);
}

static void test_full(void)
{
	int fd = open("/dev/full", O_WRONLY);

	is_int(file_write_fd(fd, "x", 1), -1, "a full disk is an error");
	file_error(&err, "write", "it");
	ok(strstr(err.text, "Free some disk space") != NULL, "that says so: %s", err.text);
	close(fd);
}

int main(void)
{
	test_write();
	test_read();
	test_large();
	test_dirs();
	test_remove();
	test_read_only();
	test_full();
	return done_testing();
}
