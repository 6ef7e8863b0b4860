/* The tab Settings: the steps of the wizard, each to be opened again. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "widget/list.h"
#include "wizard.h"

static const char *const about[WIZARD_STEPS] = {
	[WIZARD_DELIVERY] = "address, client, secret, sync hold, preview",
	[WIZARD_SCHOOLS] = "which schools come in, and as what",
	[WIZARD_ATTRIBUTES] = "what feeds each attribute",
	[WIZARD_REQUIREMENTS] = "what must be there",
	[WIZARD_FILTERS] = "which records come in",
	[WIZARD_UNIQUENESS] = "what tells one record from another",
	[WIZARD_MASTERS] = "which app wins",
	[WIZARD_SCHEDULE] = "when it runs by itself",
	[WIZARD_DONE] = "the summary of all choices, and Finish",
};

struct steps_tab {
	struct dash *dash;
	struct list list;
};

static const struct list_column columns[] = {
	{"Step", 4, 0, 0, LIST_RIGHT},
	{"Title", 22, 0, 0, LIST_LEFT},
	{"What it is about", 30, 1, 1, LIST_LEFT},
};

static size_t count(void *data)
{
	(void)data;
	return WIZARD_STEPS;
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
			column == 1 ? wizard_title((enum wizard_step)row) : about[row]);
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

static enum screen_answer steps_key(void *state, const struct key *key)
{
	struct steps_tab *tab = state;
	enum widget_answer answer = list_key(&tab->list, key, term_now());

	if (key_typed(key, "n")) {
		dash_open_gallery(tab->dash);
		return SCREEN_TAKEN;
	}
	if (answer == WIDGET_DONE)
		dash_open_step(tab->dash, (int)tab->list.row);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static size_t steps_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Open the step"};
	hints[1] = (struct hint){"n", "New app"};
	return 2;
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

void dash_open_gallery(struct dash *dash)
{
	dash->on_top = false;
	shell_push(dash->shell, &wizard_screen, NULL);
}

void dash_open_step(struct dash *dash, int step)
{
	struct wizard_opening *opening;

	if (!dash_app(dash)) {
		dash_open_gallery(dash);
		return;
	}
	free(dash->opening);
	opening = mem_zero(1, sizeof(*opening));
	*opening = (struct wizard_opening){dash->app, (enum wizard_step)step};
	dash->opening = opening;
	dash->on_top = false;
	shell_push(dash->shell, &wizard_screen, opening);
}
