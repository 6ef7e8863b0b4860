/*
 * Application Gallery: search, results, what the chosen one is, Activate.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "settings/settings.h"
#include "shell.h"
#include "widget/edit.h"
#include "wizard.h"

static const struct offer {
	enum app_kind kind;
	const char *title;
	const char *text;
} offers[] = {
	{APP_LUMEN_TOUCH, "Lumen Touch",
		"The student information system of Lumen Touch, by its OneRoster interface: "
		"schools, students, teachers, admins, contacts, courses, classes, calendars "
		"and "
		"enrollments. You need its Service URL, a Client ID and a Client Secret; Lumen "
		"Touch gives you all three."},
	{APP_ONEROSTER_API, "OneRoster API",
		"Any other system with a OneRoster 1.1 or 1.2 REST interface. The same "
		"connector, "
		"with nothing assumed about the vendor. You need its address, a Client ID and "
		"a "
		"Client Secret."},
	{APP_ONEROSTER_CSV, "OneRoster CSV",
		"OneRoster 1.1 or 1.2 CSV files on this machine, in a folder or a zip, bulk or "
		"delta, as any system can write them. You need the path; nothing else."},
};

enum { OFFERS = sizeof(offers) / sizeof(*offers), SEARCH_WIDTH = 40 };
enum place { PLACE_SEARCH, PLACE_LIST, PLACE_ACTIVATE, PLACES };

struct gallery {
	struct shell *shell;
	struct wizard *wizard;
	struct edit search;
	const struct offer *found[OFFERS];
	size_t count, at;
	enum place place;
};

/* Every word typed must occur, whatever its case and accents. */
static void search(struct gallery *gallery)
{
	char *needle = text_fold(edit_text(&gallery->search)), *rest, *word;
	size_t i;

	gallery->count = 0;
	for (i = 0; i < OFFERS; i++) {
		char *both = mem_printf("%s %s", offers[i].title, offers[i].text);
		char *in = text_fold(both), *copy = mem_strdup(needle);
		bool fits = true;

		for (rest = copy; (word = strsep(&rest, " "));)
			fits &= strstr(in, word) != NULL;
		if (fits)
			gallery->found[gallery->count++] = &offers[i];
		free(copy);
		free(in);
		free(both);
	}
	free(needle);
	if (gallery->at >= gallery->count)
		gallery->at = 0;
}

static void *gallery_open(struct shell *shell, void *arg)
{
	struct gallery *gallery = mem_zero(1, sizeof(*gallery));

	gallery->shell = shell;
	gallery->wizard = arg;
	edit_init(&gallery->search, EDIT_TEXT, 100);
	gallery->search.placeholder = "(all apps)";
	search(gallery);
	return gallery;
}

static void gallery_close(void *state)
{
	struct gallery *gallery = state;

	edit_clear(&gallery->search);
	free(gallery);
}

static enum widget_focus focus_of(const struct gallery *gallery, enum place place)
{
	return gallery->place == place ? WIDGET_FOCUSED : WIDGET_BLURRED;
}

static void draw_found(const struct gallery *gallery, struct rect area)
{
	size_t i;

	if (!gallery->count)
		draw_wrapped(area, 0, DRAW_DIM,
			"Nothing is called that. There is Lumen Touch, and OneRoster API or "
			"CSV for everything else that speaks OneRoster. Ctrl-U empties the "
			"search.");
	for (i = 0; i < gallery->count && (int)i < area.height; i++) {
		bool here = i == gallery->at, lit = here && gallery->place == PLACE_LIST;
		int y = area.y + (int)i;

		if (lit)
			draw_fill((struct rect){y, area.x, 1, area.width}, DRAW_FOCUS);
		draw_textf(y, area.x, area.width, lit ? DRAW_FOCUS : DRAW_NORMAL, "%s %s",
			here ? draw_glyph(GLYPH_CURRENT) : " ", gallery->found[i]->title);
		if (lit)
			draw_cursor(y, area.x);
	}
}

static void gallery_draw(void *state, struct rect area)
{
	struct gallery *gallery = state;
	int label = area.width < 60 ? 8 : 18, gap = area.height > 9 ? 1 : 0, y = area.y, lines;
	int width = area.width - label < SEARCH_WIDTH ? area.width - label : SEARCH_WIDTH;
	enum widget_focus button = focus_of(gallery, PLACE_ACTIVATE);

	draw_text(
		y, area.x, label - 1, DRAW_NORMAL, label < 18 ? "Search" : "Search for an app");
	edit_draw(&gallery->search, y, area.x + label, width, focus_of(gallery, PLACE_SEARCH));
	y += 1 + gap;
	draw_found(gallery, (struct rect){y, area.x, OFFERS, area.width});
	y += OFFERS + gap;
	lines = area.y + area.height - y - 1 - gap;
	if (gallery->count && lines > 0) {
		const char *text = gallery->found[gallery->at]->text;

		lines = draw_wrapped((struct rect){y, area.x, lines, area.width}, 0,
				DRAW_NORMAL, text) < lines
				? draw_wrapped((struct rect){y, area.x, lines, area.width}, 0,
					  DRAW_NORMAL, text)
				: lines;
		y += lines + gap;
	}
	draw_text(y, area.x, area.width,
		button == WIDGET_FOCUSED ? DRAW_LINK | DRAW_FOCUS : DRAW_LINK, "[ Activate ]");
	if (button == WIDGET_FOCUSED)
		draw_cursor(y, area.x + 2);
}

