/* Step 7 in lines: Master Fields. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "command/print.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "settings/master_rules.h"

static bool is_app(const struct setup *setup, const char *name)
{
	return settings_app(&setup->context->settings, name) ||
	       !strcmp(draft_app(&setup->draft)->name, name);
}

/* The names, in order of precedence, and how many. */
static size_t list_apps(const struct setup *setup, struct buf *out)
{
	const struct settings *base = &setup->context->settings;
	const char *own = draft_app(&setup->draft)->name;
	size_t i, count = base->count;

	for (i = 0; i < base->count; i++)
		buf_addf(out, "%s%s", i ? ", " : "", base->apps[i]->name);
	if (settings_app(base, own))
		return count;
	buf_addf(out, "%s%s", count ? ", " : "", own);
	return count + 1;
}

static void list_rules(const struct setup *setup)
{
	const struct rule *rule;
	size_t at = 0, count = 0;

	while ((rule = rules_next(
			&setup->draft.settings.rules, RULE_MASTER, ENTITY_NONE, &at))) {
		print_line("  %s.%s = %s", entity_name(rule->entity), rule->name, rule->text);
		count++;
	}
	if (!count)
		print_line("Nothing is set: the first app that has a value counts.");
}

static void tell_commands(void)
{
	print_line("  ENTITY.ATTRIBUTE = APP: master, APP: do not override");
	print_line("  ENTITY.ATTRIBUTE =: nothing is set for it        l: list what is set");
	print_line("  g APP ENTITY: APP is master of every attribute of that type");
	print_line("  Enter: go on    b: back    q: leave and keep the draft");
}

static int check_apps(const struct setup *setup, const char *text, struct err *err)
{
	struct master_text master;
	struct buf names;
	size_t i;
	int result = master_parse(text, &master, err);

	buf_init(&names);
	list_apps(setup, &names);
	for (i = 0; !result && i < master.count; i++)
		if (!is_app(setup, master.item[i].app))
			result = err_set(err, ERR_SETTINGS,
				"There is no app \"%s\". There is: %s.", master.item[i].app,
				names.data);
	buf_clear(&names);
	return result;
}

/* "student.email = east: master", taken apart. */
static void set(struct setup *setup, char *line)
{
	char *text = line, *name = strsep(&text, "="), *word = text_trim(name);
	struct rule rule = {.kind = RULE_MASTER};
	struct err err;

	text = text_trim(text);
	rule.name = strchr(word, '.');
	if (rule.name)
		*rule.name++ = '\0';
	rule.entity = entity_by_name(word);
	rule.text = text;
	if (!rule.name || rule.entity == ENTITY_NONE)
		print_line("Write entity type and attribute, as in student.email.");
	else if (*text && (rule_check(&rule, &err) || check_apps(setup, text, &err)))
		print_line("%s", err.text);
	else {
		rules_set(&setup->draft.settings.rules, RULE_MASTER, rule.entity, rule.name,
			*text ? text : NULL);
		print_line(*text ? "%s.%s: %s." : "Nothing is set for %s.%s.",
			entity_name(rule.entity), rule.name, text);
	}
}

static void generate(struct setup *setup, char *line)
{
	char *app = strsep(&line, " ");
	enum entity entity = line ? entity_by_name(text_trim(line)) : ENTITY_NONE;

	if (!is_app(setup, app))
		print_line("There is no app \"%s\".", app);
	else if (entity == ENTITY_NONE)
		print_line("Name an entity type, such as student.");
	else {
		master_rules_generate(&setup->draft.settings.rules, entity, app);
		print_line(
			"%s is master of every attribute of %s.", app, entity_plural(entity));
	}
}

/* One line, which is taken apart; false: it is none of them. */
static bool obey(struct setup *setup, char *line)
{
	if (strchr(line, '='))
		set(setup, line);
	else if (!strncmp(line, "g ", 2))
		generate(setup, text_trim(line + 2));
	else if (!strcmp(line, "l"))
		list_rules(setup);
	else
		return false;
	setup_save(setup);
	return true;
}

static enum setup_go talk(struct setup *setup)
{
	enum setup_go go = SETUP_LEAVE;
	bool over = false;
	char *line;

	list_rules(setup);
	tell_commands();
	while (!over && (line = ask_text("Master Fields (? for help)", NULL))) {
		over = !*line || !strcmp(line, "b") || !strcmp(line, "q");
		go = !*line ? SETUP_NEXT : *line == 'b' ? SETUP_BACK : SETUP_LEAVE;
		if (!over && !obey(setup, line))
			tell_commands();
		free(line);
	}
	return over ? go : SETUP_LEAVE;
}

enum setup_go setup_masters(struct setup *setup)
{
	struct buf apps;
	enum setup_go go;

	buf_init(&apps);
	if (list_apps(setup, &apps) < 2) {
		print_line("Master Fields need more than one app. Every value comes from %s.",
			apps.data);
		go = setup_ask_on();
	} else {
		print_line("Whose value counts where several apps have the same record. The "
			   "apps are: %s.",
			apps.data);
		go = talk(setup);
	}
	buf_clear(&apps);
	return go;
}
