#include "publish/bundle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "publish/zip.h"

/* TARGET.lumenport-PID.tmp */
static const char TEMP_MIDDLE[] = ".lumenport-";
static const char TEMP_END[] = ".tmp";

struct bundle {
	enum bundle_form form;
	const char *const *names; /* borrowed; what a folder of ours may hold */
	char *target;             /* owned; links resolved, no slash at the end */
	char *temp;               /* owned */
	bool temp_there;          /* whether there is something to remove */
	int fd;                   /* of the zip, or of the folder's file being written; -1 */
	char *file;               /* owned; that file's path, for errors */
	struct zip *zip;          /* owned; NULL for a folder */
	int64_t bytes;            /* written into a folder's files */
	int64_t begun;            /* `bytes` when the present file was begun */
};

/* The path itself, or where a symbolic link leads. Caller frees. */
static char *resolve(const char *target)
{
	char *real = realpath(target, NULL), *copy;
	size_t length;

	if (real)
		return real;
	copy = mem_strdup(target);
	for (length = strlen(copy); length > 1 && copy[length - 1] == '/'; length--)
		copy[length - 1] = '\0';
	return copy;
}

/* The process that `name` is a temporary of, when it is one of `base`; else 0. */
static long temp_owner(const char *name, const char *base)
{
	size_t length = strlen(base);
	char *end;
	long pid;

	if (strncmp(name, base, length) ||
		strncmp(name + length, TEMP_MIDDLE, sizeof(TEMP_MIDDLE) - 1))
		return 0;
	name += length + sizeof(TEMP_MIDDLE) - 1;
	if (*name < '1' || *name > '9')
		return 0;
	pid = strtol(name, &end, 10);
	return strcmp(end, TEMP_END) ? 0 : pid;
}

/* Our own number on a temporary is that of a dead process, too: in a container all are 1. */
static bool is_abandoned(long pid)
{
	return pid == getpid() || (kill((pid_t)pid, 0) && errno == ESRCH);
}

/* Best effort: what cannot be removed shows up when our own temporary is made. */
static void remove_abandoned(const char *target)
{
	const char *slash = strrchr(target, '/');
	char *parent =
		slash ? mem_strndup(target, (size_t)(slash - target + 1)) : mem_strdup("./");
	DIR *dir = opendir(parent);
	struct dirent *entry;
	struct err ignored;

	while (dir && (entry = readdir(dir))) {
		long pid = temp_owner(entry->d_name, slash ? slash + 1 : target);
		char *path;

		if (pid <= 0 || !is_abandoned(pid))
			continue;
		path = mem_printf("%s%s", parent, entry->d_name);
		file_remove_all(path, &ignored);
		free(path);
	}
	if (dir)
		closedir(dir);
	free(parent);
}

static bool is_known(const char *name, const char *const *names)
{
	while (*names && strcmp(*names, name))
		names++;
	return *names != NULL;
}

static int check_folder(const char *target, const char *const *names, struct err *err)
{
	DIR *dir = opendir(target);
	struct dirent *entry;
	int result = 0;

	if (!dir)
		return file_error(err, "open directory", target);
	while (!result && (entry = readdir(dir))) {
		struct stat st;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (!is_known(entry->d_name, names) ||
			fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) ||
			!S_ISREG(st.st_mode))
			result = err_set(err, ERR_SETTINGS,
				"%s holds %s, which is not of an export: it is not replaced. "
				"Name another folder.",
				target, entry->d_name);
	}
	closedir(dir);
	return result;
}

static int check_zip(const char *target, struct err *err)
{
	int fd = open(target, O_RDONLY | O_CLOEXEC);
	char magic[2] = "PK";
	ssize_t n;

	if (fd < 0)
		return file_error(err, "open", target);
	n = read(fd, magic, sizeof(magic));
	close(fd);
	if (n && memcmp(magic, "PK", 2))
		return err_set(err, ERR_SETTINGS,
			"%s is not a zip: it is not replaced. Name another file.", target);
	return 0;
}

/* Whether what is at the target may be replaced. */
static int check_target(const struct bundle *bundle, struct err *err)
{
	struct stat st;

	if (lstat(bundle->target, &st)) {
		if (errno == ENOENT)
			return 0;
		return file_error(err, "look at", bundle->target);
	}
	if (bundle->form == BUNDLE_FOLDER && S_ISDIR(st.st_mode))
		return check_folder(bundle->target, bundle->names, err);
	if (bundle->form == BUNDLE_ZIP && S_ISREG(st.st_mode))
		return check_zip(bundle->target, err);
	return err_set(err, ERR_SETTINGS,
		"%s is not a %s: it is not replaced. Name another place.", bundle->target,
		bundle->form == BUNDLE_FOLDER ? "folder" : "file");
}

/* `shown` is what the administrator named: a temporary name would only puzzle. */
static int create_file(
	struct bundle *bundle, const char *path, const char *shown, struct err *err)
{
	bundle->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return bundle->fd < 0 ? file_error(err, "create", shown) : 0;
}

