/*
 * How duplicates are resolved, as an administrator decides pair by pair. Pure.
 */
#ifndef SETTINGS_DUPLICATE_RULES_H
#define SETTINGS_DUPLICATE_RULES_H

#include "base/buf.h"
#include "base/err.h"
#include "settings/duplicate_text.h"
#include "settings/rule.h"

/* The rule that resolves the pair of SIS ids, whichever of them it names; NULL: none. */
const struct rule *duplicate_rules_find(
	const struct rules *of_hub, enum entity entity, const char *id, const char *other);

/*
 * Resolves: `id` becomes part of `other`, both stay, or `id` is left out (`other` is then only
 * the rest of the pair, and may be NULL). What was decided of the pair before is replaced, and
 * so is, but for DUPLICATE_KEEP, what was decided of `id`. ERR_SETTINGS when the ids are the
 * same, or not one line.
 */
int duplicate_rules_set(struct rules *of_hub, enum entity entity, enum duplicate_choice choice,
	const char *id, const char *other, struct err *err);

/*
 * Takes resolutions back: of the pair, or (`other` is NULL) all that name `id`. ERR_SETTINGS
 * when there are none.
 */
int duplicate_rules_forget(struct rules *of_hub, enum entity entity, const char *id,
	const char *other, struct err *err);

/* "S-1 merged into S-2", "S-1 and S-2 both kept", "S-1 left out" */
void duplicate_rules_tell(const struct rule *rule, struct buf *out);

#endif
