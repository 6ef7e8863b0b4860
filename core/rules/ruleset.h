/*
 * The rules of one app made ready for a run: what attributes are fed by, what is required, what
 * may come in. Pure: no store, no network, no clock.
 */
#ifndef RULES_RULESET_H
#define RULES_RULESET_H

#include "base/arena.h"
#include "base/err.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "rules/attributes.h"
#include "rules/filters.h"
#include "rules/formulas.h"
#include "rules/hidden.h"
#include "rules/requirements.h"
#include "settings/linked.h"
#include "settings/settings.h"

/* What the rules make of a record. */
enum fate {
	FATE_IN,
	FATE_SKIPPED,  /* it lacks what is required */
	FATE_FILTERED, /* no filter rule lets it in */
	FATES,
};

struct ruleset {
	struct mapping mapping[ENTITY_COUNT];
	struct requirements requirements[ENTITY_COUNT];
	struct filters filters[ENTITY_COUNT];
	bool linked[LINKED_COUNT]; /* on, and its left side may be left out */
	struct hidden hidden;
	struct formulas formulas;
	struct mask_key *key; /* owned */
};

/*
 * Compiles the rules of `app`, which is borrowed for the ruleset's life. `today` (YYYY-MM-DD)
 * is the day by which dates are judged; `secret` (RECORD_SECRET bytes, the store's) keys what
 * is masked by a hash, so that it is the same in every run and for every app of the hub.
 * ERR_SETTINGS when a rule cannot be read.
 */
struct ruleset *ruleset_new(
	const struct app *app, const char *today, const uint8_t *secret, struct err *err);
void ruleset_free(struct ruleset *ruleset); /* NULL is fine */

/* Whether the filters let a record in: what ruleset_judge asks first. */
bool ruleset_allows(
	const struct ruleset *ruleset, const struct record *record, struct arena *arena);

/*
 * Judges a hub record whose schools are already those of the hub. Filters come first: they see
 * all values, and of what they leave out nothing is reported. Then what is not to be taken is
 * left out of it, what it lacks is reported. One that comes in is masked last, so that all
 * before sees the values, and nothing behind it does. Formulas in what is left are reported.
 */
enum fate ruleset_judge(const struct ruleset *ruleset, struct record *record,
	struct arena *arena, struct problems *problems);

#endif
