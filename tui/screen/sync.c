/*
 * One sync: what it would change or has changed, which rules fired, per entity type and per
 * school, and, while it is held, the decision.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "filtered.h"
#include "screen/dash.h"
#include "screen/summary_rows.h"
#include "sync/hold.h"
#include "widget/buttons.h"
#include "widget/list.h"
#include "widget/words.h"

enum { BUTTON_APPROVE, BUTTON_NO_DELETIONS, BUTTON_REJECT, BUTTON_RULES };

enum { HITS_MOST = 4, LIST_LEAST = 4, ROOMY_FROM = 16, COMPACT_BELOW = 12 };

struct sync_screen {
	struct dash *dash;
	int64_t number;
	struct work work;
	struct sync_facts fresh; /* what it reads */
	struct summary_rows now; /* what was read */
	bool known;
	struct err err;
	unsigned version; /* of the dash, when it was read */
	struct list list;
	struct buttons buttons;
	bool in_list; /* else the buttons have the focus */
	bool told;    /* the top line is of what is known */
	bool covered; /* another screen lies over it */
};

/* ---- reading ------------------------------------------------------------------------------
 */

static int read_sync(struct work *work, void *arg, struct err *err)
{
	struct sync_screen *screen = arg;
	struct sync_facts *facts = &screen->fresh;
	struct store *store = store_open(screen->dash->state, err);
	int result = -1;

	(void)work;
	sync_init(&facts->sync);
	if (store && !history_get(store, screen->number, &facts->sync, err) &&
		!history_schools(
			store, screen->number, &facts->schools, &facts->school_count, err))
		result = 0;
	store_close(store);
	return result;
}

static void begin(struct sync_screen *screen)
{
	screen->version = screen->dash->version;
	sync_facts_clear(&screen->fresh);
	work_begin(&screen->work, shell_wake(screen->dash->shell), read_sync, screen);
}

static void take(struct sync_screen *screen)
{
	bool was_held = screen->known && screen->now.facts.sync.state == SYNC_HELD;
	struct err err = {0};
	int result;

	if (!work_take(&screen->work, &result, &err))
		return;
	screen->err = err;
	if (result)
		return;
	summary_rows_take(&screen->now, &screen->fresh);
	if (screen->known) {
		list_refresh(&screen->list);
		/* No button of a decision may be where another one was. */
		if (was_held && screen->now.facts.sync.state != SYNC_HELD)
			screen->in_list = true;
	} else {
		screen->known = true;
		screen->in_list = screen->now.facts.sync.state != SYNC_HELD;
		if (screen->now.count)
			list_select(&screen->list, summary_source.id(&screen->now, 0));
	}
}

/* ---- the rows -----------------------------------------------------------------------------
 */

static void open_changes(struct sync_screen *screen, enum entity entity)
{
	screen->covered = true;
	dash_open_changes(screen->dash, screen->number, entity, CHANGE_NONE);
}

static void show_school(struct sync_screen *screen, const struct school_counts *school)
{
	struct buf text;

	buf_init(&text);
	summary_describe_school(school, &text);
	shell_tell(
		screen->dash->shell, school->name ? school->name : school->school, text.data);
	buf_clear(&text);
}

static void open_row(struct sync_screen *screen)
{
	const struct summary_row *row;

	if (screen->list.row >= screen->now.count)
		return;
	row = &screen->now.rows[screen->list.row];
	if (summary_row_is_heading(row))
		return;
	if (row->entity == ENTITY_NONE)
		show_school(screen, &screen->now.facts.schools[row->school]);
	else if (!summary_changes(&row->counts))
		shell_say(screen->dash->shell, DRAW_NORMAL, "%s: nothing changes.",
			dash_title(row->entity));
	else if (screen->now.facts.sync.state == SYNC_REJECTED)
		shell_say(screen->dash->shell, DRAW_WARNING,
			"It was rejected: its changes are gone, only their numbers are kept.");
	else
		open_changes(screen, row->entity);
}

