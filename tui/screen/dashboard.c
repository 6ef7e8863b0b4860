/*
 * The dashboard of an app: a line of apps when there are several, a line of tabs, and the tab.
 * Each tab is a screen of its own, opened when it is first looked at.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "widget/tabs.h"

enum place { PLACE_APPS, PLACE_TABS, PLACE_BODY };

enum { TABS = 7, APPS_SHOWN = 64, SPACED_FROM = 16 };

static const struct screen *const tabs[TABS] = {&overview_screen, &history_screen,
	&changes_screen, &data_screen, &quality_screen, &duplicates_screen, &steps_screen};

struct dashboard {
	struct dash *dash;
	size_t tab;
	void *state[TABS]; /* NULL: not looked at yet */
	enum place place;
};

static const struct screen *now(const struct dashboard *board)
{
	return tabs[board->tab];
}

static void *now_state(const struct dashboard *board)
{
	return board->state[board->tab];
}

static void show_tab(struct dashboard *board, size_t tab)
{
	board->tab = tab;
	if (!board->state[tab])
		board->state[tab] = tabs[tab]->open(board->dash->shell, board->dash);
	else if (tabs[tab]->shown)
		tabs[tab]->shown(board->state[tab]);
}

static void go_to(struct dashboard *board, enum place place)
{
	if (place == PLACE_APPS && board->dash->now.settings.count < 2)
		place = PLACE_TABS;
	board->place = place;
	board->dash->focus = place == PLACE_BODY ? WIDGET_FOCUSED : WIDGET_BLURRED;
}

/* The top line says whose dashboard it is, and what it is about. */
static void say_where(const struct dashboard *board)
{
	const struct dash *dash = board->dash;
	const struct app *app = dash_app(dash);
	enum dash_state state = dash_state(dash);
	const struct sync *held = dash_held(dash);
	char where[160];

	snprintf(where, sizeof(where), "%s%s%s%s", dash->app ? dash->app : "no app yet",
		app ? " (" : "", app ? app_kind_title(app->kind) : "", app ? ")" : "");
	shell_where(dash->shell, where);
	if (state == DASH_HELD && held)
		shell_status(dash->shell, DRAW_HELD, "held: sync %lld waits",
			(long long)held->number);
	else
		shell_status(dash->shell, dash_state_role(state), "%s", dash_state_word(state));
}

static void *dashboard_open(struct shell *shell, void *arg)
{
	struct dashboard *board = mem_zero(1, sizeof(*board));

	board->dash = dash_new(shell, arg);
	go_to(board, PLACE_BODY);
	show_tab(board, 0);
	say_where(board);
	return board;
}

static void dashboard_close(void *state)
{
	struct dashboard *board = state;
	size_t i;

	for (i = 0; i < TABS; i++)
		if (board->state[i])
			tabs[i]->close(board->state[i]);
	dash_free(board->dash);
	free(board);
}

static size_t app_names(const struct dashboard *board, const char **names, size_t *current)
{
	const struct settings *settings = &board->dash->now.settings;
	size_t i;

	*current = 0;
	for (i = 0; i < settings->count && i < APPS_SHOWN; i++) {
		names[i] = settings->apps[i]->name;
		if (board->dash->app && !strcmp(names[i], board->dash->app))
			*current = i;
	}
	return i;
}

static void draw_heads(struct dashboard *board, struct rect *area)
{
	const char *names[APPS_SHOWN], *titles[TABS];
	size_t count, current, i;
	int label;

	count = app_names(board, names, &current);
	if (count > 1) {
		label = draw_text(area->y, area->x, area->width, DRAW_DIM, "App ");
		tabs_draw(area->y, area->x + label, area->width - label, names, count, current,
			board->place == PLACE_APPS ? WIDGET_FOCUSED : WIDGET_BLURRED);
		area->y++;
		area->height--;
	}
	for (i = 0; i < TABS; i++)
		titles[i] = tabs[i]->title;
	tabs_draw(area->y, area->x, area->width, titles, TABS, board->tab,
		board->place == PLACE_TABS ? WIDGET_FOCUSED : WIDGET_BLURRED);
	i = area->height >= SPACED_FROM ? 2 : 1;
	area->y += (int)i;
	area->height -= (int)i;
}

static void dashboard_draw(void *state, struct rect area)
{
	struct dashboard *board = state;

	draw_heads(board, &area);
	if (area.height > 0)
		now(board)->draw(now_state(board), area);
}

/* ---- keys ---------------------------------------------------------------------------------
 */

static enum screen_answer apps_key(struct dashboard *board, const struct key *key)
{
	const char *names[APPS_SHOWN];
	size_t current, count = app_names(board, names, &current), i;

	if (tabs_key(&current, count, key) != WIDGET_CHANGED)
		return key->code == K_LEFT || key->code == K_RIGHT ? SCREEN_TAKEN
								   : SCREEN_IGNORED;
	/* What the tabs show is of the other app. */
	for (i = 0; i < TABS; i++) {
		if (board->state[i])
			tabs[i]->close(board->state[i]);
		board->state[i] = NULL;
	}
	dash_choose(board->dash, names[current]);
	show_tab(board, board->tab);
	say_where(board);
	return SCREEN_TAKEN;
}

static enum screen_answer heads_key(struct dashboard *board, const struct key *key)
{
	size_t tab = board->tab;
	enum widget_answer answer;

