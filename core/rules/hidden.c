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
	hidden->feeds[entity][hidden->feed_count[entity]++] =
		(struct hidden_feed){row->hub, row->feed, use};
	hidden->any[entity] |= use == USE_HIDDEN;
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

static enum use use_of_extra(
	const struct hidden *hidden, const enum entity *made, size_t count, const char *name)
{
	enum use use = USE_NONE;
	size_t i, j;

	for (i = 0; i < count; i++)
		for (j = 0; j < hidden->feed_count[made[i]]; j++) {
			const struct hidden_feed *feed = &hidden->feeds[made[i]][j];

			if (feed->use > use && feed_uses_extra(feed->feed, name))
				use = feed->use;
		}
	return use;
}

/* The userIds without what is drawn from there and hidden. */
static void hide_ids(const struct hidden *hidden, enum entity entity,
	struct source_record *record, struct arena *arena)
{
	const char **ids = &record->value[SOURCE_USER_IDS];
	size_t i;

	for (i = 0; *ids && i < hidden->feed_count[entity]; i++)
		if (hidden->feeds[entity][i].use == USE_HIDDEN)
			*ids = feed_replace_ids(
				hidden->feeds[entity][i].feed, *ids, SOURCE_HIDDEN, arena);
}

static void hide_attrs(const struct hidden *hidden, const enum entity *made, size_t count,
	struct source_record *record, struct arena *arena)
{
	const char **ids = &record->value[SOURCE_USER_IDS];
	int s;

	for (s = 0; s < SOURCE_ATTRS; s++) {
		if (!record->value[s] || use_of(hidden, made, count, s) != USE_HIDDEN)
			continue;
		if (s != SOURCE_USER_IDS && *ids)
			*ids = mask_id(*ids, record->value[s], SOURCE_HIDDEN, arena);
		record->value[s] = SOURCE_HIDDEN;
	}
}

void hidden_apply(const struct hidden *hidden, const enum entity *made, size_t count,
	struct source_record *record, struct arena *arena)
{
	bool any = false;
	size_t i;

	for (i = 0; i < count; i++)
		any |= hidden->any[made[i]];
	if (!any)
		return;
	hide_attrs(hidden, made, count, record, arena);
	for (i = 0; i < count; i++)
		hide_ids(hidden, made[i], record, arena);
	for (i = 0; i < record->extras; i++)
		if (use_of_extra(hidden, made, count, record->extra[i].name) == USE_HIDDEN)
			record->extra[i].value = SOURCE_HIDDEN;
}

static void clean_extras(
	const struct hidden *hidden, struct record *record, struct arena *arena)
{
	struct extra *extra = arena_alloc(arena, (record->extras + 1) * sizeof(*extra));
	size_t count = 0, i;

	for (i = 0; i < record->extras; i++)
		if (use_of_extra(hidden, &record->entity, 1, record->extra[i].name) !=
			USE_HIDDEN)
			extra[count++] = record->extra[i];
	record->extra = extra;
	record->extras = count;
}

void hidden_clean(const struct hidden *hidden, struct record *record, struct arena *arena)
{
	enum entity e = record->entity;
	bool any = false;
	size_t i;

	for (i = 0; i < hidden->feed_count[e]; i++) {
		const struct hidden_feed *feed = &hidden->feeds[e][i];

		if (feed->use != USE_HIDDEN)
			continue;
		any = true;
		if (record->value[ATTR_USER_IDS])
			record->value[ATTR_USER_IDS] =
				feed_replace_ids(feed->feed, record->value[ATTR_USER_IDS],
					record->value[feed->hub->attr], arena);
	}
	if (any && record->extras)
		clean_extras(hidden, record, arena);
}
