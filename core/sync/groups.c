#include "sync/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void groups_init(struct groups *groups, const struct apart *apart, size_t aparts)
{
	memset(groups, 0, sizeof(*groups));
	groups->apart = apart;
	groups->aparts = aparts;
}

void groups_clear(struct groups *groups)
{
	free(groups->list);
	groups_init(groups, NULL, 0);
}

void groups_add(struct groups *groups, uint64_t id, uint32_t row, size_t layer)
{
	uint32_t self = (uint32_t)groups->count;

	if (groups->count == groups->room) {
		groups->room = groups->room ? groups->room * 3 / 2 : 1024;
		groups->list = mem_grow(groups->list, groups->room, sizeof(*groups->list));
	}
	groups->list[groups->count++] = (struct entry){
		.id = id, .row = row, .next = self, .leader = self, .layer = (uint16_t)layer};
}

bool groups_is_alone(const struct groups *groups, size_t entry)
{
	return groups->list[entry].next == entry;
}

/* Makes one ring of two. */
static void join(struct groups *groups, uint32_t a, uint32_t b)
{
	struct entry *list = groups->list;
	uint32_t next = list[a].next, at = b;

	if (list[a].leader == list[b].leader)
		return;
	do {
		list[at].leader = list[a].leader;
		at = list[at].next;
	} while (at != b);
	list[a].next = list[b].next;
	list[b].next = next;
}

static bool is_apart(const struct groups *groups, uint64_t a, uint64_t b)
{
	size_t i;

	for (i = 0; i < groups->aparts; i++) {
		const struct apart *pair = &groups->apart[i];

		if ((pair->id == a && pair->other == b) || (pair->id == b && pair->other == a))
			return true;
	}
	return false;
}

static bool may_join(const struct groups *groups, uint32_t a, uint32_t b)
{
	const struct entry *list = groups->list;
	uint32_t x = a, y = b;

	if (list[a].leader == list[b].leader)
		return true;
	do {
		do {
			bool rivals = list[x].layer == list[y].layer && !list[x].merged &&
				      !list[y].merged;

			if (rivals || is_apart(groups, list[x].id, list[y].id))
				return false;
			y = list[y].next;
		} while (y != b);
		x = list[x].next;
	} while (x != a);
	return true;
}

static int by_key(const void *a, const void *b)
{
	const struct tag *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* Where the run of one key ends. */
static size_t run_end(const struct tag *tags, size_t from, size_t count)
{
	size_t end = from + 1;

	while (end < count && tags[end].key == tags[from].key)
		end++;
	return end;
}

static bool all_may_join(const struct groups *groups, const struct tag *tags, size_t count)
{
	size_t i, j;

	for (i = 0; i < count; i++)
		for (j = i + 1; j < count; j++)
			if (!may_join(groups, tags[i].entry, tags[j].entry))
				return false;
	return true;
}

void groups_by_key(struct groups *groups, struct tag *tags, size_t count)
{
	enum { RUN_MOST = 64 }; /* more than that is no key to anybody */
	size_t from, end, i;

	if (count)
		qsort(tags, count, sizeof(*tags), by_key);
	for (from = 0; from < count; from = end) {
		end = run_end(tags, from, count);
		if (end - from > RUN_MOST || !all_may_join(groups, tags + from, end - from))
			continue;
		for (i = from + 1; i < end; i++)
			join(groups, tags[from].entry, tags[i].entry);
	}
}

static struct tag *tags_of_ids(const struct groups *groups)
{
	struct tag *tags = mem_zero(groups->count + 1, sizeof(*tags));
	size_t i;

	for (i = 0; i < groups->count; i++)
		tags[i] = (struct tag){groups->list[i].id, (uint32_t)i};
	return tags;
}

void groups_by_id(struct groups *groups)
{
	struct tag *tags = tags_of_ids(groups);

	groups_by_key(groups, tags, groups->count);
	free(tags);
}

void groups_merge(struct groups *groups, uint64_t id, uint64_t into)
{
	size_t i, target = groups->count;

	for (i = 0; i < groups->count && target == groups->count; i++)
		if (groups->list[i].id == into)
			target = i;
	if (target == groups->count || id == into)
		return;
	for (i = 0; i < groups->count; i++) {
		if (groups->list[i].id != id)
			continue;
		groups->list[i].merged = true;
		join(groups, (uint32_t)target, (uint32_t)i);
	}
}
