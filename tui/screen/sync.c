/*
 * One sync: what it would change or has changed, which rules fired, per entity type and per
 * school, and, while it is held, the decision.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "sync/hold.h"
#include "widget/buttons.h"
#include "widget/list.h"
#include "widget/words.h"

enum { BUTTON_APPROVE, BUTTON_NO_DELETIONS, BUTTON_REJECT, BUTTON_RULES };

enum { HITS_MOST = 4, LIST_LEAST = 4, ROOMY_FROM = 16, COMPACT_BELOW = 12 };

/* In the place of a school's index. */
#define HEADING_SCHOOLS SIZE_MAX
#define HEADING_UNCHANGED (SIZE_MAX - 1)

/* What a row of the list is of. */
struct line {
	enum entity entity; /* ENTITY_NONE: a school, or a heading */
	size_t school;      /* index, or HEADING_ */
	struct counts counts;
};

/* What a worker reads. */
struct sync_facts {
	struct sync sync;
	struct school_counts *schools; /* owned; those that change come first */
	size_t school_count;
};

struct sync_screen {
	struct dash *dash;
	int64_t number;
	struct work work;
	struct sync_facts fresh, now;
	bool known;
	struct err err;
	unsigned version;   /* of the dash, when it was read */
	struct line *lines; /* owned */
	size_t count;
	struct list list;
	struct buttons buttons;
	bool in_list; /* else the buttons have the focus */
	bool told;    /* the top line is of what is known */
	bool covered; /* another screen lies over it */
};

static const struct list_column columns[] = {
	{"Entity type or school", 22, 0, 1, LIST_LEFT},
	{"Created", 8, 1, 0, LIST_RIGHT},
	{"Updated", 8, 1, 0, LIST_RIGHT},
	{"Deleted", 8, 0, 0, LIST_RIGHT},
	{"Unchanged", 9, 3, 0, LIST_RIGHT},
	{"After", 9, 2, 0, LIST_RIGHT},
};

/* ---- reading ------------------------------------------------------------------------------
 */

static void facts_clear(struct sync_facts *facts)
{
	sync_clear(&facts->sync);
	school_counts_free(facts->schools, facts->school_count);
	memset(facts, 0, sizeof(*facts));
}

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
	facts_clear(&screen->fresh);
	work_begin(&screen->work, shell_wake(screen->dash->shell), read_sync, screen);
}

static int64_t changes_of(const struct counts *counts)
{
	return counts->changed[CHANGE_CREATED] + counts->changed[CHANGE_UPDATED] +
	       counts->changed[CHANGE_DELETED];
}

static void add_line(struct sync_screen *screen, struct line line)
{
	screen->lines = mem_grow(screen->lines, screen->count + 1, sizeof(*screen->lines));
	screen->lines[screen->count++] = line;
}

/* Most deletions first, then most changes. */
static int compare_schools(const void *a, const void *b)
{
	const struct line *one = a, *two = b;
	int64_t by = two->counts.changed[CHANGE_DELETED] - one->counts.changed[CHANGE_DELETED];

	if (!by)
		by = changes_of(&two->counts) - changes_of(&one->counts);
	return by < 0 ? -1 : by > 0;
}

static void add_heading(struct sync_screen *screen, size_t which)
{
	add_line(screen, (struct line){ENTITY_NONE, which, {.unchanged = 0}});
}

static void add_schools(struct sync_screen *screen)
{
	size_t first = screen->count, i;

	for (i = 0; i < screen->now.school_count; i++) {
		const struct counts sum = dash_sum(screen->now.schools[i].counts);

		if (!changes_of(&sum))
			continue;
		if (first == screen->count)
			add_heading(screen, HEADING_SCHOOLS);
		add_line(screen, (struct line){ENTITY_NONE, i, sum});
	}
	if (screen->count > first)
		qsort(screen->lines + first + 1, screen->count - first - 1,
			sizeof(*screen->lines), compare_schools);
}

