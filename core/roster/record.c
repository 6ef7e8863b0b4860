#include "roster/record.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/*
 * A packed body is a run of items, each one byte that names the attribute and a text with its
 * NUL; an extra is EXTRA_ITEM, name, NUL, value, NUL. Content comes first, lastModified last.
 */
enum { EXTRA_ITEM = 0xff };

void record_init(struct record *record, enum entity entity, const char *sis_id)
{
	memset(record, 0, sizeof(*record));
	record->entity = entity;
	record->sis_id = sis_id;
}

static void pack_item(struct buf *body, int item, const char *text)
{
	buf_addc(body, (char)item);
	buf_add(body, text, strlen(text) + 1);
}

size_t record_pack(const struct record *record, struct buf *body)
{
	size_t content, i;
	int attr;

	buf_reset(body);
	for (attr = 0; attr < ATTR_LAST_MODIFIED; attr++)
		if (record->value[attr])
			pack_item(body, attr, record->value[attr]);
	for (i = 0; i < record->extras; i++) {
		pack_item(body, EXTRA_ITEM, record->extra[i].name);
		buf_add(body, record->extra[i].value, strlen(record->extra[i].value) + 1);
	}
	content = body->used;
	if (record->value[ATTR_LAST_MODIFIED])
		pack_item(body, ATTR_LAST_MODIFIED, record->value[ATTR_LAST_MODIFIED]);
	return content;
}

/* The text at `*at`, which moves behind its NUL; NULL when there is no NUL before `end`. */
static const char *unpack_text(const char **at, const char *end)
{
	const char *text = *at, *nul = memchr(text, '\0', (size_t)(end - text));

	if (!nul)
		return NULL;
	*at = nul + 1;
	return text;
}

static size_t count_extras(const char *at, const char *end)
{
	size_t count = 0;

	while (at < end) {
		count += (unsigned char)*at == EXTRA_ITEM;
		if ((unsigned char)*at++ == EXTRA_ITEM && !unpack_text(&at, end))
			return 0;
		if (!unpack_text(&at, end))
			return 0;
	}
	return count;
}

int record_unpack(struct record *record, enum entity entity, const char *sis_id,
	const char *body, size_t length, struct arena *arena)
{
	const char *at = body, *end = body + length;
	struct extra *extra = NULL;
	size_t extras = 0;

	record_init(record, entity, sis_id);
	while (at < end) {
		const char *start = at, *text;
		int item = (unsigned char)*at++;

		text = unpack_text(&at, end);
		if (!text || (item >= ATTR_COUNT && item != EXTRA_ITEM))
			return -1;
		if (item != EXTRA_ITEM) {
			record->value[item] = text;
			continue;
		}
		if (!extra) { /* most records have none, and are gone through once */
			extras = count_extras(start, end);
			extra = arena_alloc(arena, extras * sizeof(*extra));
			record->extra = extra;
		}
		if (record->extras == extras) /* count_extras gave up: damaged further on */
			return -1;
		extra->name = text;
		extra->value = unpack_text(&at, end);
		if (!extra->value)
			return -1;
		extra++;
		record->extras++;
	}
	return 0;
}

size_t record_content(const char *body, size_t length)
{
	const char *at = body, *end = body + length, *item;

	while (at < end) {
		item = at;
		if ((unsigned char)*at == ATTR_LAST_MODIFIED)
			return (size_t)(item - body);
		if ((unsigned char)*at++ == EXTRA_ITEM && !unpack_text(&at, end))
			break;
		if (!unpack_text(&at, end))
			break;
	}
	return length;
}

struct fingerprint record_fingerprint(
	const void *content, size_t length, const uint8_t secret[RECORD_SECRET])
{
	XXH128_hash_t hash = XXH3_128bits_withSecret(content, length, secret, RECORD_SECRET);

	return (struct fingerprint){hash.low64, hash.high64};
}

static const char *extra_of(const struct record *record, const char *name)
{
	size_t i;

	for (i = 0; record && i < record->extras; i++)
		if (!strcmp(record->extra[i].name, name))
			return record->extra[i].value;
	return NULL;
}

