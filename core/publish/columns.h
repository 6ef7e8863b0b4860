/*
 * Names of columns beyond a file's own: metadata.*, in ascending order.
 */
#ifndef PUBLISH_COLUMNS_H
#define PUBLISH_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "roster/record.h"

struct columns {
	const char **name; /* owned; the names lie in the arena */
	size_t count, room;
	struct arena arena;
};

void columns_init(struct columns *columns);
void columns_clear(struct columns *columns);

/* Adds the record's that are not in. True when there was one. */
bool columns_note(struct columns *columns, const struct record *record);
void columns_copy(struct columns *to, const struct columns *from);

void columns_add_names(const struct columns *columns, struct buf *out); /* ",name,name" */
void columns_add_cells(
	const struct columns *columns, const struct record *record, struct buf *out);

/* Whether an attribute outside the schema is a column. */
bool columns_is_metadata(const char *name);

#endif
