/* The tab Overview: how things stand, the import that runs, what is in the hub, and charts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "screen/stock.h"
#include "sync/hold.h"
#include "term/cells.h"
#include "widget/buttons.h"
#include "widget/words.h"
#include "wizard.h"

enum { BUTTON_RUN, BUTTON_LOOK, BUTTON_CANCEL, BUTTON_LAST, BUTTON_SET_UP };

enum { HITS_SHOWN = 3, ROOMY_FROM = 12 };

struct overview {
	struct dash *dash;
	struct buttons buttons;
	int scroll, scroll_most;
};

static void *overview_open(struct shell *shell, void *arg)
{
	struct overview *overview = mem_zero(1, sizeof(*overview));

	(void)shell;
	overview->dash = arg;
	return overview;
}

/* ---- how things stand ---------------------------------------------------------------------
 */

static void describe_failure(const char *error, struct buf *out)
{
	size_t length = strlen(error);
	bool ended = length && strchr(".!", error[length - 1]);

	buf_addf(out, "failed: %s%s", error, ended ? "" : ".");
	if (!strcasestr(error, "nothing was changed"))
		buf_adds(out, " The hub was not changed.");
}

/* What became of a sync, and of the hub by it: one or two sentences. */
static void describe_end(const struct sync *sync, struct buf *out)
{
	char changes[200];

	stock_describe_changes(sync, changes, sizeof(changes));
	switch (sync->state) {
	case SYNC_ACCEPTED:
		buf_addf(out, "accepted: %s%s. The hub has it.", changes,
			sync->without_deletions ? "; what it would have deleted stays" : "");
		break;
	case SYNC_UNCHANGED: buf_adds(out, "found nothing new. The hub is as it was."); break;
	case SYNC_HELD: buf_addf(out, "held: %s. Nothing of it is in the hub.", changes); break;
	case SYNC_REJECTED:
		buf_addf(out, "rejected%s%s%s%s. Nothing of it came into the hub.",
			sync->decided_by ? " by " : "",
			sync->decided_by ? sync->decided_by : "", sync->reason ? ": " : "",
			sync->reason ? sync->reason : "");
		break;
	case SYNC_FAILED: describe_failure(sync->error ? sync->error : "unknown", out); break;
	case SYNC_RUNNING: buf_adds(out, "is not settled yet."); break;
	}
}

static void write_last(const struct overview *overview, struct pen *pen)
{
	const struct sync *last = dash_newest(overview->dash);
	char when[DASH_WHEN];
	struct buf text;

	if (!last) {
		pen_write(pen, DRAW_NORMAL,
			"Nothing was imported yet. The first import shows what the source has, "
			"and "
			"fills the hub.");
		return;
	}
	buf_init(&text);
	buf_addf(&text, "Last sync: %lld, %s, ", (long long)last->number,
		dash_when(last->started, when));
	describe_end(last, &text);
	pen_write(pen, last->state == SYNC_FAILED ? DRAW_ERROR : DRAW_NORMAL, text.data);
	buf_clear(&text);
}

static void write_hits(const struct sync *held, struct pen *pen)
{
	char line[400], text[420];
	size_t i;

	for (i = 0; i < held->hit_count && i < HITS_SHOWN; i++) {
		hold_describe(&held->hits[i], line, sizeof(line));
		snprintf(text, sizeof(text), "%s %s", draw_glyph(GLYPH_ERROR), line);
		pen_write(pen, DRAW_HELD, text);
	}
	if (held->hit_count > HITS_SHOWN) {
		snprintf(text, sizeof(text), "  and %zu more", held->hit_count - HITS_SHOWN);
		pen_write(pen, DRAW_HELD, text);
	}
}

static void write_held(const struct sync *held, struct pen *pen)
{
	char text[200], when[DASH_WHEN];

	snprintf(text, sizeof(text),
		"Sync %lld of %s waits for your decision. Nothing of it is in the hub.",
		(long long)held->number, dash_when(held->started, when));
	pen_write(pen, DRAW_TITLE, text);
	write_hits(held, pen);
}

static void write_missing(const struct overview *overview, struct pen *pen)
{
	char missing[200], text[300];

	dash_missing(overview->dash, missing, sizeof(missing));
	if (!overview->dash->app)
		snprintf(text, sizeof(text), "No app is set up yet.");
	else if (!dash_app(overview->dash))
		snprintf(text, sizeof(text),
			"There is no app \"%s\" in the settings (any more). What it brought "
			"stays "
			"in the hub.",
			overview->dash->app);
	else
		snprintf(text, sizeof(text), "It cannot run yet. Missing: %s.", missing);
	pen_write(pen, DRAW_WARNING, text);
}

