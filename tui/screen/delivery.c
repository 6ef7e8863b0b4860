/*
 * Step 1, Delivery Config: address, client and secret, Test Connection, Advanced Settings (a
 * field for every key of the settings table), the terms.
 */
#include "screen/delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "labels.h"
#include "settings/terms.h"
#include "shell.h"
#include "store/audit.h"

static void *delivery_open(struct shell *shell, void *arg)
{
	struct delivery *delivery = mem_zero(1, sizeof(*delivery));

	delivery->shell = shell;
	delivery->wizard = arg;
	delivery->auth = (int)wizard_app(delivery->wizard)->auth;
	delivery_note_secret(delivery);
	delivery_make_fields(delivery);
	check_init(&delivery->check, shell);
	form_init(&delivery->form, delivery->fields, delivery->count, delivery);
	delivery->form.access = wizard_access(delivery->wizard);
	delivery->wizard->bad[WIZARD_DELIVERY] = false;
	return delivery;
}

static void delivery_close(void *state)
{
	struct delivery *delivery = state;

	check_clear(&delivery->check);
	form_clear(&delivery->form);
	free(delivery);
}

static void delivery_draw(void *state, struct rect area)
{
	struct delivery *delivery = state;

	form_draw(
		&delivery->form, area, delivery->check.open ? WIDGET_BLURRED : WIDGET_FOCUSED);
	if (delivery->check.open)
		check_draw(&delivery->check);
}

/* ---- what happened to the form ---- */

static void take_auth(struct delivery *delivery)
{
	static const char *const names[] = {
		[AUTH_AUTO] = "auto", [AUTH_OAUTH2] = "oauth2", [AUTH_OAUTH1] = "oauth1"};
	struct app *app = wizard_app(delivery->wizard);
	struct err ignored;

	if ((int)app->auth == delivery->auth)
		return;
	app_set(app, "auth", names[delivery->auth], &ignored);
	wizard_forget_source(delivery->wizard);
}

static void look_for_errors(struct delivery *delivery)
{
	size_t i;

	delivery->wizard->bad[WIZARD_DELIVERY] = false;
	for (i = 0; i < delivery->count; i++)
		delivery->wizard->bad[WIZARD_DELIVERY] |=
			delivery->form.states[i].err.code != ERR_NONE;
}

/* Simple and opened up show the same limits: what was typed in one shows in the other. */
static void reload_limits(struct delivery *delivery)
{
	size_t i;

	for (i = 0; i < delivery->count; i++) {
		const struct field *field = &delivery->fields[i];
		struct field_state *at = &delivery->form.states[i];
		struct buf text;

		if (i == delivery->form.focus || at->touched || at->err.code ||
			(field->get != delivery_get_threshold &&
				field->get != delivery_get_setting))
			continue;
		buf_init(&text);
		field->get(delivery, field, &text);
		if (strcmp(text.data, edit_text(&at->edit)) != 0)
			edit_set(&at->edit, text.data);
		buf_clear(&text);
	}
}

static void take_changes(struct delivery *delivery)
{
	if (delivery->secret_stored) {
		delivery->secret_stored = false;
		edit_set(&delivery->form.states[delivery->secret].edit, "");
		delivery_note_secret(delivery);
		shell_say(delivery->shell, DRAW_OK,
			"The Client Secret is stored on this machine, apart from the "
			"settings.");
	}
	take_auth(delivery);
	look_for_errors(delivery);
	if (!delivery->form.changed)
		return;
	delivery->form.changed = false;
	reload_limits(delivery);
	wizard_changed(delivery->wizard);
}

static void answer_terms(void *arg, struct dialog *dialog, int answer)
{
	struct delivery *delivery = arg;
	struct terms_acceptance *terms = &wizard_app(delivery->wizard)->terms;
	char when[TIME_SIZE], user[160];

	(void)dialog;
	if (delivery->wizard->read_only || answer < 0)
		return;
	if (answer == 0) {
		date_of_time(time(NULL), when);
		audit_user(user, sizeof(user));
		terms->version = TERMS_VERSION;
		mem_replace(&terms->when, when);
		mem_replace(&terms->by, user);
		delivery->form.focus = delivery->count - 1;
	} else {
		terms->version = 0;
	}
	wizard_changed(delivery->wizard);
}

/* The terms without the line ends that were made for a printer: a dialog makes its own. */
static char *reflowed(const char *text)
{
	char *out = mem_alloc(strlen(text) + 1), *to = out;

	for (; *text; text++) {
		if (*text != '\n' || text[1] == '\n' || (to > out && to[-1] == '\n')) {
			*to++ = *text;
			continue;
		}
		*to++ = ' ';
		text += strspn(text + 1, " ");
	}
	*to = '\0';
	return out;
}

static void show_terms(struct delivery *delivery)
{
	static const char *const choose[] = {"Accept", "Decline"}, *const close[] = {"Close"};
	bool look = delivery->wizard->read_only;
	char *text = reflowed(terms_text);
	struct dialog dialog;

	dialog_text(&dialog, "Terms of Use / Privacy Policy", text, look ? close : choose,
		look ? 1 : 2);
	shell_ask(delivery->shell, &dialog, answer_terms, delivery);
	free(text);
}

static void test(struct delivery *delivery)
{
	struct err err = {0};

	if (form_leave(&delivery->form) == 0 && !delivery->wizard->bad[WIZARD_DELIVERY] &&
		check_begin(&delivery->check, wizard_app(delivery->wizard), &err) == 0)
		return;
	shell_say(delivery->shell, DRAW_ERROR, "%s",
		err.code ? err.text : "Test Connection: a field above has an error.");
}

