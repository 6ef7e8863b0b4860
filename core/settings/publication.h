/*
 * The keys that say where accepted rosters go, and as what: export.*, deliver.*.
 */
#ifndef SETTINGS_PUBLICATION_H
#define SETTINGS_PUBLICATION_H

#include <stdbool.h>

#include "base/err.h"
#include "settings/settings.h"

/* Whether a setting is one of them: it shapes no import, and no decision is bound to it. */
bool publication_has(const struct setting *setting);

/* Whether it is a path on this machine. */
bool publication_is_local(const struct setting *setting);

/* Whether a text is fit to be one. ERR_SETTINGS that names key, fault and an example. */
int publication_check(const struct setting *setting, const char *text, struct err *err);

/* Whether anything is published after an accept. */
bool publication_is_set(const struct publication *publication);

#endif
