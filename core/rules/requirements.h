/*
 * Data Requirements: which attributes must be there, and what becomes of a record that lacks
 * one. Pure.
 */
#ifndef RULES_REQUIREMENTS_H
#define RULES_REQUIREMENTS_H

#include <stdbool.h>

#include "base/err.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "settings/rule.h"

/* The requirements of one entity type. */
struct requirements {
	enum entity entity;
	bool report[ATTR_COUNT]; /* a record without it is imported and listed */
};

/* What the schema and `rules` ask for. */
int requirements_compile(struct requirements *requirements, enum entity entity,
	const struct rules *rules, struct err *err);

/* Whether the record may come in; what it lacks is reported. */
bool requirements_check(const struct requirements *requirements, const struct record *record,
	struct problems *problems);

#endif
