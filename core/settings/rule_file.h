/*
 * Rules in the settings file: groups of texts by entity type and attribute (map, require,
 * masters), texts by entity type (linked), and lists of groups (filters, domains, duplicates).
 * Used by settings_read.c and settings_file.c only.
 */
#ifndef SETTINGS_RULE_FILE_H
#define SETTINGS_RULE_FILE_H

#include <libconfig.h>

#include "base/err.h"
#include "settings/rule.h"

/* Whether a group of the file holds rules; `kind` then says which. */
bool rule_file_is(const char *name, enum rule_kind *kind);

/*
 * Adds the rules of one kind at `at` to `rules`. -1: *where is what the error is about, and its
 * text does not name the file.
 */
int rule_file_read(const config_setting_t *at, enum rule_kind kind, struct rules *rules,
	const config_setting_t **where, struct err *err);

/* Writes the rules of all kinds below `group`. */
void rule_file_write(config_setting_t *group, const struct rules *rules);

#endif
