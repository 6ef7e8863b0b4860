/* schools: Schools Mapping. What the source shows is fetched each time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "rules/school_plan.h"
#include "rules/schools.h"
#include "settings/secret.h"
#include "sync/school_view.h"

enum action { ACTION_ON, ACTION_OFF, ACTION_MAP, ACTION_RENAME, ACTION_DELETE, ACTIONS };

static const char *const action_options[ACTIONS] = {
	"--on", "--off", "--map", "--rename", "--delete"};

struct order {
	enum action action;
	char *id;          /* owned */
	const char *value; /* of --map and --rename; borrowed */
};

struct request {
	const char *name;   /* of the app */
	const char *search; /* NULL: all */
	bool autos;
	bool filtered;
	enum school_state filter;
	struct order *order; /* owned */
	size_t count;
};

static void request_clear(struct request *request)
{
	while (request->count)
		free(request->order[--request->count].id);
	free(request->order);
}

static int add_order(const struct args *args, struct request *request, enum action action,
	const char *text, struct err *err)
{
	bool pair = action == ACTION_MAP || action == ACTION_RENAME;
	const char *equals = pair ? strchr(text, '=') : NULL;
	struct order *order;

	if (pair && (!equals || equals == text || (action == ACTION_MAP && !equals[1])))
		return args_fault(args, err, "%s \"%s\" is not of the form %s.",
			action_options[action], text,
			action == ACTION_MAP ? "ID=HUBID" : "ID=NAME");
	request->order = mem_grow(request->order, request->count + 1, sizeof(*request->order));
	order = &request->order[request->count++];
	order->action = action;
	order->id = equals ? mem_strndup(text, (size_t)(equals - text)) : mem_strdup(text);
	order->value = equals ? equals + 1 : NULL;
	return 0;
}

static int read_request(struct args *args, struct request *request, struct err *err)
{
	static const struct {
		const char *option;
		enum school_state state;
	} filters[] = {{"--existing", SCHOOL_EXISTING}, {"--missing", SCHOOL_MISSING},
		{"--missing-data", SCHOOL_MISSING_DATA}};
	const char *text;
	int a, there;
	size_t i;

	for (a = 0; a < ACTIONS; a++) {
		while ((there = args_option(args, action_options[a], &text, err)) > 0) {
			if (add_order(args, request, (enum action)a, text, err))
				return -1;
		}
		if (there < 0)
			return -1;
	}
	request->autos = args_flag(args, "--auto");
	args_flag(args, "--all"); /* the filter there is without one */
	for (i = 0; i < sizeof(filters) / sizeof(*filters); i++) {
		if (args_flag(args, filters[i].option)) {
			request->filtered = true;
			request->filter = filters[i].state;
		}
	}
	if (args_option(args, "--search", &request->search, err) < 0 ||
		args_word(args, "NAME", &request->name, err))
		return -1;
	return args_end(args, err);
}

static const struct source_school *in_source(const struct school_lists *lists, const char *id)
{
	size_t i;

	for (i = 0; i < lists->source_count; i++) {
		if (!strcmp(lists->source[i].id, id))
			return &lists->source[i];
	}
	return NULL;
}

static int apply(struct app *app, const struct order *order, const struct school_lists *lists,
	struct buf *log, struct err *err)
{
	struct school_choice *choice = app_school(app, order->id);

	if (!choice && !in_source(lists, order->id))
		return err_set(err, ERR_USAGE,
			"The source shows no school \"%s\". See them with: lumenport schools "
			"%s. Nothing "
			"was changed.",
			order->id, app->name);
	if (order->action == ACTION_DELETE) {
		app_remove_school(app, order->id);
		buf_addf(log, "mapping of %s deleted\n", order->id);
		return 0;
	}
	choice = app_need_school(app, order->id);
	switch (order->action) {
	case ACTION_ON:
	case ACTION_OFF:
		choice->on = order->action == ACTION_ON;
		buf_addf(log, "%s switched %s\n", order->id, choice->on ? "on" : "off");
		break;
	case ACTION_MAP:
		choice->on = true;
		mem_replace(&choice->hub_id, order->value);
		buf_addf(log, "%s mapped onto %s\n", order->id, order->value);
		break;
	default:
		mem_replace(&choice->name, *order->value ? order->value : NULL);
		buf_addf(log,
			*order->value ? "%s named %s\n" : "%s has the source's name again\n",
			order->id, order->value);
		break;
	}
	return 0;
}

/* Whether every mapping leads to a school that somebody provides. */
static int check_plan(const struct app *app, const struct school_lists *lists, struct err *err)
{
	struct school_plan *plan = school_plan_new(app, lists, err);

	school_plan_free(plan);
	return plan ? 0 : -1;
}

