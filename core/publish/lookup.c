#include "publish/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { RANK_SHIFT = 48 }; /* of the order: what is below counts arrivals */

void lookup_init(struct lookup *lookup)
{
	memset(lookup, 0, sizeof(*lookup));
	arena_init(&lookup->arena);
}

void lookup_clear(struct lookup *lookup)
{
	free(lookup->items);
	arena_clear(&lookup->arena);
	lookup_init(lookup);
}

static struct lookup_item *add(struct lookup *lookup, uint64_t key, unsigned rank)
{
	struct lookup_item *item;

	if (lookup->count == lookup->room) {
		lookup->room += lookup->room / 2 + 64;
		lookup->items = mem_grow(lookup->items, lookup->room, sizeof(*lookup->items));
	}
	item = &lookup->items[lookup->count];
	item->key = key;
	item->order = (uint64_t)rank << RANK_SHIFT | lookup->count++;
	return item;
}

void lookup_add(struct lookup *lookup, uint64_t key, unsigned rank, const char *text)
{
	const struct lookup_item *last =
		lookup->count ? &lookup->items[lookup->count - 1] : NULL;
	size_t length = strlen(text);
	/* The classes of a school mostly come together: one copy serves them all. */
	const char *kept = last && last->length == length && !memcmp(last->text, text, length)
				   ? last->text
				   : arena_strdup(&lookup->arena, text);
	struct lookup_item *item = add(lookup, key, rank);

	item->text = kept;
	item->length = length;
}

void lookup_add_record(struct lookup *lookup, uint64_t key, const struct record *record,
	const enum attr *attrs)
{
	struct lookup_item *item = add(lookup, key, 0);
	size_t id = strlen(record->sis_id) + 1;
	struct record few;
	struct buf body;
	char *text;

	record_init(&few, record->entity, record->sis_id);
	for (; *attrs != ATTR_NONE; attrs++)
		few.value[*attrs] = record->value[*attrs];
	buf_init(&body);
	record_pack(&few, &body);
	item->length = id + body.used;
	item->text = text = arena_alloc(&lookup->arena, item->length);
	memcpy(text, record->sis_id, id);
	memcpy(text + id, body.data, body.used);
	buf_clear(&body);
}

static int compare(const void *a, const void *b)
{
	const struct lookup_item *ia = a, *ib = b;

	if (ia->key != ib->key)
		return ia->key < ib->key ? -1 : 1;
	return ia->order < ib->order ? -1 : ia->order > ib->order;
}

void lookup_sort(struct lookup *lookup)
{
	if (lookup->count)
		qsort(lookup->items, lookup->count, sizeof(*lookup->items), compare);
}

const struct lookup_item *lookup_find(const struct lookup *lookup, uint64_t key, size_t *count)
{
	size_t low = 0, high = lookup->count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lookup->items[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < lookup->count && lookup->items[end].key == key; end++)
		;
	*count = end - low;
	return &lookup->items[low];
}

bool lookup_record(const struct lookup_item *item, enum entity entity, struct record *record,
	struct arena *arena)
{
	size_t id = strlen(item->text) + 1;

	return !record_unpack(
		record, entity, item->text, item->text + id, item->length - id, arena);
}
