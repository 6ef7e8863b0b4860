/*
 * What an export holds, as far as other rows ask: which ids, and the school of each class.
 * Hashes of ids, not ids: a state's ten million people and classes fit in memory.
 */
#ifndef PUBLISH_EXPORTED_H
#define PUBLISH_EXPORTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/idset.h"
#include "roster/schema.h"

struct exported_class;

struct exported {
	struct idset ids[ENTITY_COUNT];
	const uint8_t *secret;          /* borrowed; keys the hashes */
	struct exported_class *classes; /* owned */
	size_t class_count;
	size_t class_room;
	struct arena arena; /* ids of schools */
};

void exported_init(struct exported *exported, const uint8_t *secret);
void exported_clear(struct exported *exported);

uint64_t exported_key(const struct exported *exported, const char *id, size_t length);

/* Whether the id is exported. Any type of person will do where a person is meant. */
bool exported_has(const struct exported *exported, enum entity target, uint64_t key);
bool exported_has_id(const struct exported *exported, enum entity target, const char *id);

/* Notes a class and its school; sorted once, before the first question. */
void exported_add_class(struct exported *exported, uint64_t key, const char *school);
void exported_sort_classes(struct exported *exported);

/* The school of a class, borrowed; NULL when there is no such class. */
const char *exported_class_school(const struct exported *exported, const char *id);

#endif
