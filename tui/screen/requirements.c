/* Step 4, Data Requirements. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "screen/entities.h"

static const char note[] =
	"A record in which a reported attribute is missing comes in all the same, and is "
	"listed as an Error.";

static void cell(
	void *screen, const struct attribute *attribute, size_t column, struct list_cell *cell)
{
	const char *text = attribute->name;

	(void)screen;
	if (column == 1)
		text = attribute->required ? "reported" : "taken as it is";
	else if (column == 2)
		text = attribute->personal ? "personal: masked in logs" : "";
	snprintf(cell->text, sizeof(cell->text), "%s", text);
	cell->role = column && !attribute->required ? DRAW_DIM : DRAW_NORMAL;
}

static const struct entities_source source = {.cell = cell};
static const struct list_column columns[] = {{"Hub attribute", 22, 0, 1, LIST_LEFT},
	{"If missing", 14, 0, 0, LIST_LEFT}, {"In logs", 24, 1, 1, LIST_LEFT}};

static void *requirements_open(struct shell *shell, void *wizard)
{
	struct entities *entities = mem_zero(1, sizeof(*entities));

	(void)shell;
	entities_init(entities, wizard, &source, NULL, columns, 3);
	return entities;
}

static void requirements_close(void *state)
{
	entities_clear(state);
	free(state);
}

static void requirements_draw(void *state, struct rect area)
{
	entities_draw(state, area, DRAW_DIM, note);
}

static enum screen_answer requirements_key(void *state, const struct key *key)
{
	struct entities *entities = state;

	switch (entities_key(entities, key)) {
	case ENTITIES_CHOSEN: wizard_next(entities->wizard); return SCREEN_TAKEN;
	case ENTITIES_IGNORED: return SCREEN_IGNORED;
	default: return SCREEN_TAKEN;
	}
}

static size_t requirements_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Left/Right", "Entity type"};
	hints[1] = (struct hint){"Up/Down", "Attributes"};
	return 2;
}

static void requirements_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Data Requirements\n"
		"What is reported when a source leaves it out. A student without a last name "
		"comes in, and is listed under Data Quality after the import, so that the "
		"school can correct it at the source. lumenport require changes what is asked "
		"of an attribute.");
}

const struct screen requirements_screen = {
	.name = "requirements",
	.title = "Data Requirements",
	.open = requirements_open,
	.close = requirements_close,
	.draw = requirements_draw,
	.key = requirements_key,
	.hints = requirements_hints,
	.help = requirements_help,
};
