/*
 * What a set of files consists of, as data: files, columns, which records make which rows. A
 * format is such a table (oneroster.c, basic_roster.c); rows.c and export.c go by it.
 */
#ifndef PUBLISH_FORMAT_H
#define PUBLISH_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "publish/row.h"
#include "roster/record.h"
#include "settings/settings.h"

/* What becomes of a record in a file. */
enum row_fate {
	ROW_WANTED,
	ROW_ELSEWHERE, /* it does not belong into this file */
	ROW_LEFT_OUT,  /* it does, but what it needs is not there: counted */
};

/* How many rows a record makes. */
enum row_each {
	ROW_ONE,
	ROW_PER_ROLE,    /* one a school that is there, or one without any */
	ROW_PER_SCHOOL,  /* one a school that is there, else none */
	ROW_PER_CONTACT, /* the same, and each of them once for every contact */
};

struct format_file {
	const char *name;      /* without .csv */
	const char *columns;   /* its header, exactly */
	enum entity entity[5]; /* types of record that make it up; ENTITY_NONE at the end */
	/* NULL: all are wanted. */
	enum row_fate (*fate)(const struct row_plan *plan, const struct record *record,
		const struct exported *exported);
	enum row_each each;
	bool one_person; /* a person of several types makes one row */
	bool metadata;   /* columns of metadata.* may follow */
	bool distinct;   /* a row that another one says as well is left out */
};

struct format {
	const char *name;    /* "oneroster12", as in the settings */
	const char *title;   /* "OneRoster 1.2 CSV" */
	const char *version; /* in the manifest; NULL: there is none */
	const struct format_file *const
		*file; /* in an order in which what a row needs is known */
	size_t files;
	const char *const
		*names; /* what such a set may hold, in the manifest's order; NULL ends */
	const struct column_rule *rules;
	size_t rule_count;
	bool by_schema; /* columns are also found by their names in the schema */
	bool has_delta; /* rows have a status: a set of changes can be told */

	/* Read beforehand, to know what is there (ENTITY_NONE at the end), and what is noted of
	 * each of these records that is wanted; NULL: no more than its id. */
	const enum entity *known;
	void (*note)(struct exported *exported, const struct record *record);

	/* Sets what of row->of beside the record is there, in `others` and `arena`; may be
	 * NULL. */
	void (*gather)(struct row *row, struct record *others, struct arena *arena);
};

extern const struct format oneroster_11, oneroster_12, basic_roster;

const struct format *format_of(enum export_format format);

/* What a folder that any export made may hold: names of all formats, NULL at the end. */
const char *const *format_all_names(void);

#endif
