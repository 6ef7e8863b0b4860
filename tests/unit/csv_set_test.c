/*
 * Folders and zips of CSV files: what is found in them, what is refused, and that nobody writes
 * while they are read.
 */
#include "source/csv_set.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "publish/zip.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file)) {
		perror(path);
		exit(1);
	}
}

/* A zip with the files of `names`, each with its own name as its content. */
static const char *make_zip(const char *name, const char *const *names)
{
	const char *path = temp_path(name);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct zip *zip = zip_new(fd, path);
	int64_t bytes;

	for (; *names; names++)
		if (zip_begin(zip, *names, &err) ||
			zip_write(zip, *names, strlen(*names), &err))
			exit(1);
	if (zip_finish(zip, &bytes, &err))
		exit(1);
	zip_free(zip);
	close(fd);
	return path;
}

/* All of a file, by 3 bytes; NULL: err says why. */
static const char *content(struct csv_set *set, const char *name)
{
	static char text[200];
	size_t used = 0;
	long got;

	if (csv_set_begin(set, name, &err))
		return NULL;
	while ((got = csv_set_read(set, text + used, 3, &err)) > 0)
		used += (size_t)got;
	text[used] = '\0';
	csv_set_end(set);
	return got < 0 ? NULL : text;
}

/* Opens and closes; why it cannot be opened, "" when it can. */
static const char *why_not(const char *path)
{
	struct csv_set *set = csv_set_open(path, &err);

	if (!set)
		return err.text;
	csv_set_close(set);
	return "";
}

static bool says(const char *text)
{
	bool said = strstr(err.text, text) != NULL;

	if (!said)
		printf("# %s\n", err.text);
	return said;
}

static void test_folder(void)
{
	char dir[300];
	struct csv_set *set;

	snprintf(dir, sizeof(dir), "%s", temp_path("folder"));
	mkdir(dir, 0700);
	put(temp_path("folder/users.csv"), "users");
	put(temp_path("folder/OrGs.CSV"), "orgs");
	put(temp_path("folder/readme.txt"), "x");
	put(temp_path("folder/big"), "x");
	set = csv_set_open(dir, &err);
	ok(set && !csv_set_is_zip(set), "a folder is opened");
	ok(csv_set_has(set, "users.csv") && csv_set_has(set, "orgs.csv"), "names in any case");
	ok(!csv_set_has(set, "readme.txt") && !csv_set_has(set, "roles.csv"), "others are not");
	is_str(content(set, "orgs.csv"), "orgs", "a file is read");
	is_str(content(set, "users.csv"), "users", "and another");
	is_str(content(set, "roles.csv"), NULL, "one that is not there is not");
	ok(says("has no roles.csv"), "as is said");
	ok(!csv_set_check(set, &err), "nothing changed");

	put(temp_path("folder/note.txt"), "not ours");
	ok(!csv_set_check(set, &err), "other files may come");
	put(temp_path("folder/users.csv"), "users and more");
	ok(csv_set_check(set, &err) && err.code == ERR_AGAIN, "another size is a change");
	is_str(content(set, "users.csv"), NULL, "nor is it read then");
	is_int(err.code, ERR_AGAIN, "but to be read anew");
	csv_set_close(set);

	set = csv_set_open(dir, &err);
	put(temp_path("folder/courses.csv"), "x");
	ok(csv_set_check(set, &err) && err.code == ERR_AGAIN, "a new file is a change");
	csv_set_close(set);
	set = csv_set_open(dir, &err);
	rename(dir, temp_path("gone"));
	ok(csv_set_check(set, &err) && err.code == ERR_AGAIN, "a folder that went is one");
	is_str(content(set, "users.csv"), "users and more",
		"what was opened is read all the same");
	csv_set_close(set);
}

static void test_odd_folder(void)
{
	char dir[300];
	struct csv_set *set;

	snprintf(dir, sizeof(dir), "%s", temp_path("odd"));
	mkdir(dir, 0700);
	put(temp_path("odd/secret"), "secret");
	if (symlink("secret", temp_path("odd/users.csv")) ||
		mkfifo(temp_path("odd/orgs.csv"), 0600))
		perror("odd");
	mkdir(temp_path("odd/classes.csv"), 0700);
	put(temp_path("odd/roles.csv"), "a");
	put(temp_path("odd/ROLES.csv"), "b");
	set = csv_set_open(dir, &err);
	is_str(content(set, "users.csv"), NULL, "a symbolic link is not followed");
	ok(says("symbolic link"), "as is said");
	is_str(content(set, "orgs.csv"), NULL, "a FIFO is not waited for");
	ok(says("is no file"), "as is said");
	is_str(content(set, "classes.csv"), NULL, "a folder is no file");
	is_str(content(set, "roles.csv"), NULL, "of two files in different case none is taken");
	ok(says("twice"), "as is said");
	csv_set_close(set);

	if (symlink(dir, temp_path("current")))
		perror("current");
	is_str(why_not(temp_path("current")), "", "the path itself may be a link");
}

static void test_paths(void)
{
	ok(*why_not(temp_path("nowhere")) && err.code == ERR_SETTINGS && says("No such file"),
		"a path that is not there");
	put(temp_path("text.csv"), "a,b\n");
	ok(*why_not(temp_path("text.csv")) && err.code == ERR_SOURCE &&
			says("neither a folder nor a zip"),
		"a file that is no zip");
	put(temp_path("empty.zip"), "");
	ok(*why_not(temp_path("empty.zip")), "an empty file is none");
	ok(*why_not("/dev/null") && says("neither a folder nor a zip"), "nor a device");
}

