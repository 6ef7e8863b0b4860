/*
 * Master Fields as an administrator changes them: one mode of one app in one attribute. Pure.
 */
#ifndef SETTINGS_MASTER_RULES_H
#define SETTINGS_MASTER_RULES_H

#include <stddef.h>

#include "base/err.h"
#include "roster/schema.h"
#include "settings/master_text.h"
#include "settings/settings.h"

#define MASTER_SIS_ID "sisId" /* beside the attributes of the schema */

/* What holds of an attribute (or MASTER_SIS_ID); none when its rule cannot be read. */
void master_rules_of(const struct rules *of_hub, enum entity entity, const char *attribute,
	struct master_text *out);

/* An app that was master before is no longer when another one is. */
void master_rules_set(struct rules *of_hub, enum entity entity, const char *attribute,
	const char *app, enum master_mode mode);

/*
 * Generate: the app is master of every attribute of the entity type. Not of the SIS id, for
 * that would give records that are in the hub another one.
 */
void master_rules_generate(struct rules *of_hub, enum entity entity, const char *app);

/* Whether Generate and the tables have a line for it. */
bool master_rules_take(const struct attribute *attribute);

/*
 * Whether all apps are there that the rules name now and did not name in `before`. The first
 * that is not is ERR_SETTINGS, with those there are.
 */
int master_rules_check(
	const struct settings *settings, const struct rules *before, struct err *err);

#endif
