/*
 * Which records of several layers are the same one: by their SIS id, by a resolution, or by a
 * domain of uniqueness. Of each layer at most one record is in a group, but for those that were
 * merged on purpose. Pure memory: knows records by numbers only.
 */
#ifndef SYNC_GROUPS_H
#define SYNC_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct entry {
	uint64_t id;     /* key of the SIS id */
	uint32_t row;    /* of the store */
	uint32_t next;   /* in the ring of the group */
	uint32_t leader; /* the same number in all of a group */
	uint16_t layer;
	bool merged; /* on purpose, into another one of its layer */
	bool done;   /* for the user of the groups */
};

/* Two records that must not become one, by the keys of their ids. */
struct apart {
	uint64_t id, other;
};

struct groups {
	struct entry *list; /* owned */
	size_t count, room;
	const struct apart *apart; /* borrowed */
	size_t aparts;
};

void groups_init(struct groups *groups, const struct apart *apart, size_t aparts);
void groups_clear(struct groups *groups);

void groups_add(struct groups *groups, uint64_t id, uint32_t row, size_t layer);

/* After all were added: puts records of one id together. */
void groups_by_id(struct groups *groups);

/* Merges `id` into `into`, whatever their layers, where both are there. After groups_by_id. */
void groups_merge(struct groups *groups, uint64_t id, uint64_t into);

/* A record and what it says in a domain. */
struct tag {
	uint64_t key;
	uint32_t entry;
};

/*
 * Puts records of one key together, unless that would bring two of one layer, or two that must
 * stay apart, into one group: then the key decides nothing. Sorts `tags`.
 */
void groups_by_key(struct groups *groups, struct tag *tags, size_t count);

bool groups_is_alone(const struct groups *groups, size_t entry);

#endif