static void test_zip(void)
{
	static const char *const names[] = {"users.csv", "sub/dir/ORGS.csv", "a\\b\\roles.csv",
		"../../etc/classes.csv", "x.txt", NULL};
	static const char *const twice[] = {"a/users.csv", "b/users.csv", NULL};
	const char *path = make_zip("set.zip", names);
	struct csv_set *set = csv_set_open(path, &err);

	ok(set && csv_set_is_zip(set), "a zip is opened");
	is_str(content(set, "users.csv"), "users.csv", "a file at its root");
	is_str(content(set, "orgs.csv"), "sub/dir/ORGS.csv", "one in a folder, in any case");
	is_str(content(set, "roles.csv"), "a\\b\\roles.csv", "one that Windows packed");
	is_str(content(set, "classes.csv"), "../../etc/classes.csv", "a path is only a name");
	is_str(content(set, "users.csv"), "users.csv", "a file is read again");
	ok(!csv_set_check(set, &err), "nothing changed");
	make_zip("set.zip", twice);
	ok(csv_set_check(set, &err) && err.code == ERR_AGAIN, "written anew is changed");
	csv_set_close(set);

	set = csv_set_open(path, &err);
	is_str(content(set, "users.csv"), NULL, "of two files of a name none is taken");
	ok(says("a/users.csv and b/users.csv"), "both are named");
	csv_set_close(set);
}

/* Cuts a file, or puts a byte somewhere into it. */
static void cut(const char *path, off_t from_end)
{
	struct stat st;

	if (stat(path, &st) || truncate(path, st.st_size - from_end))
		perror(path);
}

static void poke(const char *path, off_t at, unsigned char byte)
{
	int fd = open(path, O_RDWR);

	if (fd < 0 || pwrite(fd, &byte, 1, at) != 1)
		perror(path);
	close(fd);
}

/* Where the bytes of `what` are in a file. */
static off_t find(const char *path, const char *what, size_t length)
{
	struct buf text;
	const char *at;
	off_t offset;

	buf_init(&text);
	if (file_read(path, 1 << 20, &text, &err))
		exit(1);
	at = memmem(text.data, text.used, what, length);
	offset = at ? at - text.data : -1;
	buf_clear(&text);
	return offset;
}

static void test_bad_zip(void)
{
	static const char *const names[] = {"users.csv", "orgs.csv", NULL};
	const char *path;
	struct csv_set *set;
	off_t entry;
	int n;

	for (n = 1; n < 200; n += 13) {
		path = make_zip("cut.zip", names);
		cut(path, n);
		ok(*why_not(path) && err.code == ERR_SOURCE &&
				(says("cut off") || says("neither")),
			"a zip without its last %d bytes", n);
	}
	path = make_zip("locked.zip", names);
	entry = find(path, "PK\1\2", 4);
	poke(path, 6, 1);
	poke(path, entry + 8, 1);
	set = csv_set_open(path, &err);
	is_str(content(set, "users.csv"), NULL, "an encrypted entry is not read");
	ok(says("encrypted"), "as is said");
	is_str(content(set, "orgs.csv"), "orgs.csv", "another one is");
	csv_set_close(set);

	path = make_zip("packed.zip", names);
	entry = find(path, "PK\1\2", 4);
	poke(path, 8, 93);
	poke(path, entry + 10, 93);
	set = csv_set_open(path, &err);
	is_str(content(set, "users.csv"), NULL, "packed in an unusual way");
	ok(says("unusual"), "as is said");
	csv_set_close(set);

	path = make_zip("crc.zip", names);
	entry = find(path, "PK\1\2", 4);
	poke(path, entry + 16, 1);
	poke(path, entry + 17, 2);
	set = csv_set_open(path, &err);
	is_str(content(set, "users.csv"), NULL, "a wrong checksum is found at the end");
	ok(says("cannot be read"), "as is said");
	csv_set_close(set);
}

static int write_zeros(struct zip *zip, int64_t count)
{
	static char zeros[1 << 20];

	for (; count > 0; count -= (int64_t)sizeof(zeros))
		if (zip_write(zip, zeros, sizeof(zeros), &err))
			return -1;
	return 0;
}

static void test_bomb(void)
{
	const char *path = temp_path("bomb.zip");
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct zip *zip = zip_new(fd, path);
	static char chunk[1 << 16];
	struct csv_set *set;
	int64_t bytes, read = 0;
	long got;

	if (zip_begin(zip, "users.csv", &err) || write_zeros(zip, 200 << 20) ||
		zip_finish(zip, &bytes, &err))
		exit(1);
	zip_free(zip);
	close(fd);
	set = csv_set_open(path, &err);
	ok(!csv_set_begin(set, "users.csv", &err), "200 MiB of nothing in %lld bytes",
		(long long)bytes);
	while ((got = csv_set_read(set, chunk, sizeof(chunk), &err)) > 0)
		read += got;
	ok(got < 0 && says("more than any roster"), "are not unfolded to their end");
	ok(read <= 65 << 20, "but given up after %lld bytes", (long long)read);
	csv_set_close(set);
}

int main(void)
{
	test_folder();
	test_odd_folder();
	test_paths();
	test_zip();
	test_bad_zip();
	test_bomb();
	return done_testing();
}
