/*
 * Setting a key from text, and getting it as text, as the table (settings_table.c) says.
 */
#include "settings/settings.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "base/text.h"
#include "settings/publication.h"

enum {
	TEXT_MOST = 2000,       /* bytes of any text setting */
	PREFIX_MOST = 32,       /* bytes of sis_id_prefix: it is put before every id */
	COUNT_MOST = 1000000000 /* records in a limit */
};

static void *field_of(const struct app *app, const struct setting *setting)
{
	return (char *)(uintptr_t)app + setting->offset;
}

static int bad(
	const struct setting *setting, const char *value, const char *why, struct err *err)
{
	return err_set(err, ERR_SETTINGS, "%s: \"%.60s\" %s. %s", setting->key, value, why,
		setting->example);
}

static bool has_control(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return true;
	}
	return false;
}

/* What is wrong with a text value; NULL when nothing is. */
static const char *text_fault(const struct setting *setting, const char *value)
{
	size_t length = strlen(value);
	bool is_path = !strcmp(setting->key, "path") || !strcmp(setting->key, "ca_bundle") ||
		       publication_is_local(setting);
	bool is_prefix = !strcmp(setting->key, "sis_id_prefix");

	if (has_control(value))
		return "contains a control character";
	if (!text_is_utf8(value, length))
		return "is not valid UTF-8";
	if (length > TEXT_MOST)
		return "is too long";
	if (is_prefix && length > PREFIX_MOST)
		return "is longer than 32 bytes";
	if (is_prefix && strpbrk(value, " \t"))
		return "contains a blank";
	if (is_path && *value != '/')
		return "is not a full path";
	if (strstr(setting->key, "url") && strpbrk(value, " \t"))
		return "contains a blank";
	return NULL;
}

static int set_text(
	struct app *app, const struct setting *setting, const char *value, struct err *err)
{
	bool keep_blanks =
		!strcmp(setting->key, "sis_id_prefix"); /* they are refused, not dropped */
	char *copy = mem_strdup(value), *text = keep_blanks ? copy : text_trim(copy);
	const char *why = *text ? text_fault(setting, text) : NULL;
	int result = 0;

	if (why)
		result = bad(setting, text, why, err);
	else if (*text && publication_check(setting, text, err))
		result = -1;
	else
		mem_replace(field_of(app, setting), *text ? text : NULL);
	free(copy);
	return result;
}

static int set_bool(
	struct app *app, const struct setting *setting, const char *value, struct err *err)
{
	static const char *const words[] = {"off", "on", "false", "true", "no", "yes"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!strcasecmp(value, words[i])) {
			*(bool *)field_of(app, setting) = i % 2;
			return 0;
		}
	}
	return bad(setting, value, "is neither on nor off", err);
}

static int set_int(
	struct app *app, const struct setting *setting, const char *value, struct err *err)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(value, &end, 10);
	if (end == value || *end)
		return bad(setting, value, "is not a whole number", err);
	if (errno || number < setting->least || number > setting->most)
		return err_set(err, ERR_SETTINGS, "%s: %.30s is not between %d and %d. %s",
			setting->key, value, setting->least, setting->most, setting->example);
	*(int *)field_of(app, setting) = (int)number;
	return 0;
}

/* Any enum of this program is an int, as gcc and clang have it. */
static int set_choice(
	struct app *app, const struct setting *setting, const char *value, struct err *err)
{
	int i;

	for (i = 0; setting->words[i]; i++) {
		if (!strcasecmp(value, setting->words[i])) {
			*(int *)field_of(app, setting) = i;
			return 0;
		}
	}
	return bad(setting, value, "is none of its words", err);
}

/* ISO, or as rosters write it; kept as ISO. */
static int set_date(
	struct app *app, const struct setting *setting, const char *value, struct err *err)
{
	char *date = field_of(app, setting), iso[DATE_SIZE];

	if (!*value) {
		*date = '\0';
		return 0;
	}
	if (!date_normalise(value, iso))
		return bad(setting, value, "is no date of the calendar", err);
	memcpy(date, iso, DATE_SIZE);
	return 0;
}

/* Reads digits, and up to two decimals of a percentage, in hundredths. False: too many. */
static bool read_number(const char **text, long long *hundredths, bool *decimals)
{
	const char *s = *text;
	int digits = 0, places = 0;

	*hundredths = 0;
	*decimals = false;
	for (; isdigit((unsigned char)*s) && digits < 12; s++, digits++)
		*hundredths = *hundredths * 10 + (*s - '0');
	if (digits && *s == '.' && isdigit((unsigned char)s[1])) {
		*decimals = true;
		for (s++; isdigit((unsigned char)*s) && places < 2; s++, places++)
			*hundredths = *hundredths * 10 + (*s - '0');
	}
	for (; places < 2; places++)
		*hundredths *= 10;
	*text = s;
	return digits > 0 && !isdigit((unsigned char)*s);
}

/* "off", "10%", "2.5 %", "250". The text of `err` is about `key`. */
static int limit_parse(const struct setting *setting, const char *key, const char *value,
	struct limit *limit, struct err *err)
{
	const char *at = value, *why = NULL;
	long long hundredths;
	bool decimals, percent;

