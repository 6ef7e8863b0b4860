/*
 * Step 2, Schools Mapping: a slider for every school that the source shows, and as which school
 * of the hub it comes in. The list is fetched in the background; what is chosen goes into the
 * draft at once.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rules/school_plan.h"
#include "screen/school_picker.h"
#include "shell.h"
#include "source/url.h"
#include "sync/school_view.h"
#include "widget/tabs.h"
#include "widget/toggle.h"
#include "widget/words.h"
#include "wizard.h"
#include "work.h"

enum place { PLACE_LIST, PLACE_AUTO, PLACE_FILTER, PLACES };
enum { FILTERS = 4, LOW = 8 }; /* lines below which the button is left out */

/* What the thread works on: nothing of it is the draft's. */
struct fetch {
	struct work work;
	char *state;              /* owned */
	struct settings settings; /* a copy of the app */
	struct secret secret;
	struct school_lists lists;
};

struct schools {
	struct shell *shell;
	struct wizard *wizard;
	struct fetch fetch;
	char error[800];         /* of the last fetch; "" when it went well */
	struct school_row *rows; /* owned */
	size_t count;
	char **texts; /* owned, one a row: what search looks at */
	char **order; /* owned: folded names */
	size_t filter;
	struct view view;
	struct list list;
	enum place place;
	struct school_picker picker;
	char chosen[300]; /* id of the school a dialog is about */
};

static struct app *app_of(const struct schools *schools)
{
	return wizard_app(schools->wizard);
}

/* ---- the rows ---- */

static size_t all_rows(void *data)
{
	return ((struct schools *)data)->count;
}

static const char *row_text(void *data, size_t row)
{
	return ((struct schools *)data)->texts[row];
}

static bool row_keep(void *data, size_t row)
{
	static const enum school_state states[FILTERS] = {
		SCHOOL_MISSING, SCHOOL_EXISTING, SCHOOL_MISSING, SCHOOL_MISSING_DATA};
	const struct schools *schools = data;

	return !schools->filter || schools->rows[row].state == states[schools->filter];
}

static bool is_office(const struct school_row *row)
{
	return row->state == SCHOOL_ALONG || row->state == SCHOOL_OFFICE;
}

/* By name; what is no school comes last. */
static int row_compare(const void *a, const void *b, void *data)
{
	const struct schools *schools = data;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int office = is_office(&schools->rows[x]) - is_office(&schools->rows[y]);
	int order = office ? office : strcmp(schools->order[x], schools->order[y]);

	return order ? order : strcmp(schools->rows[x].id, schools->rows[y].id);
}

static size_t shown_rows(void *data)
{
	return ((struct schools *)data)->view.count;
}

static const struct school_row *row_at(const struct schools *schools, size_t row)
{
	return &schools->rows[schools->view.rows[row]];
}

/* FNV-1a of the id: the cursor stays on its school when rows come and go. */
static uint64_t row_id(void *data, size_t row)
{
	const unsigned char *c = (const unsigned char *)row_at(data, row)->id;
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *c; c++)
		hash = (hash ^ *c) * 0x100000001b3u;
	return hash;
}

static bool is_on(const struct schools *schools, const struct school_row *row)
{
	const struct school_choice *choice = app_school(app_of(schools), row->id);

	return choice && choice->on;
}

static const char *state_text(const struct school_row *row)
{
	if (row->state == SCHOOL_OFFICE)
		return "no school";
	return row->state == SCHOOL_MISSING_DATA ? "data missing"
						 : school_state_name(row->state);
}

static void row_cell(void *data, size_t at, size_t column, struct list_cell *cell)
{
	const struct schools *schools = data;
	const struct school_row *row = row_at(schools, at);
	bool on = is_on(schools, row);
	const char *text = "";

	if (column == 0)
		text = is_office(row) ? "" : toggle_text(TOGGLE_SLIDER, on);
	else if (column == 1)
		text = *row->name ? row->name : row->id;
	else if (column == 2)
		text = row->number ? row->number : "";
	else if (column == 3)
		text = state_text(row);
	else if (on)
		text = !row->hub_id && !strcmp(row->hub_name, row->name) ? "same name"
									 : row->hub_name;
	snprintf(cell->text, sizeof(cell->text), "%s%s",
		column == 4 && on && row->hub_id ? "= " : "", text);
	if (column == 3 && row->state == SCHOOL_MISSING_DATA)
		cell->role = DRAW_WARNING;
	else if (column == 0 && on)
		cell->role = DRAW_OK;
	else
		cell->role = is_office(row) || column == 3 ? DRAW_DIM : DRAW_NORMAL;
}

