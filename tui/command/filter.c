/* filter: Filter Rules and Include linked, with what they meet in the last pull. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/filter_list.h"
#include "command/print.h"
#include "rules/filter_templates.h"
#include "settings/filter_text.h"
#include "settings/linked.h"

/* ---- words of the call ---- */

static int read_entity(
	const struct args *args, const char *word, enum entity *entity, struct err *err)
{
	*entity = entity_by_name(word);
	if (*entity != ENTITY_NONE)
		return 0;
	return args_fault(args, err, "\"%.60s\" is no entity type.", word);
}

/* All --where, one a line. */
static int read_where(struct args *args, struct buf *where, struct err *err)
{
	const char *line;
	int there;

	while ((there = args_option(args, "--where", &line, err)) > 0)
		buf_addf(where, "%s%s", where->used ? "\n" : "", line);
	return there;
}

/* ---- changes ---- */

static int set_rule(struct rules *rules, enum rule_kind kind, enum entity entity,
	const char *name, const char *text, struct buf *said, struct err *err)
{
	const struct rule rule = {kind, entity, (char *)name, (char *)text};

	if (rule_check(&rule, err))
		return -1;
	rules_set(rules, kind, entity, name, text);
	buf_addf(said, "%s%s %s \"%s\": %s", said->used ? "; " : "", rule_kind_name(kind),
		entity_name(entity), name, text);
	return 0;
}

static int take_add(struct args *args, struct rules *rules, struct buf *said, struct err *err)
{
	const char *word, *title;
	enum entity entity;
	struct buf where;
	int there = args_option(args, "--add", &word, err), result = -1;

	if (there <= 0)
		return there;
	buf_init(&where);
	if (!read_entity(args, word, &entity, err) && !args_word(args, "TITLE", &title, err) &&
		!read_where(args, &where, err))
		result = set_rule(rules, RULE_FILTER, entity, title, where.data, said, err);
	buf_clear(&where);
	return result;
}

static int take_remove(
	struct args *args, struct rules *rules, struct buf *said, struct err *err)
{
	const char *word, *title;
	enum entity entity;
	int there = args_option(args, "--remove", &word, err);

	if (there <= 0)
		return there;
	if (read_entity(args, word, &entity, err) || args_word(args, "TITLE", &title, err))
		return -1;
	if (!rules_find(rules, RULE_FILTER, entity, title))
		return args_fault(args, err, "There is no filter \"%.60s\" of %s.", title,
			entity_plural(entity));
	rules_set(rules, RULE_FILTER, entity, title, NULL);
	buf_addf(said, "%sremoved %s \"%s\"", said->used ? "; " : "", entity_name(entity),
		title);
	return 0;
}

static int take_templates(
	struct args *args, struct rules *rules, struct buf *said, struct err *err)
{
	const struct filter_template *template;
	const char *name;
	int there;

	while ((there = args_option(args, "--template", &name, err)) > 0) {
		template = filter_template_by_name(name);
		if (!template)
			return args_fault(args, err,
				"There is no template \"%.60s\"; see lumenport filter "
				"--templates.",
				name);
		if (set_rule(rules, RULE_FILTER, template->entity, template->title,
			    template->text, said, err))
			return -1;
	}
	return there;
}

/* "student=contacts,classes", "student=none", "student=" for the default. */
static int take_linked(
	struct args *args, struct rules *rules, struct buf *said, struct err *err)
{
	const char *word;
	int there;

	while ((there = args_option(args, "--linked", &word, err)) > 0) {
		const char *equals = strchr(word, '=');
		char *name = equals ? mem_strndup(word, (size_t)(equals - word)) : NULL;
		enum entity entity = name ? entity_by_name(name) : ENTITY_NONE;

		free(name);
		if (entity == ENTITY_NONE)
			return args_fault(args, err,
				"\"%.60s\" links nothing. Write ENTITY=PLURALS, as in "
				"student=contacts,classes.",
				word);
		if (equals[1] &&
			set_rule(rules, RULE_LINKED, entity, "", equals + 1, said, err))
			return -1;
		if (!equals[1]) {
			rules_set(rules, RULE_LINKED, entity, "", NULL);
			buf_addf(said, "%slinked %s: default", said->used ? "; " : "",
				entity_name(entity));
		}
	}
	return there;
}

static int change(struct context *context, const char *name, struct args *args, struct err *err)
{
	struct edit edit = {.lock.fd = -1};
	struct app *app;
	struct buf said;
	int result = -1;

	buf_init(&said);
	if (edit_begin(&edit, context, err))
		goto out;
	app = settings_need_app(&edit.settings, name, err);
	if (!app || take_remove(args, &app->rules, &said, err) ||
		take_add(args, &app->rules, &said, err) ||
		take_templates(args, &app->rules, &said, err) ||
		take_linked(args, &app->rules, &said, err) || args_end(args, err) ||
		edit_commit(&edit, context, "filter.set", name, said.data, err))
		goto out;
	result = filter_list(context, app, err);
	if (result)
		err_context(err, "The rules were changed, but what they meet was not counted");
	print_talk("Nothing changes in the hub before the next import. What it would change: "
		   "lumenport run %s --dry-run",
		name);
out:
	edit_end(&edit);
	buf_clear(&said);
	return result;
}

/* ---- without saving ---- */

/* --try ENTITY [--where ..]: what these conditions, or the rules as they are, would leave out.
 */
static int try(struct context *context, struct app *app, const char *word, struct args *args,
	struct err *err)
{
	enum entity entity;
	struct buf where;
	size_t at = 0;
	int result = -1;

	buf_init(&where);
	if (read_entity(args, word, &entity, err) || read_where(args, &where, err) ||
		args_end(args, err))
		goto out;
	if (where.used) {
		while (rules_next(&app->rules, RULE_FILTER, entity, &at))
			rules_remove(&app->rules, --at);
		rules_add(&app->rules, RULE_FILTER, entity, "--try", where.data);
		if (filter_text_check(entity, "--try", where.data, err))
			goto out;
	}
	result = filter_try(context, app, entity, err);
out:
	buf_clear(&where);
	return result;
}

int command_filter(struct context *context, struct args *args, struct err *err)
{
	const char *name, *word;
	struct app *app;
	int there;

	if (args_flag(args, "--templates"))
		return args_end(args, err) ? -1 : filter_list_templates(context);
	there = args_option(args, "--try", &word, err);
	if (there < 0 || args_word(args, "NAME", &name, err))
		return -1;
	app = settings_need_app(&context->settings, name, err);
	if (!app)
		return -1;
	if (there)
		return try(context, app, word, args, err);
	return args->count ? change(context, name, args, err) : filter_list(context, app, err);
}
