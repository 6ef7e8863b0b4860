#include "screen/map_editor.h"

#include <stdio.h>
#include <string.h>

#include "settings/map_check.h"
#include "term/term.h"
#include "widget/words.h"

enum { WIDTH = 74, HEIGHT = 10, LOW = 8 };

static const char hint[] =
	"Source attribute, 'constant', first(a, b) or none; then | transformation";

static void settle(struct map_editor *editor, const char *text)
{
	struct map_text map;

	editor->err.code = ERR_NONE;
	editor->good =
		!map_settle(editor->hub, text, &editor->settled, &editor->err) &&
		!offers_try(editor->offers, editor->hub, text, &editor->tried, &editor->err) &&
		!map_text_parse(&map, text, &editor->err);
	editor->warning = editor->good ? map_warning(&map, editor->hub) : NULL;
	if (editor->good)
		map_text_clear(&map);
}

void map_editor_check(struct map_editor *editor)
{
	if (editor->open)
		settle(editor, edit_text(&editor->edit));
}

void map_editor_open(struct map_editor *editor, const struct attribute *hub,
	const struct offers *offers, const char *text)
{
	static const struct {
		enum map_wish wish;
		const char *label;
	} buttons[] = {{MAP_SAVE, "Save"}, {MAP_SOURCE, "Source"},
		{MAP_TRANSFORM, "Transformation"}, {MAP_DEFAULT, "Default"},
		{MAP_CANCEL, "Cancel"}};
	size_t i;
	int focused;

	map_editor_close(editor);
	editor->open = true;
	editor->hub = hub;
	editor->offers = offers;
	buf_init(&editor->settled);
	edit_init(&editor->edit, EDIT_TEXT, 0);
	edit_set(&editor->edit, text);
	buttons_begin(&editor->buttons, &focused);
	for (i = 0; i < sizeof(buttons) / sizeof(*buttons); i++)
		buttons_add(&editor->buttons, (int)buttons[i].wish, buttons[i].label);
	buttons_end(&editor->buttons, MAP_SAVE);
	map_editor_check(editor);
}

void map_editor_close(struct map_editor *editor)
{
	if (!editor->open)
		return;
	edit_clear(&editor->edit);
	buf_clear(&editor->settled);
	memset(editor, 0, sizeof(*editor));
}

static void set(struct map_editor *editor, const char *text)
{
	edit_set(&editor->edit, text);
	editor->on_buttons = false;
	map_editor_check(editor);
}

void map_editor_take(struct map_editor *editor, const char *name, enum map_place place)
{
	struct map_text map;
	struct err ignored;
	struct buf text;

	if (!*name || map_text_parse(&map, edit_text(&editor->edit), &ignored))
		memset(&map, 0, sizeof(map));
	if (!*name)
		map_text_clear(&map);
	else
		map_text_take(&map, name, place);
	buf_init(&text);
	map_text_write(&map, &text);
	set(editor, text.data);
	buf_clear(&text);
	map_text_clear(&map);
}

void map_editor_add(struct map_editor *editor, const struct transform *transform)
{
	struct buf text;

	buf_init(&text);
	buf_addf(&text, "%s | %s", edit_text(&editor->edit), transform->example);
	set(editor, text.data);
	buf_clear(&text);
}

/* ---- drawing ---- */

/* What it makes of the data: how many, and the first few. */
static void draw_tried(const struct map_editor *editor, struct rect area)
{
	const struct tried *tried = &editor->tried;
	char some[WORDS_SIZE], all[WORDS_SIZE], bad[WORDS_SIZE];
	int y = area.y, end = area.y + area.height;
	size_t i;

	if (editor->warning)
		y += draw_wrapped(area, 0, DRAW_WARNING, editor->warning);
	if (!tried->of && y < end)
		draw_text(y, area.x, area.width, DRAW_DIM,
			"There is no data to try it on yet; r in the list fetches it.");
	else if (y < end)
		draw_textf(y, area.x, area.width, DRAW_OK,
			"Fills %s of the %s records tried%s%s%s.",
			words_number(tried->filled, some), words_number(tried->of, all),
			tried->unreadable ? "; " : "",
			tried->unreadable ? words_number(tried->unreadable, bad) : "",
			tried->unreadable ? " cannot be read" : "");
	for (i = 0; i < tried->count && ++y < end; i++) {
		bool same = !strcmp(tried->from[i], tried->to[i]);

		draw_textf(y, area.x + 2, area.width - 2, DRAW_NORMAL, "%s%s%s %s",
			same ? "" : tried->from[i], same ? "" : " ", draw_glyph(GLYPH_TO),
			tried->to[i]);
	}
}

void map_editor_draw(struct map_editor *editor)
{
	struct rect inner, area;
	char title[100];
	int buttons;

	snprintf(title, sizeof(title), "%s.%s", entity_name(editor->hub->entity),
		editor->hub->name);
	inner = draw_popup(HEIGHT, WIDTH, title);
	buttons = buttons_height(&editor->buttons, inner.width);
	buttons_draw(&editor->buttons, inner.y + inner.height - buttons, inner.x, inner.width,
		editor->on_buttons ? WIDGET_FOCUSED : WIDGET_BLURRED);
	area = inner;
	area.height -= buttons;
	if (area.height >= LOW) {
		draw_text(area.y++, area.x, area.width, DRAW_DIM, hint);
		area.height -= 2; /* and a blank line above the buttons */
	}
	edit_draw(&editor->edit, area.y++, area.x, area.width,
		editor->on_buttons ? WIDGET_BLURRED : WIDGET_FOCUSED);
	area.height--;
	if (editor->good)
		draw_tried(editor, area);
	else
		draw_wrapped(area, 0, DRAW_ERROR, editor->err.text);
}

/* ---- keys ---- */

static enum map_wish pressed(struct map_editor *editor, int id)
{
	if (id == MAP_DEFAULT) {
		set(editor, editor->hub->source);
		return MAP_NOTHING;
	}
	if (id == MAP_SAVE && !editor->good) {
		editor->on_buttons = false; /* the fault is there */
		return MAP_NOTHING;
	}
	return (enum map_wish)id;
}

static void enter_buttons(struct map_editor *editor, const struct key *key)
{
	editor->on_buttons = true;
	editor->buttons.at = key->code == K_BACKTAB ? editor->buttons.count - 1 : 0;
}

static enum map_wish buttons_took(struct map_editor *editor, const struct key *key)
{
	int id;

	enum widget_answer answer = buttons_key(&editor->buttons, key, &id);

	if (answer == WIDGET_DONE)
		return pressed(editor, id);
	if (answer == WIDGET_PREVIOUS || answer == WIDGET_NEXT || key->code == K_UP)
		editor->on_buttons = false;
	return MAP_NOTHING;
}

enum map_wish map_editor_key(struct map_editor *editor, const struct key *key)
{
	if (key->code == K_ESC)
		return MAP_CANCEL;
	if (editor->on_buttons)
		return buttons_took(editor, key);
	if (edit_key(&editor->edit, key, term_now()) == WIDGET_CHANGED)
		map_editor_check(editor);
	else if (key->code == K_ENTER || key->code == K_TAB || key->code == K_DOWN ||
		 key->code == K_BACKTAB)
		enter_buttons(editor, key);
	return MAP_NOTHING;
}