static int create_temp(struct bundle *bundle, struct err *err)
{
	if (bundle->form == BUNDLE_ZIP) {
		if (create_file(bundle, bundle->temp, bundle->target, err))
			return -1;
		bundle->zip = zip_new(bundle->fd, bundle->temp);
	} else if (mkdir(bundle->temp, 0700)) {
		return file_error(err, "create directory", bundle->target);
	}
	bundle->temp_there = true;
	return 0;
}

/* A full disk may show only now. */
static int end_file(struct bundle *bundle, const char *path, struct err *err)
{
	int fd = bundle->fd;

	if (fd < 0)
		return 0;
	bundle->fd = -1;
	if (fsync(fd)) {
		file_error(err, "write", path);
		close(fd);
		return -1;
	}
	return close(fd) ? file_error(err, "write", path) : 0;
}

/*
 * The folder is exchanged with the target in one step. Where the file system cannot do that
 * (NFS, old kernels), there is a moment without a target between two renames.
 */
static int swap_folder(const char *temp, const char *target)
{
	char *aside;
	int result = -1;

	if (!renameat2(AT_FDCWD, temp, AT_FDCWD, target, RENAME_EXCHANGE))
		return 0;
	if (errno == ENOENT)
		return rename(temp, target);
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	aside = mem_printf("%s.old", temp);
	if (!rename(target, aside)) {
		result = rename(temp, target);
		if (result ? rename(aside, target) : rename(aside, temp))
			result = -1;
	}
	free(aside);
	return result;
}

static int sync_folder(const char *path, struct err *err)
{
	char *inside = mem_printf("%s/.", path);
	int result = file_sync_dir_of(inside, err);

	free(inside);
	return result;
}

static int finish_writing(struct bundle *bundle, int64_t *bytes, struct err *err)
{
	if (bundle->form == BUNDLE_ZIP)
		return zip_finish(bundle->zip, bytes, err) ||
				       end_file(bundle, bundle->temp, err)
			       ? -1
			       : 0;
	*bytes = bundle->bytes;
	return end_file(bundle, bundle->file, err) || sync_folder(bundle->temp, err) ? -1 : 0;
}

struct bundle *bundle_open(
	const char *target, enum bundle_form form, const char *const *names, struct err *err)
{
	struct bundle *bundle = mem_zero(1, sizeof(*bundle));

	bundle->form = form;
	bundle->names = names;
	bundle->fd = -1;
	bundle->target = resolve(target);
	bundle->temp =
		mem_printf("%s%s%ld%s", bundle->target, TEMP_MIDDLE, (long)getpid(), TEMP_END);
	if (check_target(bundle, err))
		goto failed;
	remove_abandoned(bundle->target);
	if (create_temp(bundle, err))
		goto failed;
	return bundle;
failed:
	bundle_close(bundle);
	return NULL;
}

void bundle_close(struct bundle *bundle)
{
	struct err ignored;

	if (!bundle)
		return;
	if (bundle->fd >= 0)
		close(bundle->fd);
	if (bundle->temp_there)
		file_remove_all(bundle->temp, &ignored);
	zip_free(bundle->zip);
	free(bundle->target);
	free(bundle->temp);
	free(bundle->file);
	free(bundle);
}

int bundle_begin(struct bundle *bundle, const char *name, struct err *err)
{
	if (bundle->form == BUNDLE_ZIP)
		return zip_begin(bundle->zip, name, err);
	if (end_file(bundle, bundle->file, err))
		return -1;
	free(bundle->file);
	bundle->file = mem_printf("%s/%s", bundle->temp, name);
	bundle->begun = bundle->bytes;
	return create_file(bundle, bundle->file, bundle->file, err);
}

int bundle_write(struct bundle *bundle, const void *data, size_t length, struct err *err)
{
	if (bundle->form == BUNDLE_ZIP)
		return zip_write(bundle->zip, data, length, err);
	if (file_write_fd(bundle->fd, data, length))
		return file_error(err, "write", bundle->file);
	bundle->bytes += (int64_t)length;
	return 0;
}

int bundle_restart(struct bundle *bundle, struct err *err)
{
	if (bundle->form == BUNDLE_ZIP)
		return zip_restart(bundle->zip, err);
	if (ftruncate(bundle->fd, 0) || lseek(bundle->fd, 0, SEEK_SET) < 0)
		return file_error(err, "rewrite", bundle->file);
	bundle->bytes = bundle->begun;
	return 0;
}

int bundle_commit(struct bundle *bundle, int64_t *bytes, struct err *err)
{
	int failed;

	/* Again, as the old folder is removed: it may have got company while we wrote. */
	if (finish_writing(bundle, bytes, err) || check_target(bundle, err))
		return -1;
	failed = bundle->form == BUNDLE_ZIP ? rename(bundle->temp, bundle->target)
					    : swap_folder(bundle->temp, bundle->target);
	if (failed)
		return file_error(err, "replace", bundle->target);
	/* What now has the temporary name, if anything, is the old folder: bundle_close has it.
	 */
	return file_sync_dir_of(bundle->target, err);
}
