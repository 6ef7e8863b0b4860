/*
 * The files of a OneRoster CSV, in a folder or in a zip: found by their base names, read as
 * they come, and watched, for who reads while somebody writes reads half of it. Knows nothing
 * of what is in them.
 */
#ifndef SOURCE_CSV_SET_H
#define SOURCE_CSV_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"

struct csv_set;

/*
 * Opens the folder or zip and notes what stands there now. A path that is not there or not
 * permitted is ERR_SETTINGS, what is no zip or only part of one ERR_SOURCE.
 */
struct csv_set *csv_set_open(const char *path, struct err *err);
void csv_set_close(struct csv_set *set); /* NULL is fine */

bool csv_set_is_zip(const struct csv_set *set);

/* Whether a file of that base name is there, whatever its case. */
bool csv_set_has(const struct csv_set *set, const char *name);

/* The newest time at which something of it was written, or came into the folder or went. */
struct timespec csv_set_touched(const struct csv_set *set);

/* The newest time at which a file of it was written. */
struct timespec csv_set_written(const struct csv_set *set);

/*
 * 0 when all is still as it was when the set was opened, else ERR_AGAIN naming what is not.
 * What was read before must not count then.
 */
int csv_set_check(const struct csv_set *set, struct err *err);

/* One file at a time. `csv_set_read` is a csv_read_fn whose argument is the set. */
int csv_set_begin(struct csv_set *set, const char *name, struct err *err);
long csv_set_read(void *set, char *out, size_t size, struct err *err);
void csv_set_end(struct csv_set *set);

#endif
