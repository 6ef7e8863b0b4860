#include "screen/entities.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "fetch.h"
#include "term/cells.h"
#include "term/term.h"
#include "widget/tabs.h"

const struct attribute *entities_row(const struct entities *entities, size_t row)
{
	size_t count;

	return &schema_of((enum entity)entities->tab, &count)[row];
}

size_t entities_count(void *data)
{
	const struct entities *entities = data;
	size_t count;

	schema_of((enum entity)entities->tab, &count);
	return count;
}

uint64_t entities_id(void *data, size_t row)
{
	return (uint64_t)entities_row(data, row)->attr;
}

struct entities *entities_new(struct wizard *wizard, const struct list_source *source,
	const struct list_column *columns, size_t column_count, const char *note)
{
	struct entities *entities = mem_zero(1, sizeof(*entities));

	entities->wizard = wizard;
	entities->tab = ENTITY_STUDENT;
	entities->note = note;
	list_init(&entities->list, source, entities, columns, column_count);
	return entities;
}

void entities_close(void *state)
{
	struct entities *entities = state;

	list_clear(&entities->list);
	free(entities);
}

void entities_draw(void *state, struct rect area)
{
	struct entities *entities = state;
	char titles[ENTITY_COUNT][24];
	const char *tabs[ENTITY_COUNT];
	int note = cells_lines(entities->note, area.width), i;

	for (i = 0; i < ENTITY_COUNT; i++) {
		snprintf(titles[i], sizeof(titles[i]), "%s", entity_name((enum entity)i));
		titles[i][0] = (char)toupper((unsigned char)titles[i][0]);
		tabs[i] = titles[i];
	}
	tabs_draw(
		area.y, area.x, area.width, tabs, ENTITY_COUNT, entities->tab, WIDGET_BLURRED);
	if (area.height < note + 6)
		note = 0; /* the help says it, too */
	else
		draw_wrapped(
			(struct rect){area.y + area.height - note, area.x, note, area.width}, 0,
			DRAW_DIM, entities->note);
	area.y++;
	area.height -= 1 + note;
	area = fetch_draw(entities->wizard, area);
	list_draw(&entities->list, area, WIDGET_FOCUSED);
}

enum screen_answer entities_key(void *state, const struct key *key)
{
	struct entities *entities = state;
	bool sideways = key->code == K_LEFT || key->code == K_RIGHT;

	if (fetch_key(entities->wizard, key))
		return SCREEN_TAKEN;
	if (sideways && tabs_key(&entities->tab, ENTITY_COUNT, key) == WIDGET_CHANGED) {
		entities->list.row = entities->list.top = 0;
		return SCREEN_TAKEN;
	}
	if (key->code == K_TAB || key->code == K_BACKTAB) {
		entities->tab = (entities->tab + (key->code == K_TAB ? 1 : ENTITY_COUNT - 1)) %
				ENTITY_COUNT;
		entities->list.row = entities->list.top = 0;
		return SCREEN_TAKEN;
	}
	if (key->code == K_ENTER) {
		wizard_next(entities->wizard);
		return SCREEN_TAKEN;
	}
	return list_key(&entities->list, key, term_now()) == WIDGET_IGNORED && !sideways
		       ? SCREEN_IGNORED
		       : SCREEN_TAKEN;
}

size_t entities_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Left/Right", "Entity type"};
	hints[1] = (struct hint){"Up/Down", "Attributes"};
	return 2;
}
