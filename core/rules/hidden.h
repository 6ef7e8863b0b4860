/*
 * What of a source record feeds only attributes that are masked or not taken: neither the hub
 * nor what is kept of a pull must have it by another way. In what is kept of a pull stays
 * visible that it was there, for the counts of what is missing. Pure.
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

/* A rule of Attributes Mapping, and whether the hub shows what it feeds. */
struct hidden_feed {
	const struct attribute *hub;
	const struct feed *feed; /* borrowed from the mapping */
	enum use use;
};

struct hidden {
	enum use use[ENTITY_COUNT][SOURCE_ATTRS];
	bool any[ENTITY_COUNT]; /* something is hidden */
	struct hidden_feed feeds[ENTITY_COUNT][MAPPING_ROWS];
	size_t feed_count[ENTITY_COUNT];
};

void hidden_compile(struct hidden *hidden, const struct mapping mapping[ENTITY_COUNT],
	const struct requirements requirements[ENTITY_COUNT]);

/*
 * In what is to be kept of a pull: puts SOURCE_HIDDEN in the place of what none of the entity
 * types that the record makes shows, extras and the same ids among the userIds included. Ids
 * that lead to other records stay.
 */
void hidden_apply(const struct hidden *hidden, const enum entity *made, size_t count,
	struct source_record *record, struct arena *arena);

/*
 * In a record for the hub, after masking: takes out the extras that feed only what is hidden,
 * and puts among the userIds what the attributes have that are drawn from there.
 */
void hidden_clean(const struct hidden *hidden, struct record *record, struct arena *arena);

#endif
