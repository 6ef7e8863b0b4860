/*
 * Files and directories that hold student data: private (0600, 0700), and rewritten whole
 * (temporary file, fsync, rename, fsync of the directory) so that a crash leaves the old
 * content or the new.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* Reads all of a file into `buf` (emptied first). A file over `limit` bytes is an error. */
int file_read(const char *path, size_t limit, struct buf *buf, struct err *err);

/* Replaces or creates `path` with `length` bytes, mode 0600, atomically and durably. */
int file_write(const char *path, const void *data, size_t length, struct err *err);

/* All of it into an open file, from where that stands. 0, or -1 and errno. */
int file_write_fd(int fd, const void *data, size_t length);

/* Creates `path` and what is missing above it, each 0700. There already is fine. */
int file_make_dir(const char *path, struct err *err);

/* fsync of the directory that holds `path`, so that a rename into it survives a power cut. */
int file_sync_dir_of(const char *path, struct err *err);

/* Removes a file or a directory with all it holds; nothing there is fine. */
int file_remove_all(const char *path, struct err *err);

/* The directory that holds `path` ("." when it names none). Caller frees. */
char *file_dir_of(const char *path);

bool file_exists(const char *path);

/* Why a call on `path` failed and what to do about it, from errno. Always -1. */
int file_error(struct err *err, const char *doing, const char *path);

#endif