/* ---- above the list ------------------------------------------------------------------------
 */

static bool is_held(const struct sync_screen *screen)
{
	return screen->known && screen->now.facts.sync.state == SYNC_HELD &&
	       !decision_running(&screen->dash->decision);
}

static void make_buttons(struct sync_screen *screen)
{
	const struct counts sum = dash_sum(screen->now.facts.sync.counts);
	struct buttons *buttons = &screen->buttons;
	int focused;

	buttons_begin(buttons, &focused);
	if (is_held(screen)) {
		buttons_add(buttons, BUTTON_APPROVE, "Approve");
		if (sum.changed[CHANGE_DELETED] &&
			sum.changed[CHANGE_CREATED] + sum.changed[CHANGE_UPDATED])
			buttons_add(buttons, BUTTON_NO_DELETIONS, "Approve without deletions");
		buttons_add(buttons, BUTTON_REJECT, "Reject");
	}
	if (screen->known && screen->now.facts.sync.hit_count > 1)
		buttons_add(buttons, BUTTON_RULES, "All rules");
	buttons_end(buttons, focused);
	if (!buttons->count)
		screen->in_list = true;
}

static void describe(const struct sync_screen *screen, struct buf *out)
{
	const struct sync *sync = &screen->now.facts.sync;
	char when[DASH_WHEN];

	switch (sync->state) {
	case SYNC_HELD:
		buf_adds(
			out, decision_running(&screen->dash->decision)
				     ? "The decision is being written ..."
				     : "It waits for a decision. Nothing of it is in the hub.");
		break;
	case SYNC_ACCEPTED: buf_adds(out, "It was accepted; the hub has it."); break;
	case SYNC_UNCHANGED: buf_adds(out, "It found nothing new."); break;
	case SYNC_REJECTED:
		buf_adds(out, "It was rejected; nothing of it came into the hub.");
		break;
	case SYNC_RUNNING: buf_adds(out, "It is running."); break;
	case SYNC_FAILED:
		buf_addf(out, "It failed, and changed nothing: %s",
			sync->error ? sync->error : "");
		break;
	}
	if (sync->decided_by)
		buf_addf(out, " Decided by %s, %s%s%s%s", sync->decided_by,
			dash_when(sync->decided, when),
			sync->without_deletions ? ", without deletions" : "",
			sync->reason ? ": " : ".", sync->reason ? sync->reason : "");
	filtered_add(sync, " ", out);
}

static int draw_hits(const struct sync_screen *screen, struct rect area, int most)
{
	const struct sync *sync = &screen->now.facts.sync;
	int room = (int)sync->hit_count < most ? (int)sync->hit_count : most, i;
	char line[400];

	for (i = 0; i < room; i++) {
		if (i == most - 1 && (int)sync->hit_count > most) {
			draw_textf(area.y + i, area.x, area.width, DRAW_HELD,
				"  and %zu more: see All rules", sync->hit_count - (size_t)i);
			break;
		}
		hold_describe(&sync->hits[i], line, sizeof(line));
		draw_textf(area.y + i, area.x, area.width, DRAW_HELD, "%s %s",
			draw_glyph(GLYPH_ERROR), line);
	}
	return room;
}

static int draw_head(struct sync_screen *screen, struct rect area)
{
	const struct sync *sync = &screen->now.facts.sync;
	int y = area.y, room, used;
	char when[DASH_WHEN];
	struct buf text;

	used = draw_textf(y, area.x, area.width, DRAW_TITLE,
		"Sync %lld of %s: ", (long long)sync->number, sync->app ? sync->app : "");
	draw_text(y, area.x + used, area.width - used, dash_sync_role(sync->state),
		sync_state_name(sync->state));
	if (area.width >= 60)
		draw_right(y, area.x + area.width - 16, 16, DRAW_DIM,
			dash_when(sync->started, when));
	y++;
	buf_init(&text);
	describe(screen, &text);
	y += draw_wrapped((struct rect){y, area.x, 3, area.width}, 0, DRAW_NORMAL, text.data);
	buf_clear(&text);
	room = area.height - (y - area.y) -
	       (area.height < COMPACT_BELOW ? buttons_height(&screen->buttons, area.width)
					    : LIST_LEAST + 2);
	if (room > 0 && sync->hit_count)
		y += draw_hits(screen, (struct rect){y, area.x, room, area.width},
			room < HITS_MOST ? room : HITS_MOST);
	return y;
}

