/*
 * Texts that a spreadsheet takes for a formula when an export is opened in it: they come in as
 * they are, and are reported. Pure.
 */
#ifndef RULES_FORMULAS_H
#define RULES_FORMULAS_H

#include <stdbool.h>

#include "roster/problem.h"
#include "roster/record.h"

enum { FORMULAS_MOST = 32 };

/* The attributes of each entity type in which anything may be written. */
struct formulas {
	const struct attribute *text[ENTITY_COUNT][FORMULAS_MOST];
	size_t count[ENTITY_COUNT];
};

void formulas_init(struct formulas *formulas);

/*
 * Whether `length` bytes begin as a formula does (=, +, -, @, tab, carriage return) and are
 * more than that sign. Numbers are none, nor phone numbers, "+1 (555) 123-4567 x12".
 */
bool formulas_is_one(const char *text, size_t length);

/* Reports the attributes and metadata of a record that are formulas. */
void formulas_report(const struct formulas *formulas, const struct record *record,
	struct problems *problems);

#endif
