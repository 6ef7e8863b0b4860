/*
 * Demographics come as a collection of their own and wait here for their students.
 */
#ifndef SYNC_DEMOGRAPHICS_H
#define SYNC_DEMOGRAPHICS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "source/decode.h"

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

/* Keeps the demographic values of a record. Of several of one user, the last counts. */
void demographics_keep(
	struct demographics *demographics, uint64_t user, const struct source_record *record);

/* Puts a user's values into their record. They live as long as the demographics. */
void demographics_join(
	struct demographics *demographics, uint64_t user, struct source_record *record);

#endif
