#include "wizard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "prefill.h"
#include "settings/secret.h"
#include "settings/settings_file.h"
#include "shell.h"
#include "source/url.h"
#include "summary.h"

static const struct {
	const char *title;
	const struct screen *screen;
} table[WIZARD_STEPS] = {
	[WIZARD_DELIVERY] = {"Delivery Config", &delivery_screen},
	[WIZARD_SCHOOLS] = {"Schools Mapping", &schools_screen},
	[WIZARD_ATTRIBUTES] = {"Attributes Mapping", &attributes_screen},
	[WIZARD_REQUIREMENTS] = {"Data Requirements", &requirements_screen},
	[WIZARD_FILTERS] = {"Filter Rules", &filters_screen},
	[WIZARD_UNIQUENESS] = {"Domains of Uniqueness", &uniqueness_screen},
	[WIZARD_MASTERS] = {"Master Fields", &masters_screen},
	[WIZARD_SCHEDULE] = {"Schedule", &schedule_screen},
	[WIZARD_DONE] = {"Done", &done_screen},
};

/* A wish that is no step: nothing is to be changed. */
enum { NOWHERE = WIZARD_STEPS };

static void ask_first(struct wizard *wizard);

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

const char *wizard_title(enum wizard_step step)
{
	return step == WIZARD_GALLERY ? "Application Gallery" : table[step].title;
}

static const char *state_dir(const struct wizard *wizard)
{
	return shell_options(wizard->shell)->state;
}

/* ---- the state of the steps ---- */

static bool delivery_done(const struct wizard *wizard)
{
	const struct app *app = wizard_app(wizard);
	struct secret_status secret;

	secret_status(state_dir(wizard), app->name, &secret);
	return app->url && app->client_id && secret.set && app->terms.version > 0;
}

static bool any_school(const struct app *app)
{
	size_t i;

	for (i = 0; i < app->school_count; i++) {
		if (app->schools[i].on)
			return true;
	}
	return false;
}

enum step_state wizard_state(const struct wizard *wizard, enum wizard_step step)
{
	bool done;

