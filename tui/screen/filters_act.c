#include "screen/filters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/filter_templates.h"
#include "settings/filter_text.h"
#include "widget/words.h"

enum { LINE_LIMIT = 400 };

bool filters_may_change(const struct filters_screen *screen)
{
	if (screen->wizard->read_only)
		shell_say(screen->shell, DRAW_ERROR, "Read-only. %s", screen->wizard->why);
	return !screen->wizard->read_only;
}

void filters_free_labels(struct filters_screen *screen)
{
	size_t i;

	for (i = 0; i < FILTERS_MENU; i++)
		mem_replace(&screen->owned[i], NULL);
}

/* The rule that a dialog is about. */
static const struct rule *chosen(const struct filters_screen *screen)
{
	return rules_find(filters_rules(screen), RULE_FILTER, screen->entity, screen->title);
}

static void ask_condition(struct filters_screen *screen, const char *typed, const char *why);

/* Adds a condition to the rule, which is made with its first one. */
static void answer_condition(void *arg, struct dialog *dialog, int answer)
{
	struct filters_screen *screen = arg;
	const struct rule *rule = chosen(screen);
	const char *line = edit_text(&dialog->edit);
	struct filter_line read;
	struct err err;
	char *text;

	if (answer != 0)
		return;
	if (filter_line_read(line, screen->entity, &read, &err)) {
		text = mem_strdup(line);
		ask_condition(screen, text, err.text);
		free(text);
		return;
	}
	filter_line_clear(&read);
	text = rule ? mem_printf("%s\n%s", rule->text, line) : mem_strdup(line);
	wizard_remember(screen->wizard);
	rules_set(filters_rules(screen), RULE_FILTER, screen->entity, screen->title, text);
	free(text);
	filters_changed(screen);
	shell_say(screen->shell, DRAW_OK, "Enter on the rule adds more conditions; u undoes.");
}

static void ask_condition(struct filters_screen *screen, const char *typed, const char *why)
{
	struct dialog dialog;
	struct buf text;
	size_t i, count;
	const struct condition_row *rows = filter_conditions(&count);

	buf_init(&text);
	if (*why)
		buf_addf(&text, "%s\n\n", why);
	buf_addf(&text, "Attribute, condition, value, as in: ");
	filter_example(screen->entity, filter_attribute(screen->entity, 1),
		&rows[CONDITION_EMPTY_NOT], &text);
	buf_adds(&text, "\nAttributes: ");
	for (i = 0; filter_attribute(screen->entity, i); i++)
		buf_addf(&text, "%s%s", i ? ", " : "", filter_attribute(screen->entity, i));
	buf_adds(&text, ", metadata.*\nConditions: ");
	for (i = 0; i < count; i++)
		if (rows[i].condition != CONDITION_ON)
			buf_addf(&text, "%s%s", i ? ", " : "", rows[i].words);
	dialog_input(&dialog, "Condition", text.data, typed, LINE_LIMIT, "Add");
	buf_clear(&text);
	shell_ask(screen->shell, &dialog, answer_condition, screen);
}

/* ---- a new rule ---- */

static void answer_title(void *arg, struct dialog *dialog, int answer)
{
	struct filters_screen *screen = arg;

	if (answer != 0)
		return;
	snprintf(screen->title, sizeof(screen->title), "%s", edit_text(&dialog->edit));
	if (!screen->title[strspn(screen->title, " ")] || chosen(screen)) {
		shell_say(screen->shell, DRAW_ERROR,
			"A rule needs a title of its own, as High school.");
		return;
	}
	ask_condition(screen, "", "");
}

static const struct filter_template *template_of(enum entity entity, int number)
{
	size_t count, i;
	const struct filter_template *list = filter_templates(&count);

	for (i = 0; i < count; i++)
		if (list[i].entity == entity && !number--)
			return &list[i];
	return NULL;
}

static void answer_new(void *arg, struct dialog *dialog, int answer)
{
	struct filters_screen *screen = arg;
	const struct filter_template *template;
	struct dialog next;

	(void)dialog;
	if (answer < 0)
		return;
	template = template_of(screen->entity, answer);
	if (!template) {
		dialog_input(&next, "New filter rule", "Its title.", "", 100, "Next");
		shell_ask(screen->shell, &next, answer_title, screen);
		return;
	}
	wizard_remember(screen->wizard);
	rules_set(filters_rules(screen), RULE_FILTER, screen->entity, template->title,
		template->text);
	filters_changed(screen);
	shell_say(screen->shell, DRAW_OK, "Added: %s. u undoes.", template->title);
}

