/* Step 1 in lines: address, client, secret, advanced settings, test, terms. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/mem.h"
#include "command/print.h"
#include "labels.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "settings/secret.h"
#include "settings/terms.h"
#include "source/csv_set.h"
#include "source/source.h"
#include "source/url.h"
#include "store/audit.h"
#include "summary.h"

/* An address or path at which nothing could be is refused at once. */
static int check_place(const struct setting *setting, const char *text, struct err *err)
{
	struct csv_set *set;
	char *normal = NULL;
	int result = 0;

	if (*text && !strcmp(setting->key, "url")) {
		result = url_normalise(text, &normal, err);
		free(normal);
	} else if (*text == '/' && !strcmp(setting->key, "path")) {
		set = csv_set_open(text, err);
		result = set ? 0 : -1;
		csv_set_close(set);
	}
	return result;
}

/* Asks for one setting until it is good. False: no more answers. */
static bool ask_setting(struct setup *setup, const struct setting *setting)
{
	struct app *app = draft_app(&setup->draft);
	struct err err;
	struct buf now;
	char *answer;
	bool good = false;

	buf_init(&now);
	app_get(app, setting, &now);
	while (!good && (answer = ask_text(setting_label(setting), now.data))) {
		if (!strcmp(answer, "?"))
			print_line("%s %s", setting->help, setting->example);
		else if (!strcmp(answer, now.data))
			good = true; /* set again, it would forget what was learned */
		else if (check_place(setting, answer, &err) ||
			 app_set(app, setting->key, answer, &err)) {
			setting_label_error(setting, &err);
			print_line("%s", err.text);
		} else {
			good = true;
			setup_save(setup);
		}
		free(answer);
	}
	buf_clear(&now);
	return good;
}

static bool ask_needed(struct setup *setup, const struct setting *setting)
{
	struct buf now;
	bool missing = true;

	buf_init(&now);
	while (missing && ask_setting(setup, setting)) {
		app_get(draft_app(&setup->draft), setting, &now);
		missing = !now.used;
		if (missing)
			print_line(
				"%s is missing. %s", setting_label(setting), setting->example);
	}
	buf_clear(&now);
	return !missing;
}

static bool ask_secret(struct setup *setup)
{
	const char *state = setup->context->state, *name = draft_app(&setup->draft)->name;
	struct secret secret = {""};
	struct secret_status status;
	struct buf there;
	struct err err;
	int result;

	buf_init(&there);
	summary_secret(&there, state, name);
	secret_status(state, name, &status);
	print_line("Client Secret: %s.", there.data);
	buf_clear(&there);
	if (status.set && ask_yes("Enter another Client Secret?", ASK_NO) != ASK_YES)
		return !ask_ended();
	for (;;) {
		if (!isatty(STDIN_FILENO))
			print_line("Client Secret:");
		fflush(stdout);
		result =
			secret_read(STDIN_FILENO, "Client Secret (not shown): ", &secret, &err);
		if (!result)
			result = secret_store(state, name, &secret, &err);
		secret_wipe(&secret);
		if (!result)
			break;
		print_line("%s", err.text);
		if (ask_yes("Try again?", ASK_YES) != ASK_YES)
			return false;
	}
	print_line("The Client Secret is stored on this machine, apart from the settings.");
	return true;
}

/* What the source is found by, and the secret where there is one. */
static bool ask_place(struct setup *setup)
{
	enum app_kind kind = draft_app(&setup->draft)->kind;
	const struct setting *table;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++)
		if (setting_is_needed(&table[i], kind) && !ask_needed(setup, &table[i]))
			return false;
	return !app_kind_has_secret(kind) || ask_secret(setup);
}

/* ---- Advanced Settings ---- */

/*
 * The setting of that number, from 1, among those that the app's kind has and that are not
 * asked for in a step of their own; NULL.
 */
static const struct setting *setting_by_number(const struct app *app, size_t number)
{
	const struct setting *table;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++)
		if (setting_is_of(&table[i], app->kind) &&
			setting_group(&table[i]) != GROUP_SCHEDULE && --number == 0)
			return &table[i];
	return NULL;
}