/* ---- the screen ---------------------------------------------------------------------------
 */

static void say_where(const struct sync_screen *screen)
{
	char where[160];

	snprintf(where, sizeof(where), "%s > sync %lld", screen->dash->app,
		(long long)screen->number);
	shell_where(screen->dash->shell, where);
	screen->dash->on_top = false;
	if (screen->known)
		shell_status(screen->dash->shell, dash_sync_role(screen->now.facts.sync.state),
			"%s", sync_state_name(screen->now.facts.sync.state));
}

struct opening {
	struct dash *dash;
	int64_t number;
};

static void *sync_open(struct shell *shell, void *arg)
{
	struct sync_screen *screen = mem_zero(1, sizeof(*screen));
	const struct opening *opening = arg;

	(void)shell;
	screen->dash = opening->dash;
	screen->number = opening->number;
	free(arg);
	summary_rows_init(&screen->now);
	list_init(
		&screen->list, &summary_source, &screen->now, summary_columns, SUMMARY_COLUMNS);
	begin(screen);
	say_where(screen);
	return screen;
}

static void sync_close(void *state)
{
	struct sync_screen *screen = state;

	work_stop(&screen->work);
	sync_facts_clear(&screen->fresh);
	summary_rows_clear(&screen->now);
	list_clear(&screen->list);
	free(screen);
}

static void draw_list(struct sync_screen *screen, struct rect area)
{
	screen->list.empty = "Nothing came.";
	list_draw(&screen->list, area, screen->in_list ? WIDGET_FOCUSED : WIDGET_BLURRED);
}

static void sync_draw(void *state, struct rect area)
{
	struct sync_screen *screen = state;
	int y, end = area.y + area.height;

	if (!screen->known) {
		draw_wrapped(area, 0, screen->err.code ? DRAW_ERROR : DRAW_DIM,
			screen->err.code ? screen->err.text : "Reading ...");
		return;
	}
	make_buttons(screen);
	if (area.height < COMPACT_BELOW && screen->in_list) {
		draw_list(screen, area);
		return;
	}
	y = draw_head(screen, area);
	y += area.height >= ROOMY_FROM && screen->buttons.count;
	buttons_draw(&screen->buttons, y, area.x, area.width,
		screen->in_list ? WIDGET_BLURRED : WIDGET_FOCUSED);
	y += buttons_height(&screen->buttons, area.width);
	if (area.height >= ROOMY_FROM) {
		y++;
		if (*screen->now.facts.sync.fingerprint)
			draw_textf(--end, area.x, area.width, DRAW_DIM, "Fingerprint %s",
				screen->now.facts.sync.fingerprint);
	}
	if (area.height >= COMPACT_BELOW)
		draw_list(screen, (struct rect){y, area.x, end - y, area.width});
}

static void show_rules(struct sync_screen *screen)
{
	const struct sync *sync = &screen->now.facts.sync;
	char line[400];
	struct buf text;
	size_t i;

	buf_init(&text);
	for (i = 0; i < sync->hit_count; i++) {
		hold_describe(&sync->hits[i], line, sizeof(line));
		buf_addf(&text, "%s%s", i ? "\n" : "", line);
	}
	shell_tell(screen->dash->shell, "Rules that fired", text.data);
	buf_clear(&text);
}