static bool row_set(void *data, size_t at, enum list_set how)
{
	struct schools *schools = data;
	const struct school_row *row = row_at(schools, at);
	bool before = is_on(schools, row), after = how == LIST_FLIP ? !before : how == LIST_ON;

	if (before == after || schools->wizard->read_only || (is_office(row) && !before))
		return false;
	app_need_school(app_of(schools), row->id)->on = after;
	return true;
}

static void row_filter(void *data, const char *text)
{
	view_search(&((struct schools *)data)->view, text);
}

static const struct view_source view_source = {
	.count = all_rows, .text = row_text, .keep = row_keep, .compare = row_compare};
static const struct list_source list_source = {.count = shown_rows,
	.total = all_rows,
	.id = row_id,
	.cell = row_cell,
	.set = row_set,
	.filter = row_filter};
static const struct list_column columns[] = {{"Sync", 8, 0, 0, LIST_LEFT},
	{"School in the source", 20, 0, 3, LIST_LEFT}, {"Number", 8, 3, 0, LIST_LEFT},
	{"State", 12, 1, 0, LIST_LEFT}, {"Name in the hub", 15, 2, 1, LIST_LEFT}};

static void free_rows(struct schools *schools)
{
	size_t i;

	for (i = 0; i < schools->count; i++) {
		free(schools->texts[i]);
		free(schools->order[i]);
	}
	free(schools->texts);
	free(schools->order);
	free(schools->rows);
	schools->texts = schools->order = NULL;
	schools->rows = NULL;
	schools->count = 0;
}

static void make_rows(struct schools *schools)
{
	size_t i;

	free_rows(schools);
	schools->rows = schools_rows(app_of(schools), &schools->wizard->lists, &schools->count);
	schools->texts = mem_zero(schools->count + 1, sizeof(*schools->texts));
	schools->order = mem_zero(schools->count + 1, sizeof(*schools->order));
	for (i = 0; i < schools->count; i++) {
		const struct school_row *row = &schools->rows[i];

		schools->texts[i] = mem_printf("%s %s %s %s", row->name, row->id,
			row->number ? row->number : "", row->hub_name);
		schools->order[i] = text_fold(*row->name ? row->name : row->id);
	}
}

/* A row that was just switched stays where it is, whatever the filter: it can be put right. */
static void refresh(struct schools *schools)
{
	size_t before = schools->count;

	make_rows(schools);
	if (schools->count != before)
		view_reload(&schools->view);
	list_refresh(&schools->list);
}

static void refilter(struct schools *schools)
{
	view_reload(&schools->view);
	list_refresh(&schools->list);
}

static void changed(struct schools *schools)
{
	refresh(schools);
	wizard_changed(schools->wizard);
}

/* ---- fetching ---- */

static int run(struct work *work, void *arg, struct err *err)
{
	struct fetch *fetch = arg;

	return school_view(fetch->state, fetch->settings.apps[0], &fetch->secret, &work->cancel,
		&fetch->lists, err);
}

static void fetch_clear(struct fetch *fetch)
{
	work_stop(&fetch->work);
	settings_clear(&fetch->settings);
	school_lists_clear(&fetch->lists);
	secret_wipe(&fetch->secret);
	free(fetch->state);
	fetch->state = NULL;
}

static void fetch_begin(struct schools *schools)
{
	struct fetch *fetch = &schools->fetch;
	const struct app *app = app_of(schools);
	struct err err = {0};

	fetch_clear(fetch);
	*schools->error = '\0';
	fetch->state = mem_strdup(shell_options(schools->shell)->state);
	if (!app->url || !app->client_id) {
		snprintf(schools->error, sizeof(schools->error),
			"the address of the source is not complete. F7 goes back to Delivery "
			"Config.");
		return;
	}
	if (secret_load(fetch->state, app->name, &fetch->secret, &err)) {
		snprintf(schools->error, sizeof(schools->error),
			"the Client Secret is not set. F7 goes back to Delivery Config.");
		return;
	}
	app_copy(settings_add_app(&fetch->settings, app->kind, app->name, &err), app);
	work_begin(&fetch->work, shell_wake(schools->shell), run, fetch);
}

