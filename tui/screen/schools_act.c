#include "screen/schools.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "rules/school_plan.h"
#include "widget/words.h"

const struct school_row *schools_current(struct schools *schools)
{
	return schools->view.count ? schools_row(schools, schools->list.row) : NULL;
}

/* Whether it may be changed; says why not. */
bool schools_may_change(struct schools *schools, const struct school_row *row)
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

void schools_auto_map(struct schools *schools)
{
	char number[WORDS_SIZE];
	size_t mapped;

	if (!schools_may_change(schools, NULL))
		return;
	mapped = schools_auto(schools_app(schools), &schools->wizard->lists);
	schools_changed(schools);
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
	choice = app_need_school(schools_app(schools), schools->chosen);
	mem_replace(&choice->name, *name ? name : NULL);
	schools_changed(schools);
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

	if (!app_school(schools_app(schools), row->id)) {
		shell_say(schools->shell, DRAW_NORMAL, "%s has no mapping.", row->name);
		return;
	}
	snprintf(name, sizeof(name), "%s", *row->name ? row->name : row->id);
	snprintf(schools->chosen, sizeof(schools->chosen), "%s", row->id);
	app_remove_school(schools_app(schools), schools->chosen);
	schools_changed(schools);
	shell_say(schools->shell, DRAW_OK, "The mapping of %s is deleted.", name);
}

/* Takes the choice of the picker, unless it leads in a circle or nowhere. */
void schools_map_onto(struct schools *schools, const struct school_option *option)
{
	struct app *app = schools_app(schools);
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
	schools_changed(schools);
}

static void switch_one(struct schools *schools)
{
	if (schools_set(schools, schools->list.row, LIST_FLIP))
		schools_changed(schools);
}

void schools_act(struct schools *schools, char what)
{
	const struct school_row *row = schools_current(schools);

	if (!row || !schools_may_change(schools, row))
		return;
	switch (what) {
	case 's': switch_one(schools); break;
	case 'm':
		school_picker_open(
			&schools->picker, schools_app(schools), &schools->wizard->lists, row);
		break;
	case 'n': rename_school(schools, row); break;
	default: delete_mapping(schools, row);
	}
}

static void answer_menu(void *arg, struct dialog *dialog, int answer)
{
	(void)dialog;
	if (answer >= 0)
		schools_act(arg, "smnd"[answer]);
}

void schools_menu(struct schools *schools)
{
	static const char *const labels[] = {"Switch on or off (Space)",
		"Map onto another school (m)", "Rename in the hub (n)",
		"Delete the mapping (d)"};
	const struct school_row *row = schools_current(schools);
	struct dialog dialog;

	if (!row || !schools_may_change(schools, row))
		return;
	dialog_menu(&dialog, "School", *row->name ? row->name : row->id, labels, 4, 0);
	shell_ask(schools->shell, &dialog, answer_menu, schools);
}
