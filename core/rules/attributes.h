/*
 * Attributes Mapping: which source attribute feeds which attribute of the hub, and how a value
 * becomes one of the attribute's type. Pure: no store, no network, no clock.
 */
#ifndef RULES_ATTRIBUTES_H
#define RULES_ATTRIBUTES_H

#include "base/arena.h"
#include "roster/problem.h"
#include "roster/record.h"
#include "rules/feed.h"
#include "settings/rule.h"
#include "source/source_record.h"

enum { MAPPING_ROWS = 48 };

struct mapping_row {
	const struct attribute *hub; /* a row of the schema */
	enum source_attr source;     /* what feeds it .. */
	struct feed *feed;           /* .. unless a rule says so; owned */
	bool plain;                  /* any text is a value of it */
	bool demographic;            /* some of it comes from demographics */
};

/* The rows of one entity type. */
struct mapping {
	enum entity entity;
	struct mapping_row row[MAPPING_ROWS];
	size_t rows;
};

/* The mapping that the schema names; nothing to be freed. */
void mapping_default(struct mapping *mapping, enum entity entity);

/* That mapping with the rules for it. ERR_SETTINGS. mapping_clear in any case. */
int mapping_compile(struct mapping *mapping, enum entity entity, const struct rules *rules,
	struct err *err);
void mapping_clear(struct mapping *mapping);

/*
 * Makes a hub record of a source record. Dates and booleans are normalised, lists of references
 * sorted; what cannot be read is reported and left empty. Ids are still the source's. Strings
 * come from `source` and `arena`.
 */
void attributes_apply(const struct mapping *mapping, const struct source_record *source,
	struct arena *arena, struct problems *problems, struct record *out);

/*
 * Puts `prefix` before the record's id and every id it refers to, but not before school ids:
 * what those become is Schools Mapping's to say. An empty prefix changes nothing.
 */
void prefix_apply(const char *prefix, struct arena *arena, struct record *record);

/* Puts `prefix` before every item of a list value (or a single id). */
const char *prefix_list(const char *prefix, const char *list, struct arena *arena);

#endif
