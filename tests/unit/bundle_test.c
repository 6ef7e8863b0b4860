/* A set of files appears whole or not at all, and takes nothing with it that is not its own. */
#include "publish/bundle.h"

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "tap.h"
#include "tempdir.h"

static const char *const names[] = {"a.csv", "b.csv", NULL};
static struct err err;

static int publish(const char *target, enum bundle_form form, const char *text)
{
	struct bundle *bundle = bundle_open(target, form, names, &err);
	int64_t bytes;
	int result;

	if (!bundle)
		return -1;
	result = bundle_begin(bundle, "a.csv", &err) ||
				 bundle_write(bundle, text, strlen(text), &err) ||
				 bundle_begin(bundle, "b.csv", &err) ||
				 bundle_write(bundle, "no", 2, &err) ||
				 bundle_restart(bundle, &err) ||
				 bundle_write(bundle, "b", 1, &err) ||
				 bundle_commit(bundle, &bytes, &err)
			 ? -1
			 : 0;
	bundle_close(bundle);
	return result;
}

static bool holds(const char *dir, const char *name, const char *want)
{
	char path[500];
	struct buf text;
	bool same;

	buf_init(&text);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	same = !file_read(path, 1000, &text, &err) && !strcmp(text.data, want);
	buf_clear(&text);
	return same;
}

/* Entries of the test's directory whose names hold `part`. */
static int count_names(const char *part)
{
	DIR *dir = opendir(tempdir());
	struct dirent *entry;
	int count = 0;

	while ((entry = readdir(dir)))
		count += strstr(entry->d_name, part) != NULL;
	closedir(dir);
	return count;
}

static int mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) ? -1 : (int)(st.st_mode & 07777);
}

static void test_folder(void)
{
	const char *dir = temp_path("out");

	umask(0);
	is_int(publish(dir, BUNDLE_FOLDER, "one"), 0, "a new folder");
	ok(holds(dir, "a.csv", "one") && holds(dir, "b.csv", "b"), "holds the files");
	is_int(mode_of(dir), 0700, "the folder is private");
	is_int(mode_of(temp_path("out/a.csv")), 0600, "the files are private");
	is_int(publish(dir, BUNDLE_FOLDER, "two"), 0, "replaced");
	ok(holds(dir, "a.csv", "two"), "by the new files");
	is_int(publish(temp_path("out/"), BUNDLE_FOLDER, "three"), 0,
		"a slash at the end is fine");
	ok(holds(dir, "a.csv", "three"), "and means the same folder");
	is_int(count_names(".tmp"), 0, "no temporary is left");
	umask(022);
}

static void test_foreign(void)
{
	const char *dir = temp_path("foreign");

	mkdir(dir, 0755);
	is_int(publish(dir, BUNDLE_FOLDER, "x"), 0, "an empty folder is replaced");
	file_write(temp_path("foreign/notes.txt"), "mine", 4, &err);
	is_int(publish(dir, BUNDLE_FOLDER, "y"), -1, "one with another file is not");
	ok(strstr(err.text, "notes.txt") != NULL, "and the error names it: %s", err.text);
	ok(holds(dir, "a.csv", "x") && holds(dir, "notes.txt", "mine"), "nothing was touched");
	unlink(temp_path("foreign/notes.txt"));
	unlink(temp_path("foreign/a.csv"));
	mkdir(temp_path("foreign/a.csv"), 0755);
	is_int(publish(dir, BUNDLE_FOLDER, "y"), -1, "nor one with a folder of a file's name");
	file_write(temp_path("file"), "mine", 4, &err);
	is_int(publish(temp_path("file"), BUNDLE_FOLDER, "y"), -1, "a file is not a folder");
	is_int(publish(temp_path("file"), BUNDLE_ZIP, "y"), -1, "a file that is no zip stays");
	is_int(publish(dir, BUNDLE_ZIP, "y"), -1, "a folder is not a zip");
	is_int(publish(temp_path("no/where"), BUNDLE_ZIP, "y"), -1,
		"a place that is not there");
	is_int(count_names(".tmp"), 0, "no temporary is left");
}

static void test_company(void)
{
	const char *dir = temp_path("company");
	struct bundle *bundle;
	int64_t bytes;

	publish(dir, BUNDLE_FOLDER, "old");
	bundle = bundle_open(dir, BUNDLE_FOLDER, names, &err);
	file_write(temp_path("company/late.txt"), "mine", 4, &err);
	is_int(bundle_commit(bundle, &bytes, &err), -1,
		"a file that came while writing saves it");
	bundle_close(bundle);
	ok(holds(dir, "late.txt", "mine") && holds(dir, "a.csv", "old"), "all is there");
}

static void test_zip_and_links(void)
{
	struct stat st;

	is_int(publish(temp_path("out.zip"), BUNDLE_ZIP, "one"), 0, "a new zip");
	is_int(mode_of(temp_path("out.zip")), 0600, "is private");
	is_int(publish(temp_path("out.zip"), BUNDLE_ZIP, "two"), 0, "replaced");
	file_write(temp_path("empty"), "", 0, &err);
	is_int(publish(temp_path("empty"), BUNDLE_ZIP, "two"), 0, "an empty file is replaced");
	if (symlink("out.zip", temp_path("link")))
		perror("symlink");
	is_int(publish(temp_path("link"), BUNDLE_ZIP, "x"), 0, "a link is followed");
	lstat(temp_path("link"), &st);
	ok(S_ISLNK(st.st_mode), "and stays");
}

static void test_leftovers(void)
{
	char dead[40], alive[40];
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	waitpid(pid, NULL, 0);
	snprintf(dead, sizeof(dead), "left.lumenport-%d.tmp", pid);
	snprintf(alive, sizeof(alive), "left.lumenport-%d.tmp", getppid());
	mkdir(temp_path(dead), 0700);
	file_write(temp_path(alive), "", 0, &err);
	file_write(temp_path("left.lumenport-x.tmp"), "", 0, &err);
	file_write(temp_path("leftover"), "", 0, &err);
	is_int(publish(temp_path("left"), BUNDLE_FOLDER, "x"), 0, "published beside leftovers");
	ok(!file_exists(temp_path(dead)), "what a dead process left is removed");
	ok(file_exists(temp_path(alive)), "what a living one writes is not");
	ok(file_exists(temp_path("left.lumenport-x.tmp")) && file_exists(temp_path("leftover")),
		"nor what is not ours");
}

/* A limit on the size of files stands in for the full disk. */
static void test_full(enum bundle_form form, const char *what)
{
	const char *target = temp_path(what);
	int status;
	pid_t pid;

	publish(target, form, "old");
	pid = fork();
	if (!pid) {
		struct rlimit limit = {100, 100};
		char text[4000];

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = (char)('a' + i * i % 23);
		text[sizeof(text) - 1] = '\0';
		_exit(publish(target, form, text) == -1 && strstr(err.text, "too large") ? 0
											 : 1);
	}
	waitpid(pid, &status, 0);
	is_int(status, 0, "%s: no room is an error that says so", what);
	is_int(count_names(".tmp"), 0, "%s: no temporary is left", what);
	ok(form == BUNDLE_ZIP ? file_exists(target) : holds(target, "a.csv", "old"),
		"%s: the old export is intact", what);
}

int main(void)
{
	test_folder();
	test_foreign();
	test_company();
	test_zip_and_links();
	test_full(BUNDLE_FOLDER, "full-folder");
	test_full(BUNDLE_ZIP, "full.zip");
	test_leftovers();
	return done_testing();
}
