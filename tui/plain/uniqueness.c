/* Step 6 in lines: Domains of Uniqueness. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "command/print.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "rules/domain_rules.h"
#include "rules/uniqueness.h"

/* ---- listing ---- */

static void list_entity(const struct setup *setup, enum entity entity)
{
	const struct rules *rules = &setup->draft.settings.rules;
	struct domains domains;
	struct buf text;
	struct err err;
	size_t i;

	if (domains_compile(&domains, entity, rules, &err)) {
		print_line("%s", err.text);
		return;
	}
	print_line("%s, %s:", entity_plural(entity),
		!domains.count                        ? "no domain: the SIS id alone"
		: domain_rules_are_own(rules, entity) ? "your own"
						      : "the defaults");
	buf_init(&text);
	for (i = 0; i < domains.count; i++) {
		buf_reset(&text);
		domain_write(entity, &domains.list[i].by, &text);
		print_line("  %zu. %s: %s", i + 1, domains.list[i].name, text.data);
	}
	buf_clear(&text);
}

static void list_all(const struct setup *setup)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		if (entity_is_person(e))
			list_entity(setup, e);
}

static void tell_commands(void)
{
	print_line("  ENTITY: list its domains          add ENTITY ATTRIBUTE, ..: a new one");
	print_line("  remove ENTITY NUMBER              up ENTITY NUMBER, down ENTITY NUMBER");
	print_line("  default ENTITY: the defaults      switch: compare by them, or not");
	print_line("  Enter: go on    b: back    q: leave and keep the draft");
}

/* ---- changing ---- */

static bool read_entity(const char *word, enum entity *entity)
{
	*entity = entity_by_name(word);
	if (*entity == ENTITY_NONE)
		print_line("There is no entity type \"%s\".", word);
	return *entity != ENTITY_NONE;
}

static void add(struct setup *setup, enum entity entity, const char *attributes)
{
	struct domain_text by;
	struct err err;
	char *title;

	if (domain_parse(entity, attributes, &by, &err)) {
		print_line("%s", err.text);
		return;
	}
	title = ask_text("Its title", attributes);
	if (title && domain_rules_add(&setup->draft.settings.rules, entity, text_trim(title),
			     attributes, &err))
		print_line("%s", err.text);
	free(title);
}

/* The title of the domain of a number; NULL, said, when there is none. The caller frees. */
static char *title_of(const struct setup *setup, enum entity entity, const char *text)
{
	struct domains domains;
	struct err err;
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (!domains_compile(&domains, entity, &setup->draft.settings.rules, &err) && !*end &&
		number && number <= domains.count)
		return mem_strdup(domains.list[number - 1].name);
	print_line("\"%s\" is no number of a domain of %s.", text, entity_plural(entity));
	return NULL;
}

static void change(
	struct setup *setup, const char *verb, enum entity entity, const char *number)
{
	struct rules *rules = &setup->draft.settings.rules;
	char *title = title_of(setup, entity, number);
	struct err err;
	int result = 0;

	if (!title)
		return;
	if (!strcmp(verb, "remove"))
		result = domain_rules_remove(rules, entity, title, &err);
	else
		result = domain_rules_move(
			rules, entity, title, !strcmp(verb, "up") ? RULE_UP : RULE_DOWN, &err);
	if (result)
		print_line("%s", err.text);
	free(title);
}

static void flip(struct setup *setup)
{
	struct app *app = draft_app(&setup->draft);

	app->uniqueness = !app->uniqueness;
	print_line(app->uniqueness ? "%s compares its records by them."
				   : "%s tells its records apart by their SIS id alone.",
		app->name);
}

/* One line, which is taken apart; false: it is none of them. */
static bool obey(struct setup *setup, char *line)
{
	char *verb = strsep(&line, " "), *word = line ? strsep(&line, " ") : NULL;
	char *rest = line ? text_trim(line) : NULL;
	enum entity entity = entity_by_name(verb);

	if (!word && entity != ENTITY_NONE) {
		list_entity(setup, entity);
		return true;
	}
	if (!strcmp(verb, "switch") && !word) {
		flip(setup);
		setup_save(setup);
		return true;
	}
	if (!word || (strcmp(verb, "default") != 0 && (!rest || !*rest)))
		return false;
	if (!read_entity(word, &entity))
		return true;
	if (!strcmp(verb, "default"))
		domain_rules_restore(&setup->draft.settings.rules, entity);
	else if (!strcmp(verb, "add"))
		add(setup, entity, rest);
	else if (!strcmp(verb, "remove") || !strcmp(verb, "up") || !strcmp(verb, "down"))
		change(setup, verb, entity, rest);
	else
		return false;
	list_entity(setup, entity);
	setup_save(setup);
	return true;
}

enum setup_go setup_uniqueness(struct setup *setup)
{
	enum setup_go go = SETUP_LEAVE;
	bool over = false;
	char *line;

	print_line(
		"What must be unique, in order: the first that matches decides. It holds for "
		"all apps of the hub.");
	list_all(setup);
	print_line("%s by them.", draft_app(&setup->draft)->uniqueness
					  ? "Records of this app are compared"
					  : "Records of this app are not compared");
	tell_commands();
	while (!over && (line = ask_text("Domains (? for help)", NULL))) {
		over = !*line || !strcmp(line, "b") || !strcmp(line, "q");
		go = !*line ? SETUP_NEXT : *line == 'b' ? SETUP_BACK : SETUP_LEAVE;
		if (!over && !obey(setup, line))
			tell_commands();
		free(line);
	}
	return over ? go : SETUP_LEAVE;
}
