/*
 * The files of a OneRoster CSV (1EdTech, CSV binding 1.1 and 1.2) that are read, and what their
 * columns are: found by the header, whatever its order and case.
 */
#ifndef SOURCE_CSV_COLUMNS_H
#define SOURCE_CSV_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "source/csv_parse.h"
#include "source/source_record.h"

/* The files: one for each collection, and 1.2's roles of users. */
enum { CSV_ROLES = COLLECTION_COUNT, CSV_FILES };

const char *csv_file_name(int file); /* "users.csv" */

enum csv_form {
	CSV_IGNORED, /* a password, say */
	CSV_ID,      /* sourcedId */
	CSV_TEXT,
	CSV_LIST,     /* separated by commas */
	CSV_USER_IDS, /* {type:id},{type:id} */
	CSV_METADATA,
	CSV_EXTENSION, /* of no standard */
};

struct csv_column {
	enum csv_form form;
	enum source_attr attr;
	char *name; /* owned; of metadata (without the prefix) and extensions; NULL */
	bool required;
};

struct csv_columns {
	struct csv_column list[CSV_CELLS_MOST];
	size_t count;
	size_t extensions;
};

/*
 * Reads the header in the parser's present row. ERR_SOURCE when a column that the file cannot
 * do without is missing, or one is there twice: the text names file, columns and header.
 * `roles` says whether users have theirs in roles.csv.
 */
int csv_columns_read(struct csv_columns *columns, int file, bool roles,
	const struct csv_parser *header, struct err *err);
void csv_columns_clear(struct csv_columns *columns);

#endif
