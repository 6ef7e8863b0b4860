#include "source/csv_roles.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/mem.h"
#include "base/text.h"

enum { NO_WORD = 0xffffffff };

struct csv_role {
	uint64_t user; /* hash of its id */
	uint32_t role; /* words */
	uint32_t org;
	uint32_t order; /* of arrival */
	bool primary;
	bool given;
};

void csv_roles_init(struct csv_roles *roles)
{
	memset(roles, 0, sizeof(*roles));
	map_init(&roles->words);
	arena_init(&roles->arena);
}

void csv_roles_clear(struct csv_roles *roles)
{
	free(roles->list);
	free(roles->word);
	map_clear(&roles->words);
	arena_clear(&roles->arena);
	csv_roles_init(roles);
}

/* The number of a text of which there are few: a role, a school. */
static uint32_t word_of(struct csv_roles *roles, const char *text)
{
	long at = text ? map_find(&roles->words, text) : MAP_NONE;

	if (!text)
		return NO_WORD;
	if (at != MAP_NONE)
		return (uint32_t)at;
	text = arena_strdup(&roles->arena, text);
	at = map_add(&roles->words, text);
	roles->word = mem_grow(roles->word, (size_t)at + 1, sizeof(*roles->word));
	roles->word[at] = (char *)text;
	return (uint32_t)at;
}

void csv_roles_add(struct csv_roles *roles, const struct source_record *row)
{
	const char *user = row->value[SOURCE_USER], *type = row->value[SOURCE_TYPE];

	if (!user || !row->value[SOURCE_ROLE] || row->status == STATUS_DELETED)
		return;
	if (roles->count == roles->room) {
		roles->room = roles->room ? roles->room + roles->room / 2 : 1024;
		roles->list = mem_grow(roles->list, roles->room, sizeof(*roles->list));
	}
	roles->list[roles->count] = (struct csv_role){.user = XXH3_64bits(user, strlen(user)),
		.role = word_of(roles, row->value[SOURCE_ROLE]),
		.org = word_of(roles, row->value[SOURCE_ORG]),
		.order = (uint32_t)roles->count,
		.primary = type && text_same_word(type, "primary")};
	roles->count++;
	roles->sorted = false;
}

static int by_user(const void *a, const void *b)
{
	const struct csv_role *x = a, *y = b;

	if (x->user != y->user)
		return x->user < y->user ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Where the roles of a user begin. */
static size_t place_of(const struct csv_roles *roles, uint64_t user)
{
	size_t low = 0, high = roles->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (roles->list[middle].user < user)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void csv_roles_give(struct csv_roles *roles, struct source_record *user)
{
	uint64_t key = XXH3_64bits(user->id, strlen(user->id));
	size_t at;

	if (!roles->count)
		return;
	if (!roles->sorted)
		qsort(roles->list, roles->count, sizeof(*roles->list), by_user);
	roles->sorted = true;
	at = place_of(roles, key);
	if (at == roles->count || roles->list[at].user != key)
		return;
	for (user->roles = 0;
		at < roles->count && roles->list[at].user == key && user->roles < SOURCE_ROLES;
		at++) {
		struct csv_role *role = &roles->list[at];

		role->given = true;
		user->role[user->roles++] = (struct source_role){roles->word[role->role],
			role->org == NO_WORD ? NULL : roles->word[role->org], role->primary};
	}
}

int64_t csv_roles_left(const struct csv_roles *roles)
{
	int64_t left = 0;
	size_t i;

	for (i = 0; i < roles->count; i++)
		left += !roles->list[i].given;
	return left;
}