static void fetch_took(struct schools *schools, int result, const struct err *err)
{
	struct fetch *fetch = &schools->fetch;
	struct app *app = app_of(schools);

	if (result) {
		snprintf(schools->error, sizeof(schools->error), "%s%.700s",
			schools->wizard->lists_known
				? "The list of schools could not be fetched anew: "
				: "",
			err->code == ERR_CANCELLED
				? "it was cancelled. The mapping is as it was."
				: err->text);
	} else {
		wizard_forget_schools(schools->wizard);
		schools->wizard->lists = fetch->lists;
		schools->wizard->lists_known = true;
		memset(&fetch->lists, 0, sizeof(fetch->lists));
		if (!schools->wizard->read_only)
			learned_copy(&app->learned, &fetch->settings.apps[0]->learned);
		make_rows(schools);
		refilter(schools);
	}
	fetch_clear(fetch);
}

static void *schools_open(struct shell *shell, void *arg)
{
	struct schools *schools = mem_zero(1, sizeof(*schools));

	schools->shell = shell;
	schools->wizard = arg;
	settings_init(&schools->fetch.settings);
	if (schools->wizard->lists_known)
		make_rows(schools);
	view_init(&schools->view, &view_source, schools);
	list_init(&schools->list, &list_source, schools, columns, 5);
	schools->list.empty = "No school here. Another filter above shows others.";
	if (!schools->wizard->lists_known)
		fetch_begin(schools);
	return schools;
}

static void schools_close(void *state)
{
	struct schools *schools = state;

	fetch_clear(&schools->fetch);
	school_picker_close(&schools->picker);
	view_clear(&schools->view);
	list_clear(&schools->list);
	free_rows(schools);
	free(schools);
}

/* ---- drawing ---- */

static size_t count_on(const struct schools *schools)
{
	const struct app *app = app_of(schools);
	size_t i, on = 0;

	for (i = 0; i < app->school_count; i++)
		on += app->schools[i].on;
	return on;
}

static void draw_wait(const struct schools *schools, struct rect area)
{
	char host[300], on[WORDS_SIZE], text[1400];
	const struct app *app = app_of(schools);
	size_t count = count_on(schools);

	url_host(app->url ? app->url : "", host, sizeof(host));
	if (work_running(&schools->fetch.work)) {
		snprintf(text, sizeof(text),
			"Fetching the list of schools from %s ...\nEsc cancels.",
			*host ? host : "the source");
		draw_wrapped(area, 0, DRAW_NORMAL, text);
	} else {
		snprintf(text, sizeof(text),
			"The list of schools could not be fetched: %s\n\n%s schools are "
			"switched "
			"on in this draft.%s\n\nEnter or r tries again.",
			schools->error, words_number(count, on),
			count ? " F8 goes on with them." : "");
		draw_wrapped(area, 0, DRAW_NORMAL, text);
	}
	draw_cursor(area.y, area.x);
}

static void draw_filters(const struct schools *schools, struct rect area)
{
	static const char *const names[FILTERS] = {
		"All", "Existing", "Missing", "With missing data"};
	char titles[FILTERS][48], number[WORDS_SIZE];
	const char *tabs[FILTERS];
	size_t counts[FILTERS] = {schools->count}, i;

	for (i = 0; i < schools->count; i++) {
		enum school_state state = schools->rows[i].state;

		counts[1] += state == SCHOOL_EXISTING;
		counts[2] += state == SCHOOL_MISSING;
		counts[3] += state == SCHOOL_MISSING_DATA;
	}
	for (i = 0; i < FILTERS; i++) {
		snprintf(titles[i], sizeof(titles[i]), "%s %s", names[i],
			words_number(counts[i], number));
		tabs[i] = titles[i];
	}
	tabs_draw(area.y, area.x, area.width, tabs, FILTERS, schools->filter,
		schools->place == PLACE_FILTER ? WIDGET_FOCUSED : WIDGET_BLURRED);
}

