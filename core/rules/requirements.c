#include "rules/requirements.h"

#include <string.h>

int requirements_compile(struct requirements *requirements, enum entity entity,
	const struct rules *rules, struct err *err)
{
	size_t count, i;
	const struct attribute *row = schema_of(entity, &count);

	(void)rules;
	(void)err;
	memset(requirements, 0, sizeof(*requirements));
	requirements->entity = entity;
	for (i = 0; i < count; i++)
		requirements->report[row[i].attr] = row[i].required;
	return 0;
}

bool requirements_check(const struct requirements *requirements, const struct record *record,
	struct problems *problems)
{
	size_t count, i;
	const struct attribute *row = schema_of(record->entity, &count);

	for (i = 0; i < count; i++)
		if (requirements->report[row[i].attr] && !record->value[row[i].attr])
			problems_add(problems, PROBLEM_MISSING_VALUE, record->entity,
				record->sis_id, "%s is empty", row[i].name);
	return true;
}
