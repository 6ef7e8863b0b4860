/*
 * Step 1, Delivery Config: address, client and secret, Test Connection, Advanced Settings (a
 * field for every key of the settings table), the terms.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "labels.h"
#include "screen/check.h"
#include "settings/terms.h"
#include "shell.h"
#include "source/url.h"
#include "store/audit.h"
#include "summary.h"
#include "wizard.h"

enum { FIELDS_MOST = 120 };

struct delivery {
	struct shell *shell;
	struct wizard *wizard;
	struct form form;
	struct field fields[FIELDS_MOST];
	size_t count;
	size_t url, client, secret, terms; /* where these fields are */
	int auth;
	char secret_note[80];
	bool secret_stored; /* just now: the field is to be emptied */
	struct check check;
};

static const char test_label[] = "Test Connection", next_label[] = "Next",
		  terms_label[] = "Terms of Use / Privacy Policy";

static const char *state_dir(const struct delivery *delivery)
{
	return shell_options(delivery->shell)->state;
}

/* ---- what the fields are bound to ---- */

static void get_setting(void *data, const struct field *field, struct buf *out)
{
	struct delivery *delivery = data;

	app_get(wizard_app(delivery->wizard), field->tag, out);
}

static bool same_as_now(struct app *app, const struct setting *setting, const char *text)
{
	struct buf now;
	bool same;

	buf_init(&now);
	app_get(app, setting, &now);
	same = !strcmp(now.data, text);
	buf_clear(&now);
	return same;
}

/* An address that would be refused later is refused when it is typed. */
static int check_address(const struct setting *setting, const char *text, struct err *err)
{
	char *normal = NULL;
	int result = 0;

	if (!*text)
		return 0;
	if (!strcmp(setting->key, "url"))
		result = url_normalise(text, &normal, err);
	else if (!strcmp(setting->key, "token_url"))
		result = url_check(text, "Token URL", err);
	free(normal);
	return result;
}

static int put_setting(void *data, const struct field *field, const char *text, struct err *err)
{
	struct delivery *delivery = data;
	const struct setting *setting = field->tag;
	struct app *app = wizard_app(delivery->wizard);

	/* The same value set again would make forgotten what was learned with it. */
	if (same_as_now(app, setting, text))
		return 0;
	if (check_address(setting, text, err) || app_set(app, setting->key, text, err)) {
		setting_label_error(setting, err);
		return -1;
	}
	if (setting_group(setting) == GROUP_BASIC || setting_group(setting) == GROUP_CONNECTION)
		wizard_forget_schools(delivery->wizard);
	return 0;
}

/* The one percentage, where all the limits are the same one. */
static void get_threshold(void *data, const struct field *field, struct buf *out)
{
	static const char *const keys[] = {"hold.created", "hold.updated", "hold.deleted",
		"hold.per_school.created", "hold.per_school.updated",
		"hold.per_school.deleted"};
	struct delivery *delivery = data;
	const struct app *app = wizard_app(delivery->wizard);
	struct buf other;
	size_t i;

	(void)field;
	buf_init(&other);
	app_get(app, setting_by_key(keys[0]), out);
	for (i = 1; i < sizeof(keys) / sizeof(*keys); i++) {
		app_get(app, setting_by_key(keys[i]), &other);
		if (strcmp(other.data, out->data) != 0) {
			buf_reset(out);
			break;
		}
	}
	buf_clear(&other);
}

static int put_threshold(
	void *data, const struct field *field, const char *text, struct err *err)
{
	struct delivery *delivery = data;
	size_t digits = strspn(text, "0123456789.");
	struct buf now;
	char *limit;
	int result;

	buf_init(&now);
	get_threshold(data, field, &now);
	/* Left empty, the limits below are what they are. */
	result = strcmp(now.data, text) == 0;
	buf_clear(&now);
	if (result)
		return 0;
	limit = mem_printf("%s%s", text, digits && !text[digits] ? "%" : "");
	result = app_set(wizard_app(delivery->wizard), "hold.threshold", limit, err);
	free(limit);
	if (result)
		return err_set(err, ERR_SETTINGS,
			"Sync hold threshold: \"%.40s\" is no percentage. Enter 0-100, or off.",
			text);
	return 0;
}

static int put_secret(void *data, const struct field *field, const char *text, struct err *err)
{
	struct delivery *delivery = data;
	struct secret secret = {""};
	size_t length = strlen(text), i;

	(void)field;
	for (i = 0; i < length; i++) {
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			return err_set(err, ERR_SETTINGS,
				"Client Secret: contains a control character. Copy it again.");
	}
	memcpy(secret.text, text, length < SECRET_MAX ? length : SECRET_MAX);
	if (secret_store(
		    state_dir(delivery), wizard_app(delivery->wizard)->name, &secret, err)) {
		secret_wipe(&secret);
		return -1;
	}
	secret_wipe(&secret);
	delivery->secret_stored = true;
	wizard_forget_schools(delivery->wizard);
	return 0;
}

