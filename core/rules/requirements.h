/*
 * Data Requirements: which attributes are taken, what becomes of a record that lacks one, what
 * is masked. Pure.
 */
#ifndef RULES_REQUIREMENTS_H
#define RULES_REQUIREMENTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "rules/mask.h"
#include "settings/require_text.h"
#include "settings/rule.h"

enum { REQUIREMENTS_MOST = 48 }; /* attributes of an entity type */

/* The requirements of one entity type, apart by what there is to do. */
struct requirements {
	enum entity entity;
	size_t excluded_count, skipped_count, reported_count, masked_count;
	const struct attribute *excluded[REQUIREMENTS_MOST];
	const struct attribute *skipped[REQUIREMENTS_MOST];
	const struct attribute *reported[REQUIREMENTS_MOST];
	struct {
		const struct attribute *attribute;
		enum mask mask;
	} masked[REQUIREMENTS_MOST];
};

/* What the schema and `rules` ask for. ERR_SETTINGS when a rule cannot be read. */
int requirements_compile(struct requirements *requirements, enum entity entity,
	const struct rules *rules, struct err *err);

/* The requirement of one attribute under `rules`. */
int requirements_of(const struct rules *rules, const struct attribute *attribute,
	struct requirement *out, struct err *err);

/* Makes it the rule; no rule when it is the default. */
void requirements_set(struct rules *rules, const struct attribute *attribute,
	const struct requirement *requirement);

/* Whether the hub must not see the attribute's values: it is excluded or masked. */
bool requirements_hide(
	const struct requirements *requirements, const struct attribute *attribute);

/* For want of which attribute the record is left out; NULL: it is not. */
const struct attribute *requirements_lacks(
	const struct requirements *requirements, const struct record *record);

/*
 * Takes out of the record what is excluded, and says whether it may come in: what it lacks is
 * reported, or, once, that it was left out.
 */
bool requirements_check(const struct requirements *requirements, struct record *record,
	struct arena *arena, struct problems *problems);

/*
 * Masks what is to be masked; after everything that looks at values. An id of a person that is
 * masked or excluded is so among the userIds, too.
 */
void requirements_mask(const struct requirements *requirements, struct mask_key *key,
	struct record *record, struct arena *arena);

#endif
