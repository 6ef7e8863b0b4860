/*
 * A pop-up that picks a source attribute: those of the standard and all that the last pull
 * showed, how many records have it, what it feeds already, and a value.
 */
#ifndef SCREEN_SOURCE_PICKER_H
#define SCREEN_SOURCE_PICKER_H

#include "settings/rule.h"
#include "sync/offer.h"
#include "widget/list.h"
#include "widget/view.h"

struct source_picker {
	bool open;
	const struct offers *offers; /* borrowed, while it is open */
	char **fed;                  /* owned: what each feeds */
	struct buf found;            /* the text that was searched last */
	struct view view;
	struct list list;
};

/* The cursor is on the attribute of that name, if there is one. */
void source_picker_open(struct source_picker *picker, const struct offers *offers,
	const struct rules *rules, const char *name);
void source_picker_close(struct source_picker *picker); /* not open is fine */
void source_picker_draw(struct source_picker *picker);

/*
 * PICK_INSTEAD (Enter) and PICK_BEHIND (Space) once, with the name of the attribute; "" is
 * none at all. Esc closes it.
 */
enum pick { PICK_NOTHING, PICK_INSTEAD, PICK_BEHIND };
enum pick source_picker_key(
	struct source_picker *picker, const struct key *key, const char **name);

#endif
