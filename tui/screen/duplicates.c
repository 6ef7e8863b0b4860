/*
 * The tab Duplicates: records of this app that a domain of uniqueness takes for the same one,
 * what was decided of them, and deciding. A decision is a rule of the hub: it is written to the
 * settings at once, and takes effect with the next import.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "resolve.h"
#include "screen/dash.h"
#include "screen/rows.h"
#include "settings/duplicate_rules.h"
#include "settings/settings_file.h"
#include "sync/pairs.h"
#include "term/term.h"

enum { DIFFERENCES = 8, LOW = 8 };

enum answer { MERGE_FIRST, MERGE_OTHER, KEEP, SKIP_FIRST, SKIP_OTHER, FORGET, ANSWERS };

/* What the worker does: first decides, where there is something to decide, then reads. */
struct job {
	struct work work;
	char *config, *state, *app; /* owned, as all here */
	bool decides;
	enum answer answer;
	enum entity entity;
	char *id, *other;
	struct pairs pairs;
	struct rules rules; /* of the hub */
};

struct duplicates {
	struct dash *dash;
	struct job job;
	struct pairs pairs; /* as read last */
	struct rules rules;
	bool known;
	struct err err;
	unsigned version; /* of the dash */
	struct list list;
	char *labels[ANSWERS]; /* owned: of the menu that is open */
	enum answer answers[ANSWERS];
	size_t asked; /* pair */
};

/* ---- in the thread ---- */

static int decide(const struct job *job, struct err *err)
{
	bool swapped = job->answer == MERGE_OTHER || job->answer == SKIP_OTHER;
	struct resolution resolution = {job->answer == FORGET ? RESOLVE_FORGET : RESOLVE_SET,
		job->answer == KEEP                                      ? DUPLICATE_KEEP
		: job->answer == SKIP_FIRST || job->answer == SKIP_OTHER ? DUPLICATE_SKIP
									 : DUPLICATE_MERGE,
		job->entity, swapped ? job->other : job->id, swapped ? job->id : job->other};

	return resolve(job->config, job->state, &resolution, err);
}

static int run(struct work *work, void *arg, struct err *err)
{
	struct job *job = arg;
	struct settings settings;
	int result = job->decides ? decide(job, err) : 0;

	settings_init(&settings);
	if (!result)
		result = settings_file_read(job->config, &settings, err);
	if (!result) {
		rules_copy(&job->rules, &settings.rules);
		result = pairs_load(
			&job->pairs, job->state, job->app, &job->rules, &work->cancel, err);
	}
	settings_clear(&settings);
	return result;
}

static void job_clear(struct job *job)
{
	work_stop(&job->work);
	pairs_clear(&job->pairs);
	rules_clear(&job->rules);
	free(job->config);
	free(job->state);
	free(job->app);
	free(job->id);
	free(job->other);
	memset(job, 0, sizeof(*job));
}

static void begin(struct duplicates *screen)
{
	struct job *job = &screen->job;
	const struct dash *dash = screen->dash;

	job->config = mem_strdup(dash->config);
	job->state = mem_strdup(dash->state);
	job->app = mem_strdup(dash->app);
	screen->version = dash->version;
	work_begin(&job->work, shell_wake(dash->shell), run, job);
}

/* ---- rows ---- */

static size_t rows(void *data)
{
	return ((struct duplicates *)data)->pairs.count;
}

static uint64_t row_id(void *data, size_t row)
{
	(void)data;
	return row;
}

/* "Lopez, Maria (S-1)" */
static void describe(const char *id, const struct record *record, struct buf *out)
{
	size_t before = out->used;

	if (record)
		pair_name(record, out);
	if (id)
		buf_addf(out, out->used > before ? " (%s)" : "%s", id);
}

static void row_cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	const struct duplicates *screen = data;
	const struct pair *pair = &screen->pairs.list[row];
	const struct rule *rule = pair_resolution(pair, &screen->rules);
	struct buf text;

	buf_init(&text);
	if (column == 0)
		buf_adds(&text, rule ? "resolved" : "open");
	else if (column == 1)
		buf_adds(&text, entity_name(pair->entity));
	else if (column == 2)
		describe(pair->id, pair->record, &text);
	else if (column == 3)
		describe(pair->other, pair->other_record, &text);
	else if (pair->domain)
		buf_adds(&text, pair->domain);
	snprintf(cell->text, sizeof(cell->text), "%s", text.data);
	cell->role = rule ? DRAW_DIM : column ? DRAW_NORMAL : DRAW_WARNING;
	buf_clear(&text);
}

