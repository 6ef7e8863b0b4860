/*
 * A zip file for reading, on libzip: its entries by number. Stored and deflated ones only; what
 * is encrypted, damaged or unfolds beyond all measure is refused. Knows nothing of rosters.
 */
#ifndef SOURCE_CSV_ZIP_H
#define SOURCE_CSV_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct csv_zip;

/* `fd` stays the caller's; `path` names it in errors and is borrowed. */
struct csv_zip *csv_zip_open(int fd, const char *path, struct err *err);
void csv_zip_close(struct csv_zip *zip); /* NULL is fine */

/* How many entries there are, and the name of one, with its folders. Borrowed. */
int64_t csv_zip_count(const struct csv_zip *zip);
const char *csv_zip_name(const struct csv_zip *zip, int64_t entry);

/* One entry at a time; reading returns bytes, 0 at the end, -1. */
int csv_zip_begin(struct csv_zip *zip, int64_t entry, struct err *err);
long csv_zip_read(struct csv_zip *zip, char *out, size_t size, struct err *err);
void csv_zip_end(struct csv_zip *zip);

#endif
