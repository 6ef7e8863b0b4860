/* The table of keys: what is taken, what is refused and how, what the hash covers. */
#include "settings/settings.h"

#include <string.h>

#include "roster/schema.h"
#include "tap.h"

static struct settings settings;
static struct app *app;
static struct err err;

static const char *get(const char *key)
{
	static struct buf value;

	if (!value.data)
		buf_init(&value);
	if (!key) {
		buf_clear(&value);
		return NULL;
	}
	app_get(app, setting_by_key(key), &value);
	return value.data;
}

static void takes(const char *key, const char *value, const char *want)
{
	err.text[0] = '\0';
	ok(!app_set(app, key, value, &err), "%s takes \"%s\" %s", key, value, err.text);
	is_str(get(key), want, "and gives \"%s\"", want);
}

static void refuses(const char *key, const char *value, const char *text)
{
	char before[3000];

	snprintf(before, sizeof(before), "%s", get(key));
	ok(app_set(app, key, value, &err) && err.code == ERR_SETTINGS, "%s refuses \"%.40s\"",
		key, value);
	ok(strstr(err.text, text) != NULL, "and says: %s", err.text);
	is_str(get(key), before, "and keeps what it had");
}

static void test_defaults(void)
{
	static const char *const want[][2] = {{"url", ""}, {"auth", "auto"},
		{"page_size", "10000"}, {"parallel", "4"}, {"bulk_upload", "on"},
		{"multiple_sources", "off"}, {"uniqueness", "on"}, {"preview", "off"},
		{"hold.created", "off"}, {"hold.updated", "75%"}, {"hold.deleted", "10%"},
		{"hold.per_school.created", "off"}, {"hold.per_school.updated", "75%"},
		{"hold.per_school.deleted", "10%"}, {"hold.student.deleted", ""},
		{"hold.floor", "20"}, {"hold.deletions_only", "off"}, {"schedule.mode", "off"},
		{"schedule.days", "mon,tue,wed,thu,fri"}, {"schedule.day", "1"},
		{"schedule.time", "03:30"}, {"schedule.zone", ""}, {"schedule.until", ""},
		{"rollover.suspend.from", ""}, {"rollover.limits.deleted", ""}};
	size_t i;

	for (i = 0; i < sizeof(want) / sizeof(*want); i++)
		is_str(get(want[i][0]), want[i][1], "default of %s", want[i][0]);
}

static void test_limits(void)
{
	takes("hold.deleted", "off", "off");
	takes("hold.deleted", "10%", "10%");
	takes("hold.deleted", "2.5%", "2.5%");
	takes("hold.deleted", "2.05 %", "2.05%");
	takes("hold.deleted", "2.50%", "2.5%");
	takes("hold.deleted", "0.25%", "0.25%");
	takes("hold.deleted", "100%", "100%");
	takes("hold.deleted", "0%", "0%");
	takes("hold.deleted", "250", "250");
	takes("hold.deleted", "1000000000", "1000000000");
	takes("hold.deleted", "", "10%");
	refuses("hold.deleted", "1000%",
		"hold.deleted: 1000% is above 100%. Enter off, a percentage such as 10%, or a "
		"count "
		"such as 250.");
	refuses("hold.deleted", "100.01%", "above 100%");
	refuses("hold.deleted", "2.555%", "not a limit");
	refuses("hold.deleted", "-5", "not a limit");
	refuses("hold.deleted", "-5%", "not a limit");
	refuses("hold.deleted", "ten", "not a limit");
	refuses("hold.deleted", "%", "not a limit");
	refuses("hold.deleted", "10%%", "not a limit");
	refuses("hold.deleted", "2.5", "not a whole number of records");
	refuses("hold.deleted", "99999999999", "too large");
	refuses("hold.deleted", "99999999999999999999999", "not a limit");
	takes("hold.student.deleted", "5%", "5%");
	ok(app->hold.entity[ENTITY_STUDENT][CHANGE_DELETED].unit == LIMIT_PERCENT &&
			app->hold.entity[ENTITY_STUDENT][CHANGE_DELETED].amount == 500,
		"it lies in its field, in hundredths");
	takes("hold.student.deleted", "default", "");
	takes("hold.per_school.deleted", "7", "7");
	ok(app->hold.school[CHANGE_DELETED].unit == LIMIT_COUNT,
		"a bare number counts records");
}

