#include "summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "labels.h"
#include "settings/secret.h"
#include "widget/words.h"

void summary_secret(struct buf *text, const char *state, const char *app)
{
	struct secret_status secret;
	char ago[WORDS_SIZE];
	long days;

	secret_status(state, app, &secret);
	if (!secret.set) {
		buf_adds(text, "not set");
		return;
	}
	if (secret.from_credentials) {
		buf_adds(text, "given by systemd");
		return;
	}
	days = (long)(time(NULL) - secret.when) / 86400;
	if (days > 0)
		buf_addf(text, "set, %ld day%s ago", days, days == 1 ? "" : "s");
	else if (time(NULL) - secret.when < 60)
		buf_adds(text, "set, just now");
	else
		buf_addf(text, "set, %s ago", words_duration(time(NULL) - secret.when, ago));
}

static void add_missing(struct buf *text, bool missing, const char *what)
{
	if (missing)
		buf_addf(text, "%s%s", text->used ? ", " : "", what);
}

void summary_missing(struct buf *text, const struct app *app, bool secret_missing)
{
	const struct setting *table;
	struct buf value;
	size_t count, i, on = 0;

	buf_init(&value);
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		app_get(app, &table[i], &value);
		add_missing(text, setting_is_needed(&table[i], app->kind) && !value.used,
			setting_label(&table[i]));
	}
	buf_clear(&value);
	for (i = 0; i < app->school_count; i++)
		on += app->schools[i].on;
	add_missing(text, secret_missing, "Client Secret");
	add_missing(text, !app->terms.version, "acceptance of the terms");
	add_missing(text, !on, "a school that is on");
}

static void add_schools(
	struct buf *text, const struct app *app, const struct school_lists *lists)
{
	size_t i, on = 0, mapped = 0, named = 0, offices = 0, count = 0;
	struct school_row *rows;
	char a[WORDS_SIZE], b[WORDS_SIZE];

	for (i = 0; i < app->school_count; i++) {
		if (!app->schools[i].on)
			continue;
		on++;
		mapped += app->schools[i].hub_id != NULL;
		named += app->schools[i].name != NULL;
	}
	buf_addf(text, "Schools         %s switched on", words_number(on, a));
	if (lists) {
		rows = schools_rows(app, lists, &count);
		for (i = 0; i < count; i++)
			offices +=
				rows[i].state == SCHOOL_ALONG || rows[i].state == SCHOOL_OFFICE;
		free(rows);
		buf_addf(text, " of %s", words_number(count - offices, b));
	}
	if (mapped)
		buf_addf(text, ", %s mapped onto another school", words_number(mapped, a));
	if (named)
		buf_addf(text, ", %s renamed", words_number(named, a));
	buf_adds(text, on ? "\n" : ": nothing would be imported\n");
}

static void add_mappings(struct buf *text, const struct app *app)
{
	size_t at = 0, count = 0;
	char n[WORDS_SIZE];

	while (rules_next(&app->rules, RULE_MAP, ENTITY_NONE, &at))
		count++;
	if (count)
		buf_addf(text, "Attributes      %s mapping%s other than the default\n",
			words_number(count, n), count == 1 ? "" : "s");
}

static void add_requirements(struct buf *text, const struct app *app)
{
	size_t at = 0, count = 0;
	char n[WORDS_SIZE];

	while (rules_next(&app->rules, RULE_REQUIRE, ENTITY_NONE, &at))
		count++;
	if (count)
		buf_addf(text, "Requirements    %s other than the default\n",
			words_number(count, n));
}

static void add_changed_settings(struct buf *text, const struct app *app)
{
	const struct setting *table;
	struct buf value;
	size_t count, i, told = 0;

	buf_init(&value);
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (setting_is_needed(&table[i], app->kind))
			continue;
		app_get(app, &table[i], &value);
		if (!strcmp(value.data, table[i].fallback))
			continue;
		if (!told++)
			buf_adds(text, "Other than the defaults:\n");
		buf_addf(text, "  %s: %s\n", setting_label(&table[i]),
			*value.data ? value.data : "none");
	}
	if (!told)
		buf_adds(text, "Other settings  as the defaults are\n");
	buf_clear(&value);
}

/* What the source is found by. */
static void add_needed(struct buf *text, const struct app *app)
{
	const struct setting *table;
	struct buf value;
	size_t count, i;

	buf_init(&value);
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (!setting_is_needed(&table[i], app->kind))
			continue;
		app_get(app, &table[i], &value);
		buf_addf(text, "%-15s %s\n", setting_label(&table[i]),
			value.used ? value.data : "missing");
	}
	buf_clear(&value);
}

void summary_write(struct buf *text, const struct app *app, const struct settings *base,
	const char *state, const struct school_lists *lists)
{
	buf_addf(text, "App             %s (%s), %s\n", app->name, app_kind_title(app->kind),
		settings_app(base, app->name) ? "set up already" : "new");
	add_needed(text, app);
	if (app_kind_has_secret(app->kind)) {
		buf_adds(text, "Client Secret   ");
		summary_secret(text, state, app->name);
		buf_addc(text, '\n');
	}
	if (app->terms.version)
		buf_addf(text, "Terms           accepted by %s\n",
			app->terms.by ? app->terms.by : "-");
	else
		buf_adds(text, "Terms           not accepted yet\n");
	add_schools(text, app, lists);
	add_mappings(text, app);
	add_requirements(text, app);
	add_changed_settings(text, app);
}

static size_t count_rules(const struct rules *of_hub, enum rule_kind kind, enum entity entity)
{
	size_t at = 0, count = 0;

	while (rules_next(of_hub, kind, entity, &at))
		count++;
	return count;
}

/* "12 Master Fields", after what is there already; nothing for 0. */
static void add_count(struct buf *line, size_t count, const char *one, const char *several)
{
	char n[WORDS_SIZE];

	if (count)
		buf_addf(line, "%s%s %s", line->used ? ", " : "", words_number(count, n),
			count == 1 ? one : several);
}

void summary_write_hub(struct buf *text, const struct rules *of_hub)
{
	size_t types = 0;
	struct buf line;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		types += count_rules(of_hub, RULE_DOMAIN, e) > 0;
	buf_init(&line);
	add_count(&line, types, "entity type with domains of its own",
		"entity types with domains of their own");
	add_count(&line, count_rules(of_hub, RULE_MASTER, ENTITY_NONE), "Master Field",
		"Master Fields");
	add_count(&line, count_rules(of_hub, RULE_DUPLICATE, ENTITY_NONE), "resolved duplicate",
		"resolved duplicates");
	if (line.used)
		buf_addf(text, "Of the hub      %s\n", line.data);
	buf_clear(&line);
}
