#include "widget/list.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "term/cells.h"
#include "widget/words.h"

enum { COLUMNS_MAX = 16, GAP = 2, MARKER = 2 };

static void remember(struct list *list)
{
	if (list->row < list_count(list))
		list->id = list->source->id(list->data, list->row);
}

static void go(struct list *list, size_t row)
{
	size_t count = list_count(list);

	list->row = !count ? 0 : row < count ? row : count - 1;
	remember(list);
}

/* Back and forth by a page, staying inside. */
static void go_by(struct list *list, long rows)
{
	if (rows < 0 && list->row < (size_t)-rows)
		go(list, 0);
	else
		go(list, list->row + (size_t)rows);
}

static size_t find(const struct list *list, uint64_t id)
{
	size_t count = list_count(list), row;

	if (list->source->find)
		return list->source->find(list->data, id);
	for (row = 0; row < count && list->source->id(list->data, row) != id; row++)
		;
	return row;
}

/* Widths of the columns that fit; 0 for those that do not. */
static void lay_out(const struct list *list, int width, int widths[COLUMNS_MAX])
{
	int total = -GAP, grow = 0, worst, title;
	size_t i, last = 0, n = list->column_count;

	for (i = 0; i < n; i++) {
		title = cells_width(list->columns[i].title);
		widths[i] = list->columns[i].width > title ? list->columns[i].width : title;
		total += widths[i] + GAP;
	}
	while (total > width) {
		for (worst = 0, i = 0; i < n; i++) {
			if (widths[i] && list->columns[i].priority > worst) {
				worst = list->columns[i].priority;
				last = i;
			}
		}
		if (!worst)
			break;
		total -= widths[last] + GAP;
		widths[last] = 0;
	}
	for (i = 0; i < n; i++)
		grow += widths[i] ? list->columns[i].grow : 0;
	/* Too much even so: those that grow also shrink. */
	for (i = 0; i < n && grow; i++) {
		if (widths[i] && list->columns[i].grow)
			widths[i] += (width - total) * list->columns[i].grow / grow;
		if (widths[i] < 0)
			widths[i] = 1;
	}
}

static void draw_header(const struct list *list, struct rect area, const int *widths)
{
	int x = area.x + MARKER;
	size_t i;

	for (i = 0; i < list->column_count; i++) {
		if (!widths[i])
			continue;
		if (list->columns[i].align == LIST_RIGHT)
			draw_right(area.y, x, widths[i], DRAW_TITLE, list->columns[i].title);
		else
			draw_text(area.y, x, widths[i], DRAW_TITLE, list->columns[i].title);
		x += widths[i] + GAP;
	}
}

static void draw_row(const struct list *list, size_t row, int y, struct rect area,
	const int *widths, enum widget_focus focus)
{
	bool here = row == list->row, lit = here && focus == WIDGET_FOCUSED;
	bool whole = lit && (list->column < 0 || !widths[list->column]);
	enum draw_role extra = whole ? DRAW_FOCUS : DRAW_NORMAL;
	int x = area.x + MARKER, cursor = area.x;
	struct list_cell cell;
	size_t i;

	if (whole)
		draw_fill((struct rect){y, area.x, 1, area.width}, DRAW_FOCUS);
	if (here)
		draw_cut(y, area.x, 1, extra, draw_glyph(GLYPH_CURRENT));
	for (i = 0; i < list->column_count; i++) {
		if (!widths[i])
			continue;
		cell.text[0] = '\0';
		cell.role = DRAW_NORMAL;
		list->source->cell(list->data, row, i, &cell);
		if (lit && !whole && (int)i == list->column) {
			draw_fill((struct rect){y, x, 1, widths[i]}, DRAW_FOCUS);
			cell.role |= DRAW_FOCUS;
			cursor = x;
		}
		if (list->columns[i].align == LIST_RIGHT)
			draw_right(y, x, widths[i], cell.role | extra, cell.text);
		else
			draw_text(y, x, widths[i], cell.role | extra, cell.text);
		x += widths[i] + GAP;
	}
	if (lit)
		draw_cursor(y, cursor);
}