static const struct list_source source = {.count = rows, .id = row_id, .cell = row_cell};
static const struct list_column columns[] = {{"State", 8, 0, 0, LIST_LEFT},
	{"Type", 8, 2, 0, LIST_LEFT}, {"Record", 20, 0, 2, LIST_LEFT},
	{"Other record", 20, 0, 2, LIST_LEFT}, {"Same", 10, 1, 1, LIST_LEFT}};

/* ---- the screen ---- */

static void *duplicates_open(struct shell *shell, void *arg)
{
	struct duplicates *screen = mem_zero(1, sizeof(*screen));

	(void)shell;
	screen->dash = arg;
	list_init(&screen->list, &source, screen, columns, 5);
	if (screen->dash->app)
		begin(screen);
	return screen;
}

static void clear_labels(struct duplicates *screen)
{
	size_t i;

	for (i = 0; i < ANSWERS; i++)
		mem_replace(&screen->labels[i], NULL);
}

static void duplicates_close(void *state)
{
	struct duplicates *screen = state;

	job_clear(&screen->job);
	pairs_clear(&screen->pairs);
	rules_clear(&screen->rules);
	list_clear(&screen->list);
	clear_labels(screen);
	free(screen);
}

static const char *nothing(const struct duplicates *screen)
{
	if (screen->err.code)
		return screen->err.text;
	if (!screen->known)
		return screen->dash->app ? "Reading ..." : "There is no app yet.";
	return "No duplicates: no two records of this app have the same value in a domain of "
	       "uniqueness (Settings, step 6), as far as the last import went.";
}

/* Below the list: what was decided of the row, in full. */
static void draw_about(const struct duplicates *screen, struct rect area)
{
	const struct pair *pair = &screen->pairs.list[screen->list.row];
	const struct rule *rule = pair_resolution(pair, &screen->rules);
	struct buf text;

	buf_init(&text);
	if (rule) {
		duplicate_rules_tell(rule, &text);
		buf_adds(&text, ", from the next import on. Enter can take it back.");
	} else {
		buf_adds(&text,
			"Both come in until it is resolved. Enter resolves it; nothing changes "
			"before the next import.");
	}
	draw_wrapped(area, 0, DRAW_DIM, text.data);
	buf_clear(&text);
}

static void duplicates_draw(void *state, struct rect area)
{
	struct duplicates *screen = state;
	struct rect about = area;

	screen->list.empty = nothing(screen);
	if (area.height >= LOW && screen->list.row < screen->pairs.count) {
		about.height = 2;
		about.y += area.height - about.height;
		area.height -= about.height;
		draw_about(screen, about);
	}
	list_draw(&screen->list, area, screen->dash->focus);
}

static void answer_pair(void *arg, struct dialog *dialog, int answer)
{
	struct duplicates *screen = arg;
	const struct pair *pair;

	(void)dialog;
	if (answer >= 0 && screen->asked < screen->pairs.count &&
		!work_running(&screen->job.work)) {
		pair = &screen->pairs.list[screen->asked];
		screen->job.decides = true;
		screen->job.answer = screen->answers[answer];
		screen->job.entity = pair->entity;
		screen->job.id = mem_strdup(pair->id);
		screen->job.other = mem_strdup(pair->other);
		begin(screen);
	}
	clear_labels(screen);
}

static void add_differences(const struct pair *pair, struct buf *text)
{
	struct difference differences[DIFFERENCES];
	char before[ROWS_TEXT], after[ROWS_TEXT];
	size_t count, i;

	if (!pair->record || !pair->other_record)
		return;
	count = record_compare(pair->record, pair->other_record, differences, DIFFERENCES);
	if (count)
		buf_adds(text, "\n");
	for (i = 0; i < count && i < DIFFERENCES; i++) {
		rows_value(differences[i].before, before, sizeof(before));
		rows_value(differences[i].after, after, sizeof(after));
		buf_addf(text, "\n%s: %s | %s", differences[i].name, before, after);
	}
	if (count > DIFFERENCES)
		buf_addf(text, "\nand %zu more", count - DIFFERENCES);
}

static void add_label(struct duplicates *screen, size_t *count, enum answer answer, char *label)
{
	screen->answers[*count] = answer;
	screen->labels[(*count)++] = label;
}

