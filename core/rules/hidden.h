/*
 * What of a source record feeds only attributes that are masked or not taken: it must not be
 * kept of a pull either. That it was there stays visible, for the counts of what is missing.
 * Pure.
 */
#ifndef RULES_HIDDEN_H
#define RULES_HIDDEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "rules/attributes.h"
#include "rules/requirements.h"
#include "source/source_record.h"

/* What an entity type makes of a source attribute. */
enum use { USE_NONE, USE_HIDDEN, USE_SHOWN };

struct hidden {
	enum use use[ENTITY_COUNT][SOURCE_ATTRS];
	bool any[ENTITY_COUNT];                               /* something is hidden */
	const struct feed *feeds[ENTITY_COUNT][MAPPING_ROWS]; /* rules for hidden attributes */
	size_t feed_count[ENTITY_COUNT];
};

void hidden_compile(struct hidden *hidden, const struct mapping mapping[ENTITY_COUNT],
	const struct requirements requirements[ENTITY_COUNT]);

/*
 * Puts SOURCE_HIDDEN in the place of what none of the entity types that the record makes
 * shows, the same ids among the userIds included, and of all extras that feed what is hidden.
 * Ids that lead to other records stay.
 */
void hidden_apply(const struct hidden *hidden, const enum entity *made, size_t count,
	struct source_record *record, struct arena *arena);

#endif
