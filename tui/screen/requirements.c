/* Step 4, Data Requirements. */
#include <stdio.h>

#include "screen/entities.h"

static const char note[] =
	"A record in which a reported attribute is missing comes in all the same, and is "
	"listed as "
	"an Error. No record is skipped for it, and no value is masked, in this version.";

static void cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	const struct attribute *attribute = entities_row(data, row);
	const char *text = attribute->name;

	if (column == 1)
		text = attribute->required ? "reported" : "taken as it is";
	else if (column == 2)
		text = attribute->personal ? "personal: masked in logs" : "";
	snprintf(cell->text, sizeof(cell->text), "%s", text);
	cell->role = column && !attribute->required ? DRAW_DIM : DRAW_NORMAL;
}

static const struct list_source source = {
	.count = entities_count, .id = entities_id, .cell = cell};
static const struct list_column columns[] = {{"Hub attribute", 22, 0, 1, LIST_LEFT},
	{"If missing", 14, 0, 0, LIST_LEFT}, {"In logs", 24, 1, 1, LIST_LEFT}};

static void *requirements_open(struct shell *shell, void *wizard)
{
	(void)shell;
	return entities_new(wizard, &source, columns, 3, note);
}

static void requirements_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Data Requirements\n"
		"What is reported when a source leaves it out. A student without a last name "
		"comes in, and is listed under Data Quality after the import, so that the "
		"school can correct it at the source. These rules come with the program and "
		"cannot be changed in this version.");
}

const struct screen requirements_screen = {
	.name = "requirements",
	.title = "Data Requirements",
	.open = requirements_open,
	.close = entities_close,
	.draw = entities_draw,
	.key = entities_key,
	.hints = entities_hints,
	.help = requirements_help,
};