/* The rows of the menu; returns how many. */
static size_t make_labels(struct duplicates *screen, const struct pair *pair)
{
	const char *id = pair->id, *other = pair->other;
	size_t count = 0;

	clear_labels(screen);
	if (pair_resolution(pair, &screen->rules))
		add_label(screen, &count, FORGET, mem_strdup("Take the decision back"));
	if (other) {
		add_label(screen, &count, MERGE_FIRST,
			mem_printf("Merge: %s stays, %s becomes part of it", other, id));
		add_label(screen, &count, MERGE_OTHER,
			mem_printf("Merge: %s stays, %s becomes part of it", id, other));
		add_label(screen, &count, KEEP, mem_strdup("Keep both"));
		add_label(screen, &count, SKIP_OTHER, mem_printf("Leave out %s", other));
	}
	add_label(screen, &count, SKIP_FIRST, mem_printf("Leave out %s", id));
	return count;
}

/* The cursor is not on what merges or leaves out. */
static size_t harmless(const struct duplicates *screen, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (screen->answers[i] == KEEP || screen->answers[i] == FORGET)
			return i;
	return 0;
}

static void ask(struct duplicates *screen)
{
	const struct pair *pair = &screen->pairs.list[screen->list.row];
	size_t count = make_labels(screen, pair);
	struct dialog dialog;
	struct buf text;

	buf_init(&text);
	if (pair->domain)
		buf_addf(&text, "The same %s, by the domain \"%s\":\n\n",
			entity_name(pair->entity), pair->domain);
	describe(pair->id, pair->record, &text);
	if (pair->other) {
		buf_adds(&text, "\n");
		describe(pair->other, pair->other_record, &text);
		add_differences(pair, &text);
	}
	screen->asked = screen->list.row;
	dialog_menu(&dialog, "Duplicate", text.data, (const char *const *)screen->labels, count,
		harmless(screen, count));
	shell_ask(screen->dash->shell, &dialog, answer_pair, screen);
	buf_clear(&text);
}

static enum screen_answer duplicates_key(void *state, const struct key *key)
{
	struct duplicates *screen = state;
	enum widget_answer answer = list_key(&screen->list, key, term_now());

	if (answer == WIDGET_DONE && screen->list.row < screen->pairs.count) {
		if (work_running(&screen->job.work))
			shell_say(screen->dash->shell, DRAW_NORMAL, "One moment: reading.");
		else
			ask(screen);
	}
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

/* What was decided is told, with the way on. */
static void tell(const struct duplicates *screen)
{
	struct shell *shell = screen->dash->shell;

	if (screen->err.code)
		shell_say(shell, DRAW_ERROR, "%s", screen->err.text);
	else
		shell_say(shell, DRAW_OK,
			"%s It takes effect with the next import: F5 runs it.",
			screen->job.answer == FORGET ? "Taken back." : "Remembered.");
}

static void take(struct duplicates *screen, int result)
{
	struct job *job = &screen->job;

	screen->known = true;
	if (!result) {
		screen->err = (struct err){0};
		pairs_clear(&screen->pairs);
		screen->pairs = job->pairs;
		job->pairs = (struct pairs){NULL};
		rules_copy(&screen->rules, &job->rules);
		list_refresh(&screen->list);
	}
	if (job->decides) {
		tell(screen);
		if (screen->pairs.count)
			screen->err = (struct err){0};
		dash_reload(screen->dash);
	}
	job_clear(job);
}

static void duplicates_tick(void *state, int64_t now)
{
	struct duplicates *screen = state;
	int result;

	(void)now;
	if (work_take(&screen->job.work, &result, &screen->err))
		take(screen, result);
	if (screen->version != screen->dash->version && screen->dash->app &&
		!work_running(&screen->job.work))
		begin(screen);
}

static size_t duplicates_hints(void *state, struct hint *hints)
{
	const struct duplicates *screen = state;

	if (!screen->pairs.count)
		return 0;
	hints[0] = (struct hint){"Enter", "Resolve"};
	return 1;
}

static void duplicates_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Duplicates\n"
		"Pairs of records of this app that have the same value in a domain of "
		"uniqueness, as the last import found them. They are never merged by "
		"themselves: both come in until somebody decides. Enter shows both, with what "
		"differs, and asks:\n\n"
		"Merge      one becomes part of the other, whose id stays; its enrollments go "
		"along\n"
		"Keep both  they are two, and are not listed again\n"
		"Leave out  this one does not come in\n\n"
		"A decision is remembered, and can be taken back here. It changes nothing by "
		"itself: the next import (F5) shows what it does, and holds it like any other "
		"change.");
}

const struct screen duplicates_screen = {
	.name = "duplicates",
	.title = "Duplicates",
	.open = duplicates_open,
	.close = duplicates_close,
	.draw = duplicates_draw,
	.key = duplicates_key,
	.tick = duplicates_tick,
	.hints = duplicates_hints,
	.help = duplicates_help,
};
