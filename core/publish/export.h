/*
 * The hub as a set of files, in bulk or as what changed since a moment: a folder or a zip that
 * appears whole or not at all.
 *
 * In a set of changes each row says active or tobedeleted, and when the hub took the change
 * over. Its rows are exactly those in which the two bulk sets differ.
 */
#ifndef PUBLISH_EXPORT_H
#define PUBLISH_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "publish/bundle.h"
#include "publish/format.h"
#include "roster/exclusion.h"
#include "store/moment.h"
#include "store/store.h"

/* What was told before: the hub of a moment, and a number for all the rows it made then. */
struct export_base {
	const struct moment *moment;
	uint64_t sum;
};

struct export_order {
	const struct format *format;
	enum bundle_form form;
	const char *target;                /* path of the folder or the zip */
	const struct exclusion *exclusion; /* what never leaves */
	const struct export_base *base;    /* of a set of changes; NULL: bulk */
};

struct export_report {
	struct moment moment; /* of the hub that was exported; owned */
	bool changes;         /* a set of changes, not bulk */
	int64_t rows;         /* written over all files, without headers */
	int64_t deleted;      /* of these, tobedeleted */
	int64_t left_out;     /* rows whose required references lead nowhere */
	int64_t blanked;      /* optional references that lead nowhere, left empty */
	int64_t bytes;        /* written */
	uint64_t sum;         /* over all rows of the bulk set */
};
void export_report_clear(struct export_report *report);

/*
 * Written beside the target under a temporary name, synced, then renamed: readers see the old
 * set or the new one. What is there is replaced only when it is an export; otherwise it is an
 * error. When the rows of the base cannot be made again as they were told (its versions were
 * purged, or other attributes are excluded now), it is bulk: report->changes says so.
 */
int export_set(struct store *store, const struct export_order *order,
	struct export_report *report, struct err *err);

#endif