static void draw_range(const struct list *list, int y, struct rect area, size_t shown)
{
	size_t count = list_count(list);
	size_t total = list->source->total ? list->source->total(list->data) : count;
	char from[WORDS_SIZE], to[WORDS_SIZE], of[WORDS_SIZE], all[WORDS_SIZE], text[160];
	int n;

	words_number(count ? list->top + 1 : 0, from);
	words_number(list->top + shown, to);
	n = snprintf(text, sizeof(text), "%s-%s of %s", from, to, words_number(count, of));
	if (!count)
		n = snprintf(text, sizeof(text), "0");
	if (total != count)
		snprintf(text + n, sizeof(text) - (size_t)n, " (filtered from %s)",
			words_number(total, all));
	draw_right(y, area.x, area.width, DRAW_DIM, text);
}

static void draw_empty(const struct list *list, struct rect area, enum widget_focus focus)
{
	char text[EDIT_LIMIT + 100];

	if (*edit_text(&list->filter))
		snprintf(text, sizeof(text), "Nothing matches \"%s\". Esc clears the filter.",
			edit_text(&list->filter));
	else
		snprintf(text, sizeof(text), "%s", list->empty ? list->empty : "Nothing here.");
	draw_wrapped(area, 0, DRAW_DIM, text);
	if (focus == WIDGET_FOCUSED)
		draw_cursor(area.y, area.x);
}

/* Brings `top` to where the cursor is seen, and no blank lines below the last row. */
static void scroll(struct list *list, int height)
{
	size_t count = list_count(list), page = height > 0 ? (size_t)height : 1;

	if (list->top > list->row)
		list->top = list->row;
	if (list->row >= list->top + page)
		list->top = list->row - page + 1;
	if (list->top + page > count)
		list->top = count > page ? count - page : 0;
}

static void draw_filter(struct list *list, int y, struct rect area, enum widget_focus focus)
{
	enum widget_focus own = list->filtering ? focus : WIDGET_BLURRED;
	int label = draw_cut(y, area.x, area.width, DRAW_NORMAL, "Filter: ");
	int width = area.width - label < 40 ? area.width - label : 40;

	edit_draw(&list->filter, y, area.x + label, width, own);
}

void list_init(struct list *list, const struct list_source *source, void *data,
	const struct list_column *columns, size_t column_count)
{
	memset(list, 0, sizeof(*list));
	list->source = source;
	list->data = data;
	list->columns = columns;
	list->column_count = column_count < COLUMNS_MAX ? column_count : COLUMNS_MAX;
	list->column = -1;
	edit_init(&list->filter, EDIT_TEXT, 200);
	remember(list);
}

void list_clear(struct list *list)
{
	edit_clear(&list->filter);
}

size_t list_count(const struct list *list)
{
	return list->source->count(list->data);
}

bool list_select(struct list *list, uint64_t id)
{
	size_t row = find(list, id);

	if (row >= list_count(list))
		return false;
	go(list, row);
	return true;
}

void list_refresh(struct list *list)
{
	/* A row that is gone for now is not forgotten: the next filter may bring it back. */
	size_t row = find(list, list->id), count = list_count(list);

	if (row < count)
		list->row = row;
	else
		list->row = !count ? 0 : list->row < count ? list->row : count - 1;
}

void list_draw(struct list *list, struct rect area, enum widget_focus focus)
{
	bool filter = list->filtering || *edit_text(&list->filter);
	enum widget_focus rows = list->filtering ? WIDGET_BLURRED : focus;
	size_t count = list_count(list), i, shown;
	int widths[COLUMNS_MAX];
	struct rect before = draw_clip(area);

	lay_out(list, area.width - MARKER, widths);
	list->body = area;
	list->body.y++;
	list->body.height -= 2 + (filter ? 1 : 0);
	scroll(list, list->body.height);
	draw_header(list, area, widths);
	shown = list->body.height > 0 ? (size_t)list->body.height : 0;
	shown = shown < count - list->top ? shown : count - list->top;
	for (i = 0; i < shown; i++)
		draw_row(list, list->top + i, list->body.y + (int)i, area, widths, rows);
	if (!count && list->body.height > 0)
		draw_empty(list, list->body, rows);
	if (filter)
		draw_filter(list, area.y + area.height - 2, area, focus);
	draw_range(list, area.y + area.height - 1, area, shown);
	draw_unclip(before);
}

