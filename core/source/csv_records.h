/*
 * The rows of one file as source records. What is odd about a row is reported with its line; a
 * row that cannot be used is left out, never the file.
 */
#ifndef SOURCE_CSV_RECORDS_H
#define SOURCE_CSV_RECORDS_H

#include <stdint.h>

#include "base/arena.h"
#include "roster/problem.h"
#include "source/csv_columns.h"
#include "source/csv_parse.h"
#include "source/csv_set.h"
#include "source/source_record.h"

struct csv_records {
	struct csv_set *set;       /* borrowed; its one file being read is this */
	struct problems *problems; /* borrowed */
	int file;
	struct csv_parser parser;
	struct csv_columns columns;
	struct arena arena; /* of one record */
	int64_t rows;       /* that are not empty, without the header */
	int64_t unusable;
	int64_t mended;       /* rows in which malformed characters were replaced */
	int64_t first_mended; /* line */
};

enum csv_record {
	CSV_RECORD,
	CSV_UNUSABLE, /* reported; the next may be better */
	CSV_NO_MORE,
	CSV_FAILED = -1,
};

/* Opens the file and reads its header. csv_records_end in any case. */
int csv_records_begin(struct csv_records *records, struct csv_set *set, int file, bool roles,
	struct problems *problems, struct err *err);
void csv_records_end(struct csv_records *records);

/* The next record; its strings are valid until the next call. */
enum csv_record csv_records_next(
	struct csv_records *records, struct source_record *out, struct err *err);

#endif
