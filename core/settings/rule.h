/*
 * The rules of the steps from Attributes Mapping to Master Fields as an administrator writes
 * them: one text for each, the same in the settings file, on the command line and on the
 * screen. What a text means is said by its parser (map_text.h and its like); what it does, by
 * core/rules.
 */
#ifndef SETTINGS_RULE_H
#define SETTINGS_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "roster/schema.h"

enum rule_kind {
	RULE_MAP,       /* name: hub attribute; text: what feeds it */
	RULE_REQUIRE,   /* name: hub attribute; text: "report", "skip, mask initials" ... */
	RULE_FILTER,    /* name: its title; text: its conditions, one a line */
	RULE_LINKED,    /* name: ""; text: what goes with records that a filter leaves out */
	RULE_DOMAIN,    /* of the hub. name: its title; text: attributes */
	RULE_MASTER,    /* of the hub. name: hub attribute or sisId; text: apps and modes */
	RULE_DUPLICATE, /* of the hub. name: a SIS id; text: "merge ID", "keep ID", "skip" */
	RULE_KINDS,
	RULE_OF_HUB = RULE_DOMAIN, /* kinds before it belong to an app */
};

struct rule {
	enum rule_kind kind;
	enum entity entity;
	char *name; /* owned */
	char *text; /* owned */
};

/* In the order in which they count; those of one kind and entity type need not be neighbours.
 */
struct rules {
	struct rule *list; /* owned */
	size_t count;
};

void rules_init(struct rules *rules);
void rules_clear(struct rules *rules);
void rules_copy(struct rules *to, const struct rules *from); /* `to` is cleared first */
bool rules_same(const struct rules *a, const struct rules *b);

/* The first rule of that kind, entity type and name, or NULL. */
const struct rule *rules_find(
	const struct rules *rules, enum rule_kind kind, enum entity entity, const char *name);

/*
 * The next rule of a kind and entity type (ENTITY_NONE: any) from *at on, which moves behind
 * it; NULL at the end. *at is 0 at first. Its number is *at - 1.
 */
const struct rule *rules_next(
	const struct rules *rules, enum rule_kind kind, enum entity entity, size_t *at);

/* Adds a rule behind all others. */
void rules_add(struct rules *rules, enum rule_kind kind, enum entity entity, const char *name,
	const char *text);

/* Gives the rule of that name this text, or adds it; NULL removes it. */
void rules_set(struct rules *rules, enum rule_kind kind, enum entity entity, const char *name,
	const char *text);

/* Gives a rule another name and text; both are copied, and may be its own. */
void rule_set(struct rule *rule, const char *name, const char *text);

void rules_remove(struct rules *rules, size_t number);

/* Exchanges a rule with the one before or behind it of its kind and entity type, if any. */
enum rule_direction { RULE_UP, RULE_DOWN };
void rules_move(struct rules *rules, size_t number, enum rule_direction direction);

/*
 * Checks one rule by itself: the attribute is there, the text can be read. ERR_SETTINGS naming
 * what is wrong, with an example.
 */
int rule_check(const struct rule *rule, struct err *err);

const char *rule_kind_name(enum rule_kind kind); /* "map": the word in the settings file */

#endif
