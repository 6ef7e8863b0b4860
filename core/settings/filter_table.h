/*
 * What Filter Rules are made of: the one table of conditions, the entity types and attributes
 * that filters speak of. Parser, screen, help and counting go by it. Pure.
 */
#ifndef SETTINGS_FILTER_TABLE_H
#define SETTINGS_FILTER_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "roster/schema.h"

enum condition {
	CONDITION_CONTAINS,
	CONDITION_CONTAINS_NOT,
	CONDITION_EQUALS,
	CONDITION_EQUALS_NOT,
	CONDITION_STARTS,
	CONDITION_ONE_OF,
	CONDITION_BEFORE,
	CONDITION_AFTER,
	CONDITION_ON, /* "equals" of a date */
	CONDITION_PAST,
	CONDITION_FUTURE,
	CONDITION_LAST, /* within the last N days */
	CONDITION_NEXT,
	CONDITION_TRUE,
	CONDITION_FALSE,
	CONDITION_EMPTY,
	CONDITION_EMPTY_NOT,
	CONDITIONS,
};

/* What kind of attribute it is to a filter; what lies outside the schema may be any. */
enum filter_kind {
	FILTER_TEXT = 1,
	FILTER_DATE = 2,
	FILTER_BOOL = 4,
	FILTER_ANY = FILTER_TEXT | FILTER_DATE | FILTER_BOOL,
};

enum filter_value { VALUE_NONE, VALUE_TEXT, VALUE_LIST, VALUE_DATE, VALUE_DAYS };

enum { FILTER_DAYS_MOST = 36500 };

/* The one table of conditions, in the order in which they are shown. */
struct condition_row {
	enum condition condition;
	const char *words; /* "is one of" */
	unsigned kinds;    /* of attributes that know it */
	enum filter_value value;
	const char *example; /* of a value; "" for none */
	const char *help;    /* one sentence about the record's value */
};
const struct condition_row *filter_conditions(size_t *count);

/* The entity types that filters speak of, in the hub's order. */
enum { FILTER_ENTITIES = 7 };
extern const enum entity filter_entities[FILTER_ENTITIES];
bool filter_knows(enum entity entity);

/*
 * Attributes: sisId, those of the schema, metadata.*. filter_attribute gives the name of the
 * at'th that is known beforehand, NULL behind the last. filter_kind_of says 0 for a name that
 * is none.
 */
const char *filter_attribute(enum entity entity, size_t at);
unsigned filter_kind_of(enum entity entity, const char *attribute);

#endif