static void press(struct sync_screen *screen, int button)
{
	struct decision *decision = &screen->dash->decision;

	switch (button) {
	case BUTTON_APPROVE:
		decision_ask(decision, DECISION_APPROVE, &screen->now.facts.sync);
		break;
	case BUTTON_NO_DELETIONS:
		decision_ask(decision, DECISION_NO_DELETIONS, &screen->now.facts.sync);
		break;
	case BUTTON_REJECT:
		decision_ask(decision, DECISION_REJECT, &screen->now.facts.sync);
		break;
	case BUTTON_RULES: show_rules(screen); break;
	}
}

static enum screen_answer buttons_took(struct sync_screen *screen, const struct key *key)
{
	int button = -1;

	switch (buttons_key(&screen->buttons, key, &button)) {
	case WIDGET_DONE: press(screen, button); return SCREEN_TAKEN;
	case WIDGET_NEXT:
	case WIDGET_PREVIOUS: screen->in_list = true; return SCREEN_TAKEN;
	case WIDGET_IGNORED: break;
	default: return SCREEN_TAKEN;
	}
	if (key->code != K_DOWN && key->code != K_PAGE_DOWN)
		return SCREEN_IGNORED;
	screen->in_list = true;
	return SCREEN_TAKEN;
}

static enum screen_answer sync_key(void *state, const struct key *key)
{
	struct sync_screen *screen = state;
	enum widget_answer answer;

	make_buttons(screen);
	if (!screen->in_list)
		return buttons_took(screen, key);
	answer = list_key(&screen->list, key, term_now());
	if (answer == WIDGET_DONE)
		open_row(screen);
	if (answer != WIDGET_IGNORED)
		return SCREEN_TAKEN;
	if (key->code == K_TAB || key->code == K_BACKTAB || key->code == K_UP) {
		screen->in_list = !screen->buttons.count;
		if (screen->buttons.count)
			screen->buttons.at =
				key->code == K_BACKTAB ? screen->buttons.count - 1 : 0;
		return SCREEN_TAKEN;
	}
	return SCREEN_IGNORED;
}

static void sync_tick(void *state, int64_t now)
{
	struct sync_screen *screen = state;
	enum sync_state before = screen->now.facts.sync.state;

	(void)now;
	take(screen);
	if (!work_running(&screen->work) && screen->version != screen->dash->version)
		begin(screen);
	if (screen->known && before != screen->now.facts.sync.state)
		screen->told = false;
	if (screen->known && !screen->told && !screen->covered) {
		screen->told = true;
		say_where(screen);
	}
}

static void sync_shown(void *state)
{
	struct sync_screen *screen = state;

	screen->covered = false;
	say_where(screen);
}

static size_t sync_hints(void *state, struct hint *hints)
{
	const struct sync_screen *screen = state;
	size_t count = 0;

	hints[count++] = (struct hint){"Enter", screen->in_list ? "Show the changes" : "Press"};
	hints[count++] = (struct hint){"Tab", "Buttons or list"};
	hints[count++] = (struct hint){"Esc", "Back"};
	return count;
}

static void sync_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Significant Changes Summary\n"
		"What this sync changes, per entity type and, below, per school; those that "
		"lose "
		"most come first. The lines with a mark say which rule held it, with its "
		"numbers. "
		"Enter on an entity type shows the records and, for each, old and new "
		"values.\n\n"
		"Approve takes over all of it, exactly as shown; the decision names the "
		"fingerprint below. Approve without deletions takes over what is new and "
		"changed "
		"and keeps in the hub what would go. Reject drops all of it. If the hub or the "
		"settings changed since it ran, a decision is refused: run the import again.");
}

static const struct screen sync_screen = {
	.name = "sync",
	.title = "Sync",
	.open = sync_open,
	.close = sync_close,
	.draw = sync_draw,
	.key = sync_key,
	.tick = sync_tick,
	.shown = sync_shown,
	.hints = sync_hints,
	.help = sync_help,
};

void dash_open_sync(struct dash *dash, int64_t number)
{
	struct opening *opening = mem_zero(1, sizeof(*opening));

	opening->dash = dash;
	opening->number = number;
	shell_push(dash->shell, &sync_screen, opening);
}