/* Lists them; returns how many there are. */
static size_t list_settings(const struct app *app)
{
	const struct setting *setting;
	struct buf value;
	size_t number = 0;

	buf_init(&value);
	while ((setting = setting_by_number(app, ++number))) {
		app_get(app, setting, &value);
		print_line("  %zu. %s: %s", number, setting_label(setting),
			value.used ? value.data : "(as the default)");
	}
	buf_clear(&value);
	return number - 1;
}

static bool ask_threshold(struct setup *setup)
{
	char *answer = ask_text("One percentage for all changes, such as 10%", NULL);
	struct err err;

	if (!answer)
		return false;
	if (*answer && app_set(draft_app(&setup->draft), "hold.threshold", answer, &err))
		print_line("%s", err.text);
	else
		setup_save(setup);
	free(answer);
	return true;
}

static bool ask_advanced(struct setup *setup)
{
	const struct app *app = draft_app(&setup->draft);
	size_t count = list_settings(app), number;
	char *answer, *end;
	bool going = true;

	while (going && (answer = ask_text("Number of a setting to change, t for one sync hold "
					   "threshold, l to list them, Enter to go on",
				 NULL))) {
		number = strtoul(answer, &end, 10);
		if (!*answer)
			going = false;
		else if (!strcmp(answer, "l"))
			list_settings(app);
		else if (!strcmp(answer, "t"))
			going = ask_threshold(setup);
		else if (*end || !number || number > count)
			print_line("\"%s\" is no number from 1 to %zu.", answer, count);
		else
			going = ask_setting(setup, setting_by_number(app, number));
		free(answer);
	}
	return !ask_ended();
}

/* ---- test and terms ---- */

static void tell_step(void *arg, const struct check_step *step)
{
	static const char *const words[] = {[CHECK_OK] = "ok",
		[CHECK_WARNING] = "warning",
		[CHECK_FAILED] = "FAILED",
		[CHECK_SKIPPED] = "skipped"};

	(void)arg;
	print_line("  %s: %s%s%s", words[step->state], step->name, *step->detail ? ": " : "",
		step->detail);
	if (*step->advice)
		print_line("    %s", step->advice);
	fflush(stdout);
}

static void test(struct setup *setup)
{
	struct app *app = draft_app(&setup->draft);
	struct secret secret = {""};
	struct source *source = NULL;
	struct err err;

	print_line("Test Connection. It changes nothing.");
	if (!secret_need(setup->context->state, app, &secret, &err))
		source = source_open(app, &secret, setup->context->cancel, &err);
	if (!source) {
		print_line("%s", err.text);
	} else if (!source_check(source, tell_step, NULL, &err)) {
		learned_copy(&app->learned, source_learned(source));
		setup_save(setup);
		print_line("All that must work works.");
	} else {
		print_line("It does not work yet. What FAILED comes first.");
	}
	source_close(source);
	secret_wipe(&secret);
}

static bool ask_terms(struct setup *setup)
{
	struct terms_acceptance *terms = &draft_app(&setup->draft)->terms;
	char when[TIME_SIZE], user[160];

	if (terms->version)
		return true;
	fputs(terms_text, stdout);
	if (ask_yes("Do you accept these terms?", ASK_NO) != ASK_YES)
		return false;
	date_of_time(time(NULL), when);
	audit_user(user, sizeof(user));
	terms->version = TERMS_VERSION;
	mem_replace(&terms->when, when);
	mem_replace(&terms->by, user);
	setup_save(setup);
	return true;
}

enum setup_go setup_delivery(struct setup *setup)
{
	enum ask_yes answer;

	print_line("\"?\" explains a field. Enter alone keeps what stands in brackets.");
	if (!ask_place(setup))
		return SETUP_LEAVE;
	answer = ask_yes("Change Advanced Settings?", ASK_NO);
	if (answer == ASK_YES)
		ask_advanced(setup);
	while (!ask_ended() && ask_yes("Test the connection now?", ASK_YES) == ASK_YES) {
		test(setup);
		if (ask_yes("Go on?", ASK_YES) == ASK_YES)
			break;
		if (!ask_place(setup))
			return SETUP_LEAVE;
	}
	if (ask_ended())
		return SETUP_LEAVE;
	while (!ask_terms(setup)) {
		if (ask_ended())
			return SETUP_LEAVE;
		print_line("Nothing can be imported before the terms are accepted.");
		if (ask_yes("Leave, and keep the draft?", ASK_NO) == ASK_YES)
			return SETUP_LEAVE;
	}
	return SETUP_NEXT;
}
