/*
 * What an export holds, as far as other rows ask: which ids, and what a row needs of another
 * record (lookup.h). Hashes of ids, not ids: a state's ten million people and classes fit in
 * memory.
 */
#ifndef PUBLISH_EXPORTED_H
#define PUBLISH_EXPORTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/idset.h"
#include "publish/lookup.h"
#include "roster/schema.h"

struct exported {
	struct idset ids[ENTITY_COUNT];
	const uint8_t *secret;        /* borrowed; keys the hashes */
	struct lookup class_schools;  /* of a class: the id of its school */
	struct lookup class_teachers; /* of a class: ids, who teaches primarily first */
	struct lookup courses;        /* by their ids, as the following */
	struct lookup terms;
	struct lookup contacts; /* of a student */
};

void exported_init(struct exported *exported, const uint8_t *secret);
void exported_clear(struct exported *exported);

uint64_t exported_key(const struct exported *exported, const char *id, size_t length);
uint64_t exported_key_of(const struct exported *exported, const char *id);

/* Whether the id is exported. Any type of person will do where a person is meant. */
bool exported_has(const struct exported *exported, enum entity target, uint64_t key);
bool exported_has_id(const struct exported *exported, enum entity target, const char *id);

/* Whether a person is exported as this very type. */
bool exported_is(const struct exported *exported, enum entity type, const char *id);

/* The school of a class, borrowed; NULL when there is no such class. */
const char *exported_class_school(const struct exported *exported, const char *id);

#endif