static void schools_draw(void *state, struct rect area)
{
	struct schools *schools = state;
	bool here = schools->place == PLACE_AUTO;
	char on[WORDS_SIZE];
	int x;

	if (!schools->wizard->lists_known) {
		draw_wait(schools, area);
		return;
	}
	draw_filters(schools, area);
	area.y++;
	area.height--;
	if (area.height >= LOW || here) {
		x = draw_text(area.y, area.x, area.width,
			here ? DRAW_LINK | DRAW_FOCUS : DRAW_LINK, "[ Auto Mapping ]");
		draw_textf(area.y, area.x + x + 2, area.width - x - 2, DRAW_DIM,
			"%s switched on", words_number(count_on(schools), on));
		if (here)
			draw_cursor(area.y, area.x + 2);
		area.y++;
		area.height--;
	}
	list_draw(&schools->list, area,
		schools->place == PLACE_LIST ? WIDGET_FOCUSED : WIDGET_BLURRED);
	if (schools->picker.open)
		school_picker_draw(&schools->picker);
}

/* ---- what can be done with a school ---- */

static const struct school_row *current(struct schools *schools)
{
	return schools->view.count ? row_at(schools, schools->list.row) : NULL;
}

/* Whether it may be changed; says why not. */
static bool may_change(struct schools *schools, const struct school_row *row)
{
	if (schools->wizard->read_only)
		shell_say(schools->shell, DRAW_ERROR, "Read-only. %s", schools->wizard->why);
	else if (row && row->state == SCHOOL_ALONG)
		shell_say(schools->shell, DRAW_NORMAL,
			"%s is no school: it comes along by itself, because a school below it "
			"is "
			"switched on.",
			row->name);
	else if (row && row->state == SCHOOL_OFFICE)
		shell_say(schools->shell, DRAW_NORMAL,
			"%s is no school, so there is nothing to switch.", row->name);
	else
		return true;
	return false;
}

static void auto_map(struct schools *schools)
{
	char number[WORDS_SIZE];
	size_t mapped;

	if (!may_change(schools, NULL))
		return;
	mapped = schools_auto(app_of(schools), &schools->wizard->lists);
	changed(schools);
	shell_say(schools->shell, DRAW_OK, "Auto Mapping: %s schools switched on.%s",
		words_number(mapped, number),
		mapped ? "" : " All that can be mapped were mapped already.");
}

static void answer_rename(void *arg, struct dialog *dialog, int answer)
{
	struct schools *schools = arg;
	const char *name = edit_text(&dialog->edit);
	struct school_choice *choice;

	if (answer != 0)
		return;
	choice = app_need_school(app_of(schools), schools->chosen);
	mem_replace(&choice->name, *name ? name : NULL);
	changed(schools);
	shell_say(schools->shell, DRAW_OK,
		*name ? "It will be called \"%s\" in the hub."
		      : "It has the name of the source again.",
		name);
}

static void rename_school(struct schools *schools, const struct school_row *row)
{
	struct dialog dialog;

	snprintf(schools->chosen, sizeof(schools->chosen), "%s", row->id);
	dialog_input(&dialog, "Rename",
		"Name of this school in the hub. Empty: the name that the source gives it.",
		row->hub_name, 200, "Rename");
	shell_ask(schools->shell, &dialog, answer_rename, schools);
}

static void delete_mapping(struct schools *schools, const struct school_row *row)
{
	char name[300];

	if (!app_school(app_of(schools), row->id)) {
		shell_say(schools->shell, DRAW_NORMAL, "%s has no mapping.", row->name);
		return;
	}
	snprintf(name, sizeof(name), "%s", *row->name ? row->name : row->id);
	snprintf(schools->chosen, sizeof(schools->chosen), "%s", row->id);
	app_remove_school(app_of(schools), schools->chosen);
	changed(schools);
	shell_say(schools->shell, DRAW_OK, "The mapping of %s is deleted.", name);
}

/* Takes the choice of the picker, unless it leads in a circle or nowhere. */
static void map_onto(struct schools *schools, const struct school_option *option)
{
	struct app *app = app_of(schools);
	struct school_choice *choice = app_need_school(app, schools->picker.source_id);
	struct school_choice before = {.on = choice->on, .hub_id = mem_strdup(choice->hub_id)};
	struct school_plan *plan;
	struct err err;

	choice->on = true;
	mem_replace(&choice->hub_id, option->id);
	plan = school_plan_new(app, &schools->wizard->lists, &err);
	if (!plan) {
		choice->on = before.on;
		mem_replace(&choice->hub_id, before.hub_id);
		shell_say(schools->shell, DRAW_ERROR, "%s", err.text);
	} else {
		shell_say(schools->shell, DRAW_OK, "Mapped onto %s.", option->name);
	}
	free(before.hub_id);
	school_plan_free(plan);
	school_picker_close(&schools->picker);
	changed(schools);
}

