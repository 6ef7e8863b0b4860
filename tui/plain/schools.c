/* Step 2 in lines: the schools by number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "command/print.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "rules/school_plan.h"
#include "settings/secret.h"
#include "sync/school_view.h"

enum { PAGE = 20 };

struct sheet {
	struct setup *setup;
	struct app *app; /* of the draft, borrowed */
	struct school_lists lists;
	struct school_row *rows; /* owned */
	size_t count;
};

static void refresh(struct sheet *sheet)
{
	free(sheet->rows);
	sheet->rows = schools_rows(sheet->app, &sheet->lists, &sheet->count);
}

static bool is_on(const struct sheet *sheet, size_t row)
{
	const struct school_choice *choice = app_school(sheet->app, sheet->rows[row].id);

	return choice && choice->on;
}

static bool is_office(const struct school_row *row)
{
	return row->state == SCHOOL_ALONG || row->state == SCHOOL_OFFICE;
}

static void print_row(const struct sheet *sheet, size_t i)
{
	const struct school_row *row = &sheet->rows[i];
	bool on = is_on(sheet, i);

	print_line("  %zu. %s: %s%s%s%s%s%s", i + 1, *row->name ? row->name : row->id,
		is_office(row) ? "no school, comes along by itself if needed"
		: on           ? "on"
			       : "off",
		row->number ? ", number " : "", row->number ? row->number : "",
		row->state == SCHOOL_MISSING_DATA ? ", no longer in the source" : "",
		on && (row->hub_id || strcmp(row->hub_name, row->name) != 0) ? ", in the hub "
									     : "",
		on && (row->hub_id || strcmp(row->hub_name, row->name) != 0) ? row->hub_name
									     : "");
}

/* Those that match, a page at a time. */
static void list(const struct sheet *sheet, const char *search)
{
	char *needle = text_fold(search), *text, *answer;
	size_t i, shown = 0;

	for (i = 0; i < sheet->count; i++) {
		const struct school_row *row = &sheet->rows[i];
		char *all = mem_printf(
			"%s %s %s", row->name, row->id, row->number ? row->number : "");

		text = text_fold(all);
		free(all);
		if (strstr(text, needle)) {
			if (shown && shown % PAGE == 0) {
				answer = ask_text("Enter for more, q to stop the list", NULL);
				shown = answer && !*answer ? shown : sheet->count + 1;
				free(answer);
			}
			if (shown <= sheet->count) {
				print_row(sheet, i);
				shown++;
			}
		}
		free(text);
	}
	if (!shown)
		print_line("  Nothing matches \"%s\".", search);
	free(needle);
}

static size_t count_on(const struct sheet *sheet)
{
	size_t i, on = 0;

	for (i = 0; i < sheet->app->school_count; i++)
		on += sheet->app->schools[i].on;
	return on;
}

static void changed(struct sheet *sheet)
{
	refresh(sheet);
	setup_save(sheet->setup);
	print_line(count_on(sheet) == 1 ? "%zu school is on." : "%zu schools are on.",
		count_on(sheet));
}

/* The row of a number that was typed; false: it is none. */
static bool row_of(const struct sheet *sheet, const char *text, size_t *row)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (*end || !number || number > sheet->count) {
		print_line("\"%s\" is no number of a school: 1 to %zu.", text, sheet->count);
		return false;
	}
	*row = number - 1;
	return true;
}

static void flip(struct sheet *sheet, const char *number)
{
	size_t row;

	if (!row_of(sheet, number, &row))
		return;
	if (is_office(&sheet->rows[row])) {
		print_line("%s is no school.", sheet->rows[row].name);
		return;
	}
	app_need_school(sheet->app, sheet->rows[row].id)->on = !is_on(sheet, row);
	refresh(sheet);
	print_row(sheet, row);
	setup_save(sheet->setup);
}

static void switch_all(struct sheet *sheet, bool on)
{
	size_t i;

	for (i = 0; i < sheet->count; i++) {
		if (!is_office(&sheet->rows[i]) && is_on(sheet, i) != on)
			app_need_school(sheet->app, sheet->rows[i].id)->on = on;
	}
	changed(sheet);
}

static void rename_school(struct sheet *sheet, const char *number)
{
	struct school_choice *choice;
	char *name;
	size_t row;

	if (!row_of(sheet, number, &row))
		return;
	name = ask_text(
		"Name in the hub, - for the name of the source", sheet->rows[row].hub_name);
	if (!name)
		return;
	choice = app_need_school(sheet->app, sheet->rows[row].id);
	mem_replace(&choice->name, strcmp(name, "-") != 0 ? name : NULL);
	free(name);
	changed(sheet);
}