	if (wizard->bad[step])
		return STEP_ERROR;
	if (step == WIZARD_DELIVERY)
		done = delivery_done(wizard);
	else if (step == WIZARD_SCHOOLS)
		done = any_school(wizard_app(wizard));
	else if (step == WIZARD_DONE)
		done = false;
	else /* they have working defaults: seen is done */
		done = wizard->draft.visited & 1u << step;
	return done ? STEP_DONE : STEP_INCOMPLETE;
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
	if (draft_save(state_dir(wizard), &wizard->draft, &err)) {
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

static bool has_changes(const struct wizard *wizard)
{
	return !wizard->read_only && !wizard->asking && wizard_app(wizard) &&
	       draft_changes(&wizard->draft, &wizard->base);
}

/* Forgets the draft; of an app that was never applied also the secret. */
static void discard(struct wizard *wizard)
{
	const struct app *app = wizard_app(wizard);
	struct err err;

	if (!app || wizard->read_only)
		return;
	if (draft_remove(state_dir(wizard), app->name, &err) ||
		(!settings_app(&wizard->base, app->name) &&
			secret_forget(state_dir(wizard), app->name, &err)))
		shell_say(wizard->shell, DRAW_ERROR, "%s", err.text);
	wizard_forget_schools(wizard);
	draft_clear(&wizard->draft);
}

/* A draft in which nothing differs is of no use to anybody. */
static void drop_empty_draft(struct wizard *wizard)
{
	struct err ignored;

	if (!wizard->read_only && !wizard->asking && wizard_app(wizard) && !has_changes(wizard))
		draft_remove(state_dir(wizard), wizard_app(wizard)->name, &ignored);
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
	wizard->page = step == WIZARD_GALLERY ? &gallery_screen : table[step].screen;
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
	if (step != WIZARD_GALLERY && (has_changes(wizard) || wizard->draft.saved))
		save_draft(wizard);
	show_status(wizard);
}

void wizard_go(struct wizard *wizard, enum wizard_step step)
{
	wizard->go = step;
}

/* Whether the step may be left; says why not. */
static bool may_leave(struct wizard *wizard, enum screen_leave how)
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
	if (may_leave(wizard, wizard->read_only ? LEAVE_ASIDE : LEAVE_FORWARD))
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

	if (!has_changes(wizard)) {
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
	else if (!may_leave(wizard, LEAVE_ASIDE))
		return;
	else if (wizard->at > WIZARD_DELIVERY)
		wizard_go(wizard, wizard->at - 1);
	else if (settings_app(&wizard->base, app->name))
		ask_leave(wizard);
	else
		shell_say(wizard->shell, DRAW_NORMAL,
			"This is the first step. F10 quits; Discard there begins anew.");
}

/* ---- the list of steps ---- */

static bool may_jump(const struct wizard *wizard, enum wizard_step step)
{
	return wizard->draft.visited & 1u << step ||
	       (step == WIZARD_DONE && wizard->draft.visited & 1u << WIZARD_ATTRIBUTES);
}

static void answer_steps(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;

	(void)dialog;
	if (answer < 0)
		return;
	if (!may_jump(wizard, (enum wizard_step)answer))
		shell_say(wizard->shell, DRAW_NORMAL,
			"%s has not been visited yet: F8 leads there step by step.",
			wizard_title((enum wizard_step)answer));
	else if (answer != (int)wizard->at && may_leave(wizard, LEAVE_ASIDE))
		wizard_go(wizard, (enum wizard_step)answer);
}

static void show_steps(struct wizard *wizard)
{
	const char *labels[WIZARD_STEPS];
	struct dialog dialog;
	int i;

	if (!wizard_app(wizard)) {
		shell_say(wizard->shell, DRAW_NORMAL, "The steps come after the gallery.");
		return;
	}
	for (i = 0; i < WIZARD_STEPS; i++) {
		snprintf(wizard->labels[i], sizeof(wizard->labels[i]), "%d %s (%s)", i + 1,
			table[i].title,
			!may_jump(wizard, (enum wizard_step)i)
				? "not visited yet"
				: step_word(wizard_state(wizard, (enum wizard_step)i)));
		labels[i] = wizard->labels[i];
	}
	dialog_menu(&dialog, "Steps", "Go to:", labels, WIZARD_STEPS, (size_t)wizard->at);
	shell_ask(wizard->shell, &dialog, answer_steps, wizard);
}

/* ---- beginning ---- */

int wizard_activate(
	struct wizard *wizard, enum app_kind kind, const char *name, struct err *err)
{
	const char *values = shell_options(wizard->shell)->prefill;

	if (wizard->read_only)
		return err_set(err, ERR_LOCKED, "Read-only. %s", wizard->why);
	if (draft_new(&wizard->draft, &wizard->base, kind, name, err))
		return -1;
	if (values && prefill(wizard_app(wizard), state_dir(wizard), values, err)) {
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
		draft_edit(&wizard->draft, there);
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
	discard(wizard);
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
	summary_write(&text, wizard_app(wizard), &wizard->base, state_dir(wizard), NULL);
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

static void set_out(struct wizard *wizard);

static void answer_read_only(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;

	(void)dialog;
	if (answer == 1)
		set_out(wizard);
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
					: draft_find(state_dir(wizard));
	char *path = mem_printf("%s/drafts/%s", state_dir(wizard), name ? name : "");
	struct err err;

	if (name && !access(path, F_OK) &&
		draft_load(state_dir(wizard), name, &wizard->draft, &err))
		shell_say(wizard->shell, DRAW_ERROR, "%s", err.text);
	if (wizard->draft.step < 0 || wizard->draft.step >= WIZARD_STEPS)
		wizard->draft.step = 0;
	free(path);
	free(name);
}

/* Takes the lock, or says who has it; finds what is to be edited; asks what has to be asked. */
static void set_out(struct wizard *wizard)
{
	const struct shell_options *options = shell_options(wizard->shell);
	const struct app *there;
	struct err err;

	lock_release(&wizard->lock);
	settings_clear(&wizard->base);
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
		draft_edit(&wizard->draft, there);
		wizard->draft.step = wizard->opened_at;
		wizard->draft.visited = (1u << WIZARD_STEPS) - 1; /* it is set up: all open */
	}
	if (wizard->read_only)
		ask_read_only(wizard);
	else
		begin(wizard, (enum wizard_step)wizard->draft.step);
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
	settings_init(&wizard->base);
	draft_init(&wizard->draft);
	open_page(wizard, WIZARD_GALLERY);
	set_out(wizard);
	carry_out(wizard);
	return wizard;
}

static void wizard_close(void *state)
{
	struct wizard *wizard = state;

	close_page(wizard);
	drop_empty_draft(wizard);
	wizard_forget_schools(wizard);
	draft_clear(&wizard->draft);
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

static struct rect draw_steps(const struct wizard *wizard, struct rect area)
{
	struct step steps[WIZARD_STEPS];
	int used = area.height > 12 ? 2 : 1, i;

	for (i = 0; i < WIZARD_STEPS; i++)
		steps[i] = (struct step){
			table[i].title, wizard_state(wizard, (enum wizard_step)i)};
	if (area.width >= STEPS_LIST_FROM) {
		struct rect list = {area.y + 1, area.x, area.height - 1, STEPS_LIST_WIDTH};

		steps_draw_list(list, steps, WIZARD_STEPS, (size_t)wizard->at);
		area.x += STEPS_LIST_WIDTH + 2;
		area.width -= STEPS_LIST_WIDTH + 2;
		draw_textf(area.y, area.x, area.width, DRAW_TITLE, "Step %d of %d: %s",
			wizard->at + 1, WIZARD_STEPS, wizard_title(wizard->at));
	} else {
		steps_draw_bar(
			area.y, area.x, area.width, steps, WIZARD_STEPS, (size_t)wizard->at);
	}
	area.y += used;
	area.height -= used;
	return area;
}

static void wizard_draw(void *state, struct rect area)
{
	struct wizard *wizard = state;

	if (wizard->at == WIZARD_GALLERY) {
		draw_text(area.y, area.x, area.width, DRAW_TITLE, wizard_title(wizard->at));
		area.y += area.height > 12 ? 2 : 1;
		area.height -= area.height > 12 ? 2 : 1;
	} else {
		area = draw_steps(wizard, area);
	}
	if (area.height > 0 && area.width > 0)
		wizard->page->draw(wizard->page_state, area);
}

static enum screen_answer own_key(struct wizard *wizard, const struct key *key)
{
	switch (key->code) {
	case K_NEXT: wizard_next(wizard); break;
	case K_PREVIOUS: previous(wizard); break;
	case K_STEPS: show_steps(wizard); break;
	case K_ESC: previous(wizard); break;
	case K_SAVE:
		if (wizard->read_only)
			shell_say(wizard->shell, DRAW_NORMAL, "Read-only. %s", wizard->why);
		else if (!wizard_app(wizard))
			shell_say(wizard->shell, DRAW_NORMAL, "There is nothing to save yet.");
		else if (may_leave(wizard, LEAVE_ASIDE))
			save_draft(wizard);
		break;
	case K_F9:
		if (wizard->at < WIZARD_ATTRIBUTES)
			return SCREEN_IGNORED;
		if (may_leave(wizard, LEAVE_ASIDE))
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
	if (has_changes(wizard))
		save_draft(wizard);
}

static void answer_quit_discard(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;

	(void)dialog;
	if (answer != 0)
		return;
	discard(wizard);
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
		if (draft_save(state_dir(wizard), &wizard->draft, &err))
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

static bool wizard_quit(void *state)
{
	static const char *const labels[] = {"Save draft", "Discard", "Stay"};
	struct wizard *wizard = state;
	struct dialog dialog;
	struct err ignored;

	if (wizard->page->leave && !wizard->read_only && !wizard->asking)
		wizard->page->leave(wizard->page_state, LEAVE_ASIDE, &ignored);
	if (!has_changes(wizard))
		return false;
	dialog_confirm(&dialog, "Quit",
		"These settings have not been applied yet. A draft lets you go on later.",
		labels, 3, 0);
	shell_ask(wizard->shell, &dialog, answer_quit, wizard);
	return true;
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
	.quit = wizard_quit,
};
