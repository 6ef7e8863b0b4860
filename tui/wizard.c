#include "wizard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "fetch.h"
#include "settings/secret.h"
#include "settings/settings_file.h"
#include "shell.h"
#include "source/pulled.h"
#include "wizard_begin.h"
#include "wizard_steps.h"

/* A wish that is no step: nothing is to be changed. */
enum { NOWHERE = WIZARD_STEPS };

/* The dashboard outlives the wizard that names its app. */
static char finished[80];

struct app *wizard_app(const struct wizard *wizard)
{
	return draft_app(&wizard->draft);
}

enum form_access wizard_access(const struct wizard *wizard)
{
	return wizard->read_only ? FORM_READ_ONLY : FORM_EDIT;
}

const char *wizard_state_dir(const struct wizard *wizard)
{
	return shell_options(wizard->shell)->state;
}

/* ---- the draft ---- */

static void show_status(struct wizard *wizard)
{
	const struct app *app = wizard_app(wizard);
	char where[120] = "", at[16];
	struct tm tm;

	if (app)
		snprintf(where, sizeof(where), "%s (%s)", app->name, app_kind_title(app->kind));
	shell_where(wizard->shell, where);
	if (wizard->read_only) {
		shell_status(wizard->shell, DRAW_WARNING, "read-only");
	} else if (app && wizard->draft.saved) {
		strftime(at, sizeof(at), "%H:%M", localtime_r(&wizard->draft.saved, &tm));
		shell_status(wizard->shell, DRAW_NORMAL, "draft saved %s", at);
	} else {
		shell_status(wizard->shell, DRAW_NORMAL, app ? "no changes" : "%s", "");
	}
}

static void save_draft(struct wizard *wizard)
{
	struct err err;

	if (wizard->read_only || wizard->asking || !wizard_app(wizard))
		return;
	wizard->draft.step = wizard->at;
	if (draft_save(wizard_state_dir(wizard), &wizard->draft, &err)) {
		shell_status(wizard->shell, DRAW_ERROR, "draft NOT saved");
		shell_say(wizard->shell, DRAW_ERROR, "The draft was not saved. %s", err.text);
	} else {
		show_status(wizard);
	}
}

void wizard_changed(struct wizard *wizard)
{
	save_draft(wizard);
}

void wizard_forget_schools(struct wizard *wizard)
{
	if (wizard->lists_known)
		school_lists_clear(&wizard->lists);
	wizard->lists_known = false;
}

void wizard_forget_source(struct wizard *wizard)
{
	wizard_forget_schools(wizard);
	fetch_forget(wizard->fetch);
}

bool wizard_has_changes(const struct wizard *wizard)
{
	return !wizard->read_only && !wizard->asking && wizard_app(wizard) &&
	       draft_changes(&wizard->draft, &wizard->base);
}

/* Forgets the draft; of an app that was never applied also the secret and its data. */
void wizard_discard(struct wizard *wizard)
{
	const struct app *app = wizard_app(wizard);
	struct err err;

	if (!app || wizard->read_only)
		return;
	wizard_forget_source(wizard);
	if (draft_remove(wizard_state_dir(wizard), app->name, &err) ||
		(!settings_app(&wizard->base, app->name) &&
			(secret_forget_all(wizard_state_dir(wizard), app->name, &err) ||
				pulled_remove(wizard_state_dir(wizard), app->name, &err))))
		shell_say(wizard->shell, DRAW_ERROR, "%s", err.text);
	draft_clear(&wizard->draft);
}

/* A draft in which nothing differs is of no use to anybody. */
static void drop_empty_draft(struct wizard *wizard)
{
	struct err ignored;

	if (!wizard->read_only && !wizard->asking && wizard_app(wizard) &&
		!wizard_has_changes(wizard))
		draft_remove(wizard_state_dir(wizard), wizard_app(wizard)->name, &ignored);
}

/* ---- going from step to step ---- */

static void close_page(struct wizard *wizard)
{
	if (wizard->page_state)
		wizard->page->close(wizard->page_state);
	wizard->page_state = NULL;
}

static void open_page(struct wizard *wizard, enum wizard_step step)
{
	close_page(wizard);
	wizard->at = step;
	wizard->page = wizard_screen_of(step);
	if (step != WIZARD_GALLERY)
		wizard->draft.visited |= 1u << step;
	wizard->page_state = wizard->page->open(wizard->shell, wizard);
}

static void carry_out(struct wizard *wizard)
{
	enum wizard_step step = wizard->go;

	wizard->go = (enum wizard_step)NOWHERE;
	if ((int)step == NOWHERE)
		return;
	open_page(wizard, step);
	if (step != WIZARD_GALLERY && (wizard_has_changes(wizard) || wizard->draft.saved))
		save_draft(wizard);
	show_status(wizard);
}