/* ---- the notes ---- */

static void say_intro(void *data, const struct field *field, struct buf *out)
{
	struct delivery *delivery = data;

	(void)field;
	buf_addf(out, "Where %s comes from. %s gives you these three values.\n ",
		wizard_app(delivery->wizard)->name,
		app_kind_title(wizard_app(delivery->wizard)->kind));
}

static void say_test(void *data, const struct field *field, struct buf *out)
{
	struct delivery *delivery = data;

	(void)field;
	buf_adds(out, *delivery->check.told
			      ? delivery->check.told
			      : "Not tested yet. The test is optional and changes nothing.");
	buf_adds(out, "\n ");
}

static void say_terms(void *data, const struct field *field, struct buf *out)
{
	struct delivery *delivery = data;
	const struct terms_acceptance *terms = &wizard_app(delivery->wizard)->terms;

	(void)field;
	if (terms->version)
		buf_addf(out, "Terms: accepted %.10s by %s.", terms->when ? terms->when : "",
			terms->by ? terms->by : "-");
	else
		buf_adds(out,
			"Terms: not accepted yet. An app imports nothing before they are.");
}

static void say_hold(void *data, const struct field *field, struct buf *out)
{
	(void)data;
	(void)field;
	buf_adds(out, "A sync that changes more than a limit is held until somebody approves "
		      "it. A limit is a percentage (10%), a number of records (250) or off. An "
		      "empty one follows the line of any type.");
}

/* ---- the fields, made from the table of settings ---- */

static struct field *add(struct delivery *delivery, struct field field)
{
	if (delivery->count == FIELDS_MOST)
		return &delivery->fields[FIELDS_MOST - 1];
	delivery->fields[delivery->count] = field;
	return &delivery->fields[delivery->count++];
}

static const struct choice_option auths[] = {
	{AUTH_AUTO, "Automatic"}, {AUTH_OAUTH2, "OAuth 2"}, {AUTH_OAUTH1, "OAuth 1.0a"}};

static const char *placeholder_of(const struct setting *setting)
{
	if (setting->type == SETTING_LIMIT)
		return "(as any type)";
	if (setting_group(setting) == GROUP_BASIC)
		return NULL;
	if (!strcmp(setting->key, "token_url"))
		return "(found by itself)";
	return strcmp(setting->key, "ca_bundle") ? "(none)" : "(the system's)";
}

static void add_setting(struct delivery *delivery, const struct setting *setting)
{
	struct app *app = wizard_app(delivery->wizard);
	struct field field = {.label = setting_label(setting),
		.help = setting->help,
		.example = setting->example,
		.tag = setting};

	switch (setting->type) {
	case SETTING_BOOL:
		field.kind = FIELD_SLIDER;
		field.on = (bool *)(void *)((char *)app + setting->offset);
		break;
	case SETTING_AUTH:
		field.kind = FIELD_CHOICE;
		field.choice = &delivery->auth;
		field.options = auths;
		field.option_count = sizeof(auths) / sizeof(*auths);
		break;
	default:
		field.kind = FIELD_TEXT;
		field.get = get_setting;
		field.put = put_setting;
		field.placeholder = placeholder_of(setting);
	}
	add(delivery, field);
}

static void add_group(struct delivery *delivery, enum label_group group)
{
	const struct setting *table;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (setting_group(&table[i]) == group)
			add_setting(delivery, &table[i]);
	}
}

static bool group_is_empty(enum label_group group)
{
	const struct setting *table;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (setting_group(&table[i]) == group)
			return false;
	}
	return true;
}

static void add_section(struct delivery *delivery, const char *label, const char *help)
{
	add(delivery, (struct field){.kind = FIELD_SECTION,
			      .label = label,
			      .fold = FIELD_FOLDED,
			      .help = help});
}

