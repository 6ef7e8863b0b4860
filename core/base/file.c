#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static const char *next_step(int error)
{
	switch (error) {
	case EACCES:
	case EPERM: return "Check its owner and permissions, or run as the user that owns it.";
	case ENOSPC:
	case EDQUOT: return "Free some disk space and try again; nothing was changed.";
	case EROFS:
		return "The file system is read-only: remount it writable or name another "
		       "place.";
	case ENOENT: return "Check the path.";
	case EIO: return "The disk reports a fault: check it before going on.";
	default: return "Nothing was changed.";
	}
}

int file_error(struct err *err, const char *doing, const char *path)
{
	int error = errno;

	return err_set(err, ERR_FAILED, "Cannot %s %s: %s. %s", doing, path, strerror(error),
		next_step(error));
}

int file_read(const char *path, size_t limit, struct buf *buf, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;

	buf_reset(buf);
	if (fd < 0)
		return file_error(err, "open", path);
	do {
		buf->used += (size_t)n;
		buf_reserve(buf, 64 * 1024);
		n = read(fd, buf->data + buf->used, 64 * 1024);
	} while ((n > 0 && buf->used + (size_t)n <= limit) ||
		 (n < 0 && errno == EINTR && !(n = 0)));
	if (n < 0)
		file_error(err, "read", path);
	else if (n > 0)
		err_set(err, ERR_FAILED,
			"%s is larger than %zu bytes: it cannot be what it should be.", path,
			limit);
	buf->data[buf->used] = '\0';
	close(fd);
	return n ? -1 : 0;
}

int file_write_fd(int fd, const void *bytes, size_t length)
{
	const char *data = bytes;

	while (length) {
		ssize_t n = write(fd, data, length);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			data += n;
			length -= (size_t)n;
		}
	}
	return 0;
}

int file_write(const char *path, const void *data, size_t length, struct err *err)
{
	char *temp = mem_printf("%s.%ld.tmp", path, (long)getpid());
	int result = -1, fd;

	/* Never into a file that somebody else put there: it would stay that one's to read. */
	unlink(temp);
	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		file_error(err, "create", temp);
		goto out;
	}
	if (file_write_fd(fd, data, length) || fsync(fd)) {
		file_error(err, "write", temp);
		close(fd);
		unlink(temp);
		goto out;
	}
	close(fd);
	if (rename(temp, path)) {
		file_error(err, "replace", path);
		unlink(temp);
		goto out;
	}
	result = file_sync_dir_of(path, err);
out:
	free(temp);
	return result;
}

/* EEXIST may also mean a file in the way. */
static int make_one_dir(const char *path, struct err *err)
{
	struct stat st;

	if (!mkdir(path, 0700))
		return 0;
	if (errno == EEXIST && !stat(path, &st)) {
		if (S_ISDIR(st.st_mode))
			return 0;
		errno = ENOTDIR;
	}
	return file_error(err, "create directory", path);
}

int file_make_dir(const char *path, struct err *err)
{
	char *part = mem_strdup(path), *slash = part;
	int result = 0;

	while (!result && (slash = strchr(slash + (*slash == '/'), '/'))) {
		*slash = '\0';
		result = make_one_dir(part, err);
		*slash = '/';
	}
	if (!result)
		result = make_one_dir(part, err);
	free(part);
	return result;
}

char *file_dir_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_strdup(".");
	return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

int file_sync_dir_of(const char *path, struct err *err)
{
	char *dir = file_dir_of(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), result = 0;

	if (fd < 0 || (fsync(fd) && errno != EINVAL))
		result = file_error(err, "sync directory", dir);
	if (fd >= 0)
		close(fd);
	free(dir);
	return result;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int file_remove_all(const char *path, struct err *err)
{
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) && errno != ENOENT)
		return file_error(err, "remove", path);
	return 0;
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}
