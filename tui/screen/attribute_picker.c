#include "screen/attribute_picker.h"

#include <stdio.h>
#include <string.h>

#include "term/draw.h"
#include "term/term.h"
#include "widget/toggle.h"

enum { HEIGHT = 18, WIDTH = 52 };

static size_t count(void *data)
{
	return ((struct attribute_picker *)data)->count;
}

static uint64_t id(void *data, size_t row)
{
	return (uint64_t)((struct attribute_picker *)data)->row[row]->attr;
}

/* Its place among those chosen; their count when it is not. */
static size_t place(const struct attribute_picker *picker, size_t row)
{
	size_t i;

	for (i = 0; i < picker->chosen.count; i++)
		if (picker->chosen.attr[i] == picker->row[row]->attr)
			break;
	return i;
}

static void cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	const struct attribute_picker *picker = data;
	bool on = place(picker, row) < picker->chosen.count;

	snprintf(cell->text, sizeof(cell->text), "%s",
		column ? picker->row[row]->name : toggle_text(TOGGLE_CHECK, on));
	cell->role = on ? DRAW_OK : DRAW_NORMAL;
}

static const struct list_source source = {.count = count, .id = id, .cell = cell};
static const struct list_column columns[] = {
	{"", 3, 0, 0, LIST_LEFT}, {"Attribute", 30, 0, 1, LIST_LEFT}};

void attribute_picker_open(
	struct attribute_picker *picker, enum entity entity, const struct domain_text *chosen)
{
	size_t rows, i;
	const struct attribute *row = schema_of(entity, &rows);

	attribute_picker_close(picker);
	for (i = 0; i < rows && picker->count < PICKER_ROWS; i++)
		if (domain_takes(&row[i]))
			picker->row[picker->count++] = &row[i];
	if (chosen)
		picker->chosen = *chosen;
	list_init(&picker->list, &source, picker, columns, 2);
	picker->open = true;
}

void attribute_picker_close(struct attribute_picker *picker)
{
	if (picker->open)
		list_clear(&picker->list);
	memset(picker, 0, sizeof(*picker));
}

void attribute_picker_draw(struct attribute_picker *picker)
{
	struct rect inner =
		draw_popup(HEIGHT, WIDTH, "Which attributes must be unique together?");
	struct rect list = inner;
	int y = inner.y + inner.height - 1;

	list.height--;
	list_draw(&picker->list, list, WIDGET_FOCUSED);
	if (*picker->error)
		draw_text(y, inner.x, inner.width, DRAW_ERROR, picker->error);
	else
		draw_text(y, inner.x, inner.width, DRAW_LINK,
			"Space ticks, Enter goes on, Esc closes");
}

static void tick(struct attribute_picker *picker)
{
	struct domain_text *chosen = &picker->chosen;
	size_t at = place(picker, picker->list.row);

	if (at < chosen->count) {
		chosen->count--;
		memmove(&chosen->attr[at], &chosen->attr[at + 1],
			(chosen->count - at) * sizeof(chosen->attr[0]));
	} else if (chosen->count == DOMAIN_ATTRS) {
		snprintf(picker->error, sizeof(picker->error),
			"%d attributes are the most. Untick one first.", DOMAIN_ATTRS);
	} else {
		chosen->attr[chosen->count++] = picker->row[picker->list.row]->attr;
	}
}

bool attribute_picker_key(struct attribute_picker *picker, const struct key *key)
{
	enum widget_answer answer;

	*picker->error = '\0';
	if (key_typed(key, " ") && picker->count) {
		tick(picker);
		return false;
	}
	answer = list_key(&picker->list, key, term_now());
	if (answer == WIDGET_DONE && !picker->chosen.count)
		snprintf(picker->error, sizeof(picker->error),
			"Nothing is ticked. Space ticks the attribute.");
	else if (answer == WIDGET_DONE)
		return true;
	if (answer == WIDGET_IGNORED && key->code == K_ESC)
		attribute_picker_close(picker);
	return false;
}
