#include "rules/hidden.h"

#include <string.h>

static bool is_reference(const struct attribute *attribute)
{
	return attribute->type == TYPE_REFERENCE || attribute->type == TYPE_REFERENCES;
}

static void note(struct hidden *hidden, const struct mapping_row *row, enum use use)
{
	enum use *now = &hidden->use[row->hub->entity][row->source];

	/* Roles and references say what a record is and where it belongs. */
	if (is_reference(row->hub) || row->source == SOURCE_ROLE)
		use = USE_SHOWN;
	if (use > *now)
		*now = use;
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
}
