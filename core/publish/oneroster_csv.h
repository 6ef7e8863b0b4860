/*
 * The accepted hub as OneRoster 1.1 CSV, bulk (1EdTech OneRoster 1.1 CSV Tables): a folder or a
 * zip, headers in the standard's order, status and dateLastModified empty, referentially
 * complete.
 */
#ifndef PUBLISH_ONEROSTER_CSV_H
#define PUBLISH_ONEROSTER_CSV_H

#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

struct export_report {
	int64_t rows;     /* over all files, without headers */
	int64_t left_out; /* rows whose required references lead nowhere */
	int64_t blanked;  /* optional references that lead nowhere, left empty */
	int64_t bytes;    /* written */
};

/*
 * Exactly one of `dir` and `zip` is named. Written beside it under a temporary name, synced,
 * then renamed: readers see the old export or the new one. An existing `dir` is replaced only
 * when all it holds is an export of ours; otherwise it is an error.
 */
int oneroster_csv_export(struct store *store, const char *dir, const char *zip,
	struct export_report *report, struct err *err);

#endif