void filters_new(struct filters_screen *screen, enum entity entity)
{
	const struct filter_template *template;
	struct dialog dialog;
	char text[200];
	size_t count = 0;

	screen->entity = entity;
	while (count < FILTERS_MENU - 1 && (template = template_of(entity, (int)count)))
		screen->labels[count++] = template->title;
	screen->labels[count++] = "Conditions of your own ...";
	snprintf(text, sizeof(text),
		"A rule lets %s in. With several rules, one that lets a record in is enough.",
		entity_plural(entity));
	dialog_menu(&dialog, "New filter rule", text, screen->labels, count, 0);
	shell_ask(screen->shell, &dialog, answer_new, screen);
}

/* ---- a rule that is there ---- */

static void delete_rule(struct filters_screen *screen)
{
	if (!chosen(screen))
		return;
	wizard_remember(screen->wizard);
	rules_set(filters_rules(screen), RULE_FILTER, screen->entity, screen->title, NULL);
	filters_changed(screen);
	shell_say(screen->shell, DRAW_OK, "Deleted: %s. u undoes.", screen->title);
}

static void choose(struct filters_screen *screen, const struct filters_row *row)
{
	screen->entity = row->entity;
	snprintf(screen->title, sizeof(screen->title), "%s",
		filters_rules(screen)->list[row->number].name);
}

void filters_delete(struct filters_screen *screen, const struct filters_row *row)
{
	choose(screen, row);
	delete_rule(screen);
}

/* The rule without one of its conditions; with the last one it goes. */
static void remove_condition(struct filters_screen *screen, int number)
{
	const struct rule *rule = chosen(screen);
	const char *text = rule ? rule->text : "";
	struct buf left;
	char *line;

	buf_init(&left);
	while ((line = filter_next_line(&text))) {
		if (number--)
			buf_addf(&left, "%s%s", left.used ? "\n" : "", line);
		free(line);
	}
	wizard_remember(screen->wizard);
	rules_set(filters_rules(screen), RULE_FILTER, screen->entity, screen->title,
		left.used ? left.data : NULL);
	buf_clear(&left);
	filters_changed(screen);
	shell_say(screen->shell, DRAW_OK, "The condition is removed. u undoes.");
}

static void answer_menu(void *arg, struct dialog *dialog, int answer)
{
	struct filters_screen *screen = arg;

	(void)dialog;
	if (answer == 0)
		ask_condition(screen, "", "");
	else if (answer == 1)
		delete_rule(screen);
	else if (answer > 1)
		remove_condition(screen, answer - 2);
}

void filters_menu(struct filters_screen *screen, const struct filters_row *row)
{
	const struct rule *rule = &filters_rules(screen)->list[row->number];
	const char *text = rule->text;
	struct dialog dialog;
	size_t count = 0;
	char *line;

	choose(screen, row);
	filters_free_labels(screen);
	screen->labels[count++] = "Add a condition";
	screen->labels[count++] = "Delete the rule (d)";
	while (count < FILTERS_MENU && (line = filter_next_line(&text))) {
		screen->owned[count] = mem_printf("Remove: %s", line);
		screen->labels[count] = screen->owned[count];
		count++;
		free(line);
	}
	dialog_menu(&dialog, "Filter rule", rule->name, screen->labels, count, 0);
	shell_ask(screen->shell, &dialog, answer_menu, screen);
}

/* ---- who would be left out ---- */

void filters_tell(struct filters_screen *screen)
{
	const struct filter_trial *trial = &screen->trial;
	enum entity e = screen->count.entity;
	int64_t all = trial->filtered[e] + trial->along[e];
	char number[WORDS_SIZE], title[80];
	struct buf text;
	size_t i;

	screen->tell = false;
	snprintf(title, sizeof(title), "%s %s left out", words_number((uint64_t)all, number),
		entity_plural(e));
	buf_init(&text);
	if (!all)
		buf_adds(&text, "Nobody and nothing of this kind would be left out.");
	for (i = 0; i < trial->sample_count; i++)
		buf_addf(&text, "%s (%s): %s\n", trial->samples[i].name, trial->samples[i].id,
			trial->samples[i].reason);
	if (all > (int64_t)trial->sample_count)
		buf_addf(&text, "... these are the first %zu.", trial->sample_count);
	shell_tell(screen->shell, title, text.data);
	buf_clear(&text);
}