static void write_running(struct overview *overview, struct pen *pen)
{
	struct watch *watch = &overview->dash->watch;
	char text[300];
	struct buf more;

	snprintf(text, sizeof(text),
		watch->cancelling  ? "The import was asked to stop. What it read is dropped."
		: watch->live.sync ? "The import of %s is running: sync %lld."
				   : "The import of %s is running.",
		overview->dash->app, (long long)watch->live.sync);
	pen_write(pen, DRAW_TITLE, text);
	progress_draw(&watch->bar, pen->y, pen->x, pen->width < 72 ? pen->width : 72);
	pen->y += watch->bar.total ? 2 : 1;
	watch_pause(watch, text, sizeof(text));
	pen_write(pen, DRAW_WARNING, text);
	buf_init(&more);
	watch_describe(watch, time(NULL), term_now(), &more);
	pen_write(pen, DRAW_DIM, more.data);
	buf_clear(&more);
}

static void write_state(struct overview *overview, struct pen *pen)
{
	const struct dash *dash = overview->dash;
	const struct sync *held = dash_held(dash);
	enum dash_state state = dash_state(dash);

	switch (state) {
	case DASH_UNKNOWN: pen_write(pen, DRAW_DIM, "Reading the hub ..."); return;
	case DASH_UNREADABLE: pen_write(pen, DRAW_ERROR, dash->now.err.text); return;
	case DASH_INCOMPLETE: write_missing(overview, pen); break;
	case DASH_RUNNING: write_running(overview, pen); return;
	case DASH_HELD: write_held(held, pen); return;
	case DASH_READY:
	case DASH_SUSPENDED:
	case DASH_FAILED: break;
	}
	/* Somebody else's, of another app: imports wait for each other. */
	if (*dash->watch.live.app && strcmp(dash->watch.live.app, dash->app ? dash->app : "")) {
		char text[400];

		snprintf(text, sizeof(text), "At work: %s.", dash->watch.live.who);
		pen_write(pen, DRAW_LINK, text);
	}
	if (dash->app)
		write_last(overview, pen);
}

/* The next run by schedule, and what the rollover does meanwhile. */
static void write_next(const struct overview *overview, struct pen *pen)
{
	const struct outlook *outlook = &overview->dash->now.outlook;
	const struct app *app = dash_app(overview->dash);
	enum rollover_kind kind;
	struct buf text;

	if (!app)
		return;
	buf_init(&text);
	for (kind = 0; kind < ROLLOVER_KINDS; kind++) {
		buf_reset(&text);
		rollover_describe(&app->rollover, kind, outlook->date, &text);
		if (outlook->rollover[kind])
			pen_write(pen, DRAW_WARNING, text.data);
	}
	buf_reset(&text);
	buf_adds(&text, "Next sync: ");
	outlook_describe_next(app, outlook, &text);
	buf_adds(&text, outlook->has_next ? "" : ".");
	pen_write(pen, DRAW_DIM, text.data);
	buf_clear(&text);
}

/* ---- buttons ------------------------------------------------------------------------------
 */

static void make_buttons(struct overview *overview)
{
	struct buttons *buttons = &overview->buttons;
	enum dash_state state = dash_state(overview->dash);
	int focused;

	buttons_begin(buttons, &focused);
	if (state == DASH_RUNNING && !overview->dash->watch.cancelling)
		buttons_add(buttons, BUTTON_CANCEL, "Cancel the import");
	if (state == DASH_INCOMPLETE)
		buttons_add(buttons, BUTTON_SET_UP, "Set it up");
	if (state == DASH_HELD)
		buttons_add(buttons, BUTTON_LOOK, "Look and decide");
	if (state == DASH_READY || state == DASH_FAILED || state == DASH_HELD ||
		state == DASH_SUSPENDED)
		buttons_add(buttons, BUTTON_RUN, "Run Import");
	if (state != DASH_HELD && state != DASH_RUNNING && dash_newest(overview->dash))
		buttons_add(buttons, BUTTON_LAST, "Show the last sync");
	buttons_end(buttons, focused);
}

static void write_buttons(struct overview *overview, struct pen *pen)
{
	struct buttons *buttons = &overview->buttons;

	make_buttons(overview);
	buttons_draw(buttons, pen->y, pen->x, pen->width, overview->dash->focus);
	pen->y += buttons_height(buttons, pen->width);
}

/* The step at which something is missing. */
static int first_missing(const struct dash *dash)
{
	const struct app *app = dash_app(dash);

	return app && !app_lacks(app) && !dash->now.secret_missing && app->terms.version
		       ? WIZARD_SCHOOLS
		       : WIZARD_DELIVERY;
}

