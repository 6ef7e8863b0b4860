/* Setting an app up in lines: the gallery, the nine steps, Finish. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "apply.h"
#include "base/mem.h"
#include "command/print.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "prefill.h"
#include "settings/secret.h"
#include "settings/settings_file.h"
#include "source/pulled.h"
#include "summary.h"

enum { STEPS = 9 };

void setup_save(struct setup *setup)
{
	struct err err;

	if (draft_save(setup->context->state, &setup->draft, &err))
		print_line("The draft was not saved. %s", err.text);
}

static void print_lines(const struct buf *text)
{
	char *copy = mem_strdup(text->data), *rest = copy, *line;

	while ((line = strsep(&rest, "\n"))) {
		if (*line || rest)
			print_line("%s", line);
	}
	free(copy);
}

/* ---- the steps whose rules come with the program ---- */

enum setup_go setup_ask_on(void)
{
	char *answer =
		ask_text("Enter to go on, b for back, q to leave and keep the draft", NULL);
	enum setup_go go = !answer || *answer == 'q' ? SETUP_LEAVE
			   : *answer == 'b'          ? SETUP_BACK
						     : SETUP_NEXT;

	free(answer);
	return go;
}

/* ---- Finish ---- */

static void tell_phase(void *arg, const char *doing)
{
	(void)arg;
	print_line("  %s ...", doing);
}

static void view(const struct setup *setup)
{
	struct buf text;

	buf_init(&text);
	summary_write(&text, draft_app(&setup->draft), &setup->context->settings,
		setup->context->state, NULL);
	summary_write_hub(&text, &setup->draft.settings.rules);
	print_lines(&text);
	buf_clear(&text);
}

/* Drops the draft, and of an app that was never set up the secret and data too, once the word
 * is typed. */
static bool discard(struct setup *setup)
{
	const struct app *app = draft_app(&setup->draft);
	char *word = ask_text("Type discard to drop this draft for good", NULL);
	bool sure = word && !strcasecmp(word, "discard");
	struct err err;

	free(word);
	if (!sure) {
		print_line("The draft is kept.");
		return false;
	}
	if (draft_remove(setup->context->state, app->name, &err) ||
		(!settings_app(&setup->context->settings, app->name) &&
			(secret_forget_all(setup->context->state, app->name, &err) ||
				pulled_remove(setup->context->state, app->name, &err))))
		print_line("%s", err.text);
	draft_clear(&setup->draft);
	return true;
}

static enum setup_go finish(struct setup *setup)
{
	static const char *const choices[] = {
		"Finish", "Back", "Leave, keep the draft", "Discard all of this"};
	const struct app *app = draft_app(&setup->draft);
	struct err err;
	int choice;

	view(setup);
	choice = ask_choice("What now?", choices, 4, 0);
	if (choice == 1)
		return SETUP_BACK;
	if (choice == 3 && !discard(setup))
		return SETUP_BACK;
	if (choice != 0)
		return SETUP_LEAVE;
	if (apply_draft(setup->context->config, setup->context->state, &setup->draft,
		    tell_phase, NULL, &err)) {
		print_line("Finish failed: %s", err.text);
		return SETUP_BACK;
	}
	print_line("%s is set up.", app->name);
	draft_clear(&setup->draft);
	return SETUP_NEXT;
}

static const struct {
	const char *title;
	enum setup_go (*ask)(struct setup *setup);
} steps[STEPS] = {
	{"Delivery Config", setup_delivery},
	{"Schools Mapping", setup_schools},
	{"Attributes Mapping", setup_attributes},
	{"Data Requirements", setup_requirements},
	{"Filter Rules", setup_filters},
	{"Domains of Uniqueness", setup_uniqueness},
	{"Master Fields", setup_masters},
	{"Schedule", setup_schedule},
	{"Done", finish},
};

static void ask_steps(struct setup *setup)
{
	enum setup_go go = SETUP_NEXT;
	int at = setup->draft.step;

	while (go != SETUP_LEAVE && at < STEPS) {
		setup->draft.step = at;
		setup->draft.visited |= 1u << at;
		setup_save(setup);
		print_line("%s", "");
		print_line("Step %d of %d: %s", at + 1, STEPS, steps[at].title);
		go = steps[at].ask(setup);
		at += go == SETUP_NEXT ? 1 : go == SETUP_BACK && at > 0 ? -1 : 0;
	}
	if (draft_app(&setup->draft)) {
		setup_save(setup);
		print_line("The draft of %s is saved. Open this again to go on.",
			draft_app(&setup->draft)->name);
	}
}

/* ---- beginning ---- */

static int ask_new(struct setup *setup, struct err *err)
{
	static const char *const kinds[] = {"Lumen Touch",
		"OneRoster API: any other system with OneRoster REST",
		"OneRoster CSV: files in a folder or a zip on this machine"};
	struct settings *base = &setup->context->settings;
	char *name;
	int kind, result = -1;

	print_line("Application Gallery");
	kind = ask_choice("Which source?", kinds, APP_KINDS, 0);
	while (kind >= 0 && result) {
		name = ask_text("A short name for this app",
			settings_app(base, "main") ? NULL : "main");
		if (!name)
			break;
		result = draft_new(&setup->draft, base, (enum app_kind)kind, name, err);
		if (result)
			print_line("%s", err->text);
		free(name);
	}
	if (!result && setup->prefill)
		result = prefill(
			draft_app(&setup->draft), setup->context->state, setup->prefill, err);
	return result || ask_ended()
		       ? err_set(err, ERR_CANCELLED, "Stopped. Nothing was changed.")
		       : 0;
}

/* 1: the draft is taken; 0: begin anew; -1: no more answers. */
static int ask_resume(struct setup *setup)
{
	static const char *const choices[] = {"Resume", "Start over", "View"};
	int choice = 2;

	if (setup->draft.step < 0 || setup->draft.step >= STEPS)
		setup->draft.step = 0;
	while (choice == 2) {
		print_line("A draft of %s waits, at step %d of %d.",
			draft_app(&setup->draft)->name, setup->draft.step + 1, STEPS);
		choice = ask_choice("What now?", choices, 3, 0);
		if (choice == 1 && !discard(setup))
			choice = ask_ended() ? -1 : 2;
		else if (choice == 2)
			view(setup);
	}
	return choice < 0 ? -1 : choice == 0;
}

static int begin(struct setup *setup, const char *app, struct err *err)
{
	char *name = app ? mem_strdup(app) : draft_find(setup->context->state);
	const struct app *there = name ? settings_app(&setup->context->settings, name) : NULL;
	struct err none;
	int taken = 0, result = -1;

	if (name && !draft_load(setup->context->state, name, &setup->draft, &none))
		taken = ask_resume(setup);
	if (taken < 0)
		err_set(err, ERR_CANCELLED, "Stopped. Nothing was changed.");
	else if (taken)
		result = 0;
	else if (app && there) {
		draft_edit(&setup->draft, &setup->context->settings, there);
		result = 0;
	} else {
		result = ask_new(setup, err);
	}
	free(name);
	return result;
}

int setup_run(struct context *context, const char *app, const char *prefilled, struct err *err)
{
	struct setup setup = {.context = context, .prefill = prefilled, .lock.fd = -1};
	int result = -1;

	draft_init(&setup.draft);
	if (!settings_file_lock(&setup.lock, context->config, err) &&
		!begin(&setup, app, err)) {
		ask_steps(&setup);
		result = 0;
	}
	draft_clear(&setup.draft);
	lock_release(&setup.lock);
	return result;
}
