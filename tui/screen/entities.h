/*
 * A tab for each entity type, and below it the list of its attributes with a filter; at the
 * foot how old the data is that rules are tried on (fetch.h). The base of Attributes Mapping
 * and Data Requirements, whose own struct has one of these.
 */
#ifndef SCREEN_ENTITIES_H
#define SCREEN_ENTITIES_H

#include "roster/schema.h"
#include "widget/list.h"
#include "widget/view.h"
#include "wizard.h"

/* What the screen says of an attribute. `screen` is what entities_init was given. */
struct entities_source {
	void (*cell)(void *screen, const struct attribute *row, size_t column,
		struct list_cell *cell);
	void (*search)(void *screen, const struct attribute *row,
		struct buf *text); /* adds what the filter looks at beside the name; NULL */
};

struct entities {
	struct wizard *wizard;                /* borrowed */
	const struct entities_source *source; /* borrowed */
	void *screen;                         /* borrowed */
	size_t tab;                           /* an enum entity */
	struct view view;
	struct list list;
	struct buf found; /* the text that was searched last */
};

void entities_init(struct entities *entities, struct wizard *wizard,
	const struct entities_source *source, void *screen, const struct list_column *columns,
	size_t column_count);
void entities_clear(struct entities *entities);

enum entity entities_entity(const struct entities *entities);
const struct attribute *entities_current(const struct entities *entities); /* NULL: none */

/* What is said of the attributes changed. */
void entities_refresh(struct entities *entities);

/* `about` is shown below the list, in two lines at most, where there is room; "" for none. */
void entities_draw(
	struct entities *entities, struct rect area, enum draw_role role, const char *about);

enum entities_answer {
	ENTITIES_IGNORED,
	ENTITIES_TAKEN,
	ENTITIES_TURNED, /* another entity type is shown */
	ENTITIES_CHOSEN, /* Enter on an attribute */
};

/*
 * Left, Right, Tab: entity types; arrows, Enter, / and the like: the list; r, F5, and Esc while
 * it runs: fetch_key. While the filter is typed (entities_is_typing) all keys are its.
 */
enum entities_answer entities_key(struct entities *entities, const struct key *key);
bool entities_is_typing(const struct entities *entities);

#endif