/* A name that is free: main, else that of the kind with a number. */
static void suggest(const struct gallery *gallery, enum app_kind kind, char *out, size_t size)
{
	const struct settings *base = &gallery->wizard->base;
	int n;

	snprintf(out, size, "main");
	for (n = 1; settings_app(base, out); n++)
		snprintf(out, size, n > 1 ? "%s-%d" : "%s", app_kind_name(kind), n);
}

static void ask_name(struct gallery *gallery, const char *initial, const char *error);

static void answer_name(void *arg, struct dialog *dialog, int answer)
{
	struct gallery *gallery = arg;
	const char *name = edit_text(&dialog->edit);
	struct err err;

	if (answer != 0)
		return;
	if (wizard_activate(gallery->wizard, gallery->found[gallery->at]->kind, name, &err))
		ask_name(gallery, name, err.text);
	else
		shell_say(gallery->shell, DRAW_OK, "%s is activated as \"%s\".",
			gallery->found[gallery->at]->title, name);
}

static void ask_name(struct gallery *gallery, const char *initial, const char *error)
{
	char text[1200];
	struct dialog dialog;

	snprintf(text, sizeof(text),
		"%s%sA short name for this app, used in commands and in the history: letters, "
		"digits, - and _. With one source, \"main\" is fine.",
		error ? error : "", error ? "\n\n" : "");
	dialog_input(&dialog, "Activate", text, initial, 64, "Activate");
	shell_ask(gallery->shell, &dialog, answer_name, gallery);
}

static void activate(struct gallery *gallery)
{
	char name[80];

	if (gallery->wizard->read_only) {
		shell_say(gallery->shell, DRAW_ERROR, "Read-only. %s", gallery->wizard->why);
	} else if (gallery->count) {
		suggest(gallery, gallery->found[gallery->at]->kind, name, sizeof(name));
		ask_name(gallery, name, NULL);
	}
}

static void move(struct gallery *gallery, int by)
{
	gallery->place = (enum place)(((int)gallery->place + by + PLACES) % PLACES);
}

/* Up and Down go through the list and out of it at its ends. */
static void up_down(struct gallery *gallery, int by)
{
	if (gallery->place == PLACE_LIST && by > 0 && gallery->at + 1 < gallery->count)
		gallery->at++;
	else if (gallery->place == PLACE_LIST && by < 0 && gallery->at > 0)
		gallery->at--;
	else
		move(gallery, by);
}

static enum screen_answer gallery_key(void *state, const struct key *key)
{
	struct gallery *gallery = state;

	if (gallery->place == PLACE_SEARCH &&
		edit_key(&gallery->search, key, term_now()) != WIDGET_IGNORED) {
		search(gallery);
		return SCREEN_TAKEN;
	}
	switch (key->code) {
	case K_TAB: move(gallery, 1); break;
	case K_BACKTAB: move(gallery, -1); break;
	case K_DOWN: up_down(gallery, 1); break;
	case K_UP: up_down(gallery, -1); break;
	case K_FILTER: gallery->place = PLACE_SEARCH; break;
	case K_ENTER:
		if (gallery->place == PLACE_SEARCH)
			gallery->place = PLACE_LIST;
		else
			activate(gallery);
		break;
	default:
		if (key_typed(key, "/"))
			gallery->place = PLACE_SEARCH;
		else if (key_typed(key, " ") && gallery->place == PLACE_ACTIVATE)
			activate(gallery);
		else
			return SCREEN_IGNORED;
	}
	return SCREEN_TAKEN;
}

static const char *gallery_message(void *state, enum draw_role *role)
{
	static const char *const texts[] = {"Type part of a name. Enter goes to the results.",
		"Up and Down choose, Enter activates.", "Enter activates the chosen app."};
	struct gallery *gallery = state;

	*role = DRAW_NORMAL;
	return gallery->wizard->read_only ? "" : texts[gallery->place];
}

static size_t gallery_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Tab", "Next field"};
	hints[1] = (struct hint){"Enter", "Activate"};
	return 2;
}

static void gallery_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Application Gallery\n"
		"An app is a source of roster data that lumenport imports from. Choose the "
		"system "
		"that your district uses and press Activate; nine steps follow, and nothing is "
		"imported before the last of them.\n\n"
		"Two apps of the same kind may be active, for two districts: give each its own "
		"name here, and its own SIS ID prefix in the Advanced Settings of the next "
		"step.");
}

const struct screen gallery_screen = {
	.name = "gallery",
	.title = "Application Gallery",
	.open = gallery_open,
	.close = gallery_close,
	.draw = gallery_draw,
	.key = gallery_key,
	.message = gallery_message,
	.hints = gallery_hints,
	.help = gallery_help,
};
