/*
 * Domains of Uniqueness as an administrator changes them. The first change writes the defaults
 * of the entity type out as rules, so that it adds to them or takes from them and what holds is
 * what is written. Pure.
 */
#ifndef RULES_DOMAIN_RULES_H
#define RULES_DOMAIN_RULES_H

#include <stdbool.h>

#include "base/err.h"
#include "roster/schema.h"
#include "settings/rule.h"

enum { DOMAIN_TITLE = 60 }; /* bytes of a title at most */

/* Whether the rules say something about the entity type; else the defaults hold. */
bool domain_rules_are_own(const struct rules *of_hub, enum entity entity);

/*
 * Adds a domain behind all others. ERR_SETTINGS when the text cannot be read, when title or
 * attributes are taken, or when there are too many.
 */
int domain_rules_add(struct rules *of_hub, enum entity entity, const char *title,
	const char *text, struct err *err);

/* Gives the domain `title` another title and other attributes; it keeps its place. */
int domain_rules_change(struct rules *of_hub, enum entity entity, const char *title,
	const char *new_title, const char *text, struct err *err);

/* Titles are compared without case and accents. A missing one is an error naming those there.
 */
int domain_rules_move(struct rules *of_hub, enum entity entity, const char *title,
	enum rule_direction direction, struct err *err);

/* After the last one there is none: the defaults do not come back by themselves. */
int domain_rules_remove(
	struct rules *of_hub, enum entity entity, const char *title, struct err *err);

void domain_rules_none(struct rules *of_hub, enum entity entity);

/* The defaults hold again; ENTITY_NONE: of all types. */
void domain_rules_restore(struct rules *of_hub, enum entity entity);

#endif
