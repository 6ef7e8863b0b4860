#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "fetch.h"
#include "rules/domain_rules.h"
#include "screen/uniqueness.h"

struct rules *uniqueness_rules(const struct uniqueness *screen)
{
	return wizard_rules(screen->wizard, RULE_DOMAIN);
}

enum entity uniqueness_entity(const struct uniqueness *screen)
{
	return (enum entity)screen->tab;
}

const struct domain *uniqueness_current(const struct uniqueness *screen)
{
	return screen->list.row < screen->domains.count
		       ? &screen->domains.list[screen->list.row]
		       : NULL;
}

void uniqueness_refresh(struct uniqueness *screen)
{
	struct err ignored; /* the file refuses what cannot be compiled */

	if (domains_compile(&screen->domains, uniqueness_entity(screen),
		    uniqueness_rules(screen), &ignored))
		screen->domains.count = 0;
	list_refresh(&screen->list);
}

/* ---- counting ---- */

static int run(struct work *work, void *arg, struct err *err)
{
	struct sharing_reading *reading = arg;

	return sharing_count(reading->state, reading->settings.apps[0],
		&reading->settings.rules, reading->today, &work->cancel, &reading->found, err);
}

void uniqueness_read_clear(struct uniqueness *screen)
{
	work_stop(&screen->reading.work);
	settings_clear(&screen->reading.settings);
	mem_replace(&screen->reading.state, NULL);
}

void uniqueness_read_on(struct uniqueness *screen)
{
	struct sharing_reading *reading = &screen->reading;
	const struct app *app = wizard_app(screen->wizard);
	time_t when = fetch_when(screen->wizard);
	struct err err;

	if (!when || (screen->read == when && !screen->stale))
		return;
	uniqueness_read_clear(screen);
	screen->stale = false;
	screen->read = reading->when = when;
	reading->state = mem_strdup(shell_options(screen->shell)->state);
	date_of_day(time(NULL), reading->today);
	app_copy(settings_add_app(&reading->settings, app->kind, app->name, &err), app);
	rules_copy(&reading->settings.rules, uniqueness_rules(screen));
	work_begin(&reading->work, shell_wake(screen->shell), run, reading);
}

void uniqueness_read_tick(struct uniqueness *screen)
{
	struct err err;
	int result;

	if (work_take(&screen->reading.work, &result, &err)) {
		*screen->error = '\0';
		if (!result)
			screen->found = screen->reading.found;
		else if (err.code != ERR_CANCELLED)
			snprintf(screen->error, sizeof(screen->error), "%s", err.text);
		uniqueness_read_clear(screen);
	}
	uniqueness_read_on(screen);
}

/* ---- edits ---- */

static void changed(struct uniqueness *screen)
{
	screen->stale = true;
	memset(&screen->found, 0, sizeof(screen->found));
	uniqueness_refresh(screen);
	wizard_changed(screen->wizard);
	uniqueness_read_on(screen);
}

/* The defaults become rules with the first change of an entity type. */
static const char *about_defaults(const struct uniqueness *screen)
{
	return domain_rules_are_own(uniqueness_rules(screen), uniqueness_entity(screen)) ||
			       !screen->domains.count
		       ? ""
		       : " The other defaults stay.";
}

void uniqueness_new(struct uniqueness *screen)
{
	mem_replace(&screen->changing, NULL);
	attribute_picker_open(&screen->picker, uniqueness_entity(screen), NULL);
}

void uniqueness_change(struct uniqueness *screen)
{
	const struct domain *domain = uniqueness_current(screen);

	if (!domain) {
		uniqueness_new(screen);
		return;
	}
	mem_replace(&screen->changing, domain->name);
	attribute_picker_open(&screen->picker, uniqueness_entity(screen), &domain->by);
}

static void ask_title(struct uniqueness *screen, const char *title, const char *error);

/* On a copy first: what is refused is no edit that could be taken back. */
static int save(struct uniqueness *screen, const char *title, const char *text, struct err *err)
{
	enum entity entity = uniqueness_entity(screen);
	struct rules copy;
	int result;

	rules_init(&copy);
	rules_copy(&copy, uniqueness_rules(screen));
	result = screen->changing ? domain_rules_change(
					    &copy, entity, screen->changing, title, text, err)
				  : domain_rules_add(&copy, entity, title, text, err);
	if (!result) {
		wizard_remember(screen->wizard);
		rules_copy(uniqueness_rules(screen), &copy);
	}
	rules_clear(&copy);
	return result;
}

