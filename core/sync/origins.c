#include "sync/origins.h"

#include <string.h>

static void describe(const struct masters *masters, const struct side *sides, size_t count,
	size_t side, struct buf *out)
{
	size_t rows, i;
	const struct attribute *row = schema_of(sides[0].record->entity, &rows);
	const char *between = ": ";

	buf_reset(out);
	buf_adds(out, sides[side].record->sis_id);
	for (i = 0; side && i < rows; i++) {
		if (row[i].attr == ATTR_LAST_MODIFIED ||
			masters_pick(masters, sides, count, row[i].attr) != side)
			continue;
		buf_addf(out, "%s%s", between, row[i].name);
		between = ", ";
	}
}

void origins_add(const struct masters *masters, const struct side *sides,
	const char *const *names, size_t count, struct arena *arena, struct record *record)
{
	struct extra *extra = arena_alloc(arena, count * sizeof(*extra));
	struct record origins = {.extra = extra};
	struct buf text;
	size_t i, j;

	buf_init(&text);
	for (i = 0; i < count; i++) {
		const char *name = arena_printf(arena, ORIGIN_PREFIX "%s", names[i]);

		describe(masters, sides, count, i, &text);
		for (j = origins.extras++; j && strcmp(extra[j - 1].name, name) > 0; j--)
			extra[j] = extra[j - 1];
		extra[j] = (struct extra){name, arena_strdup(arena, text.data)};
	}
	buf_clear(&text);
	record_unite_extras(&origins, record, arena);
	record->extra = origins.extra;
	record->extras = origins.extras;
}

bool origins_differ(
	const struct masters *masters, const struct side *sides, size_t count, struct buf *out)
{
	size_t rows, i;
	const struct attribute *row = schema_of(sides[0].record->entity, &rows);

	buf_reset(out);
	for (i = 0; i < rows; i++)
		if (row[i].attr != ATTR_LAST_MODIFIED && row[i].type != TYPE_REFERENCES &&
			masters_conflict(masters, sides, count, row[i].attr))
			buf_addf(out, "%s%s", out->used ? ", " : "", row[i].name);
	return out->used > 0;
}
