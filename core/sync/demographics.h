/*
 * Demographics come as a collection of their own and wait here for their students: values by
 * number, of the source's attributes, or of the hub's where the source gives none just now.
 */
#ifndef SYNC_DEMOGRAPHICS_H
#define SYNC_DEMOGRAPHICS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "roster/schema.h"
#include "source/source_record.h"

struct demographic {
	uint64_t user; /* key of the source id */
	size_t values; /* offset */
};

struct demographics {
	struct buf values;
	struct demographic *list; /* owned */
	size_t count, room;
	bool sorted;
};

void demographics_init(struct demographics *demographics);
void demographics_clear(struct demographics *demographics);

/* Keeps what there is of value[first .. end). Of several records of a user the last counts. */
void demographics_keep(struct demographics *demographics, uint64_t user,
	const char *const *value, int first, int end);

/* Whether a record of the user was kept, be it empty. */
bool demographics_has(struct demographics *demographics, uint64_t user);

/* Puts a user's values where they were. They live as long as the demographics. */
void demographics_join(struct demographics *demographics, uint64_t user, const char **value);

#endif
