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

static void add_changed_settings(struct buf *text, const struct app *app)
{
	const struct setting *table;
	struct buf value;
	size_t count, i, told = 0;

	buf_init(&value);
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (!strcmp(table[i].key, "url") || !strcmp(table[i].key, "client_id"))
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

void summary_write(struct buf *text, const struct app *app, const struct settings *base,
	const char *state, const struct school_lists *lists)
{
	buf_addf(text, "App             %s (%s), %s\n", app->name, app_kind_title(app->kind),
		settings_app(base, app->name) ? "set up already" : "new");
	buf_addf(text, "Service URL     %s\n", app->url ? app->url : "missing");
	buf_addf(text, "Client ID       %s\n", app->client_id ? app->client_id : "missing");
	buf_adds(text, "Client Secret   ");
	summary_secret(text, state, app->name);
	if (app->terms.version)
		buf_addf(text, "\nTerms           accepted by %s\n",
			app->terms.by ? app->terms.by : "-");
	else
		buf_adds(text, "\nTerms           not accepted yet\n");
	add_schools(text, app, lists);
	add_changed_settings(text, app);
}