/* Every entity's name has its three keys. */
static void test_every_entity(void)
{
	char key[64];
	int e, c;

	for (e = 0; e < ENTITY_COUNT; e++) {
		for (c = 0; c < CHANGE_KINDS; c++) {
			const struct setting *setting;

			snprintf(key, sizeof(key), "hold.%s.%s", entity_name((enum entity)e),
				change_name((enum change)c));
			setting = setting_by_key(key);
			ok(setting && (char *)app + setting->offset ==
						(char *)&app->hold.entity[e][c],
				"%s is a key of its own field", key);
		}
	}
}

static void test_threshold(void)
{
	ok(!app_set(app, "hold.threshold", "12.5%", &err), "hold.threshold is taken");
	is_str(get("hold.created"), "12.5%", "for created");
	is_str(get("hold.updated"), "12.5%", "for updated");
	is_str(get("hold.deleted"), "12.5%", "for deleted");
	is_str(get("hold.per_school.created"), "12.5%", "for created in a school");
	is_str(get("hold.per_school.deleted"), "12.5%", "for deleted in a school");
	ok(app_set(app, "hold.threshold", "101%", &err), "hold.threshold is checked");
	ok(strstr(err.text, "hold.threshold: 101% is above 100%") != NULL, "says %s", err.text);
	ok(!app_set(app, "hold.threshold", "", &err),
		"hold.threshold goes back to the defaults");
	is_str(get("hold.created"), "off", "for created");
	is_str(get("hold.updated"), "75%", "for updated");
}

static void test_other_types(void)
{
	takes("page_size", "50000", "50000");
	refuses("page_size", "50001", "not between 1 and 50000");
	refuses("page_size", "0", "not between 1 and 50000");
	refuses("page_size", "99999999999999999999", "not between");
	refuses("page_size", "10k", "not a whole number");
	takes("parallel", "default", "4");
	refuses("parallel", "17", "not between 1 and 16");
	takes("preview", "TRUE", "on");
	takes("preview", "off", "off");
	refuses("preview", "maybe", "neither on nor off");
	takes("auth", "OAuth1", "oauth1");
	takes("auth", "", "auto");
	refuses("auth", "basic", "Enter auto, oauth2 or oauth1");
	takes("url", "  https://sis.example.org/api ", "https://sis.example.org/api");
	refuses("url", "https://a b", "blank");
	refuses("client_id", "a\x1b[31m", "control character");
	refuses("client_id", "a\xff", "UTF-8");
	takes("sis_id_prefix", "east-", "east-");
	refuses("sis_id_prefix", "east side", "blank");
	refuses("sis_id_prefix", "east ", "blank");
	refuses("sis_id_prefix", "123456789012345678901234567890123", "longer than 32");
	refuses("export.dir", "csv", "not a full path");
	takes("export.zip", "/srv/x y.zip", "/srv/x y.zip");
	refuses("export.format", "csv", "none of its words");
	takes("export.format", "OneRoster12", "oneroster12");
	takes("export.format", "", "oneroster");
	takes("export.delta", "on", "on");
	refuses("export.exclude", "student.shoeSize", "no attribute");
	refuses("export.exclude", "lastName", "cannot be left out");
	takes("export.exclude", "student.birthDate, metadata.lunch",
		"student.birthDate, metadata.lunch");
	takes("deliver.host", "sftp.example.org", "sftp.example.org");
	refuses("deliver.host", "sftp://sftp.example.org", "the name of the server alone");
	refuses("deliver.host", "district@sftp.example.org", "no name of a server");
	refuses("deliver.port", "0", "between 1 and 65535");
	takes("deliver.path", "in/roster.zip", "in/roster.zip");
	refuses("deliver.path", "/in/", "names a folder");
	refuses("deliver.key_file", "key", "not a full path");
	refuses("deliver.host_key", "MD5:00:11", "no SHA-256 fingerprint");
	refuses("deliver.host_key", "SHA256:tooshort", "not a whole fingerprint");
	takes("deliver.host_key", "SHA256:jYkqoBFTmD1Hyf6fXmZKf1cOqXZHPJkP1tPpT3sTk7w",
		"SHA256:jYkqoBFTmD1Hyf6fXmZKf1cOqXZHPJkP1tPpT3sTk7w");
	takes("export.zip", "", "");
	ok(app->publication.zip == NULL, "nothing is NULL");
	ok(app_set(app, "pagesize", "5", &err), "an unknown key is refused");
	ok(strstr(err.text, "Did you mean page_size?") != NULL, "says %s", err.text);
}