void wizard_go(struct wizard *wizard, enum wizard_step step)
{
	wizard->go = step;
}

/* Whether the step may be left; says why not. */
bool wizard_may_leave(struct wizard *wizard, enum screen_leave how)
{
	struct err err = {0};

	if (!wizard->page->leave || wizard->page->leave(wizard->page_state, how, &err) == 0)
		return true;
	shell_say(wizard->shell, DRAW_ERROR, "%s", err.text);
	return false;
}

void wizard_next(struct wizard *wizard)
{
	if (wizard->at == WIZARD_GALLERY || wizard->at == WIZARD_DONE) {
		shell_say(wizard->shell, DRAW_NORMAL,
			wizard->at == WIZARD_DONE ? "This is the last step: press Finish."
						  : "Choose an app and press Activate.");
		return;
	}
	if (wizard_may_leave(wizard, wizard->read_only ? LEAVE_ASIDE : LEAVE_FORWARD))
		wizard_go(wizard, wizard->at + 1);
}

static void answer_leave(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;

	(void)dialog;
	if (answer == 0)
		wizard_go(wizard, WIZARD_DONE);
	else if (answer == 1)
		shell_pop(wizard->shell);
}

/* From the first step of an app that there is: back to where the wizard was opened. */
static void ask_leave(struct wizard *wizard)
{
	static const char *const labels[] = {"To Finish", "Keep as draft", "Stay"};
	struct dialog dialog;

	if (!wizard_has_changes(wizard)) {
		shell_pop(wizard->shell);
		return;
	}
	dialog_confirm(&dialog, "Leave the settings",
		"Changes have not been applied. They take effect when you press Finish in the "
		"last step; a draft waits for you.",
		labels, 3, 2);
	shell_ask(wizard->shell, &dialog, answer_leave, wizard);
}

static void previous(struct wizard *wizard)
{
	const struct app *app = wizard_app(wizard);

	if (wizard->at == WIZARD_GALLERY)
		shell_say(wizard->shell, DRAW_NORMAL, "This is where it begins. F10 quits.");
	else if (!wizard_may_leave(wizard, LEAVE_ASIDE))
		return;
	else if (wizard->at > WIZARD_DELIVERY)
		wizard_go(wizard, wizard->at - 1);
	else if (settings_app(&wizard->base, app->name))
		ask_leave(wizard);
	else
		shell_say(wizard->shell, DRAW_NORMAL,
			"This is the first step. F10 quits; Discard there begins anew.");
}

/* ---- the screen ---- */

static void *wizard_open(struct shell *shell, void *arg)
{
	const struct wizard_opening *opening = arg;
	struct wizard *wizard;
	struct settings settings;
	struct err err;

	if (settings_file_read(shell_options(shell)->config, &settings, &err)) {
		shell_say(shell, DRAW_ERROR, "%s", err.text);
		return NULL;
	}
	settings_clear(&settings);
	wizard = mem_zero(1, sizeof(*wizard));
	wizard->shell = shell;
	wizard->lock.fd = -1;
	wizard->go = (enum wizard_step)NOWHERE;
	wizard->opened_for = opening && opening->app ? mem_strdup(opening->app) : NULL;
	wizard->opened_at = opening ? opening->step : WIZARD_DELIVERY;
	wizard->fetch = fetch_new(wizard);
	settings_init(&wizard->base);
	draft_init(&wizard->draft);
	open_page(wizard, WIZARD_GALLERY);
	wizard_set_out(wizard);
	carry_out(wizard);
	return wizard;
}

static void wizard_close(void *state)
{
	struct wizard *wizard = state;

	close_page(wizard);
	drop_empty_draft(wizard);
	wizard_forget_schools(wizard);
	fetch_free(wizard->fetch);
	draft_clear(&wizard->draft);
	rules_clear(&wizard->undo_app);
	rules_clear(&wizard->undo_hub);
	settings_clear(&wizard->base);
	lock_release(&wizard->lock);
	shell_status(wizard->shell, DRAW_NORMAL, "%s", "");
	free(wizard->opened_for);
	free(wizard);
}

void wizard_over(struct wizard *wizard)
{
	snprintf(finished, sizeof(finished), "%s", wizard_app(wizard)->name);
	draft_clear(&wizard->draft);
	shell_restart(wizard->shell, &dashboard_screen, finished);
}