static void apply_filter(struct list *list)
{
	list->source->filter(list->data, edit_text(&list->filter));
	list_refresh(list);
}

/* Keys while the filter line is open; those that move go on to the rows. */
static enum widget_answer filter_key(struct list *list, const struct key *key, int64_t now)
{
	enum widget_answer answer;

	if (key->code == K_ESC)
		edit_set(&list->filter, "");
	if (key->code == K_ESC || key->code == K_ENTER || key->code == K_TAB) {
		list->filtering = false;
		apply_filter(list);
		remember(list);
		return WIDGET_TAKEN;
	}
	answer = edit_key(&list->filter, key, now);
	if (answer == WIDGET_CHANGED)
		apply_filter(list);
	return answer == WIDGET_CHANGED ? WIDGET_TAKEN : answer;
}

static enum widget_answer set_one(struct list *list, enum list_set how)
{
	if (!list->source->set || list->row >= list_count(list))
		return WIDGET_IGNORED;
	list->changed = list->source->set(list->data, list->row, how);
	list_refresh(list);
	return list->changed ? WIDGET_CHANGED : WIDGET_TAKEN;
}

static enum widget_answer set_all(struct list *list, enum list_set how)
{
	size_t row, count = list_count(list);

	if (!list->source->set)
		return WIDGET_IGNORED;
	list->changed = 0;
	/* From the end: setting may take a row out of the filter. */
	for (row = count; row-- > 0;)
		list->changed += list->source->set(list->data, row, how);
	list_refresh(list);
	return WIDGET_CHANGED;
}

static enum widget_answer take_char(struct list *list, const struct key *key)
{
	if (key_typed(key, " "))
		return set_one(list, LIST_FLIP);
	if (key_typed(key, "a"))
		return set_all(list, LIST_ON);
	if (key_typed(key, "x"))
		return set_all(list, LIST_OFF);
	if (key_typed(key, "i"))
		return set_all(list, LIST_FLIP);
	return WIDGET_IGNORED;
}

static enum widget_answer take_click(struct list *list, const struct key *key)
{
	const struct rect *body = &list->body;
	size_t row = list->top + (size_t)(key->y - body->y);

	if (key->y < body->y || key->y >= body->y + body->height || key->x < body->x ||
		key->x >= body->x + body->width || row >= list_count(list))
		return WIDGET_IGNORED;
	if (row == list->row && list->source->set)
		return set_one(list, LIST_FLIP);
	go(list, row);
	return WIDGET_TAKEN;
}

enum widget_answer list_key(struct list *list, const struct key *key, int64_t now)
{
	long page = list->body.height > 1 ? list->body.height - 1 : 1;
	enum widget_answer answer;

	if (list->filtering && (answer = filter_key(list, key, now)) != WIDGET_IGNORED)
		return answer;
	if (list->source->filter && (key->code == K_FILTER || key_typed(key, "/"))) {
		list->filtering = true;
		return WIDGET_TAKEN;
	}
	switch (key->code) {
	case K_UP:
		if (!list->row)
			return WIDGET_IGNORED;
		go_by(list, -1);
		break;
	case K_DOWN: go_by(list, 1); break;
	case K_PAGE_UP: go_by(list, -page); break;
	case K_PAGE_DOWN: go_by(list, page); break;
	case K_WHEEL_UP: go_by(list, -3); break;
	case K_WHEEL_DOWN: go_by(list, 3); break;
	case K_HOME: go(list, 0); break;
	case K_END: go(list, list_count(list)); break;
	case K_LEFT: return set_one(list, LIST_OFF);
	case K_RIGHT: return set_one(list, LIST_ON);
	case K_CHAR: return take_char(list, key);
	case K_CLICK: return take_click(list, key);
	case K_ENTER: return list_count(list) ? WIDGET_DONE : WIDGET_TAKEN;
	case K_ESC:
		if (!*edit_text(&list->filter))
			return WIDGET_IGNORED;
		return filter_key(list, key, now);
	default: return WIDGET_IGNORED;
	}
	return WIDGET_TAKEN;
}