static void press(struct delivery *delivery)
{
	const char *label = delivery->fields[delivery->form.focus].label;

	if (label == delivery_test)
		test(delivery);
	else if (label == delivery_terms)
		show_terms(delivery);
	else
		wizard_next(delivery->wizard);
}

static enum screen_answer delivery_key(void *state, const struct key *key)
{
	struct delivery *delivery = state;
	size_t before = delivery->form.focus;
	enum widget_answer answer;

	if (delivery->check.open) {
		check_key(&delivery->check, key);
		return SCREEN_TAKEN;
	}
	answer = form_key(&delivery->form, key, term_now());
	take_changes(delivery);
	/* Left with a fault: it is told now, not when somebody comes back to the field. */
	if (before != delivery->form.focus && delivery->form.states[before].err.code)
		shell_say(delivery->shell, DRAW_ERROR, "%s",
			delivery->form.states[before].err.text);
	if (answer == WIDGET_DONE)
		press(delivery);
	else if (answer == WIDGET_NEXT)
		form_enter_first(&delivery->form);
	else if (answer == WIDGET_PREVIOUS)
		form_enter_last(&delivery->form);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

static void delivery_tick(void *state, int64_t now)
{
	struct delivery *delivery = state;
	struct app *app = wizard_app(delivery->wizard);

	form_tick(&delivery->form, now);
	if (!check_tick(&delivery->check) || !delivery->check.passed ||
		delivery->wizard->read_only)
		return;
	learned_copy(&app->learned, &delivery->check.learned);
	wizard_changed(delivery->wizard);
}

static int delivery_wait(void *state, int64_t now)
{
	return form_wait(&((struct delivery *)state)->form, now);
}

static const char *delivery_message(void *state, enum draw_role *role)
{
	struct delivery *delivery = state;

	*role = DRAW_NORMAL;
	return delivery->check.open ? "" : form_message(&delivery->form, role);
}

static int fault(struct delivery *delivery, size_t field, struct err *err, const char *text)
{
	delivery->form.focus = field;
	err_set(&delivery->form.states[field].err, ERR_SETTINGS, "%s", text);
	return err_set(err, ERR_SETTINGS, "%s", text);
}

static int lacking(struct delivery *delivery, const struct setting *setting, struct err *err)
{
	char text[300];
	size_t field = 0;

	while (field < delivery->count && delivery->fields[field].tag != setting)
		field++;
	snprintf(text, sizeof(text), "%s: is missing. %s", setting_label(setting),
		setting->example);
	return fault(delivery, field, err, text);
}

static int delivery_leave(void *state, enum screen_leave how, struct err *err)
{
	struct delivery *delivery = state;
	const struct app *app = wizard_app(delivery->wizard);
	int result;

	result = form_check(&delivery->form, err);
	take_changes(delivery);
	if (result || how == LEAVE_ASIDE)
		return result;
	if (app_lacks(app))
		return lacking(delivery, app_lacks(app), err);
	if (secret_is_missing(shell_options(delivery->shell)->state, app))
		return fault(delivery, delivery->secret, err,
			"Client Secret: is missing. Enter it as the vendor gives it.");
	if (!app->terms.version) {
		delivery->form.focus = delivery->terms;
		return err_set(err, ERR_SETTINGS,
			"The terms: not accepted yet. Press Enter to read them.");
	}
	return 0;
}

static size_t delivery_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Tab", "Next field"};
	hints[1] = (struct hint){"Space", "Switch, unfold"};
	return 2;
}

static const char of_service[] =
	"Delivery Config\n"
	"How lumenport reaches the source. The vendor gives you a Service URL, a Client ID and a "
	"Client Secret. Paste the address as you got it: what has to be added to it is found "
	"out. The secret is kept in a file of its own that only the owner can read, never in the "
	"settings or in a draft.\n\n"
	"Test Connection shows step by step what works: name lookup, TLS, the login, which "
	"schools can be seen, which collections can be read. It changes nothing.\n\n";

static const char of_files[] =
	"Delivery Config\n"
	"Where the OneRoster CSV files are: a folder on this machine, or a zip of them, by its "
	"full path. Whoever runs lumenport must be permitted to read it. The files are read anew "
	"by each import, and never changed.\n\n"
	"Test Connection reads them to their end and says what is in each: bulk or delta, how "
	"many rows, and what an import would stumble over. It changes nothing.\n\n";

static void delivery_help(void *state, struct buf *text)
{
	const struct delivery *delivery = state;
	const struct field *field = &delivery->fields[delivery->form.focus];

	if (delivery->form.focus < delivery->count) {
		buf_addf(text, "%s\n%s", field->label, field->help ? field->help : "");
		if (field->example)
			buf_addf(text, " %s", field->example);
		if (field->tag)
			buf_addf(text, "\nIn commands: lumenport app set %s %s=VALUE",
				wizard_app(delivery->wizard)->name,
				((const struct setting *)field->tag)->key);
		buf_adds(text, "\n\n");
	}
	buf_adds(text, app_kind_has_secret(wizard_app(delivery->wizard)->kind) ? of_service
									       : of_files);
	buf_adds(text,
		"Advanced Settings have defaults that suit one source in one district. The "
		"sync "
		"hold threshold is the safety net: a sync that would delete or change more "
		"than "
		"usual waits until somebody has looked at it.\n\n"
		"The terms must be accepted before Next. What you enter is kept as a draft; "
		"nothing takes effect before Finish in the last step, but the secret, which is "
		"stored at once.");
}

const struct screen delivery_screen = {
	.name = "delivery",
	.title = "Delivery Config",
	.open = delivery_open,
	.close = delivery_close,
	.draw = delivery_draw,
	.key = delivery_key,
	.tick = delivery_tick,
	.wait = delivery_wait,
	.message = delivery_message,
	.hints = delivery_hints,
	.help = delivery_help,
	.leave = delivery_leave,
};