	if (!strcasecmp(value, "off")) {
		*limit = (struct limit){LIMIT_OFF, 0};
		return 0;
	}
	if (!read_number(&at, &hundredths, &decimals)) {
		why = "is not a limit";
		goto out;
	}
	at += strspn(at, " ");
	percent = *at == '%';
	if (at[percent])
		why = "is not a limit";
	else if (percent && hundredths > 100 * 100)
		why = "is above 100%";
	else if (!percent && decimals)
		why = "is not a whole number of records";
	else if (!percent && hundredths / 100 > COUNT_MOST)
		why = "is too large";
	else if (percent)
		*limit = (struct limit){LIMIT_PERCENT, (int)hundredths};
	else
		*limit = (struct limit){LIMIT_COUNT, (int)(hundredths / 100)};
out:
	if (why)
		return err_set(err, ERR_SETTINGS, "%s: %.60s %s. %s", key, value, why,
			setting->example);
	return 0;
}

static int set_limit(
	struct app *app, const struct setting *setting, const char *value, struct err *err)
{
	return limit_parse(setting, setting->key, value, field_of(app, setting), err);
}

/* The simple form of the sync hold threshold: one limit for every kind, in district and school.
 */
static int set_threshold(struct app *app, const char *value, struct err *err)
{
	static const char *const keys[] = {"hold.created", "hold.updated", "hold.deleted",
		"hold.per_school.created", "hold.per_school.updated",
		"hold.per_school.deleted"};
	struct limit limit;
	size_t i;
	int result = 0;

	if (*value && strcasecmp(value, "default") &&
		limit_parse(setting_by_key(keys[0]), "hold.threshold", value, &limit, err))
		return -1;
	for (i = 0; !result && i < sizeof(keys) / sizeof(*keys); i++)
		result = app_set(app, keys[i], value, err);
	return result;
}

static int set_value(
	struct app *app, const struct setting *setting, const char *value, struct err *err)
{
	switch (setting->type) {
	case SETTING_TEXT: return set_text(app, setting, value, err);
	case SETTING_BOOL: return set_bool(app, setting, value, err);
	case SETTING_INT: return set_int(app, setting, value, err);
	case SETTING_LIMIT: return set_limit(app, setting, value, err);
	case SETTING_CHOICE: return set_choice(app, setting, value, err);
	case SETTING_DATE: return set_date(app, setting, value, err);
	case SETTING_DAYS:
		return when_read_days(value, field_of(app, setting))
			       ? 0
			       : bad(setting, value, "names no days of the week", err);
	case SETTING_TIME:
		return when_read_time(value, field_of(app, setting))
			       ? 0
			       : bad(setting, value, "is no time of the day", err);
	}
	return -1;
}

/* Whether what was learned about the source may no longer hold once this key changes. */
static bool unlearns(const struct setting *setting)
{
	static const char *const keys[] = {
		"path", "url", "client_id", "token_url", "auth", "ca_bundle"};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		if (!strcmp(setting->key, keys[i]))
			return true;
	}
	return false;
}

static int unknown_key(const char *key, struct err *err)
{
	const struct setting *table;
	const char *meant;
	size_t count;

	table = settings_table(&count);
	meant = nearest_word(key, &table->key, count, sizeof(*table));
	if (meant)
		return err_set(err, ERR_SETTINGS, "There is no key \"%s\". Did you mean %s?",
			key, meant);
	return err_set(err, ERR_SETTINGS,
		"There is no key \"%s\". \"lumenport app show\" lists those there are.", key);
}

static int foreign_key(const struct app *app, const char *key, struct err *err)
{
	return err_set(err, ERR_SETTINGS,
		"%s: an app of the kind %s has none. Its source is set with %s.", key,
		app_kind_title(app->kind), app_kind_place(app->kind));
}

int app_set(struct app *app, const char *key, const char *value, struct err *err)
{
	const struct setting *setting = setting_by_key(key);

	if (!strcmp(key, "hold.threshold"))
		return set_threshold(app, value, err);
	if (!setting)
		return unknown_key(key, err);
	if (!*value || !strcasecmp(value, "default"))
		value = setting->fallback;
	if (!setting_is_of(setting, app->kind) && strcmp(value, setting->fallback) != 0)
		return foreign_key(app, key, err);
	if (setting->type == SETTING_LIMIT && !*value)
		*(struct limit *)field_of(app, setting) = (struct limit){LIMIT_DEFAULT, 0};
	else if (set_value(app, setting, value, err))
		return -1;
	if (unlearns(setting))
		learned_clear(&app->learned);
	return 0;
}

void limit_write(const struct limit *limit, struct buf *out)
{
	switch (limit->unit) {
	case LIMIT_DEFAULT: return;
	case LIMIT_OFF: buf_adds(out, "off"); return;
	case LIMIT_COUNT: buf_addf(out, "%d", limit->amount); return;
	case LIMIT_PERCENT: break;
	}
	buf_addf(out, "%d", limit->amount / 100);
	if (limit->amount % 100)
		buf_addf(out, limit->amount % 10 ? ".%02d" : ".%d",
			limit->amount % 10 ? limit->amount % 100 : limit->amount % 100 / 10);
	buf_addc(out, '%');
}

void app_get(const struct app *app, const struct setting *setting, struct buf *out)
{
	const void *field = field_of(app, setting);
	const char *text;

	buf_reset(out);
	switch (setting->type) {
	case SETTING_TEXT:
		text = *(char *const *)field;
		buf_adds(out, text ? text : "");
		break;
	case SETTING_BOOL: buf_adds(out, *(const bool *)field ? "on" : "off"); break;
	case SETTING_INT: buf_addf(out, "%d", *(const int *)field); break;
	case SETTING_LIMIT: limit_write(field, out); break;
	case SETTING_CHOICE: buf_adds(out, setting->words[*(const int *)field]); break;
	case SETTING_DAYS: when_write_days(*(const unsigned *)field, out); break;
	case SETTING_TIME: when_write_time(*(const int *)field, out); break;
	case SETTING_DATE: buf_adds(out, field); break;
	}
}
