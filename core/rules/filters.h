/*
 * Filter Rules: which records come in. Rules allow: a record comes in when all conditions of
 * one rule of its entity type hold; where there is no rule, every record does. Pure.
 *
 * Texts are compared folded (case, accents and blanks do not count), but SIS ids and references
 * exactly. Of a list a condition holds when one item meets it, "does not ..." when none does.
 * An empty value meets "is empty" and "does not ..." only.
 */
#ifndef RULES_FILTERS_H
#define RULES_FILTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "roster/record.h"
#include "settings/rule.h"

struct filter_test; /* a condition */

/* A rule, ready. */
struct filter {
	char *title;               /* owned */
	struct filter_test *tests; /* owned */
	size_t count;
};

/* The filters of one entity type. */
struct filters {
	struct filter *list; /* owned */
	size_t count;        /* 0: every record comes in */
};

/*
 * Compiles the rules of one entity type. `today` is YYYY-MM-DD. ERR_SETTINGS when one cannot be
 * read. filters_clear in any case.
 */
int filters_compile(struct filters *filters, enum entity entity, const struct rules *rules,
	const char *today, struct err *err);
void filters_clear(struct filters *filters); /* zeroed is fine */

/* Whether the record comes in. */
bool filters_allow(
	const struct filters *filters, const struct record *record, struct arena *arena);

/* Whether a condition that looks at a value finds this one. */
bool filters_meet(
	const struct filters *filters, const struct record *record, const char *value);

/* Whether one rule lets it in; *failed is the first condition that does not hold, else NULL.
 */
bool filter_allows(const struct filter *filter, const struct record *record,
	struct arena *arena, const char **failed);

/*
 * Why a record comes in or not, in words: the rule that lets it in, or of each rule the first
 * condition that does not hold.
 */
const char *filters_reason(
	const struct filters *filters, const struct record *record, struct arena *arena);

#endif
