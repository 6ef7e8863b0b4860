/*
 * manifest.csv: which version the set is of, who wrote it, and what each file holds.
 */
#ifndef SOURCE_CSV_MANIFEST_H
#define SOURCE_CSV_MANIFEST_H

#include <stdbool.h>

#include "base/err.h"
#include "source/csv_columns.h"
#include "source/csv_set.h"

enum csv_mode {
	CSV_UNSAID, /* the manifest does not name the file, or there is none */
	CSV_ABSENT,
	CSV_BULK,  /* all there is */
	CSV_DELTA, /* what changed: what is not in it stays */
};

const char *csv_mode_name(enum csv_mode mode); /* "bulk" */

struct csv_manifest {
	bool there;
	char version[16]; /* of OneRoster; "": not said */
	char system[120]; /* code or name of the system that wrote it; cleaned; "": not said */
	enum csv_mode mode[CSV_FILES];
};

/* None there is fine. ERR_SOURCE for a word that is none of the three modes. */
int csv_manifest_read(struct csv_manifest *manifest, struct csv_set *set, struct err *err);

#endif
