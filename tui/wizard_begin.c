#include "wizard_begin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "prefill.h"
#include "settings/settings_file.h"
#include "shell.h"
#include "summary.h"

static void ask_first(struct wizard *wizard);

int wizard_activate(
	struct wizard *wizard, enum app_kind kind, const char *name, struct err *err)
{
	const char *values = shell_options(wizard->shell)->prefill;

	if (wizard->read_only)
		return err_set(err, ERR_LOCKED, "Read-only. %s", wizard->why);
	if (draft_new(&wizard->draft, &wizard->base, kind, name, err))
		return -1;
	if (values && prefill(wizard_app(wizard), wizard_state_dir(wizard), values, err)) {
		draft_clear(&wizard->draft);
		return -1;
	}
	wizard_go(wizard, WIZARD_DELIVERY);
	return 0;
}

static void begin(struct wizard *wizard, enum wizard_step step)
{
	wizard->asking = false;
	wizard_go(wizard, wizard_app(wizard) ? step : WIZARD_GALLERY);
}

/* What is begun instead of a draft that was thrown away. */
static void begin_anew(struct wizard *wizard, const char *app)
{
	const struct app *there = app ? settings_app(&wizard->base, app) : NULL;

	if (there)
		draft_edit(&wizard->draft, &wizard->base, there);
	begin(wizard, WIZARD_DELIVERY);
}

static void answer_discard(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;
	char *name;

	(void)dialog;
	if (answer != 0) {
		ask_first(wizard);
		return;
	}
	name = mem_strdup(wizard_app(wizard)->name);
	wizard_discard(wizard);
	begin_anew(wizard, name);
	free(name);
}

static void answer_view(void *arg, struct dialog *dialog, int answer)
{
	(void)dialog;
	(void)answer;
	ask_first(arg);
}

static void view(struct wizard *wizard)
{
	static const char *const labels[] = {"Back"};
	struct dialog dialog;
	struct buf text;

	buf_init(&text);
	summary_write(&text, wizard_app(wizard), &wizard->base, wizard_state_dir(wizard), NULL);
	summary_write_hub(&text, wizard_rules(wizard, RULE_OF_HUB));
	dialog_text(&dialog, "The draft", text.data, labels, 1);
	shell_ask(wizard->shell, &dialog, answer_view, wizard);
	buf_clear(&text);
}

static void ask_start_over(struct wizard *wizard)
{
	const char *name = wizard_app(wizard)->name;
	struct dialog dialog;
	char text[300];

	snprintf(text, sizeof(text),
		settings_app(&wizard->base, name)
			? "The draft of %s is thrown away; its settings stay as they are."
			: "The draft of %s is thrown away, and its client secret with it.",
		name);
	dialog_typed(&dialog, "Start over", text, name, "Start over");
	shell_ask(wizard->shell, &dialog, answer_discard, wizard);
}

static void answer_first(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;

	(void)dialog;
	if (answer == 1)
		ask_start_over(wizard);
	else if (answer == 2)
		view(wizard);
	else /* Esc is the harmless one */
		begin(wizard, (enum wizard_step)wizard->draft.step);
}

static void ask_first(struct wizard *wizard)
{
	static const char *const labels[] = {"Resume", "Start over", "View"};
	const struct draft *draft = &wizard->draft;
	struct dialog dialog;
	char at[40], text[600];
	struct tm tm;

	strftime(at, sizeof(at), "%Y-%m-%d %H:%M", localtime_r(&draft->saved, &tm));
	snprintf(text, sizeof(text),
		"Settings of \"%s\" (%s) were left unfinished, saved %s at step %d of %d, "
		"%s.%s",
		wizard_app(wizard)->name, app_kind_title(wizard_app(wizard)->kind), at,
		draft->step + 1, WIZARD_STEPS, wizard_title((enum wizard_step)draft->step),
		draft_outdated(draft, &wizard->base)
			? " The settings of this app were changed by somebody else since then: "
			  "Finish would put the draft in their place."
			: "");
	dialog_confirm(&dialog, "A draft waits", text, labels, 3, 0);
	shell_ask(wizard->shell, &dialog, answer_first, wizard);
}

static void answer_read_only(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;

	(void)dialog;
	if (answer == 1)
		wizard_set_out(wizard);
	else
		begin(wizard, (enum wizard_step)wizard->draft.step);
}

