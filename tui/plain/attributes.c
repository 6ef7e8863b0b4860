/* Step 3 in lines: what feeds the hub's attributes, a mapping a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "command/print.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "settings/map_check.h"
#include "source/pulled.h"
#include "sync/offer.h"
#include "widget/words.h"

static const char help[] =
	"Write a mapping, such as student.email = first(email, metadata.mail) | lower. Nothing "
	"behind = is the default again. Other words: student lists that entity type, sources "
	"student what its source has, restore student its defaults, fetch gets data to show "
	"values, in a dry run. Enter goes on, b goes back, q leaves and keeps the draft.";

struct sheet {
	struct setup *setup;
	struct app *app; /* of the draft, borrowed */
	struct offers offers;
};

/* ---- lists ---- */

static void list_changed(const struct sheet *sheet)
{
	const struct rule *rule;
	size_t at = 0, count = 0;

	while ((rule = rules_next(&sheet->app->rules, RULE_MAP, ENTITY_NONE, &at)))
		print_line("  %zu. %s.%s comes from %s, not from %s", ++count,
			entity_name(rule->entity), rule->name, rule->text,
			schema_by_name(rule->entity, rule->name)->source);
	if (!count)
		print_line("All attributes are fed by their defaults.");
}

/* What the last pull has for an entity type; without one only the names. */
static void load(struct sheet *sheet, enum entity entity)
{
	const struct context *context = sheet->setup->context;
	char today[DATE_SIZE];
	struct err err;
	time_t when;

	if (!pulled_when(context->state, sheet->app->name, &when)) {
		offers_of_standard(&sheet->offers, entity);
		print_line("There is no data to show values of yet; fetch gets it.");
		return;
	}
	date_of_day(time(NULL), today);
	if (offers_load(&sheet->offers, context->state, sheet->app, entity, today,
		    context->cancel, &err))
		print_line("%s", err.text);
}

static void list_mappings(struct sheet *sheet, enum entity entity)
{
	size_t count, i;
	const struct attribute *hub = schema_of(entity, &count);
	const struct rules *rules = &sheet->app->rules;
	struct tried tried;
	struct err ignored;

	load(sheet, entity);
	for (i = 0; i < count; i++) {
		offers_try(&sheet->offers, &hub[i], map_of(rules, &hub[i]), &tried, &ignored);
		print_line("  %s comes from %s%s%s%s", hub[i].name, map_of(rules, &hub[i]),
			map_is_changed(rules, &hub[i]) ? ", changed" : "",
			tried.count ? ", for example " : "", tried.count ? tried.to[0] : "");
	}
}

static void list_sources(struct sheet *sheet, enum entity entity)
{
	char used[WORDS_SIZE], all[WORDS_SIZE];
	struct buf name;
	size_t i;

	load(sheet, entity);
	buf_init(&name);
	for (i = 0; i < sheet->offers.count; i++) {
		const struct offer *offer = &sheet->offers.list[i];

		buf_reset(&name);
		map_text_write_name(offer->name, &name);
		if (sheet->offers.records)
			print_line("  %s, in %s of %s%s%s", name.data,
				words_number(offer->used, used),
				words_number(sheet->offers.records, all),
				offer->samples ? ", for example " : "",
				offer->samples ? offer->sample[0] : "");
		else
			print_line("  %s", name.data);
	}
	buf_clear(&name);
}

/* ---- changes ---- */

static void tell_warning(const struct attribute *hub, const char *text)
{
	struct map_text map;
	struct err ignored;
	const char *warning = NULL;

	if (!map_text_parse(&map, text, &ignored))
		warning = map_warning(&map, hub);
	if (warning)
		print_line("%s", warning);
	map_text_clear(&map);
}

/* "student.email = text"; `left` ends where the = was. */
static void set(struct sheet *sheet, char *left, char *text)
{
	char *name = strchr(left, '.');
	const struct attribute *hub = NULL;
	struct buf settled;
	struct err err;

	if (name) {
		*name++ = '\0';
		if (entity_by_name(text_trim(left)) != ENTITY_NONE)
			hub = schema_by_name(entity_by_name(text_trim(left)), text_trim(name));
	}
	if (!hub) {
		print_line("There is no such attribute. Write entity type and attribute, as "
			   "in student.email.");
		return;
	}
	buf_init(&settled);
	text = text_trim(text);
	if (map_settle(hub, *text ? text : hub->source, &settled, &err)) {
		print_line("%s", err.text);
	} else {
		map_set(&sheet->app->rules, hub, settled.data);
		setup_save(sheet->setup);
		print_line("%s.%s comes from %s.", entity_name(hub->entity), hub->name,
			map_of(&sheet->app->rules, hub));
		tell_warning(hub, map_of(&sheet->app->rules, hub));
	}
	buf_clear(&settled);
}

static void restore(struct sheet *sheet, enum entity entity)
{
	size_t count = map_restore(&sheet->app->rules, entity);

	setup_save(sheet->setup);
	print_line("%zu mapping%s of %s became the default again.", count,
		count == 1 ? "" : "s", entity_plural(entity));
}

/* ---- the step ---- */

/* "sources student": the entity type behind a word; false: it is another word. */
static bool is_word(const char *line, const char *word, enum entity *entity)
{
	size_t length = strlen(word);

	if (strncasecmp(line, word, length) != 0 || (length && line[length] != ' '))
		return false;
	*entity = entity_by_name(line + length + strspn(line + length, " "));
	return *entity != ENTITY_NONE;
}

static void take(struct sheet *sheet, char *line)
{
	char *equals = strchr(line, '=');
	enum entity entity;

	/* Names of attributes have no =, what feeds them may. */
	if (equals) {
		*equals = '\0';
		set(sheet, line, equals + 1);
	} else if (!strcasecmp(line, "fetch")) {
		setup_fetch(sheet->setup);
	} else if (is_word(line, "sources", &entity)) {
		list_sources(sheet, entity);
	} else if (is_word(line, "restore", &entity)) {
		restore(sheet, entity);
	} else if (is_word(line, "", &entity)) {
		list_mappings(sheet, entity);
	} else {
		print_line("\"%s\" is not known here. %s", line, help);
	}
}

enum setup_go setup_attributes(struct setup *setup)
{
	struct sheet sheet = {.setup = setup, .app = draft_app(&setup->draft)};
	enum setup_go go = SETUP_LEAVE;
	char *line;

	offers_init(&sheet.offers);
	print_line("%s", help);
	list_changed(&sheet);
	while ((line = ask_text("A mapping, a word, or Enter", NULL))) {
		bool over = !*line || !strcmp(line, "b") || !strcmp(line, "q");

		if (!over)
			take(&sheet, line);
		else
			go = !*line ? SETUP_NEXT : *line == 'b' ? SETUP_BACK : SETUP_LEAVE;
		free(line);
		if (over)
			break;
	}
	offers_clear(&sheet.offers);
	return go;
}