	switch (key->code) {
	case K_DOWN:
	case K_ENTER:
	case K_TAB: go_to(board, board->place + 1); return SCREEN_TAKEN;
	case K_UP:
		go_to(board, board->place == PLACE_TABS ? PLACE_APPS : board->place);
		return SCREEN_TAKEN;
	case K_BACKTAB:
		go_to(board, board->place == PLACE_TABS && board->dash->now.settings.count > 1
				     ? PLACE_APPS
				     : PLACE_BODY);
		return SCREEN_TAKEN;
	default: break;
	}
	if (board->place == PLACE_APPS)
		return apps_key(board, key);
	answer = tabs_key(&tab, TABS, key);
	if (answer == WIDGET_CHANGED)
		show_tab(board, tab);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

/* What a tab leaves: on to the heads, to another tab, Run Import. */
static enum screen_answer common_key(struct dashboard *board, const struct key *key)
{
	size_t tab = board->tab;

	if (key->code == K_CHAR && !key->pasted && key->text[0] >= '1' &&
		key->text[0] < '1' + TABS && !key->text[1]) {
		show_tab(board, (size_t)(key->text[0] - '1'));
		return SCREEN_TAKEN;
	}
	if (key->code == K_RUN || key_typed(key, "r")) {
		dash_run(board->dash);
		return SCREEN_TAKEN;
	}
	switch (key->code) {
	case K_TAB: go_to(board, PLACE_APPS); return SCREEN_TAKEN;
	case K_UP:
	case K_BACKTAB: go_to(board, PLACE_TABS); return SCREEN_TAKEN;
	case K_LEFT:
	case K_RIGHT:
		if (tabs_key(&tab, TABS, key) == WIDGET_CHANGED)
			show_tab(board, tab);
		return SCREEN_TAKEN;
	case K_ESC:
		if (!board->tab)
			return SCREEN_IGNORED;
		show_tab(board, 0);
		go_to(board, PLACE_BODY);
		return SCREEN_TAKEN;
	default: return SCREEN_IGNORED;
	}
}

static enum screen_answer dashboard_key(void *state, const struct key *key)
{
	struct dashboard *board = state;
	enum screen_answer answer = board->place != PLACE_BODY ? heads_key(board, key)
				    : now(board)->key ? now(board)->key(now_state(board), key)
						      : SCREEN_IGNORED;

	answer = answer == SCREEN_IGNORED ? common_key(board, key) : answer;
	say_where(board);
	return answer;
}

static void dashboard_tick(void *state, int64_t at)
{
	struct dashboard *board = state;
	size_t i;

	dash_tick(board->dash, at);
	for (i = 0; i < TABS; i++)
		if (board->state[i] && tabs[i]->tick)
			tabs[i]->tick(board->state[i], at);
	if (board->dash->on_top)
		say_where(board);
}

static int dashboard_wait(void *state, int64_t at)
{
	struct dashboard *board = state;
	int wait = dash_wait(board->dash, at), own = -1;

	if (now(board)->wait)
		own = now(board)->wait(now_state(board), at);
	return own >= 0 && own < wait ? own : wait;
}

static void dashboard_shown(void *state)
{
	struct dashboard *board = state;

	board->dash->on_top = true;
	say_where(board);
	if (now(board)->shown)
		now(board)->shown(now_state(board));
}

static const char *dashboard_message(void *state, enum draw_role *role)
{
	struct dashboard *board = state;

	if (board->dash->now.err.code && board->dash->version) {
		*role = DRAW_ERROR;
		return board->dash->now.err.text;
	}
	return now(board)->message ? now(board)->message(now_state(board), role) : "";
}

static size_t dashboard_hints(void *state, struct hint *hints)
{
	struct dashboard *board = state;
	size_t count = 0;

	if (board->place != PLACE_BODY) {
		hints[count++] = (struct hint){"Left/Right", "Choose"};
		hints[count++] = (struct hint){"Enter", "Go there"};
	} else if (now(board)->hints) {
		count = now(board)->hints(now_state(board), hints);
	}
	if (count + 2 <= SCREEN_HINTS && dash_state(board->dash) != DASH_RUNNING)
		hints[count++] = (struct hint){"F5", "Run Import"};
	if (count + 1 <= SCREEN_HINTS)
		hints[count++] = (struct hint){"1-7", "Tabs"};
	return count;
}

static void dashboard_help(void *state, struct buf *text)
{
	struct dashboard *board = state;

	if (now(board)->help)
		now(board)->help(now_state(board), text);
	buf_adds(text,
		"\n\nThe dashboard\n"
		"F5 or r          Run Import. It runs by itself: this screen, and the line "
		"to this machine, may close.\n"
		"1 to 7, arrows   the tabs\n"
		"Tab, Up          to the line of tabs, and of apps when there are several\n"
		"Enter            opens what is under the cursor");
}

const struct screen dashboard_screen = {
	.name = "dashboard",
	.title = "Dashboard",
	.open = dashboard_open,
	.close = dashboard_close,
	.draw = dashboard_draw,
	.key = dashboard_key,
	.tick = dashboard_tick,
	.wait = dashboard_wait,
	.shown = dashboard_shown,
	.message = dashboard_message,
	.hints = dashboard_hints,
	.help = dashboard_help,
};