/* What changes comes first; what does not stands at the end. */
static void make_lines(struct sync_screen *screen)
{
	const struct counts *counts = screen->now.sync.counts;
	size_t before;
	enum entity e;

	screen->count = 0;
	for (e = 0; e < ENTITY_COUNT; e++)
		if (changes_of(&counts[e]))
			add_line(screen, (struct line){e, 0, counts[e]});
	add_schools(screen);
	before = screen->count;
	for (e = 0; e < ENTITY_COUNT; e++) {
		if (changes_of(&counts[e]) || !counts_total(&counts[e]))
			continue;
		if (screen->count == before && before)
			add_heading(screen, HEADING_UNCHANGED);
		add_line(screen, (struct line){e, 0, counts[e]});
	}
}

static uint64_t id(void *data, size_t row);

static void take(struct sync_screen *screen)
{
	bool was_held = screen->known && screen->now.sync.state == SYNC_HELD;
	struct err err = {0};
	int result;

	if (!work_take(&screen->work, &result, &err))
		return;
	screen->err = err;
	if (result)
		return;
	facts_clear(&screen->now);
	screen->now = screen->fresh;
	memset(&screen->fresh, 0, sizeof(screen->fresh));
	make_lines(screen);
	if (screen->known) {
		list_refresh(&screen->list);
		/* No button of a decision may be where another one was. */
		if (was_held && screen->now.sync.state != SYNC_HELD)
			screen->in_list = true;
	} else {
		screen->known = true;
		screen->in_list = screen->now.sync.state != SYNC_HELD;
		if (screen->count)
			list_select(&screen->list, id(screen, 0));
	}
}

/* ---- the list -----------------------------------------------------------------------------
 */

static size_t count(void *data)
{
	return ((struct sync_screen *)data)->count;
}

static uint64_t id(void *data, size_t row)
{
	const struct line *line = &((struct sync_screen *)data)->lines[row];

	return (uint64_t)line->entity << 32 | (uint32_t)line->school;
}

static bool is_heading(const struct line *line)
{
	return line->entity == ENTITY_NONE && line->school >= HEADING_UNCHANGED;
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	static const enum draw_role roles[] = {DRAW_OK, DRAW_WARNING, DRAW_ERROR};
	const struct sync_screen *screen = data;
	const struct line *line = &screen->lines[row];
	bool heading = is_heading(line);
	int64_t number = column == 0   ? 0
			 : column <= 3 ? line->counts.changed[column - 1]
			 : column == 4 ? line->counts.unchanged
				       : counts_total(&line->counts);
	char text[WORDS_SIZE];

	if (!column) {
		snprintf(out->text, sizeof(out->text), "%s",
			heading ? line->school == HEADING_SCHOOLS ? "In these schools:"
								  : "Nothing changes in:"
			: line->entity < ENTITY_NONE ? dash_title(line->entity)
			: screen->now.schools[line->school].name
				? screen->now.schools[line->school].name
				: screen->now.schools[line->school].school);
		out->role = heading ? DRAW_DIM : DRAW_NORMAL;
		return;
	}
	if (heading)
		return;
	snprintf(out->text, sizeof(out->text), "%s", words_number((uint64_t)number, text));
	if (column <= 3 && number)
		out->role = roles[column - 1];
}

static const struct list_source source = {.count = count, .id = id, .cell = cell};

static void show_school(struct sync_screen *screen, const struct school_counts *school)
{
	char created[WORDS_SIZE], updated[WORDS_SIZE], deleted[WORDS_SIZE], after[WORDS_SIZE];
	struct buf text;
	enum entity e;

	buf_init(&text);
	for (e = 0; e < ENTITY_COUNT; e++) {
		const struct counts *counts = &school->counts[e];

		if (!changes_of(counts))
			continue;
		buf_addf(&text, "%s%s: %s created, %s updated, %s deleted; %s after",
			text.used ? "\n" : "", dash_title(e),
			words_number((uint64_t)counts->changed[CHANGE_CREATED], created),
			words_number((uint64_t)counts->changed[CHANGE_UPDATED], updated),
			words_number((uint64_t)counts->changed[CHANGE_DELETED], deleted),
			words_number((uint64_t)counts_total(counts), after));
	}
	shell_tell(
		screen->dash->shell, school->name ? school->name : school->school, text.data);
	buf_clear(&text);
}

