#include "rules/hidden.h"

#include <string.h>

static bool is_reference(const struct attribute *attribute)
{
	return attribute->type == TYPE_REFERENCE || attribute->type == TYPE_REFERENCES;
}

static void note_attr(
	struct hidden *hidden, const struct attribute *hub, enum source_attr attr, enum use use)
{
	enum use *now = &hidden->use[hub->entity][attr];

	/* Roles and references say what a record is and where it belongs. */
	if (is_reference(hub) || attr == SOURCE_ROLE)
		use = USE_SHOWN;
	if (use > *now)
		*now = use;
}

static void note(struct hidden *hidden, const struct mapping_row *row, enum use use)
{
	enum entity entity = row->hub->entity;
	enum source_attr attrs[FEED_MOST];
	size_t count, i;

	if (!row->feed) {
		note_attr(hidden, row->hub, row->source, use);
		return;
	}
	count = feed_attrs(row->feed, attrs);
	for (i = 0; i < count; i++)
		note_attr(hidden, row->hub, attrs[i], use);
	if (use == USE_HIDDEN)
		hidden->feeds[entity][hidden->feed_count[entity]++] = row->feed;
}

void hidden_compile(struct hidden *hidden, const struct mapping mapping[ENTITY_COUNT],
	const struct requirements requirements[ENTITY_COUNT])
{
	enum entity e;
	size_t i;
	int s;

	memset(hidden, 0, sizeof(*hidden));
	for (e = 0; e < ENTITY_COUNT; e++) {
		for (i = 0; i < mapping[e].rows; i++)
			note(hidden, &mapping[e].row[i],
				requirements_hide(&requirements[e], mapping[e].row[i].hub)
					? USE_HIDDEN
					: USE_SHOWN);
		hidden->any[e] = hidden->feed_count[e] > 0;
		for (s = 0; s < SOURCE_ATTRS; s++)
			hidden->any[e] |= hidden->use[e][s] == USE_HIDDEN;
	}
}

static enum use use_of(
	const struct hidden *hidden, const enum entity *made, size_t count, int source)
{
	enum use use = USE_NONE;
	size_t i;

	for (i = 0; i < count; i++)
		if (hidden->use[made[i]][source] > use)
			use = hidden->use[made[i]][source];
	return use;
}

static void hide_extras(
	const struct hidden *hidden, enum entity entity, struct source_record *record)
{
	size_t i;

	for (i = 0; i < hidden->feed_count[entity]; i++)
		feed_hide_extras(hidden->feeds[entity][i], record);
}

void hidden_apply(const struct hidden *hidden, const enum entity *made, size_t count,
	struct source_record *record, struct arena *arena)
{
	const char **ids = &record->value[SOURCE_USER_IDS];
	bool any = false;
	size_t i;
	int s;

	for (i = 0; i < count; i++)
		any |= hidden->any[made[i]];
	for (s = 0; any && s < SOURCE_ATTRS; s++) {
		if (!record->value[s] || use_of(hidden, made, count, s) != USE_HIDDEN)
			continue;
		if (s != SOURCE_USER_IDS && *ids)
			*ids = mask_id(*ids, record->value[s], SOURCE_HIDDEN, arena);
		record->value[s] = SOURCE_HIDDEN;
	}
	for (i = 0; any && i < count; i++)
		hide_extras(hidden, made[i], record);
}
