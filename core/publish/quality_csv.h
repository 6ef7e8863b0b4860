/*
 * What a sync found wrong in the data as a CSV file, to work through in a spreadsheet: ids and
 * attributes, no values. Cells that a spreadsheet would take for a formula begin with '.
 */
#ifndef PUBLISH_QUALITY_CSV_H
#define PUBLISH_QUALITY_CSV_H

#include <stdint.h>

#include "base/err.h"
#include "roster/problem.h"
#include "store/history.h"
#include "store/store.h"

/*
 * Writes the problems that are kept of a sync, of one class or (PROBLEM_KINDS) of all, to
 * `path`, which is replaced whole (0600). `rows` are how many of each class. It is audited:
 * neither the file nor its row there is without the other.
 */
int quality_csv_write(struct store *store, const struct sync *sync, enum problem of,
	const char *path, int64_t rows[PROBLEM_KINDS], struct err *err);

#endif