static void ask_read_only(struct wizard *wizard)
{
	static const char *const labels[] = {"Look only", "Try again"};
	struct dialog dialog;
	char text[1000];

	snprintf(text, sizeof(text),
		"You can look at the settings, but not change them now.\n\n%s", wizard->why);
	dialog_confirm(&dialog, "Read-only", text, labels, 2, 0);
	shell_ask(wizard->shell, &dialog, answer_read_only, wizard);
}

/* The draft to begin with, if there is one. */
static void find_draft(struct wizard *wizard)
{
	char *name = wizard->opened_for ? mem_strdup(wizard->opened_for)
					: draft_find(wizard_state_dir(wizard));
	char *path = mem_printf("%s/drafts/%s", wizard_state_dir(wizard), name ? name : "");
	struct err err;

	if (name && !access(path, F_OK) &&
		draft_load(wizard_state_dir(wizard), name, &wizard->draft, &err))
		shell_say(wizard->shell, DRAW_ERROR, "%s", err.text);
	if (wizard->draft.step < 0 || wizard->draft.step >= WIZARD_STEPS)
		wizard->draft.step = 0;
	free(path);
	free(name);
}

/* Takes the lock, or says who has it; finds what is to be edited; asks what has to be asked. */
void wizard_set_out(struct wizard *wizard)
{
	const struct shell_options *options = shell_options(wizard->shell);
	const struct app *there;
	struct err err;

	lock_release(&wizard->lock);
	settings_clear(&wizard->base);
	wizard->may_undo = false;
	draft_clear(&wizard->draft);
	wizard->read_only = settings_file_lock(&wizard->lock, options->config, &err) != 0;
	if (wizard->read_only)
		snprintf(wizard->why, sizeof(wizard->why), "%s", err.text);
	/* After the lock: nobody changes it from now on. It could be read a moment ago. */
	if (settings_file_read(options->config, &wizard->base, &err))
		shell_say(wizard->shell, DRAW_ERROR, "%s", err.text);
	wizard->asking = true;
	find_draft(wizard);
	if (wizard_app(wizard) && !wizard->read_only) {
		ask_first(wizard);
		return;
	}
	there = wizard->opened_for ? settings_app(&wizard->base, wizard->opened_for) : NULL;
	if (!wizard_app(wizard) && there) {
		draft_edit(&wizard->draft, &wizard->base, there);
		wizard->draft.step = wizard->opened_at;
		wizard->draft.visited = (1u << WIZARD_STEPS) - 1; /* it is set up: all open */
	}
	if (wizard->read_only)
		ask_read_only(wizard);
	else
		begin(wizard, (enum wizard_step)wizard->draft.step);
}

/* ---- quitting ---- */

static void answer_quit_discard(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;

	(void)dialog;
	if (answer != 0)
		return;
	wizard_discard(wizard);
	shell_quit(wizard->shell);
}

static void answer_quit(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;
	const char *name = wizard_app(wizard)->name;
	struct dialog sure;
	struct err err;

	(void)dialog;
	if (answer == 0) {
		wizard->draft.step = wizard->at;
		if (draft_save(wizard_state_dir(wizard), &wizard->draft, &err))
			shell_tell(wizard->shell, "The draft was not saved", err.text);
		else
			shell_quit(wizard->shell);
	} else if (answer == 1) {
		dialog_typed(&sure, "Discard",
			settings_app(&wizard->base, name)
				? "The changes of this draft are lost. The app goes on with "
				  "the settings it has."
				: "All that was entered is lost, the client secret too.",
			name, "Discard and quit");
		shell_ask(wizard->shell, &sure, answer_quit_discard, wizard);
	}
}

bool wizard_ask_quit(void *state)
{
	static const char *const labels[] = {"Save draft", "Discard", "Stay"};
	struct wizard *wizard = state;
	struct dialog dialog;
	struct err ignored;

	if (wizard->page->leave && !wizard->read_only && !wizard->asking)
		wizard->page->leave(wizard->page_state, LEAVE_ASIDE, &ignored);
	if (!wizard_has_changes(wizard))
		return false;
	dialog_confirm(&dialog, "Quit",
		"These settings have not been applied yet. A draft lets you go on later.",
		labels, 3, 0);
	shell_ask(wizard->shell, &dialog, answer_quit, wizard);
	return true;
}
