/*
 * Step 2, Schools Mapping: a slider for every school that the source shows, and as which school
 * of the hub it comes in. The list is fetched in the background; what is chosen goes into the
 * draft at once.
 */
#include "screen/schools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/school_plan.h"
#include "source/url.h"
#include "sync/school_view.h"
#include "widget/tabs.h"
#include "widget/words.h"

enum { LOW = 8 }; /* lines below which the button is left out */

/* ---- fetching ---- */

static int run(struct work *work, void *arg, struct err *err)
{
	struct school_fetch *fetch = arg;

	return school_view(fetch->state, fetch->settings.apps[0], &fetch->secret, &work->cancel,
		&fetch->lists, err);
}

static void fetch_clear(struct school_fetch *fetch)
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
	struct school_fetch *fetch = &schools->fetch;
	const struct app *app = schools_app(schools);
	struct err err = {0};

	fetch_clear(fetch);
	*schools->error = '\0';
	fetch->state = mem_strdup(shell_options(schools->shell)->state);
	if (app_lacks(app)) {
		snprintf(schools->error, sizeof(schools->error),
			"the address of the source is not complete. F7 goes back to Delivery "
			"Config.");
		return;
	}
	if (secret_need(fetch->state, app, &fetch->secret, &err)) {
		snprintf(schools->error, sizeof(schools->error),
			"the Client Secret is not set. F7 goes back to Delivery Config.");
		return;
	}
	app_copy(settings_add_app(&fetch->settings, app->kind, app->name, &err), app);
	work_begin(&fetch->work, shell_wake(schools->shell), run, fetch);
}

static void fetch_took(struct schools *schools, int result, const struct err *err)
{
	struct school_fetch *fetch = &schools->fetch;
	struct app *app = schools_app(schools);

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
		schools_make_rows(schools);
		schools_refilter(schools);
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
		schools_make_rows(schools);
	view_init(&schools->view, &schools_view_source, schools);
	list_init(&schools->list, &schools_list_source, schools, schools_columns,
		SCHOOLS_COLUMNS);
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
	schools_free_rows(schools);
	free(schools);
}

/* ---- drawing ---- */

static size_t count_on(const struct schools *schools)
{
	const struct app *app = schools_app(schools);
	size_t i, on = 0;

	for (i = 0; i < app->school_count; i++)
		on += app->schools[i].on;
	return on;
}

static void draw_wait(const struct schools *schools, struct rect area)
{
	char host[300], on[WORDS_SIZE], text[1400];
	const struct app *app = schools_app(schools);
	size_t count = count_on(schools);

	url_host(app->url ? app->url : "", host, sizeof(host));
	if (work_running(&schools->fetch.work)) {
		snprintf(text, sizeof(text),
			"Fetching the list of schools from %s ...\nEsc cancels.",
			*host       ? host
			: app->path ? app->path
				    : "the source");
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
		schools_refilter(schools);
	else if (key->code == K_ENTER || key->code == K_DOWN)
		schools->place = PLACE_LIST;
	else if (answer == WIDGET_IGNORED)
		return SCREEN_IGNORED;
	return SCREEN_TAKEN;
}

static void tell_switched(struct schools *schools, const struct key *key)
{
	char number[WORDS_SIZE];

	schools_changed(schools);
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
		!schools_may_change(schools, one ? schools_current(schools) : NULL))
		return SCREEN_TAKEN;
	answer = list_key(&schools->list, key, term_now());
	if (answer == WIDGET_CHANGED)
		tell_switched(schools, key);
	else if (answer == WIDGET_DONE)
		schools_menu(schools);
	if (answer != WIDGET_IGNORED)
		return SCREEN_TAKEN;
	if (key->code == K_UP) {
		schools->place = PLACE_AUTO;
		return SCREEN_TAKEN;
	}
	if (key_typed(key, "m") || key_typed(key, "n") || key_typed(key, "d")) {
		schools_act(schools, key->text[0]);
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
		schools_auto_map(schools);
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
			schools_map_onto(schools, option);
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
		schools_auto_map(schools);
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
	plan = school_plan_new(schools_app(schools), &schools->wizard->lists, err);
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
