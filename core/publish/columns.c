#include "publish/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "publish/csv_row.h"

static const char METADATA[] = "metadata.";

void columns_init(struct columns *columns)
{
	memset(columns, 0, sizeof(*columns));
	arena_init(&columns->arena);
}

void columns_clear(struct columns *columns)
{
	free(columns->name);
	arena_clear(&columns->arena);
	columns_init(columns);
}

bool columns_is_metadata(const char *name)
{
	return !strncmp(name, METADATA, sizeof(METADATA) - 1);
}

static void add(struct columns *columns, const char *name)
{
	size_t at = columns->count;

	if (columns->count == columns->room) {
		columns->room = columns->room ? 2 * columns->room : 16;
		columns->name = mem_grow(columns->name, columns->room, sizeof(*columns->name));
	}
	for (; at && strcmp(columns->name[at - 1], name) > 0; at--)
		columns->name[at] = columns->name[at - 1];
	columns->name[at] = arena_strdup(&columns->arena, name);
	columns->count++;
}

static bool has(const struct columns *columns, const char *name)
{
	size_t low = 0, high = columns->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(name, columns->name[middle]);

		if (!order)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

bool columns_note(struct columns *columns, const struct record *record)
{
	bool added = false;
	size_t i;

	for (i = 0; i < record->extras; i++) {
		const char *name = record->extra[i].name;

		if (!columns_is_metadata(name) || has(columns, name))
			continue;
		add(columns, name);
		added = true;
	}
	return added;
}

void columns_copy(struct columns *to, const struct columns *from)
{
	size_t i;

	to->count = 0;
	for (i = 0; from && i < from->count; i++)
		add(to, from->name[i]);
}

void columns_add_names(const struct columns *columns, struct buf *out)
{
	size_t i;

	for (i = 0; i < columns->count; i++) {
		buf_addc(out, ',');
		csv_cell(out, columns->name[i]);
	}
}

/* Both are in ascending order of name. */
void columns_add_cells(
	const struct columns *columns, const struct record *record, struct buf *out)
{
	const struct extra *extra = record->extra, *end = extra + record->extras;
	size_t i;

	for (i = 0; i < columns->count; i++) {
		const char *name = columns->name[i];

		buf_addc(out, ',');
		while (extra < end && strcmp(extra->name, name) < 0)
			extra++;
		if (extra < end && !strcmp(extra->name, name))
			csv_cell(out, extra->value);
	}
}