/* Where differences are collected: counts all, keeps the first `most`. */
struct differences {
	struct difference *out;
	size_t most;
	size_t count;
};

static void add_difference(struct differences *list, const char *name, const char *before,
	const char *after, bool personal)
{
	if (before == after || (before && after && !strcmp(before, after)))
		return;
	if (list->count < list->most)
		list->out[list->count] = (struct difference){name, before, after, personal};
	list->count++;
}

size_t record_compare(const struct record *before, const struct record *after,
	struct difference *out, size_t most)
{
	struct differences list = {out, most, 0};
	size_t rows, i;
	/* cppcheck-suppress nullPointerRedundantCheck  -- one of the two is there */
	const struct attribute *row = schema_of((after ? after : before)->entity, &rows);

	for (i = 0; i < rows; i++)
		if (row[i].attr != ATTR_LAST_MODIFIED)
			add_difference(&list, row[i].name,
				before ? before->value[row[i].attr] : NULL,
				after ? after->value[row[i].attr] : NULL, row[i].personal);
	for (i = 0; before && i < before->extras; i++)
		add_difference(&list, before->extra[i].name, before->extra[i].value,
			extra_of(after, before->extra[i].name), true);
	for (i = 0; after && i < after->extras; i++)
		if (!extra_of(before, after->extra[i].name))
			add_difference(
				&list, after->extra[i].name, NULL, after->extra[i].value, true);
	return list.count;
}

const char *list_next(const char **list, size_t *length)
{
	const char *item = *list, *end;

	if (!item || !*item)
		return NULL;
	end = strchrnul(item, RECORD_LIST);
	*length = (size_t)(end - item);
	*list = *end ? end + 1 : end;
	return item;
}

static int compare_items(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *list_sort(const char *list, struct arena *arena)
{
	size_t count = 1, room = strlen(list) + 1, length, i;
	const char **items, *item;
	char *out, *at;

	if (!strchr(list, RECORD_LIST))
		return list;
	for (item = list; *item; item++)
		count += *item == RECORD_LIST;
	items = arena_alloc(arena, count * sizeof(*items));
	for (count = 0; (item = list_next(&list, &length)); count++)
		items[count] = arena_strndup(arena, item, length);
	qsort(items, count, sizeof(*items), compare_items);
	out = at = arena_alloc(arena, room);
	for (i = 0; i < count; i++) {
		if (i && !strcmp(items[i], items[i - 1]))
			continue;
		if (i)
			*at++ = RECORD_LIST;
		at = stpcpy(at, items[i]);
	}
	return out;
}

static bool has_item(const char *list, const char *item, size_t length)
{
	const char *one;
	size_t n;

	while ((one = list_next(&list, &n)))
		if (n == length && !memcmp(one, item, n))
			return true;
	return false;
}

const char *list_unite(const char *a, const char *b, struct arena *arena)
{
	size_t length, used;
	const char *item;
	char *all;

	if (!a || !b)
		return a ? a : b;
	used = strlen(a);
	all = arena_alloc(arena, used + strlen(b) + 2);
	memcpy(all, a, used + 1);
	while ((item = list_next(&b, &length))) {
		if (has_item(all, item, length))
			continue;
		if (used)
			all[used++] = RECORD_LIST;
		memcpy(all + used, item, length);
		used += length;
		all[used] = '\0';
	}
	return all;
}

void record_unite_extras(struct record *into, const struct record *from, struct arena *arena)
{
	struct extra *all;
	size_t i = 0, j = 0, n = 0;

	if (!from->extras)
		return;
	all = arena_alloc(arena, (into->extras + from->extras) * sizeof(*all));
	while (i < into->extras || j < from->extras) {
		int order = i == into->extras ? 1
			    : j == from->extras
				    ? -1
				    : strcmp(into->extra[i].name, from->extra[j].name);

		all[n++] = order <= 0 ? into->extra[i] : from->extra[j];
		i += order <= 0;
		j += order >= 0;
	}
	into->extra = all;
	into->extras = n;
}
