/*
 * A pop-up that picks the hub school onto which a source school is mapped: those of the hub,
 * and those that will be in it because they are switched on.
 */
#ifndef SCREEN_SCHOOL_PICKER_H
#define SCREEN_SCHOOL_PICKER_H

#include "rules/schools.h"
#include "widget/list.h"
#include "widget/view.h"

struct school_option {
	char *id;   /* owned; of the hub */
	char *name; /* owned */
	char *from; /* owned: what provides it */
	char *text; /* owned: what search looks at */
};

struct school_picker {
	bool open;
	char *source_id;               /* owned: the school that is to be mapped */
	char *title;                   /* owned */
	struct school_option *options; /* owned */
	size_t count;
	struct view view;
	struct list list;
};

void school_picker_open(struct school_picker *picker, const struct app *app,
	const struct school_lists *lists, const struct school_row *row);
void school_picker_close(struct school_picker *picker); /* not open is fine */
void school_picker_draw(struct school_picker *picker);

/* The option chosen, once; NULL otherwise. Esc closes it. */
const struct school_option *school_picker_key(
	struct school_picker *picker, const struct key *key);

#endif
