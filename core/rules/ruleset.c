#include "rules/ruleset.h"

#include <stdlib.h>

#include "base/mem.h"

struct ruleset *ruleset_new(const struct app *app, const char *today, struct err *err)
{
	struct ruleset *ruleset = mem_zero(1, sizeof(*ruleset));
	enum entity e;

	(void)today;
	for (e = 0; e < ENTITY_COUNT; e++) {
		mapping_default(&ruleset->mapping[e], e);
		if (requirements_compile(&ruleset->requirements[e], e, &app->rules, err)) {
			ruleset_free(ruleset);
			return NULL;
		}
	}
	return ruleset;
}

void ruleset_free(struct ruleset *ruleset)
{
	free(ruleset);
}

enum fate ruleset_judge(const struct ruleset *ruleset, struct record *record,
	struct arena *arena, struct problems *problems)
{
	(void)arena;
	if (!requirements_check(&ruleset->requirements[record->entity], record, problems))
		return FATE_SKIPPED;
	return FATE_IN;
}
