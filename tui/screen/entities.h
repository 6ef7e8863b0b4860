/*
 * A tab for each entity type and a table of its attributes, as the schema has them: what
 * Attributes Mapping and Data Requirements show. Read-only.
 */
#ifndef SCREEN_ENTITIES_H
#define SCREEN_ENTITIES_H

#include "roster/schema.h"
#include "widget/list.h"
#include "wizard.h"

struct entities {
	struct wizard *wizard;
	struct list list;
	size_t tab;       /* an enum entity */
	const char *note; /* below the table */
};

struct entities *entities_new(struct wizard *wizard, const struct list_source *source,
	const struct list_column *columns, size_t column_count, const char *note);

/* For list_source and struct screen. */
const struct attribute *entities_row(const struct entities *entities, size_t row);
size_t entities_count(void *data);
uint64_t entities_id(void *data, size_t row);
void entities_close(void *state);
void entities_draw(void *state, struct rect area);
enum screen_answer entities_key(void *state, const struct key *key);
size_t entities_hints(void *state, struct hint *hints);

#endif