static void map_school(struct sheet *sheet, const char *number)
{
	struct school_choice *choice;
	struct school_plan *plan;
	char *id, *before;
	struct err err;
	size_t row, i;
	bool was_on;

	if (!row_of(sheet, number, &row))
		return;
	for (i = 0; i < sheet->lists.hub_count && i < 200; i++)
		print_line("  %s: %s", sheet->lists.hub[i].id, sheet->lists.hub[i].name);
	id = ask_text("Id of the hub school to map it onto", NULL);
	if (!id || !*id) {
		free(id);
		return;
	}
	choice = app_need_school(sheet->app, sheet->rows[row].id);
	before = mem_strdup(choice->hub_id);
	was_on = choice->on;
	choice->on = true;
	mem_replace(&choice->hub_id, id);
	plan = school_plan_new(sheet->app, &sheet->lists, &err);
	if (!plan) {
		print_line("%s", err.text);
		mem_replace(&choice->hub_id, before);
		choice->on = was_on;
	}
	school_plan_free(plan);
	free(before);
	free(id);
	changed(sheet);
}

static void delete_mapping(struct sheet *sheet, const char *number)
{
	char *id;
	size_t row;

	if (!row_of(sheet, number, &row))
		return;
	id = mem_strdup(sheet->rows[row].id);
	app_remove_school(sheet->app, id);
	free(id);
	changed(sheet);
}

static void tell_commands(void)
{
	print_line("  a: Auto Mapping, all schools on        NUMBER: switch that school");
	print_line("  all, none: switch all on or off        l: list them again");
	print_line("  /TEXT: list those that match           n NUMBER: name it in the hub");
	print_line("  m NUMBER: map it onto a hub school     d NUMBER: delete its mapping");
	print_line("  Enter: go on    b: back    q: leave and keep the draft");
}

/* One line; false: it is none of them. */
static bool obey(struct sheet *sheet, const char *line)
{
	const char *rest = line + strcspn(line, " ");

	rest += strspn(rest, " ");
	if (!strcmp(line, "a")) {
		print_line("Auto Mapping: %zu schools mapped.",
			schools_auto(sheet->app, &sheet->lists));
		changed(sheet);
	} else if (!strcmp(line, "all") || !strcmp(line, "none")) {
		switch_all(sheet, *line == 'a');
	} else if (!strcmp(line, "l") || *line == '/') {
		list(sheet, *line == '/' ? line + 1 : "");
	} else if (!strncmp(line, "n ", 2)) {
		rename_school(sheet, rest);
	} else if (!strncmp(line, "m ", 2)) {
		map_school(sheet, rest);
	} else if (!strncmp(line, "d ", 2)) {
		delete_mapping(sheet, rest);
	} else if (*line >= '0' && *line <= '9') {
		flip(sheet, line);
	} else {
		return false;
	}
	return true;
}

static bool plan_is_good(const struct sheet *sheet)
{
	struct err err;
	struct school_plan *plan = school_plan_new(sheet->app, &sheet->lists, &err);

	if (!plan)
		print_line("%s", err.text);
	school_plan_free(plan);
	return plan != NULL;
}

static enum setup_go talk(struct sheet *sheet)
{
	enum setup_go go = SETUP_LEAVE;
	bool over = false;
	char *line;

	print_line("The source shows %zu organisations; %zu schools are on.", sheet->count,
		count_on(sheet));
	list(sheet, "");
	tell_commands();
	while (!over && (line = ask_text("Schools (? for help)", NULL))) {
		over = !*line || !strcmp(line, "b") || !strcmp(line, "q");
		go = !*line ? SETUP_NEXT : *line == 'b' ? SETUP_BACK : SETUP_LEAVE;
		if (over && go == SETUP_NEXT)
			over = plan_is_good(sheet);
		else if (!over && !obey(sheet, line))
			tell_commands();
		free(line);
	}
	return over ? go : SETUP_LEAVE;
}

static int fetch(struct sheet *sheet)
{
	const struct context *context = sheet->setup->context;
	struct secret secret = {""};
	struct err err;
	int result = -1;

	print_line("Fetching the list of schools ...");
	if (!secret_need(context->state, sheet->app, &secret, &err))
		result = school_view(context->state, sheet->app, &secret, context->cancel,
			&sheet->lists, &err);
	secret_wipe(&secret);
	if (result)
		print_line("The list of schools could not be fetched: %s", err.text);
	return result;
}

enum setup_go setup_schools(struct setup *setup)
{
	static const char *const choices[] = {"Try again", "Go on without",
		"Back to Delivery Config", "Leave, keep the draft"};
	struct sheet sheet = {.setup = setup, .app = draft_app(&setup->draft)};
	enum setup_go go = SETUP_LEAVE;
	int choice = 0;

	while (choice == 0 && fetch(&sheet))
		choice = ask_choice("What now?", choices, 4, 0);
	if (choice == 0) {
		refresh(&sheet);
		go = talk(&sheet);
	} else if (choice > 0) {
		go = choice == 1 ? SETUP_NEXT : choice == 2 ? SETUP_BACK : SETUP_LEAVE;
	}
	free(sheet.rows);
	school_lists_clear(&sheet.lists);
	return go;
}
