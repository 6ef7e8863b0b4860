/* The container as other programs see it: unzip and Python read what we wrote. */
#include "publish/zip.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;

static bool runs(const char *fmt, const char *path)
{
	char command[1000];

	snprintf(command, sizeof(command), fmt, path);
	return system(command) == 0;
}

/* `script` knows the zip as z. Without the zipfile module (python3-minimal) it passes. */
static bool python(const char *script, const char *path)
{
	char command[800];

	snprintf(command, sizeof(command),
		"python3 -c 'import zipfile' 2>/dev/null || exit 0; "
		"python3 -c 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); "
		"sys.exit(not (%s))' '%%s'",
		script);
	return runs(command, path);
}

static bool can_read(const char *path)
{
	return runs("unzip -tqq '%s' >/dev/null", path) && python("z.testzip() is None", path);
}

static int create(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (fd < 0)
		perror(path);
	return fd;
}

/* Text that compresses, but not to nothing. */
static void fill(struct buf *buf, size_t lines)
{
	unsigned n = 7;
	size_t i;

	for (i = 0; i < lines; i++)
		buf_addf(buf, "%zu,user-%u,student,true\r\n", i, n = n * 1103515245 + 12345);
}

static int write_sample(const char *path, int64_t *bytes)
{
	int fd = create(path), result;
	struct zip *zip = zip_new(fd, path);
	struct buf text;

	buf_init(&text);
	fill(&text, 200000);
	result = zip_begin(zip, "größe.csv", &err) ||
		 zip_write(zip, text.data, text.used, &err) ||
		 zip_begin(zip, "empty.csv", &err) || zip_begin(zip, "one.csv", &err) ||
		 zip_write(zip, "never seen", 10, &err) || zip_restart(zip, &err) ||
		 zip_write(zip, "a,b\r\n", 5, &err) || zip_write(zip, "1,2\r\n", 5, &err) ||
		 zip_finish(zip, bytes, &err);
	buf_clear(&text);
	zip_free(zip);
	close(fd);
	return result;
}

static void test_sample(void)
{
	const char *path = temp_path("a.zip"), *other = temp_path("b.zip");
	int64_t bytes = 0, again = 0;
	struct stat st;
	char *command;

	is_int(write_sample(path, &bytes), 0, "three entries are written");
	stat(path, &st);
	is_int(bytes, st.st_size, "the size told is the file's");
	ok(can_read(path), "unzip and Python read it");
	ok(runs("test \"$(unzip -p '%s' one.csv | tr -d '\\r' | tr '\\n' ' ')\" = 'a,b 1,2 '",
		   path),
		"an entry begun anew has only what came after");
	ok(runs("test \"$(unzip -p '%s' 'gr*.csv' | wc -l)\" = 200000", path),
		"a large entry is whole");
	ok(python("z.namelist() == [\"gr\\xf6\\xdfe.csv\", \"empty.csv\", "
		  "\"one.csv\"]",
		   path),
		"names are UTF-8 and in order");
	write_sample(other, &again);
	if (asprintf(&command, "cmp '%s' '%%s'", path) < 0)
		abort();
	ok(runs(command, other), "equal content gives equal bytes");
	free(command);
}

/* A large entry begun anew: what had reached the file is gone, and nothing of it counts. */
static void test_restart(void)
{
	const char *path = temp_path("restart.zip");
	int fd = create(path);
	struct zip *zip = zip_new(fd, path);
	struct buf text;
	int64_t bytes = 0;

	buf_init(&text);
	fill(&text, 300000);
	ok(!zip_begin(zip, "first.csv", &err) && !zip_write(zip, "x", 1, &err) &&
			!zip_begin(zip, "a.csv", &err) &&
			!zip_write(zip, text.data, text.used, &err) &&
			!zip_restart(zip, &err) && !zip_write(zip, "short", 5, &err) &&
			!zip_finish(zip, &bytes, &err),
		"a large entry is begun anew");
	ok(bytes < 500, "and takes no room (%lld)", (long long)bytes);
	ok(can_read(path), "unzip and Python read it");
	buf_clear(&text);
	zip_free(zip);
	close(fd);
}

static void test_many_entries(void)
{
	enum { MANY = 66000 };
	const char *path = temp_path("many.zip");
	int fd = create(path), failed = 0, i;
	struct zip *zip = zip_new(fd, path);
	int64_t bytes;
	char name[20];

	for (i = 0; i < MANY && !failed; i++) {
		snprintf(name, sizeof(name), "%d", i);
		failed = zip_begin(zip, name, &err) || zip_write(zip, name, strlen(name), &err);
	}
	ok(!failed && !zip_finish(zip, &bytes, &err), "%d entries", MANY);
	ok(python("len(z.namelist()) == 66000 and z.read(\"65999\") == b\"65999\"", path),
		"zip64: Python reads more than 65,535 entries");
	zip_free(zip);
	close(fd);
}

/* Over 4 GiB plain in one entry. Takes half a minute: only when asked for. */
static void test_large_entry(void)
{
	const char *path = temp_path("large.zip");
	int fd = create(path), failed, i;
	struct zip *zip = zip_new(fd, path);
	char *zeros = calloc(1, 1 << 20);
	int64_t bytes;

	failed = zip_begin(zip, "large.csv", &err);
	for (i = 0; i < 4200 && !failed; i++)
		failed = zip_write(zip, zeros, 1 << 20, &err);
	failed = failed || zip_begin(zip, "after.csv", &err) ||
		 zip_write(zip, "after", 5, &err) || zip_finish(zip, &bytes, &err);
	ok(!failed, "an entry of 4,200 MiB");
	ok(can_read(path), "zip64: unzip and Python read it");
	ok(runs("test \"$(unzip -p '%s' after.csv)\" = after", path), "and what follows it");
	free(zeros);
	zip_free(zip);
	close(fd);
}

static void test_full_device(void)
{
	int fd = open("/dev/full", O_WRONLY);
	struct zip *zip = zip_new(fd, "/dev/full");

	ok(zip_begin(zip, "a.csv", &err) == -1, "a full disk is an error");
	ok(strstr(err.text, "No space left") != NULL, "that says so: %s", err.text);
	zip_free(zip);
	close(fd);
}

int main(void)
{
	test_sample();
	test_restart();
	test_many_entries();
	if (getenv("LUMENPORT_SLOW_TESTS"))
		test_large_entry();
	test_full_device();
	return done_testing();
}