static void test_schedule(void)
{
	takes("schedule.mode", "Weekly", "weekly");
	refuses("schedule.mode", "hourly", "Enter off, daily, weekly or monthly.");
	takes("schedule.days", "Monday, wed SUN", "mon,wed,sun");
	takes("schedule.days", "thurs,tue,tues", "tue,thu");
	refuses("schedule.days", "mo", "names no days of the week");
	refuses("schedule.days", "mon,noday", "names no days of the week");
	refuses("schedule.days", " , ", "names no days of the week");
	refuses("schedule.days", "mondays", "names no days of the week");
	takes("schedule.time", "3:05", "03:05");
	takes("schedule.time", "00:00", "00:00");
	takes("schedule.time", "23:59", "23:59");
	refuses("schedule.time", "24:00", "is no time of the day. Enter a time such as 03:30.");
	refuses("schedule.time", "3:5", "is no time");
	refuses("schedule.time", "3.30", "is no time");
	refuses("schedule.time", "3:30pm", "is no time");
	refuses("schedule.time", "-1:30", "is no time");
	refuses("schedule.time", "3", "is no time");
	takes("schedule.day", "31", "31");
	refuses("schedule.day", "32", "not between 1 and 31");
	takes("schedule.until", "6/30/2027", "2027-06-30");
	takes("schedule.until", "2028-02-29", "2028-02-29");
	refuses("schedule.until", "2027-02-29", "is no date of the calendar");
	refuses("schedule.until", "soon", "is no date of the calendar");
	takes("schedule.until", "", "");
	takes("schedule.zone", "Europe/Berlin", "Europe/Berlin");
	ok(!app_check(app, &err), "it is there");
	takes("schedule.zone", "Mars/Olympus", "Mars/Olympus");
	ok(app_check(app, &err) &&
			strstr(err.text, "schedule.zone: \"Mars/Olympus\" is no time"),
		"what this machine lacks is found by the check: %s", err.text);
	takes("schedule.zone", "", "");
}

/* Refused because of `key`, whose name and reason are told. */
static void misfits(const char *text)
{
	ok(app_check(app, &err) && err.code == ERR_SETTINGS && strstr(err.text, text),
		"it says \"%s\": %s", text, err.text);
}

static void test_rollover(void)
{
	struct rollover *rollover = &app->rollover;

	ok(!window_has(&rollover->suspend, "2027-06-15"), "without dates it holds never");
	takes("rollover.suspend.from", "2027-06-15", "2027-06-15");
	misfits("rollover.suspend.from is set, but rollover.suspend.until is not");
	ok(!window_has(&rollover->suspend, "2027-06-15"), "nor with half of them");
	takes("rollover.suspend.until", "2027-06-14", "2027-06-14");
	misfits("rollover.suspend.until: 2027-06-14 is before rollover.suspend.from");
	takes("rollover.suspend.until", "2027-08-15", "2027-08-15");
	ok(!app_check(app, &err), "both dates in order");
	ok(!window_has(&rollover->suspend, "2027-06-14") &&
			window_has(&rollover->suspend, "2027-06-15") &&
			window_has(&rollover->suspend, "2027-08-15") &&
			!window_has(&rollover->suspend, "2027-08-16"),
		"first and last day are in it, their neighbours not");
	takes("rollover.keep.until", "2027-08-15", "2027-08-15");
	misfits("rollover.keep.until is set, but rollover.keep.from is not");
	takes("rollover.keep.until", "", "");
	takes("rollover.limits.deleted", "60%", "60%");
	misfits("rollover.limits.from is not set");
	takes("rollover.limits.from", "2027-08-15", "2027-08-15");
	takes("rollover.limits.until", "2027-09-15", "2027-09-15");
	ok(!app_check(app, &err), "a limit with dates");
	takes("rollover.limits.deleted", "", "");
	misfits("rollover.limits has dates, but no limit");
	takes("rollover.limits.from", "", "");
	takes("rollover.limits.until", "", "");
}

