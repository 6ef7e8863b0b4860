/*
 * Writes a zip (PKWARE APPNOTE 6.3.3): deflated entries, names in UTF-8, zip64 only where the
 * sizes need it. Every entry carries the same date, so that equal content gives equal bytes.
 * Knows nothing of what is in it.
 */
#ifndef PUBLISH_ZIP_H
#define PUBLISH_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct zip;

/*
 * On an empty, seekable file open for writing. The descriptor stays the caller's to sync and
 * close; `path` names it in errors and is borrowed until zip_free.
 */
struct zip *zip_new(int fd, const char *path);
void zip_free(struct zip *zip); /* NULL is fine; an unfinished zip is left as it is */

int zip_begin(struct zip *zip, const char *name, struct err *err); /* ends the one before */
int zip_write(struct zip *zip, const void *data, size_t length, struct err *err);
int zip_restart(struct zip *zip, struct err *err); /* the entry begun is empty again */

/* Ends the last entry and writes the directory. `bytes` is then the size of the file. */
int zip_finish(struct zip *zip, int64_t *bytes, struct err *err);

#endif