static void switch_one(struct schools *schools)
{
	if (row_set(schools, schools->list.row, LIST_FLIP))
		changed(schools);
}

static void act(struct schools *schools, char what)
{
	const struct school_row *row = current(schools);

	if (!row || !may_change(schools, row))
		return;
	switch (what) {
	case 's': switch_one(schools); break;
	case 'm':
		school_picker_open(
			&schools->picker, app_of(schools), &schools->wizard->lists, row);
		break;
	case 'n': rename_school(schools, row); break;
	default: delete_mapping(schools, row);
	}
}

static void answer_menu(void *arg, struct dialog *dialog, int answer)
{
	(void)dialog;
	if (answer >= 0)
		act(arg, "smnd"[answer]);
}

static void show_menu(struct schools *schools)
{
	static const char *const labels[] = {"Switch on or off (Space)",
		"Map onto another school (m)", "Rename in the hub (n)",
		"Delete the mapping (d)"};
	const struct school_row *row = current(schools);
	struct dialog dialog;

	if (!row || !may_change(schools, row))
		return;
	dialog_menu(&dialog, "School", *row->name ? row->name : row->id, labels, 4, 0);
	shell_ask(schools->shell, &dialog, answer_menu, schools);
}

/* ---- keys ---- */

static enum screen_answer wait_key(struct schools *schools, const struct key *key)
{
	bool running = work_running(&schools->fetch.work);

	if (running && key->code == K_ESC)
		work_cancel(&schools->fetch.work);
	else if (!running && (key->code == K_ENTER || key_typed(key, "r")))
		fetch_begin(schools);
	else
		return SCREEN_IGNORED;
	return SCREEN_TAKEN;
}

static enum screen_answer filter_key(struct schools *schools, const struct key *key)
{
	enum widget_answer answer = tabs_key(&schools->filter, FILTERS, key);

	if (answer == WIDGET_CHANGED)
		refilter(schools);
	else if (key->code == K_ENTER || key->code == K_DOWN)
		schools->place = PLACE_LIST;
	else if (answer == WIDGET_IGNORED)
		return SCREEN_IGNORED;
	return SCREEN_TAKEN;
}

static void tell_switched(struct schools *schools, const struct key *key)
{
	char number[WORDS_SIZE];

	changed(schools);
	if (key_typed(key, "a") || key_typed(key, "x") || key_typed(key, "i"))
		shell_say(schools->shell, DRAW_OK, "%s of the schools shown were switched%s.",
			words_number(schools->list.changed, number),
			key_typed(key, "a")   ? " on"
			: key_typed(key, "x") ? " off"
					      : "");
}

static enum screen_answer list_took(struct schools *schools, const struct key *key)
{
	bool one = key_typed(key, " ") || key->code == K_LEFT || key->code == K_RIGHT;
	bool writes = one || key_typed(key, "a") || key_typed(key, "x") || key_typed(key, "i");
	enum widget_answer answer;

	if (!schools->list.filtering && writes &&
		!may_change(schools, one ? current(schools) : NULL))
		return SCREEN_TAKEN;
	answer = list_key(&schools->list, key, term_now());
	if (answer == WIDGET_CHANGED)
		tell_switched(schools, key);
	else if (answer == WIDGET_DONE)
		show_menu(schools);
	if (answer != WIDGET_IGNORED)
		return SCREEN_TAKEN;
	if (key->code == K_UP) {
		schools->place = PLACE_AUTO;
		return SCREEN_TAKEN;
	}
	if (key_typed(key, "m") || key_typed(key, "n") || key_typed(key, "d")) {
		act(schools, key->text[0]);
		return SCREEN_TAKEN;
	}
	return SCREEN_IGNORED;
}

