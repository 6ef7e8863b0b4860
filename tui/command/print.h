/*
 * What people read: lines and tables on stdout, a progress line on stderr when it is a
 * terminal. Everything is cleaned for a terminal on the way.
 */
#ifndef COMMAND_PRINT_H
#define COMMAND_PRINT_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "store/history.h"
#include "sync/import.h"

void print_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void print_talk(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* to stderr */

/* Columns as wide as they must be. A heading that begins with '>' is set right. */
struct table {
	size_t columns;
	const char *const *heading; /* borrowed, `columns` of them */
	char **cell;                /* owned */
	size_t count;               /* of cells */
};
void table_init(struct table *table, const char *const *heading, size_t columns);
void table_clear(struct table *table);
void table_add(struct table *table, const char *text); /* the next cell; NULL is "-" */
void table_addf(struct table *table, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void table_print(const struct table *table);

void print_sync(const struct sync *sync); /* what a run, show or decision says of it */
void print_value(const char *value, char *out, size_t size); /* lists joined by ", " */
void time_text(int64_t when, char *out, size_t size);        /* local time; "-" for 0 */

/* For import_options.progress. */
void print_progress(void *arg, const struct import_progress *progress);
void print_upload(struct timespec *last, int64_t done, int64_t total);
void print_progress_end(void);

#endif
