#include "sync/demographics.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { END_OF_VALUES = 0xff };

void demographics_init(struct demographics *demographics)
{
	memset(demographics, 0, sizeof(*demographics));
	buf_init(&demographics->values);
}

void demographics_clear(struct demographics *demographics)
{
	buf_clear(&demographics->values);
	free(demographics->list);
	demographics_init(demographics);
}

void demographics_keep(
	struct demographics *demographics, uint64_t user, const struct source_record *record)
{
	struct buf *values = &demographics->values;
	int attr;

	if (demographics->count == demographics->room) {
		demographics->room = demographics->room ? demographics->room * 3 / 2 : 1024;
		demographics->list = mem_grow(
			demographics->list, demographics->room, sizeof(*demographics->list));
	}
	demographics->list[demographics->count++] = (struct demographic){user, values->used};
	demographics->sorted = false;
	for (attr = SOURCE_DEMOGRAPHICS; attr < SOURCE_ATTRS; attr++) {
		if (!record->value[attr])
			continue;
		buf_addc(values, (char)attr);
		buf_add(values, record->value[attr], strlen(record->value[attr]) + 1);
	}
	buf_addc(values, (char)END_OF_VALUES);
}

/* Of one user's, the last that came is the last in order. */
static int by_user(const void *a, const void *b)
{
	const struct demographic *x = a, *y = b;

	if (x->user != y->user)
		return x->user < y->user ? -1 : 1;
	return x->values < y->values ? -1 : x->values > y->values;
}

void demographics_join(
	struct demographics *demographics, uint64_t user, struct source_record *record)
{
	size_t low = 0, high = demographics->count;
	const char *at;

	if (!high)
		return;
	if (!demographics->sorted)
		qsort(demographics->list, high, sizeof(*demographics->list), by_user);
	demographics->sorted = true;
	while (low < high) { /* the first beyond the user's */
		size_t middle = low + (high - low) / 2;

		if (demographics->list[middle].user <= user)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || demographics->list[low - 1].user != user)
		return;
	at = demographics->values.data + demographics->list[low - 1].values;
	while ((unsigned char)*at != END_OF_VALUES) {
		record->value[(unsigned char)*at] = at + 1;
		at += strlen(at + 1) + 2;
	}
}
