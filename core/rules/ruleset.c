#include "rules/ruleset.h"

#include <stdlib.h>

#include "base/mem.h"

struct ruleset *ruleset_new(
	const struct app *app, const char *today, const uint8_t *secret, struct err *err)
{
	struct ruleset *ruleset = mem_zero(1, sizeof(*ruleset));
	enum entity e;

	(void)today;
	ruleset->key = mask_key_new(secret, RECORD_SECRET);
	for (e = 0; e < ENTITY_COUNT; e++) {
		if (mapping_compile(&ruleset->mapping[e], e, &app->rules, err) ||
			requirements_compile(&ruleset->requirements[e], e, &app->rules, err)) {
			ruleset_free(ruleset);
			return NULL;
		}
	}
	hidden_compile(&ruleset->hidden, ruleset->mapping, ruleset->requirements);
	return ruleset;
}

void ruleset_free(struct ruleset *ruleset)
{
	enum entity e;

	if (!ruleset)
		return;
	for (e = 0; e < ENTITY_COUNT; e++)
		mapping_clear(&ruleset->mapping[e]);
	mask_key_free(ruleset->key);
	free(ruleset);
}

enum fate ruleset_judge(const struct ruleset *ruleset, struct record *record,
	struct arena *arena, struct problems *problems)
{
	const struct requirements *requirements = &ruleset->requirements[record->entity];

	if (!requirements_check(requirements, record, arena, problems))
		return FATE_SKIPPED;
	requirements_mask(requirements, ruleset->key, record, arena);
	return FATE_IN;
}