static bool common_key(struct schools *schools, const struct key *key)
{
	if (key->code == K_TAB || key->code == K_BACKTAB)
		schools->place = (enum place)(
			((int)schools->place + (key->code == K_TAB ? 1 : PLACES - 1)) % PLACES);
	else if (key_typed(key, "A"))
		auto_map(schools);
	else if (key_typed(key, "r"))
		fetch_begin(schools);
	else
		return false;
	return true;
}

static enum screen_answer schools_key(void *state, const struct key *key)
{
	struct schools *schools = state;
	const struct school_option *option;

	if (schools->picker.open) {
		option = school_picker_key(&schools->picker, key);
		if (option)
			map_onto(schools, option);
		return SCREEN_TAKEN;
	}
	if (!schools->wizard->lists_known)
		return wait_key(schools, key);
	if (!schools->list.filtering && common_key(schools, key))
		return SCREEN_TAKEN;
	if (schools->place == PLACE_LIST || key_typed(key, "/") || key->code == K_FILTER) {
		schools->place = PLACE_LIST;
		return list_took(schools, key);
	}
	if (schools->place == PLACE_FILTER)
		return filter_key(schools, key);
	if (key->code == K_ENTER || key_typed(key, " "))
		auto_map(schools);
	else if (key->code == K_DOWN)
		schools->place = PLACE_LIST;
	else if (key->code == K_UP)
		schools->place = PLACE_FILTER;
	else
		return SCREEN_IGNORED;
	return SCREEN_TAKEN;
}

static void schools_tick(void *state, int64_t now)
{
	struct schools *schools = state;
	struct err err;
	int result;

	edit_tick(&schools->list.filter, now);
	if (work_take(&schools->fetch.work, &result, &err))
		fetch_took(schools, result, &err);
}

static const char *schools_message(void *state, enum draw_role *role)
{
	static const char auto_text[] =
		"Switches every school on: onto the hub school of the same "
		"number or name, else new.";
	static const char *const texts[] = {
		"Right switches a school on, Left off. Enter: more.", auto_text,
		"Left and Right choose which schools are shown."};
	const struct schools *schools = state;

	*role = DRAW_NORMAL;
	if (!schools->wizard->lists_known || schools->wizard->read_only)
		return "";
	if (schools->error[0]) {
		*role = DRAW_ERROR;
		return schools->error;
	}
	return texts[schools->place];
}

static size_t schools_hints(void *state, struct hint *hints)
{
	const struct schools *schools = state;

	if (!schools->wizard->lists_known)
		return 0;
	hints[0] = (struct hint){"Space", "On/off"};
	hints[1] = (struct hint){"A", "Auto Mapping"};
	hints[2] = (struct hint){"Enter", "More"};
	hints[3] = (struct hint){"/", "Search"};
	return 4;
}

static int schools_leave(void *state, enum screen_leave how, struct err *err)
{
	const struct schools *schools = state;
	struct school_plan *plan;

	if (how == LEAVE_ASIDE || !schools->wizard->lists_known)
		return 0;
	plan = school_plan_new(app_of(schools), &schools->wizard->lists, err);
	school_plan_free(plan);
	return plan ? 0 : -1;
}

static void schools_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Schools Mapping\n"
		"Which schools of the source come in. The slider switches a school into the "
		"sync: "
		"Right is on, Left is off. A school that is off stays out with all its people "
		"and "
		"classes.\n\n"
		"A school that is on becomes a school of the hub with the same name. n gives "
		"it "
		"another name; m maps it onto a school that is there already, so that two "
		"schools "
		"of the source become one.\n\n"
		"Auto Mapping (A) switches every school on: one whose number or name the hub "
		"knows "
		"is mapped onto that school, the others become new ones.\n\n"
		"Filters: All; Existing, those that are on; Missing, those in the source that "
		"are "
		"off; With missing data, those that are on but no longer in the source.\n\n"
		"/ searches names and numbers; then a switches all of the rows shown on, x "
		"off, i "
		"the other way round. r fetches the list anew. Offices above a school, such as "
		"the "
		"district, come along by themselves.");
}

const struct screen schools_screen = {
	.name = "schools",
	.title = "Schools Mapping",
	.open = schools_open,
	.close = schools_close,
	.draw = schools_draw,
	.key = schools_key,
	.tick = schools_tick,
	.message = schools_message,
	.hints = schools_hints,
	.help = schools_help,
	.leave = schools_leave,
};
