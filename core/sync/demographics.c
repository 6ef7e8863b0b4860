#include "sync/demographics.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { VALUE_ATTR = 0x3f, VALUE_TRUE = 0x40, VALUE_FALSE = 0x80, END_OF_VALUES = 0xff };

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

/* Most values are the two words of a boolean: they go into the byte that names the attribute.
 */
static void keep_value(struct buf *values, int attr, const char *text)
{
	if (!strcmp(text, "true")) {
		buf_addc(values, (char)(attr | VALUE_TRUE));
	} else if (!strcmp(text, "false")) {
		buf_addc(values, (char)(attr | VALUE_FALSE));
	} else {
		buf_addc(values, (char)attr);
		buf_add(values, text, strlen(text) + 1);
	}
}

/* The value at `*at`, which moves behind it; *attr says of which attribute. */
static const char *kept_value(const char **at, int *attr)
{
	int item = (unsigned char)*(*at)++;
	const char *text = *at;

	*attr = item & VALUE_ATTR;
	if (item & VALUE_TRUE)
		return "true";
	if (item & VALUE_FALSE)
		return "false";
	*at += strlen(text) + 1;
	return text;
}

_Static_assert((int)SOURCE_ATTRS <= (int)VALUE_ATTR && (int)ATTR_COUNT <= (int)VALUE_ATTR,
	"attributes leave two bits for booleans");

void demographics_keep(struct demographics *demographics, uint64_t user,
	const char *const *value, int first, int end)
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
	for (attr = first; attr < end; attr++)
		if (value[attr])
			keep_value(values, attr, value[attr]);
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

/* The user's values that count; NULL when there are none. */
static const struct demographic *last_of(struct demographics *demographics, uint64_t user)
{
	size_t low = 0, high = demographics->count;

	if (!demographics->sorted && high)
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
		return NULL;
	return &demographics->list[low - 1];
}

bool demographics_has(struct demographics *demographics, uint64_t user)
{
	return last_of(demographics, user) != NULL;
}

void demographics_join(struct demographics *demographics, uint64_t user, const char **value)
{
	const struct demographic *last = last_of(demographics, user);
	const char *at = last ? demographics->values.data + last->values : NULL;
	int attr;

	while (at && (unsigned char)*at != END_OF_VALUES) {
		const char *text = kept_value(&at, &attr);

		value[attr] = text;
	}
}
