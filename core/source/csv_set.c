#include "source/csv_set.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "source/csv_zip.h"

enum { FILES_MOST = 1000 };
static const int64_t bytes_most = INT64_C(8) << 30; /* of one file, unpacked */

/* What tells one content of a file from another without reading it. */
struct stamp {
	dev_t device;
	ino_t number;
	off_t size;
	struct timespec written;
};

struct entry {
	char *name;         /* owned; with the folders inside a zip */
	const char *base;   /* in it */
	int64_t number;     /* in the zip */
	struct stamp stamp; /* in a folder */
};

struct csv_set {
	char *path;          /* owned */
	int fd;              /* of the folder or zip */
	struct csv_zip *zip; /* owned; NULL: a folder */
	struct stamp stamp;  /* of the folder or zip */
	struct entry *list;  /* owned */
	size_t count;
	int file;      /* being read, of a folder; -1 */
	int64_t given; /* bytes of the file being read */
	const char *name;
};

static struct stamp stamp_of(const struct stat *st)
{
	return (struct stamp){st->st_dev, st->st_ino, st->st_size, st->st_mtim};
}

static bool same_stamp(const struct stamp *a, const struct stamp *b)
{
	return a->device == b->device && a->number == b->number && a->size == b->size &&
	       a->written.tv_sec == b->written.tv_sec &&
	       a->written.tv_nsec == b->written.tv_nsec;
}

static bool is_csv(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot > name && !strcasecmp(dot, ".csv");
}

static void add_entry(
	struct csv_set *set, const char *name, int64_t number, const struct stamp *stamp)
{
	struct entry *entry;
	const char *slash;

	set->list = mem_grow(set->list, set->count + 1, sizeof(*set->list));
	entry = &set->list[set->count++];
	*entry = (struct entry){.name = mem_strdup(name), .number = number};
	slash = strpbrk(entry->name, "/\\");
	entry->base = entry->name;
	for (; slash; slash = strpbrk(entry->base, "/\\"))
		entry->base = slash + 1;
	if (stamp)
		entry->stamp = *stamp;
}

