/*
 * Deciding what becomes of duplicates: a rule of the hub, written to the settings at once and
 * audited. For the command and the tab.
 */
#ifndef RESOLVE_H
#define RESOLVE_H

#include "base/err.h"
#include "roster/schema.h"
#include "settings/duplicate_text.h"

enum resolve_doing { RESOLVE_SET, RESOLVE_FORGET };

struct resolution {
	enum resolve_doing doing;
	enum duplicate_choice choice; /* of RESOLVE_SET */
	enum entity entity;
	const char *id;    /* that is merged, kept, left out */
	const char *other; /* as duplicate_rules_set and _forget take it */
};

int resolve(const char *config, const char *state, const struct resolution *resolution,
	struct err *err);

#endif