static void answer_title(void *arg, struct dialog *dialog, int answer)
{
	struct uniqueness *screen = arg;
	enum entity entity = uniqueness_entity(screen);
	const char *kept = about_defaults(screen);
	char *typed = mem_strdup(edit_text(&dialog->edit)), *title = text_trim(typed);
	struct buf text;
	struct err err;

	buf_init(&text);
	domain_write(entity, &screen->by, &text);
	if (answer == 0) {
		if (save(screen, title, text.data, &err)) {
			ask_title(screen, title, err.text);
		} else {
			changed(screen);
			shell_say(screen->shell, DRAW_OK, "%s is %s; u takes it back.%s", title,
				screen->changing ? "changed" : "added", kept);
		}
	}
	buf_clear(&text);
	free(typed);
}

static void ask_title(struct uniqueness *screen, const char *title, const char *error)
{
	struct dialog dialog;
	struct buf text;

	buf_init(&text);
	buf_adds(&text, "Unique together: ");
	domain_write(uniqueness_entity(screen), &screen->by, &text);
	buf_adds(&text, ".\n\nIts title, as it is shown with duplicates:");
	dialog_input(&dialog, screen->changing ? "Change a domain" : "New domain", text.data,
		title, DOMAIN_TITLE, "Save");
	snprintf(dialog.error, sizeof(dialog.error), "%s", error);
	shell_ask(screen->shell, &dialog, answer_title, screen);
	buf_clear(&text);
}

void uniqueness_picked(struct uniqueness *screen)
{
	char title[DOMAIN_TITLE + 1];
	struct buf text;

	screen->by = screen->picker.chosen;
	attribute_picker_close(&screen->picker);
	buf_init(&text);
	domain_write(uniqueness_entity(screen), &screen->by, &text);
	text_clean(text.data, title, sizeof(title));
	ask_title(screen, screen->changing ? screen->changing : title, "");
	buf_clear(&text);
}

void uniqueness_remove(struct uniqueness *screen)
{
	const struct domain *domain = uniqueness_current(screen);
	const char *kept = about_defaults(screen);
	char *title;
	struct err err;

	if (!domain)
		return;
	title = mem_strdup(domain->name);
	wizard_remember(screen->wizard);
	if (domain_rules_remove(
		    uniqueness_rules(screen), uniqueness_entity(screen), title, &err)) {
		shell_say(screen->shell, DRAW_ERROR, "%s", err.text);
	} else {
		changed(screen);
		shell_say(screen->shell, DRAW_OK, "%s is removed; u takes it back.%s", title,
			screen->domains.count ? kept : " Only the SIS id tells records apart.");
	}
	free(title);
}

void uniqueness_move(struct uniqueness *screen, enum rule_direction direction)
{
	const struct domain *domain = uniqueness_current(screen);
	size_t row = screen->list.row;
	struct err err;

	if (!domain || (direction == RULE_UP ? !row : row + 1 == screen->domains.count))
		return;
	wizard_remember(screen->wizard);
	if (domain_rules_move(uniqueness_rules(screen), uniqueness_entity(screen), domain->name,
		    direction, &err)) {
		shell_say(screen->shell, DRAW_ERROR, "%s", err.text);
		return;
	}
	changed(screen);
	list_select(&screen->list, row + (direction == RULE_UP ? (size_t)-1 : 1));
}

void uniqueness_restore(struct uniqueness *screen)
{
	enum entity entity = uniqueness_entity(screen);

	if (!domain_rules_are_own(uniqueness_rules(screen), entity)) {
		shell_say(screen->shell, DRAW_NORMAL, "These are the defaults already.");
		return;
	}
	wizard_remember(screen->wizard);
	domain_rules_restore(uniqueness_rules(screen), entity);
	changed(screen);
	shell_say(screen->shell, DRAW_OK, "The defaults of %s are back; u takes it back.",
		entity_plural(entity));
}

void uniqueness_undo(struct uniqueness *screen)
{
	if (!wizard_undo(screen->wizard)) {
		shell_say(screen->shell, DRAW_NORMAL, "Nothing was changed yet.");
		return;
	}
	changed(screen);
	shell_say(screen->shell, DRAW_OK, "Taken back; u once more brings it again.");
}

void uniqueness_switch(struct uniqueness *screen)
{
	struct app *app = wizard_app(screen->wizard);

	app->uniqueness = !app->uniqueness;
	wizard_changed(screen->wizard);
	shell_say(screen->shell, DRAW_OK,
		app->uniqueness ? "Records of %s are compared by the domains."
				: "Records of %s are told apart by their SIS id alone.",
		app->name);
}