/* All CSV files of a folder. Links are not followed: the folder may be others' to write in. */
static int list_folder(struct csv_set *set, struct err *err)
{
	int own = openat(set->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = own < 0 ? NULL : fdopendir(own);
	const struct dirent *at;
	struct stamp stamp;
	struct stat st;

	if (!folder) {
		file_error(err, "read folder", set->path);
		if (own >= 0)
			close(own);
		return -1;
	}
	while ((at = readdir(folder)) && set->count < FILES_MOST) {
		if (!is_csv(at->d_name) ||
			fstatat(set->fd, at->d_name, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		stamp = stamp_of(&st);
		add_entry(set, at->d_name, 0, &stamp);
	}
	closedir(folder);
	return 0;
}

static int list_zip(struct csv_set *set, struct err *err)
{
	int64_t count, i;

	set->zip = csv_zip_open(set->fd, set->path, err);
	if (!set->zip)
		return -1;
	count = csv_zip_count(set->zip);
	for (i = 0; i < count; i++)
		if (is_csv(csv_zip_name(set->zip, i)))
			add_entry(set, csv_zip_name(set->zip, i), i, NULL);
	return 0;
}

static int open_path(struct csv_set *set, struct err *err)
{
	struct stat st;

	set->fd = open(set->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (set->fd < 0 || fstat(set->fd, &st)) {
		file_error(err, "read", set->path);
		err->code = ERR_SETTINGS;
		return -1;
	}
	set->stamp = stamp_of(&st);
	if (S_ISDIR(st.st_mode))
		return list_folder(set, err);
	if (S_ISREG(st.st_mode))
		return list_zip(set, err);
	return err_set(err, ERR_SETTINGS, "%s is neither a folder nor a zip file", set->path);
}

struct csv_set *csv_set_open(const char *path, struct err *err)
{
	struct csv_set *set = mem_zero(1, sizeof(*set));

	set->path = mem_strdup(path);
	set->file = -1;
	if (!open_path(set, err))
		return set;
	csv_set_close(set);
	return NULL;
}

void csv_set_close(struct csv_set *set)
{
	size_t i;

	if (!set)
		return;
	csv_set_end(set);
	csv_zip_close(set->zip);
	if (set->fd >= 0)
		close(set->fd);
	for (i = 0; i < set->count; i++)
		free(set->list[i].name);
	free(set->list);
	free(set->path);
	free(set);
}

bool csv_set_is_zip(const struct csv_set *set)
{
	return set->zip != NULL;
}

/* The entry of a base name, from `at` on; NULL. */
static const struct entry *find(const struct csv_set *set, const char *name, size_t at)
{
	for (; at < set->count; at++)
		if (!strcasecmp(set->list[at].base, name))
			return &set->list[at];
	return NULL;
}

bool csv_set_has(const struct csv_set *set, const char *name)
{
	return find(set, name, 0) != NULL;
}

static struct timespec later(struct timespec a, struct timespec b)
{
	return a.tv_sec > b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec > b.tv_nsec) ? a : b;
}

struct timespec csv_set_written(const struct csv_set *set)
{
	struct timespec newest = set->zip ? set->stamp.written : (struct timespec){0, 0};
	size_t i;

	for (i = 0; i < set->count && !set->zip; i++)
		newest = later(newest, set->list[i].stamp.written);
	return newest;
}

struct timespec csv_set_touched(const struct csv_set *set)
{
	return later(set->stamp.written, csv_set_written(set));
}

static int moved(const char *what, struct err *err)
{
	return err_set(err, ERR_AGAIN,
		"%s changed while it was read, so it may not be whole. Run it again when all is "
		"written",
		what);
}

int csv_set_check(const struct csv_set *set, struct err *err)
{
	struct csv_set *now = csv_set_open(set->path, err);
	size_t i;
	int result = 0;

	if (!now)
		return moved(set->path, err);
	/* A folder's own stamp says nothing: other files may come and go in it. */
	if (now->stamp.number != set->stamp.number || now->stamp.device != set->stamp.device ||
		(set->zip && !same_stamp(&now->stamp, &set->stamp)) || now->count != set->count)
		result = moved(set->path, err);
	for (i = 0; i < set->count && !set->zip && !result; i++) {
		const struct entry *entry = find(now, set->list[i].base, 0);

		if (!entry || !same_stamp(&entry->stamp, &set->list[i].stamp))
			result = moved(set->list[i].name, err);
	}
	csv_set_close(now);
	return result;
}

static int begin_file(struct csv_set *set, const struct entry *entry, struct err *err)
{
	struct stamp stamp;
	struct stat st;

	set->file = openat(set->fd, entry->name,
		O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (set->file < 0 && errno == ELOOP)
		return err_set(err, ERR_SOURCE,
			"%s in %s is a symbolic link, which is not followed. Put the file "
			"itself there",
			entry->name, set->path);
	if (set->file < 0 || fstat(set->file, &st)) {
		file_error(err, "read", entry->name);
		return err_context(err, "%s", set->path);
	}
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_SOURCE, "%s in %s is no file", entry->name, set->path);
	stamp = stamp_of(&st);
	return same_stamp(&stamp, &entry->stamp) ? 0 : moved(entry->name, err);
}

int csv_set_begin(struct csv_set *set, const char *name, struct err *err)
{
	const struct entry *entry = find(set, name, 0), *other;

	csv_set_end(set);
	if (!entry)
		return err_set(err, ERR_SOURCE, "%s has no %s", set->path, name);
	other = find(set, name, (size_t)(entry - set->list) + 1);
	if (other)
		return err_set(err, ERR_SOURCE,
			"%s holds %s twice: %s and %s. Which one counts cannot be told; leave "
			"one",
			set->path, name, entry->name, other->name);
	set->name = entry->name;
	set->given = 0;
	return set->zip ? csv_zip_begin(set->zip, entry->number, err)
			: begin_file(set, entry, err);
}

long csv_set_read(void *arg, char *out, size_t size, struct err *err)
{
	struct csv_set *set = arg;
	long got;

	if (set->zip) {
		got = csv_zip_read(set->zip, out, size, err);
	} else {
		do
			got = read(set->file, out, size);
		while (got < 0 && errno == EINTR);
		if (got < 0)
			return file_error(err, "read", set->name);
	}
	set->given += got > 0 ? got : 0;
	if (set->given > bytes_most)
		return err_set(err, ERR_SOURCE, "%s in %s has no end", set->name, set->path);
	return got;
}

void csv_set_end(struct csv_set *set)
{
	if (set->zip)
		csv_zip_end(set->zip);
	if (set->file >= 0)
		close(set->file);
	set->file = -1;
}
