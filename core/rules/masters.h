/*
 * Master Fields: records of several apps that are the same one become one, attribute by
 * attribute. The result depends on what the apps say and on the rules, not on who came first.
 * Pure.
 */
#ifndef RULES_MASTERS_H
#define RULES_MASTERS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "roster/record.h"
#include "settings/master_text.h"
#include "settings/rule.h"

enum { MASTERS_APPS = 32, MASTERS_SIS_ID = ATTR_COUNT };

/* The mode of each app, by its number, in each attribute; MASTERS_SIS_ID for the SIS id. */
struct masters {
	unsigned char mode[ENTITY_COUNT][ATTR_COUNT + 1][MASTERS_APPS];
};

/*
 * `app` names the apps in order of precedence; their numbers are its indices. Rules that name
 * other apps have no effect.
 */
int masters_compile(struct masters *masters, const struct rules *of_hub, const char *const *app,
	size_t count, struct err *err);

/* What one app says of a record. */
struct side {
	size_t app;
	const struct record *record; /* borrowed */
};

/*
 * Makes one record of several (one at least, in order of precedence): of each attribute the
 * master's value; else the first that may override; else the first there is. Lists of
 * references, userIds and extras are united unless an app is master; schools that are not the
 * primary one are kept as others. Strings come from the sides and `arena`.
 */
void masters_merge(const struct masters *masters, const struct side *sides, size_t count,
	struct arena *arena, struct record *out);

/* Whose value counts: the index of a side, or `count` when none has one. */
size_t masters_pick(
	const struct masters *masters, const struct side *sides, size_t count, int attr);

/* Whether the sides differ in an attribute, and no master decides. */
bool masters_conflict(
	const struct masters *masters, const struct side *sides, size_t count, int attr);

#endif
