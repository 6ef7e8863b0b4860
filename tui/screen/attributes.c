/* Step 3, Attributes Mapping. */
#include <stdio.h>

#include "screen/entities.h"

static const char note[] =
	"This is the default mapping, and it is what holds: this version does "
	"not change it. F8 goes on, F9 goes to Finish.";

static void cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	static const char *const types[] = {[TYPE_TEXT] = "text",
		[TYPE_DATE] = "date",
		[TYPE_BOOL] = "yes or no",
		[TYPE_ENUM] = "word",
		[TYPE_LIST] = "list",
		[TYPE_REFERENCE] = "reference",
		[TYPE_REFERENCES] = "references"};
	const struct attribute *attribute = entities_row(data, row);

	if (column == 0)
		snprintf(cell->text, sizeof(cell->text), "%s", attribute->name);
	else if (column == 1)
		snprintf(cell->text, sizeof(cell->text), "<- %s", attribute->source);
	else
		snprintf(cell->text, sizeof(cell->text), "%s", types[attribute->type]);
	cell->role = column == 2 ? DRAW_DIM : DRAW_NORMAL;
}

static const struct list_source source = {
	.count = entities_count, .id = entities_id, .cell = cell};
static const struct list_column columns[] = {{"Hub attribute", 22, 0, 1, LIST_LEFT},
	{"Source attribute", 26, 0, 2, LIST_LEFT}, {"Type", 10, 1, 0, LIST_LEFT}};

static void *attributes_open(struct shell *shell, void *wizard)
{
	(void)shell;
	return entities_new(wizard, &source, columns, 3, note);
}

static void attributes_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Attributes Mapping\n"
		"Which attribute of the source feeds which attribute of the hub, for every "
		"entity type: Left and Right turn the tabs. The names at the left are the "
		"hub's, those at the right are OneRoster's. The SIS id, the status and what "
		"the source keeps as metadata come along with every record.\n\n"
		"This version imports by this mapping and does not change it. From this step "
		"on you may finish: F9 goes to the summary.");
}

const struct screen attributes_screen = {
	.name = "attributes",
	.title = "Attributes Mapping",
	.open = attributes_open,
	.close = entities_close,
	.draw = entities_draw,
	.key = entities_key,
	.hints = entities_hints,
	.help = attributes_help,
};