static int apply_all(struct app *app, const struct request *request,
	const struct school_lists *lists, struct buf *log, struct err *err)
{
	size_t i;

	for (i = 0; i < request->count; i++) {
		if (apply(app, &request->order[i], lists, log, err))
			return -1;
	}
	if (request->autos) {
		size_t mapped = schools_auto(app, lists);

		buf_addf(log, "Auto Mapping: %zu school%s mapped\n", mapped,
			mapped == 1 ? "" : "s");
	}
	return check_plan(app, lists, err);
}

static bool matches(const struct school_row *row, const char *folded)
{
	const char *const fields[] = {row->id, row->name, row->number, row->hub_name};
	bool found = !folded;
	size_t i;

	for (i = 0; !found && i < sizeof(fields) / sizeof(*fields); i++) {
		char *field = text_fold(fields[i] ? fields[i] : "");

		found = strstr(field, folded) != NULL;
		free(field);
	}
	return found;
}

static const char *state_word(enum school_state state)
{
	static const char *const words[] = {[SCHOOL_MISSING] = "missing",
		[SCHOOL_EXISTING] = "existing",
		[SCHOOL_MISSING_DATA] = "missing-data",
		[SCHOOL_ALONG] = "along",
		[SCHOOL_OFFICE] = "office"};

	return words[state];
}

static void json_row(const struct app *app, const struct school_row *row)
{
	const struct school_choice *choice = app_school(app, row->id);
	cJSON *json = json_new();

	json_text(json, "id", row->id);
	json_text(json, "name", row->name);
	json_text(json, "number", row->number);
	json_text(json, "type", row->type);
	json_bool(json, "on", choice && choice->on);
	json_text(json, "hubId", row->hub_id);
	json_text(json, "hubName", row->hub_name);
	json_text(json, "state", state_word(row->state));
	json_print(json);
}

static void table_row(struct table *table, const struct app *app, const struct school_row *row)
{
	const struct school_choice *choice = app_school(app, row->id);
	bool office = row->state == SCHOOL_ALONG || row->state == SCHOOL_OFFICE;

	table_add(table, office ? "" : choice && choice->on ? "[on]" : "[off]");
	table_add(table, row->id);
	table_add(table, row->name);
	table_add(table, row->number);
	table_add(table, row->type);
	table_add(table, row->state == SCHOOL_ALONG    ? "comes along by itself"
			 : row->state == SCHOOL_OFFICE ? "no school: not imported"
						       : school_state_name(row->state));
	table_add(table, row->hub_id ? row->hub_id : "");
	table_add(table, choice && choice->on ? row->hub_name : "");
}

static void list(const struct context *context, const struct app *app,
	const struct school_lists *lists, const struct request *request)
{
	static const char *const heading[] = {
		"", "ID", "NAME", "NUMBER", "TYPE", "STATE", "MAPPED ONTO", "NAME IN THE HUB"};
	char *folded = request->search ? text_fold(request->search) : NULL;
	struct school_row *rows;
	struct table table;
	size_t count, i;

	rows = schools_rows(app, lists, &count);
	table_init(&table, heading, 8);
	for (i = 0; i < count; i++) {
		if ((request->filtered && rows[i].state != request->filter) ||
			!matches(&rows[i], folded))
			continue;
		if (context->json)
			json_row(app, &rows[i]);
		else
			table_row(&table, app, &rows[i]);
	}
	if (!context->json)
		table_print(&table);
	table_clear(&table);
	free(rows);
	free(folded);
}

static void tell_log(const struct buf *log)
{
	char *line, *rest = log->data;

	while (log->used && (line = strsep(&rest, "\n")) && *line)
		print_talk("%s", line);
}

/* Applies the orders to the settings as they are now, not as they were before the network. */
static int change(struct context *context, const struct request *request,
	const struct school_lists *lists, struct err *err)
{
	struct edit edit = {.lock.fd = -1};
	struct app *app;
	struct buf log;
	int result = -1;

	buf_init(&log);
	if (edit_begin(&edit, context, err))
		goto out;
	app = settings_need_app(&edit.settings, request->name, err);
	if (!app || apply_all(app, request, lists, &log, err) ||
		edit_commit(&edit, context, "schools.map", request->name, log.data, err))
		goto out;
	tell_log(&log);
	list(context, app, lists, request);
	result = 0;
out:
	edit_end(&edit);
	buf_clear(&log);
	return result;
}

int command_schools(struct context *context, struct args *args, struct err *err)
{
	struct request request = {0};
	struct school_lists lists = {0};
	struct secret secret = {""};
	struct app *app;
	int result = -1;

	if (read_request(args, &request, err))
		goto out;
	app = settings_need_app(&context->settings, request.name, err);
	if (!app || secret_need(context->state, app, &secret, err) ||
		school_view(context->state, app, &secret, context->cancel, &lists, err))
		goto out;
	result = EXIT_OK;
	if (request.count || request.autos)
		result = change(context, &request, &lists, err);
	else
		list(context, app, &lists, &request);
out:
	school_lists_clear(&lists);
	secret_wipe(&secret);
	request_clear(&request);
	return result;
}
