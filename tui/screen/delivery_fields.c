#include "screen/delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "labels.h"
#include "shell.h"
#include "source/csv_set.h"
#include "source/url.h"
#include "summary.h"

const char delivery_test[] = "Test Connection", delivery_next[] = "Next",
	   delivery_terms[] = "Terms of Use / Privacy Policy";

static const char *state_dir(const struct delivery *delivery)
{
	return shell_options(delivery->shell)->state;
}

/* ---- what the fields are bound to ---- */

void delivery_get_setting(void *data, const struct field *field, struct buf *out)
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

static int check_path(const char *text, struct err *err)
{
	struct csv_set *set;

	if (*text != '/')
		return 0; /* app_set says that it must be a full path */
	set = csv_set_open(text, err);
	csv_set_close(set);
	return set ? 0 : -1;
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
	else if (!strcmp(setting->key, "path"))
		result = check_path(text, err);
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
		wizard_forget_source(delivery->wizard);
	return 0;
}

/* The one percentage, where all the limits are the same one. */
void delivery_get_threshold(void *data, const struct field *field, struct buf *out)
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
	delivery_get_threshold(data, field, &now);
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
	wizard_forget_source(delivery->wizard);
	return 0;
}

/* ---- the notes ---- */

static void say_intro(void *data, const struct field *field, struct buf *out)
{
	struct delivery *delivery = data;
	const struct app *app = wizard_app(delivery->wizard);

	(void)field;
	if (app_kind_has_secret(app->kind))
		buf_addf(out, "Where %s comes from. %s gives you these three values.\n ",
			app->name, app_kind_title(app->kind));
	else
		buf_addf(out,
			"Where %s comes from: the folder of the CSV files, or a zip of them.\n ",
			app->name);
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
	case SETTING_CHOICE: /* of the source there is this one */
		field.kind = FIELD_CHOICE;
		field.choice = &delivery->auth;
		field.options = auths;
		field.option_count = sizeof(auths) / sizeof(*auths);
		break;
	default:
		field.kind = FIELD_TEXT;
		field.get = delivery_get_setting;
		field.put = put_setting;
		field.placeholder = placeholder_of(setting);
	}
	add(delivery, field);
}

/* Whether a setting stands in that group of the fields of this kind of app. */
static bool is_in(
	const struct delivery *delivery, const struct setting *setting, enum label_group group)
{
	return setting_group(setting) == group &&
	       setting_is_of(setting, wizard_app(delivery->wizard)->kind);
}

static void add_group(struct delivery *delivery, enum label_group group)
{
	const struct setting *table;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (is_in(delivery, &table[i], group))
			add_setting(delivery, &table[i]);
	}
}

static bool group_is_empty(const struct delivery *delivery, enum label_group group)
{
	const struct setting *table;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (is_in(delivery, &table[i], group))
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
			      .get = delivery_get_threshold,
			      .put = put_threshold,
			      .limit = 12,
			      .placeholder = "(limit by limit)",
			      .help = "One percentage for all changes, 0-100. Empty: limit by "
				      "limit, below."});
	add_section(delivery, "Sync hold threshold, limit by limit",
		"Space unfolds: limits per kind of change, entity type and school.");
	add(delivery, (struct field){.kind = FIELD_NOTE, .get = say_hold, .role = DRAW_DIM});
	add_group(delivery, GROUP_HOLD);
	if (!group_is_empty(delivery, GROUP_CONNECTION)) {
		add_section(delivery, "Connection",
			"Space unfolds. Needed only where the automatic way does not work.");
		add_group(delivery, GROUP_CONNECTION);
	}
	add_section(delivery, "Export after every accept",
		"Space unfolds: where accepted rosters are published.");
	add_group(delivery, GROUP_EXPORT);
	if (!group_is_empty(delivery, GROUP_OTHER)) {
		add_section(delivery, "Other settings", "Space unfolds.");
		add_group(delivery, GROUP_OTHER);
	}
	add(delivery, (struct field){.kind = FIELD_END});
}

void delivery_make_fields(struct delivery *delivery)
{
	add(delivery, (struct field){.kind = FIELD_NOTE, .get = say_intro, .role = DRAW_DIM});
	add_group(delivery, GROUP_BASIC);
	delivery->secret = delivery->count;
	if (app_kind_has_secret(wizard_app(delivery->wizard)->kind))
		add(delivery, (struct field){.kind = FIELD_SECRET,
				      .label = "Client Secret",
				      .put = put_secret,
				      .limit = SECRET_MAX,
				      .placeholder = delivery->secret_note,
				      .help = "Hidden; Ctrl-R shows it for 5 seconds. Empty "
					      "keeps the one that is set."});
	add(delivery, (struct field){.kind = FIELD_BUTTON,
			      .label = delivery_test,
			      .help = "Tries the connection step by step. Optional; changes "
				      "nothing."});
	add(delivery, (struct field){.kind = FIELD_NOTE, .get = say_test, .role = DRAW_DIM});
	add_sections(delivery);
	delivery->terms = delivery->count;
	add(delivery,
		(struct field){.kind = FIELD_BUTTON,
			.label = delivery_terms,
			.help = "Terms of Use and Privacy Policy: to be read and accepted "
				"before Next."});
	add(delivery, (struct field){.kind = FIELD_NOTE, .get = say_terms, .role = DRAW_DIM});
	add(delivery, (struct field){.kind = FIELD_BUTTON,
			      .label = delivery_next,
			      .help = "On to Schools Mapping."});
}

void delivery_note_secret(struct delivery *delivery)
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
