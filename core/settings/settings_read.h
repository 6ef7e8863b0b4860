/*
 * From libconfig's tree to struct settings; used by settings_file.c only.
 */
#ifndef SETTINGS_SETTINGS_READ_H
#define SETTINGS_SETTINGS_READ_H

#include <libconfig.h>

#include "base/err.h"
#include "settings/settings.h"

/* Adds the apps of `config` to `settings`. A fault is ERR_SETTINGS that begins "path:line: ".
 */
int settings_read(
	const config_t *config, const char *path, struct settings *settings, struct err *err);

#endif
