/*
 * A source that is a OneRoster CSV on disk: a folder or a zip, 1.1 or 1.2, bulk or delta. For
 * the modules of source/ only.
 */
#ifndef SOURCE_CSV_H
#define SOURCE_CSV_H

#include "source/csv_manifest.h"
#include "source/csv_set.h"
#include "source/kind.h"

struct csv {
	struct source base;
	struct csv_set *set; /* owned; NULL before csv_connect */
	struct csv_manifest manifest;
	bool pulled; /* once: what was seen when it was opened is old */
};

/* How a file is given. */
enum csv_given {
	CSV_GIVEN,
	CSV_GIVEN_PART, /* a delta */
	CSV_NOT_GIVEN,  /* and may be so */
	CSV_LACKING = -1,
};

/*
 * Whether and how a file is there. `why` (may be NULL) gets what is worth telling about it: ""
 * is nothing. CSV_LACKING: it must be there and is not, *err says why.
 */
enum csv_given csv_find(
	const struct csv *csv, int file, char *why, size_t size, struct err *err);

/* Whether users have their roles in roles.csv. */
bool csv_has_roles(const struct csv *csv);

const char *csv_version(const struct csv *csv); /* "1.1" */

/* The functions of source.h, for this kind. */
int csv_connect(struct source *source, struct err *err);
int csv_check(struct source *source, check_fn *step, void *arg, struct err *err);
int csv_pull(struct source *source, const enum collection *order, size_t count,
	const struct taker *taker, struct err *err);

#endif
