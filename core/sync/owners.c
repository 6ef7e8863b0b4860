#include "sync/owners.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/mem.h"

static int by_id(const void *a, const void *b)
{
	const struct owner *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int note(
	void *arg, size_t layer, uint32_t row, const struct record *record, struct err *err)
{
	struct owners *owners = arg;

	(void)row;
	(void)err;
	if (owners->count == owners->room) {
		owners->room = owners->room ? owners->room * 3 / 2 : 1024;
		owners->list = mem_grow(owners->list, owners->room, sizeof(*owners->list));
	}
	owners->list[owners->count++] =
		(struct owner){XXH3_64bits(record->sis_id, strlen(record->sis_id)), layer};
	return 0;
}

int owners_load(struct owners *owners, struct store *store, enum entity entity, struct err *err)
{
	bool are;

	memset(owners, 0, sizeof(*owners));
	if (layers_are(store, &are, err))
		return -1;
	if (!are)
		return 0;
	if (layers_load(store, NULL, 0, &owners->layers, &owners->layer_count, err) ||
		layers_each(store, owners->layers, owners->layer_count, entity, LAYER_IDS, note,
			owners, err))
		return -1;
	if (owners->count)
		qsort(owners->list, owners->count, sizeof(*owners->list), by_id);
	return 0;
}

void owners_clear(struct owners *owners)
{
	layers_free(owners->layers, owners->layer_count);
	free(owners->list);
	memset(owners, 0, sizeof(*owners));
}

const char *owners_find(const struct owners *owners, const char *sis_id)
{
	const struct owner wanted = {.id = XXH3_64bits(sis_id, strlen(sis_id))};
	const struct owner *found = owners->count
					    ? bsearch(&wanted, owners->list, owners->count,
						      sizeof(*owners->list), by_id)
					    : NULL;

	return found ? owners->layers[found->layer].name : NULL;
}