static void wizard_draw(void *state, struct rect area)
{
	struct wizard *wizard = state;

	if (wizard->at == WIZARD_GALLERY) {
		draw_text(area.y, area.x, area.width, DRAW_TITLE, wizard_title(wizard->at));
		area.y += area.height > 12 ? 2 : 1;
		area.height -= area.height > 12 ? 2 : 1;
	} else {
		area = wizard_draw_steps(wizard, area);
	}
	if (area.height > 0 && area.width > 0)
		wizard->page->draw(wizard->page_state, area);
}

static enum screen_answer own_key(struct wizard *wizard, const struct key *key)
{
	switch (key->code) {
	case K_NEXT: wizard_next(wizard); break;
	case K_PREVIOUS: previous(wizard); break;
	case K_STEPS: wizard_show_steps(wizard); break;
	case K_ESC: previous(wizard); break;
	case K_SAVE:
		if (wizard->read_only)
			shell_say(wizard->shell, DRAW_NORMAL, "Read-only. %s", wizard->why);
		else if (!wizard_app(wizard))
			shell_say(wizard->shell, DRAW_NORMAL, "There is nothing to save yet.");
		else if (wizard_may_leave(wizard, LEAVE_ASIDE))
			save_draft(wizard);
		break;
	case K_F9:
		if (wizard->at < WIZARD_ATTRIBUTES)
			return SCREEN_IGNORED;
		if (wizard_may_leave(wizard, LEAVE_ASIDE))
			wizard_go(wizard, WIZARD_DONE);
		break;
	default:
		if (!key_typed(key, "f") || wizard->at < WIZARD_ATTRIBUTES)
			return SCREEN_IGNORED;
		wizard_go(wizard, WIZARD_DONE);
	}
	return SCREEN_TAKEN;
}

static enum screen_answer wizard_key(void *state, const struct key *key)
{
	struct wizard *wizard = state;
	enum screen_answer answer = SCREEN_IGNORED;

	if (wizard->page->key)
		answer = wizard->page->key(wizard->page_state, key);
	if (answer == SCREEN_IGNORED)
		answer = own_key(wizard, key);
	carry_out(wizard);
	return answer;
}

static void wizard_tick(void *state, int64_t now)
{
	struct wizard *wizard = state;

	fetch_tick(wizard->fetch, now);
	if (wizard->page->tick)
		wizard->page->tick(wizard->page_state, now);
	carry_out(wizard);
}

static int wizard_wait(void *state, int64_t now)
{
	struct wizard *wizard = state;

	return wizard->page->wait ? wizard->page->wait(wizard->page_state, now) : -1;
}

static const char *wizard_message(void *state, enum draw_role *role)
{
	struct wizard *wizard = state;
	const char *text = "";

	*role = DRAW_NORMAL;
	if (wizard->page->message)
		text = wizard->page->message(wizard->page_state, role);
	return *text || !wizard->read_only ? text : wizard->why;
}

static size_t wizard_hints(void *state, struct hint *hints)
{
	struct wizard *wizard = state;
	struct hint own[SCREEN_HINTS];
	size_t count = 0, more, i;

	if (wizard->at != WIZARD_GALLERY && wizard->at != WIZARD_DONE)
		hints[count++] = (struct hint){"F8", "Next"};
	more = wizard->page->hints ? wizard->page->hints(wizard->page_state, own) : 0;
	for (i = 0; i < more && count < SCREEN_HINTS - 2; i++)
		hints[count++] = own[i];
	if (wizard->at == WIZARD_GALLERY)
		return count;
	if (wizard->at >= WIZARD_ATTRIBUTES && wizard->at < WIZARD_DONE)
		hints[count++] = (struct hint){"F9", "Finish"};
	hints[count++] = (struct hint){"F7", "Back"};
	if (count < SCREEN_HINTS)
		hints[count++] = (struct hint){"F6", "Steps"};
	return count;
}

static void wizard_help(void *state, struct buf *text)
{
	struct wizard *wizard = state;

	if (wizard->page->help)
		wizard->page->help(wizard->page_state, text);
	if (wizard->read_only)
		buf_addf(text, "\n\nRead-only: %s", wizard->why);
}

static void wizard_save(void *state)
{
	struct wizard *wizard = state;
	struct err ignored;

	if (wizard->page->leave && !wizard->read_only)
		wizard->page->leave(wizard->page_state, LEAVE_ASIDE, &ignored);
	if (wizard_has_changes(wizard))
		save_draft(wizard);
}

const struct screen wizard_screen = {
	.name = "wizard",
	.title = "Set up an app",
	.open = wizard_open,
	.close = wizard_close,
	.draw = wizard_draw,
	.key = wizard_key,
	.tick = wizard_tick,
	.wait = wizard_wait,
	.message = wizard_message,
	.hints = wizard_hints,
	.help = wizard_help,
	.save = wizard_save,
	.quit = wizard_ask_quit,
};
