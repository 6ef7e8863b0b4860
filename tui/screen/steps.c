/* The tab Settings: the steps of the wizard, each to be opened again. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "widget/list.h"
#if __has_include("wizard.h")
#include "wizard.h"
#define HAVE_WIZARD 1
#endif

struct step_line {
	const char *title;
	const char *about;
};

static const struct step_line lines[] = {
	{"Delivery Config", "address, client, secret, sync hold, preview"},
	{"Schools Mapping", "which schools come in, and as what"},
	{"Attributes Mapping", "what feeds each attribute"},
	{"Data Requirements", "what must be there"},
	{"Filter Rules", "which records come in"},
	{"Domains of Uniqueness", "what tells one record from another"},
	{"Master Fields", "which app wins"},
	{"Schedule", "when it runs by itself"},
	{"Done", "the summary of all choices"},
};

struct steps_tab {
	struct dash *dash;
	struct list list;
#ifdef HAVE_WIZARD
	struct wizard_opening opening;
#endif
};

static const struct list_column columns[] = {
	{"Step", 4, 0, 0, LIST_RIGHT},
	{"Title", 22, 0, 0, LIST_LEFT},
	{"What it is about", 30, 1, 1, LIST_LEFT},
};

static size_t count(void *data)
{
	(void)data;
	return sizeof(lines) / sizeof(*lines);
}

static uint64_t id(void *data, size_t row)
{
	(void)data;
	return row;
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	(void)data;
	if (!column)
		snprintf(out->text, sizeof(out->text), "%zu", row + 1);
	else
		snprintf(out->text, sizeof(out->text), "%s",
			column == 1 ? lines[row].title : lines[row].about);
}

static const struct list_source source = {.count = count, .id = id, .cell = cell};

static void *steps_open(struct shell *shell, void *arg)
{
	struct steps_tab *tab = mem_zero(1, sizeof(*tab));

	(void)shell;
	tab->dash = arg;
	list_init(&tab->list, &source, tab, columns, sizeof(columns) / sizeof(*columns));
	return tab;
}

static void steps_close(void *state)
{
	struct steps_tab *tab = state;

	list_clear(&tab->list);
	free(tab);
}

static void steps_draw(void *state, struct rect area)
{
	struct steps_tab *tab = state;

	list_draw(&tab->list, area, tab->dash->focus);
}

static void open_step(struct steps_tab *tab)
{
#ifdef HAVE_WIZARD
	if (!dash_app(tab->dash)) {
		shell_push(tab->dash->shell, &wizard_screen, NULL);
		return;
	}
	tab->opening = (struct wizard_opening){
		tab->dash->app, (enum wizard_step)(WIZARD_DELIVERY + (int)tab->list.row)};
	tab->dash->on_top = false;
	shell_push(tab->dash->shell, &wizard_screen, &tab->opening);
#else
	shell_say(tab->dash->shell, DRAW_NORMAL, "See: lumenport app show %s",
		tab->dash->app ? tab->dash->app : "");
#endif
}

static enum screen_answer steps_key(void *state, const struct key *key)
{
	struct steps_tab *tab = state;
	enum widget_answer answer = list_key(&tab->list, key, term_now());

#ifdef HAVE_WIZARD
	if (key_typed(key, "n")) {
		tab->dash->on_top = false;
		shell_push(tab->dash->shell, &wizard_screen, NULL);
		return SCREEN_TAKEN;
	}
#endif
	if (answer == WIDGET_DONE)
		open_step(tab);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static size_t steps_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Open the step"};
#ifdef HAVE_WIZARD
	hints[1] = (struct hint){"n", "New app"};
	return 2;
#else
	return 1;
#endif
}

static void steps_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Settings\n"
		"The steps in which the app was set up. Each can be opened again; what is "
		"changed there counts from the next import on. A sync that waits for a "
		"decision can no longer be approved after its settings changed: run the "
		"import again.");
}

const struct screen steps_screen = {
	.name = "settings",
	.title = "Settings",
	.open = steps_open,
	.close = steps_close,
	.draw = steps_draw,
	.key = steps_key,
	.hints = steps_hints,
	.help = steps_help,
};
