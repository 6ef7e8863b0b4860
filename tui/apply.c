#include "apply.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "schedule/settled.h"
#include "settings/settings_file.h"
#include "store/audit.h"

/* Adds a rule: "map student.email=..", with no text when it was removed. */
static void add_rule(const struct rule *rule, const char *text, struct buf *out)
{
	buf_addf(out, ", %s %s%s%s=%s", rule_kind_name(rule->kind), entity_name(rule->entity),
		*rule->name ? "." : "", rule->name, text);
}

static const struct rule *same_in(const struct rules *rules, const struct rule *rule)
{
	return rules ? rules_find(rules, rule->kind, rule->entity, rule->name) : NULL;
}

/* The rules that are new or say something else, and those that are gone. */
static void describe_rules(
	const struct rules *rules, const struct rules *before, struct buf *out)
{
	size_t i;

	for (i = 0; i < rules->count; i++) {
		const struct rule *rule = &rules->list[i], *old = same_in(before, rule);

		if (!old || strcmp(old->text, rule->text) != 0)
			add_rule(rule, rule->text, out);
	}
	for (i = 0; before && i < before->count; i++)
		if (!same_in(rules, &before->list[i]))
			add_rule(&before->list[i], "", out);
}

/* "url=.., hold.deleted=5%, 12 schools on": what differs from the app as it was. */
static void describe(const struct app *app, const struct app *before, struct buf *out)
{
	const struct setting *table;
	struct buf old, value;
	size_t count, i, on = 0;

	buf_init(&old);
	buf_init(&value);
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		app_get(app, &table[i], &value);
		if (before)
			app_get(before, &table[i], &old);
		if (strcmp(value.data, before ? old.data : table[i].fallback) != 0)
			buf_addf(out, "%s%s=%s", out->used ? ", " : "", table[i].key,
				value.data);
	}
	for (i = 0; i < app->school_count; i++)
		on += app->schools[i].on;
	buf_addf(out, "%s%zu schools on", out->used ? ", " : "", on);
	describe_rules(&app->rules, before ? &before->rules : NULL, out);
	buf_clear(&old);
	buf_clear(&value);
}

static int audit_all(
	struct store *store, const struct app *app, const struct app *before, struct err *err)
{
	struct buf detail;
	char version[40];
	int result;

	buf_init(&detail);
	describe(app, before, &detail);
	result = audit_add(
		store, before ? "settings.set" : "app.add", app->name, detail.data, err);
	buf_clear(&detail);
	if (result || app->terms.version == (before ? before->terms.version : 0))
		return result;
	snprintf(version, sizeof(version), "version %d", app->terms.version);
	return audit_add(store, "terms.accept", app->name, version, err);
}

/* The rules of the hub, which the wizard changes along with the app. */
static int audit_hub(struct store *store, const struct rules *rules, const struct rules *before,
	struct err *err)
{
	struct buf detail;
	int result = 0;

	buf_init(&detail);
	describe_rules(rules, before, &detail);
	if (detail.used) /* it begins with ", " */
		result = audit_add(store, "rules.set", "hub", detail.data + 2, err);
	buf_clear(&detail);
	return result;
}

static void say(void (*phase)(void *arg, const char *doing), void *arg, const char *doing)
{
	if (phase)
		phase(arg, doing);
}

int apply_draft(const char *config, const char *state, const struct draft *draft,
	void (*phase)(void *arg, const char *doing), void *arg, struct err *err)
{
	const struct app *app = draft_app(draft);
	struct settings settings, before;
	struct store *store = NULL;
	int result = -1;

	settings_init(&settings);
	settings_init(&before);
	say(phase, arg, "Reading the settings");
	if (settings_file_read(config, &settings, err) ||
		settings_file_read(config, &before, err) || draft_apply(draft, &settings, err))
		goto out;
	/* Opened first: a change that could not be audited must not begin. */
	say(phase, arg, "Opening the store");
	store = store_open(state, err);
	if (!store)
		goto out;
	say(phase, arg, "Writing the audit");
	if (store_begin(store, err) ||
		audit_all(store, app, settings_app(&before, app->name), err) ||
		audit_hub(store, &settings.rules, &before.rules, err))
		goto out;
	say(phase, arg, "Writing the settings");
	if (settled_by_change(state, settings_app(&before, app->name), app, time(NULL), err) ||
		settings_file_write(config, &settings, err))
		goto out;
	if (store_commit(store, err)) {
		err_context(err, "The settings were applied, but the audit was not written");
		goto out;
	}
	say(phase, arg, "Removing the draft");
	result = draft_remove(state, app->name, err);
out:
	if (store)
		store_rollback(store); /* of what was not committed */
	store_close(store);
	settings_clear(&before);
	settings_clear(&settings);
	return result;
}
