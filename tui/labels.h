/*
 * What the keys of the settings table are called on screens, and where they stand there.
 */
#ifndef LABELS_H
#define LABELS_H

#include "settings/settings.h"

enum label_group {
	GROUP_BASIC,    /* always seen: address and client */
	GROUP_ADVANCED, /* the Advanced Settings of the hub */
	GROUP_HOLD,     /* the sync hold threshold, limit by limit */
	GROUP_CONNECTION,
	GROUP_EXPORT,
	GROUP_PUBLICATION, /* what is published, and how it is delivered */
	GROUP_SCHEDULE,    /* has a step of its own */
	GROUP_OTHER,       /* keys that this table does not know yet */
	GROUP_COUNT,
};

const char *setting_label(const struct setting *setting);
enum label_group setting_group(const struct setting *setting);

/* Puts the label in place of the key with which the texts of app_set begin. */
void setting_label_error(const struct setting *setting, struct err *err);

#endif