static void add_sections(struct delivery *delivery)
{
	add_section(delivery, "Advanced Settings",
		"Space unfolds. The defaults are right for one source in one district.");
	add_group(delivery, GROUP_ADVANCED);
	add(delivery, (struct field){.kind = FIELD_TEXT,
			      .label = "Sync hold threshold",
			      .get = get_threshold,
			      .put = put_threshold,
			      .limit = 12,
			      .placeholder = "(limit by limit)",
			      .help = "One percentage for all changes, 0-100. Empty: limit by "
				      "limit, below."});
	add_section(delivery, "Sync hold threshold, limit by limit",
		"Space unfolds: limits per kind of change, entity type and school.");
	add(delivery, (struct field){.kind = FIELD_NOTE, .get = say_hold, .role = DRAW_DIM});
	add_group(delivery, GROUP_HOLD);
	add_section(delivery, "Connection",
		"Space unfolds. Needed only where the automatic way does not work.");
	add_group(delivery, GROUP_CONNECTION);
	add_section(delivery, "Export after every accept",
		"Space unfolds: where accepted rosters are published.");
	add_group(delivery, GROUP_EXPORT);
	if (!group_is_empty(GROUP_OTHER)) {
		add_section(delivery, "Other settings", "Space unfolds.");
		add_group(delivery, GROUP_OTHER);
	}
	add(delivery, (struct field){.kind = FIELD_END});
}

static void make_fields(struct delivery *delivery)
{
	add(delivery, (struct field){.kind = FIELD_NOTE, .get = say_intro, .role = DRAW_DIM});
	delivery->url = delivery->count;
	add_setting(delivery, setting_by_key("url"));
	delivery->client = delivery->count;
	add_setting(delivery, setting_by_key("client_id"));
	delivery->secret = delivery->count;
	add(delivery, (struct field){.kind = FIELD_SECRET,
			      .label = "Client Secret",
			      .put = put_secret,
			      .limit = SECRET_MAX,
			      .placeholder = delivery->secret_note,
			      .help = "Hidden; Ctrl-R shows it for 5 seconds. Empty keeps the "
				      "one that is set."});
	add(delivery, (struct field){.kind = FIELD_BUTTON,
			      .label = test_label,
			      .help = "Tries the connection step by step. Optional; changes "
				      "nothing."});
	add(delivery, (struct field){.kind = FIELD_NOTE, .get = say_test, .role = DRAW_DIM});
	add_sections(delivery);
	delivery->terms = delivery->count;
	add(delivery,
		(struct field){.kind = FIELD_BUTTON,
			.label = terms_label,
			.help = "Terms of Use and Privacy Policy: to be read and accepted "
				"before Next."});
	add(delivery, (struct field){.kind = FIELD_NOTE, .get = say_terms, .role = DRAW_DIM});
	add(delivery, (struct field){.kind = FIELD_BUTTON,
			      .label = next_label,
			      .help = "On to Schools Mapping."});
}

static void note_secret(struct delivery *delivery)
{
	struct buf text;

	buf_init(&text);
	summary_secret(&text, state_dir(delivery), wizard_app(delivery->wizard)->name);
	if (!strcmp(text.data, "not set"))
		*delivery->secret_note = '\0';
	else
		snprintf(delivery->secret_note, sizeof(delivery->secret_note), "(%s)",
			text.data);
	buf_clear(&text);
}

static void *delivery_open(struct shell *shell, void *arg)
{
	struct delivery *delivery = mem_zero(1, sizeof(*delivery));

	delivery->shell = shell;
	delivery->wizard = arg;
	delivery->auth = (int)wizard_app(delivery->wizard)->auth;
	note_secret(delivery);
	make_fields(delivery);
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
	wizard_forget_schools(delivery->wizard);
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
			(field->get != get_threshold && field->get != get_setting))
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
		note_secret(delivery);
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

	if (label == test_label)
		test(delivery);
	else if (label == terms_label)
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

static int delivery_leave(void *state, enum screen_leave how, struct err *err)
{
	struct delivery *delivery = state;
	const struct app *app = wizard_app(delivery->wizard);
	struct secret_status secret;
	int result;

	result = form_check(&delivery->form, err);
	take_changes(delivery);
	if (result || how == LEAVE_ASIDE)
		return result;
	if (!app->url)
		return fault(delivery, delivery->url, err,
			"Service URL: is missing. Enter an address such as "
			"https://sis.example.org/api.");
	if (!app->client_id)
		return fault(delivery, delivery->client, err,
			"Client ID: is missing. Enter it as the vendor gives it.");
	secret_status(state_dir(delivery), app->name, &secret);
	if (!secret.set)
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
	buf_adds(text,
		"Delivery Config\n"
		"How lumenport reaches the source. The vendor gives you a Service URL, a "
		"Client "
		"ID and a Client Secret. Paste the address as you got it: what has to be added "
		"to "
		"it is found out. The secret is kept in a file of its own that only the owner "
		"can "
		"read, never in the settings or in a draft.\n\n"
		"Test Connection shows step by step what works: name lookup, TLS, the login, "
		"which "
		"schools can be seen, which collections can be read. It changes nothing.\n\n"
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
