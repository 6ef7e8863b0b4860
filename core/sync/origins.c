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

/* Whether a text is the names of attributes with ", " between them. */
static bool are_attributes(enum entity entity, const char *text)
{
	char name[64];
	size_t length;

	for (;; text += length + 2) {
		const char *end = strstr(text, ", ");

		length = end ? (size_t)(end - text) : strlen(text);
		if (length >= sizeof(name))
			return false;
		memcpy(name, text, length);
		name[length] = '\0';
		if (!schema_by_name(entity, name))
			return false;
		if (!end)
			return true;
	}
}

/* An id may have a colon of its own: what follows the last one must be attributes. */
bool origin_read(const struct extra *extra, enum entity entity, struct origin *out)
{
	const char *colon = NULL, *next = extra->value;

	if (strncmp(extra->name, ORIGIN_PREFIX, strlen(ORIGIN_PREFIX)) != 0)
		return false;
	while ((next = strstr(next, ": ")))
		colon = next++;
	out->app = extra->name + strlen(ORIGIN_PREFIX);
	out->id = extra->value;
	if (colon && are_attributes(entity, colon + 2)) {
		out->id_length = (size_t)(colon - extra->value);
		out->attributes = colon + 2;
	} else {
		out->id_length = strlen(extra->value);
		out->attributes = "";
	}
	return true;
}

void origins_write_apps(const struct record *record, struct buf *out)
{
	const char *last = "";
	struct origin origin;
	size_t i;

	for (i = 0; i < record->extras; i++) {
		if (!origin_read(&record->extra[i], record->entity, &origin) ||
			!strcmp(origin.app, last))
			continue; /* two of one app were merged on purpose */
		buf_addf(out, "%s%s", *last ? ", " : "", origin.app);
		last = origin.app;
	}
}