static void test_learned(void)
{
	app->learned.root = strdup("https://x");
	app->learned.page_size = 500;
	app_set(app, "parallel", "3", &err);
	is_int(app->learned.page_size, 500, "parallel does not unlearn");
	app_set(app, "token_url", "https://x/token", &err);
	ok(!app->learned.root && !app->learned.page_size, "token_url unlearns");
}

static void test_schools(void)
{
	app_need_school(app, "b")->on = true;
	app_need_school(app, "c");
	app_need_school(app, "a");
	app_need_school(app, "b");
	is_int((long)app->school_count, 3, "three schools");
	is_str(app->schools[0].id, "a", "in order");
	is_str(app->schools[2].id, "c", "to the last");
	ok(app_school(app, "b") && app_school(app, "b")->on, "found again");
	ok(!app_school(app, "bb"), "not found");
	app_remove_school(app, "a");
	app_remove_school(app, "zz");
	is_int((long)app->school_count, 2, "one fewer");
	ok(!app_school(app, "a") && app_school(app, "c"), "the right one");
}

static void test_hash(void)
{
	char first[65], second[65];

	app_settings_hash(&settings.rules, app, first);
	is_int((long)strlen(first), 64, "a hash");
	app_set(app, "export.dir", "/x", &err);
	app->learned.page_size = 7;
	app_settings_hash(&settings.rules, app, second);
	is_str(second, first, "where exports go and what was learned do not count");
	app_set(app, "schedule.mode", "monthly", &err);
	app_set(app, "schedule.time", "04:00", &err);
	app_set(app, "schedule.until", "2030-01-01", &err);
	app_set(app, "rollover.suspend.from", "2027-06-20", &err);
	app_settings_hash(&settings.rules, app, second);
	is_str(second, first, "nor does when it runs");
	app_set(app, "rollover.keep.from", "2027-06-20", &err);
	app_settings_hash(&settings.rules, app, second);
	ok(strcmp(first, second), "what is kept counts");
	app_set(app, "rollover.keep.from", "", &err);
	app_set(app, "hold.class.deleted", "3", &err);
	app_settings_hash(&settings.rules, app, second);
	ok(strcmp(first, second), "a limit counts");
	app_set(app, "hold.class.deleted", "", &err);
	app_settings_hash(&settings.rules, app, second);
	is_str(second, first, "and back");
	app_need_school(app, "b")->on = false;
	app_settings_hash(&settings.rules, app, second);
	ok(strcmp(first, second), "a slider counts");
}

static void test_apps(void)
{
	ok(!settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err), "a name is there once");
	ok(strstr(err.text, "already") != NULL, "says %s", err.text);
	ok(!settings_add_app(&settings, APP_LUMEN_TOUCH, "a/b", &err), "no path as a name");
	ok(!settings_add_app(&settings, APP_LUMEN_TOUCH, "", &err), "no empty name");
	ok(!settings_add_app(&settings, APP_LUMEN_TOUCH, "--all", &err), "no option as a name");
	ok(settings_add_app(&settings, APP_ONEROSTER_API, "West_2", &err) != NULL,
		"another app");
	ok(!settings_need_app(&settings, "mian", &err), "an unknown app");
	ok(strstr(err.text, "There is: main, West_2.") != NULL, "says %s", err.text);
	settings_remove_app(&settings, "West_2");
	ok(!settings_app(&settings, "West_2") && settings_app(&settings, "main"), "removed");
}

int main(void)
{
	settings_init(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err);
	test_defaults();
	test_limits();
	test_every_entity();
	test_threshold();
	test_other_types();
	test_schedule();
	test_rollover();
	test_learned();
	test_schools();
	test_hash();
	test_apps();
	settings_clear(&settings);
	get(NULL);
	return done_testing();
}