static void open_changes(struct sync_screen *screen, enum entity entity)
{
	screen->covered = true;
	dash_open_changes(screen->dash, screen->number, entity, CHANGE_NONE);
}

static void open_line(struct sync_screen *screen)
{
	const struct line *line;

	if (screen->list.row >= screen->count)
		return;
	line = &screen->lines[screen->list.row];
	if (is_heading(line))
		return;
	if (line->entity == ENTITY_NONE)
		show_school(screen, &screen->now.schools[line->school]);
	else if (!changes_of(&line->counts))
		shell_say(screen->dash->shell, DRAW_NORMAL, "%s: nothing changes.",
			dash_title(line->entity));
	else if (screen->now.sync.state == SYNC_REJECTED)
		shell_say(screen->dash->shell, DRAW_WARNING,
			"It was rejected: its changes are gone, only their numbers are kept.");
	else
		open_changes(screen, line->entity);
}

/* ---- above the list ------------------------------------------------------------------------
 */

static bool is_held(const struct sync_screen *screen)
{
	return screen->known && screen->now.sync.state == SYNC_HELD &&
	       !decision_running(&screen->dash->decision);
}

static void make_buttons(struct sync_screen *screen)
{
	const struct counts sum = dash_sum(screen->now.sync.counts);
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
	if (screen->known && screen->now.sync.hit_count > 1)
		buttons_add(buttons, BUTTON_RULES, "All rules");
	buttons_end(buttons, focused);
	if (!buttons->count)
		screen->in_list = true;
}

static void describe(const struct sync_screen *screen, struct buf *out)
{
	const struct sync *sync = &screen->now.sync;
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
}

static int draw_hits(const struct sync_screen *screen, struct rect area, int most)
{
	const struct sync *sync = &screen->now.sync;
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
	const struct sync *sync = &screen->now.sync;
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
		shell_status(screen->dash->shell, dash_sync_role(screen->now.sync.state), "%s",
			sync_state_name(screen->now.sync.state));
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
	list_init(&screen->list, &source, screen, columns, sizeof(columns) / sizeof(*columns));
	begin(screen);
	say_where(screen);
	return screen;
}

static void sync_close(void *state)
{
	struct sync_screen *screen = state;

	work_stop(&screen->work);
	facts_clear(&screen->fresh);
	facts_clear(&screen->now);
	list_clear(&screen->list);
	free(screen->lines);
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
		if (*screen->now.sync.fingerprint)
			draw_textf(--end, area.x, area.width, DRAW_DIM, "Fingerprint %s",
				screen->now.sync.fingerprint);
	}
	if (area.height >= COMPACT_BELOW)
		draw_list(screen, (struct rect){y, area.x, end - y, area.width});
}

static void show_rules(struct sync_screen *screen)
{
	const struct sync *sync = &screen->now.sync;
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
	case BUTTON_APPROVE: decision_ask(decision, DECISION_APPROVE, &screen->now.sync); break;
	case BUTTON_NO_DELETIONS:
		decision_ask(decision, DECISION_NO_DELETIONS, &screen->now.sync);
		break;
	case BUTTON_REJECT: decision_ask(decision, DECISION_REJECT, &screen->now.sync); break;
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
		open_line(screen);
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
	enum sync_state before = screen->now.sync.state;

	(void)now;
	take(screen);
	if (!work_running(&screen->work) && screen->version != screen->dash->version)
		begin(screen);
	if (screen->known && before != screen->now.sync.state)
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