static void press(struct overview *overview, int id)
{
	const struct sync *held = dash_held(overview->dash);
	const struct sync *last = dash_newest(overview->dash);

	switch (id) {
	case BUTTON_RUN: dash_run(overview->dash); break;
	case BUTTON_CANCEL: dash_ask_cancel(overview->dash); break;
	case BUTTON_SET_UP:
		dash_open_step(overview->dash, first_missing(overview->dash));
		break;
	case BUTTON_LOOK:
		if (held)
			dash_open_sync(overview->dash, held->number);
		break;
	case BUTTON_LAST:
		if (last)
			dash_open_sync(overview->dash, last->number);
		break;
	}
}

/* ---- the screen ---------------------------------------------------------------------------
 */

static void overview_draw(void *state, struct rect area)
{
	struct overview *overview = state;
	struct pen pen = {area.y - overview->scroll, area.x, area.width};
	struct rect before = draw_clip(area);
	bool roomy = area.height >= ROOMY_FROM;
	int end = area.y + area.height;

	if (!roomy) /* what can be done is seen first */
		write_buttons(overview, &pen);
	write_state(overview, &pen);
	if (roomy) {
		enum dash_state now = dash_state(overview->dash);

		if (now == DASH_READY || now == DASH_FAILED || now == DASH_SUSPENDED)
			write_next(overview, &pen);
		pen.y++;
		write_buttons(overview, &pen);
	}
	pen.y += roomy && end - pen.y > STOCK_LINES;
	if (overview->dash->version)
		stock_write(overview->dash, &pen, end);
	overview->scroll_most =
		pen.y + overview->scroll > end ? pen.y + overview->scroll - end : 0;
	if (overview->scroll > overview->scroll_most)
		overview->scroll = overview->scroll_most;
	if (overview->scroll > 0)
		draw_cut(area.y, area.x + area.width - 1, 1, DRAW_LINK,
			draw_glyph(GLYPH_MORE_ABOVE));
	if (overview->scroll < overview->scroll_most)
		draw_cut(end - 1, area.x + area.width - 1, 1, DRAW_LINK,
			draw_glyph(GLYPH_MORE_BELOW));
	draw_unclip(before);
}

static bool scroll_by(struct overview *overview, int lines)
{
	int to = overview->scroll + lines;

	to = to < 0 ? 0 : to > overview->scroll_most ? overview->scroll_most : to;
	if (to == overview->scroll)
		return false;
	overview->scroll = to;
	return true;
}

static enum screen_answer overview_key(void *state, const struct key *key)
{
	struct overview *overview = state;
	enum widget_answer answer;
	int id = -1;

	make_buttons(overview);
	answer = buttons_key(&overview->buttons, key, &id);
	if (answer == WIDGET_DONE)
		press(overview, id);
	if (answer == WIDGET_DONE || answer == WIDGET_TAKEN)
		return SCREEN_TAKEN;
	switch (key->code) {
	case K_UP:
	case K_WHEEL_UP: return scroll_by(overview, -1) ? SCREEN_TAKEN : SCREEN_IGNORED;
	case K_DOWN:
	case K_WHEEL_DOWN: scroll_by(overview, 1); return SCREEN_TAKEN;
	case K_PAGE_UP: scroll_by(overview, -5); return SCREEN_TAKEN;
	case K_PAGE_DOWN: scroll_by(overview, 5); return SCREEN_TAKEN;
	default: return SCREEN_IGNORED;
	}
}

static size_t overview_hints(void *state, struct hint *hints)
{
	struct overview *overview = state;
	size_t count = 0;

	make_buttons(overview);
	if (dash_state(overview->dash) == DASH_HELD)
		hints[count++] = (struct hint){"Enter", "Look and decide"};
	else if (overview->buttons.count)
		hints[count++] = (struct hint){"Enter", "Press"};
	hints[count++] = (struct hint){"Tab", "Next"};
	return count;
}

static void overview_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Overview\n"
		"How the app stands: ready, running, held, failed. Run Import reads everything "
		"from the source and compares it with the hub. What changed is taken over at "
		"once, or held when it is more than the sync hold threshold allows, or when "
		"every sync is to be looked at first. Nothing of a held sync is visible in the "
		"hub before it is approved. A failed or cancelled import changes nothing.");
}

const struct screen overview_screen = {
	.name = "overview",
	.title = "Overview",
	.open = overview_open,
	.close = free,
	.draw = overview_draw,
	.key = overview_key,
	.hints = overview_hints,
	.help = overview_help,
};
