/* Step 5 in lines: filter rules, a condition a line, and what goes along. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "command/filter_list.h"
#include "command/print.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "rules/filter_templates.h"

static const char help[] =
	"Write add ENTITY TITLE: CONDITION, as in add student High school: gradeLevel is one of 9, "
	"10, 11, 12; once more with the same title adds another condition, and all must hold. Other "
	"words: template NAME adds a ready-made rule, templates lists them, delete ENTITY TITLE, "
	"linked ENTITY=PLURALS says what goes along (linked student=contacts, classes), list counts "
	"what the rules would keep, fetch gets data for it in a dry run. Enter goes on, b goes back, "
	"q leaves and keeps the draft.";

static void list(struct setup *setup)
{
	struct err err;

	if (filter_list(setup->context, draft_app(&setup->draft), &err))
		print_line("%s", err.text);
}

/* Sets a rule when it is right (`text` NULL: removes it), and says what is wrong otherwise. */
static void set(struct setup *setup, enum rule_kind kind, enum entity entity, const char *name,
	const char *text)
{
	const struct rule rule = {kind, entity, (char *)name, (char *)text};
	struct err err;

	if (text && rule_check(&rule, &err)) {
		print_line("%s", err.text);
		return;
	}
	rules_set(&draft_app(&setup->draft)->rules, kind, entity, name, text);
	setup_save(setup);
	list(setup);
}

/* Takes the entity type from the front of *at; ENTITY_NONE after saying what is wrong. */
static enum entity take_entity(char **at)
{
	char *word = strsep(at, " =");
	enum entity entity = word ? entity_by_name(word) : ENTITY_NONE;

	if (entity == ENTITY_NONE)
		print_line("\"%s\" is no entity type.", word ? word : "");
	*at = *at ? *at + strspn(*at, " ") : (char *)"";
	return entity;
}

static void add(struct setup *setup, char *at)
{
	enum entity entity = take_entity(&at);
	const struct rule *rule;
	char *title = strsep(&at, ":"), *text;

	if (entity == ENTITY_NONE)
		return;
	if (!at) {
		print_line("A colon must stand between title and condition. %s", help);
		return;
	}
	title = text_trim(title);
	rule = rules_find(&draft_app(&setup->draft)->rules, RULE_FILTER, entity, title);
	text = mem_printf("%s%s%s", rule ? rule->text : "", rule ? "\n" : "", text_trim(at));
	set(setup, RULE_FILTER, entity, title, text);
	free(text);
}

static void delete (struct setup *setup, char *at)
{
	enum entity entity = take_entity(&at);

	if (entity == ENTITY_NONE)
		return;
	if (rules_find(&draft_app(&setup->draft)->rules, RULE_FILTER, entity, at))
		set(setup, RULE_FILTER, entity, at, NULL);
	else
		print_line("There is no filter \"%s\" of %s.", at, entity_plural(entity));
}

static void link_up(struct setup *setup, char *at)
{
	enum entity entity = take_entity(&at);

	if (entity != ENTITY_NONE)
		set(setup, RULE_LINKED, entity, "", *at ? at : NULL);
}

static void add_template(struct setup *setup, const char *name)
{
	const struct filter_template *template = filter_template_by_name(name);

	if (template)
		set(setup, RULE_FILTER, template->entity, template->title, template->text);
	else
		print_line("There is no template \"%s\". Write templates to see them.", name);
}

static void take(struct setup *setup, char *line)
{
	char *rest = line;
	const char *word = strsep(&rest, " ");

	rest = rest ? text_trim(rest) : (char *)"";
	if (!strcasecmp(word, "add"))
		add(setup, rest);
	else if (!strcasecmp(word, "delete"))
		delete (setup, rest);
	else if (!strcasecmp(word, "linked"))
		link_up(setup, rest);
	else if (!strcasecmp(word, "template"))
		add_template(setup, rest);
	else if (!strcasecmp(word, "templates"))
		filter_list_templates(setup->context);
	else if (!strcasecmp(word, "list"))
		list(setup);
	else if (!strcasecmp(word, "fetch"))
		setup_fetch(setup);
	else
		print_line("\"%s\" is not known here. %s", word, help);
}

enum setup_go setup_filters(struct setup *setup)
{
	enum setup_go go = SETUP_LEAVE;
	char *line;

	print_line("%s", help);
	list(setup);
	while ((line = ask_text("A filter, a word, or Enter", NULL))) {
		bool over = !*line || !strcmp(line, "b") || !strcmp(line, "q");

		if (!over)
			take(setup, line);
		else
			go = !*line ? SETUP_NEXT : *line == 'b' ? SETUP_BACK : SETUP_LEAVE;
		free(line);
		if (over)
			break;
	}
	return go;
}
