#include "rules/ruleset.h"

#include <stdlib.h>

#include "base/mem.h"

/* A link is of no use where nothing of its left side can be left out. */
static int compile_linked(struct ruleset *ruleset, const struct rules *rules, struct err *err)
{
	bool loses[ENTITY_COUNT];
	int i;

	if (linked_of(rules, ruleset->linked, err))
		return -1;
	for (i = 0; i < ENTITY_COUNT; i++)
		loses[i] = ruleset->filters[i].count > 0;
	for (i = 0; i < LINKED_COUNT; i++) {
		ruleset->linked[i] &= loses[linked_table[i].from];
		loses[linked_table[i].to] |= ruleset->linked[i];
	}
	return 0;
}

struct ruleset *ruleset_new(
	const struct app *app, const char *today, const uint8_t *secret, struct err *err)
{
	struct ruleset *ruleset = mem_zero(1, sizeof(*ruleset));
	enum entity e;

	ruleset->key = mask_key_new(secret, RECORD_SECRET);
	for (e = 0; e < ENTITY_COUNT; e++) {
		if (mapping_compile(&ruleset->mapping[e], e, &app->rules, err) ||
			requirements_compile(&ruleset->requirements[e], e, &app->rules, err) ||
			filters_compile(&ruleset->filters[e], e, &app->rules, today, err)) {
			ruleset_free(ruleset);
			return NULL;
		}
	}
	if (compile_linked(ruleset, &app->rules, err)) {
		ruleset_free(ruleset);
		return NULL;
	}
	hidden_compile(&ruleset->hidden, ruleset->mapping, ruleset->requirements);
	formulas_init(&ruleset->formulas);
	return ruleset;
}

void ruleset_free(struct ruleset *ruleset)
{
	enum entity e;

	if (!ruleset)
		return;
	for (e = 0; e < ENTITY_COUNT; e++) {
		mapping_clear(&ruleset->mapping[e]);
		filters_clear(&ruleset->filters[e]);
	}
	mask_key_free(ruleset->key);
	free(ruleset);
}

bool ruleset_allows(
	const struct ruleset *ruleset, const struct record *record, struct arena *arena)
{
	return filters_allow(&ruleset->filters[record->entity], record, arena);
}

enum fate ruleset_judge(const struct ruleset *ruleset, struct record *record,
	struct arena *arena, struct problems *problems)
{
	const struct requirements *requirements = &ruleset->requirements[record->entity];

	if (!ruleset_allows(ruleset, record, arena))
		return FATE_FILTERED;
	if (!requirements_check(requirements, record, arena, problems))
		return FATE_SKIPPED;
	requirements_mask(requirements, ruleset->key, record, arena);
	hidden_clean(&ruleset->hidden, record, arena);
	formulas_report(&ruleset->formulas, record, problems);
	return FATE_IN;
}
