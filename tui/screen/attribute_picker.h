/*
 * Over a step: the attributes of an entity type, of which those that together tell records
 * apart are ticked.
 */
#ifndef SCREEN_ATTRIBUTE_PICKER_H
#define SCREEN_ATTRIBUTE_PICKER_H

#include <stdbool.h>

#include "settings/domain_text.h"
#include "term/keys.h"
#include "widget/list.h"

enum { PICKER_ROWS = 64 };

struct attribute_picker {
	bool open;
	const struct attribute *row[PICKER_ROWS]; /* those that a domain takes */
	size_t count;
	struct domain_text chosen; /* in the order in which they were ticked */
	struct list list;
	char error[120]; /* of the last key; "" for none */
};

void attribute_picker_open(struct attribute_picker *picker, enum entity entity,
	const struct domain_text *chosen);                    /* NULL: none yet */
void attribute_picker_close(struct attribute_picker *picker); /* not open is fine */
void attribute_picker_draw(struct attribute_picker *picker);

/* True once when Enter takes what is chosen, one attribute at least. Esc closes it. */
bool attribute_picker_key(struct attribute_picker *picker, const struct key *key);

#endif
