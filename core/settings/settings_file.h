/*
 * The settings file (libconfig). The program owns it: it is read into struct settings and
 * written whole, so comments do not survive; config.sample is the commented one.
 */
#ifndef SETTINGS_SETTINGS_FILE_H
#define SETTINGS_SETTINGS_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/lock.h"
#include "settings/settings.h"

enum { SETTINGS_FILE_VERSION = 1 }; /* `version` at the top of the file */

/*
 * Reads `path` into `settings` (initialised by this). No file is no apps, not an error.
 * @include, unknown keys, wrong types and values out of range are ERR_SETTINGS naming file and
 * line; nothing is changed.
 */
int settings_file_read(const char *path, struct settings *settings, struct err *err);

/* Writes the whole file, 0600, atomically, making its directory when it is missing. */
int settings_file_write(const char *path, const struct settings *settings, struct err *err);

/* The text of the whole file, added to `out`. */
int settings_file_text(const struct settings *settings, struct buf *out, struct err *err);

/* Takes the lock of writers of `path` (a file beside it); the err names who holds it. */
int settings_file_lock(struct lock *lock, const char *path, struct err *err);

#endif
