/* Rules: their list, and their way through the settings file. */
#include "settings/rule.h"

#include "base/buf.h"
#include "base/file.h"
#include "settings/settings_file.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;

static void test_list(void)
{
	struct rules rules, copy;
	size_t at = 0;

	rules_init(&rules);
	rules_init(&copy);
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "email", "metadata.mail");
	rules_add(&rules, RULE_FILTER, ENTITY_STUDENT, "one", "enabled is true");
	rules_add(&rules, RULE_FILTER, ENTITY_CLASS, "other", "title is not empty");
	rules_add(&rules, RULE_FILTER, ENTITY_STUDENT, "two", "email is not empty");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "email", "email");
	is_int((long)rules.count, 4, "setting a name twice is one rule");
	is_str(rules_find(&rules, RULE_MAP, ENTITY_STUDENT, "email")->text, "email",
		"the last text counts");
	ok(!rules_find(&rules, RULE_MAP, ENTITY_TEACHER, "email"), "of its entity type only");
	rules_copy(&copy, &rules);
	ok(rules_same(&copy, &rules), "a copy is the same");
	rules_move(&rules, 3, RULE_UP);
	is_str(rules_next(&rules, RULE_FILTER, ENTITY_STUDENT, &at)->name, "two",
		"moved over the neighbour of its own kind");
	is_str(rules_next(&rules, RULE_FILTER, ENTITY_STUDENT, &at)->name, "one",
		"which comes after it");
	ok(!rules_next(&rules, RULE_FILTER, ENTITY_STUDENT, &at), "and no other");
	ok(!rules_same(&copy, &rules), "order is part of it");
	rules_move(&rules, 1, RULE_UP);
	rules_move(&rules, 3, RULE_UP);
	ok(rules_same(&copy, &rules), "the first cannot go higher; moved back");
	rules_set(&rules, RULE_MAP, ENTITY_STUDENT, "email", NULL);
	ok(!rules_find(&rules, RULE_MAP, ENTITY_STUDENT, "email"), "removed by no text");
	rules_clear(&rules);
	rules_clear(&copy);
}

static void test_file(void)
{
	struct settings settings, again;
	struct app *app;
	char before[65], after[65];

	settings_init(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err);
	rules_set(&app->rules, RULE_MAP, ENTITY_STUDENT, "email", "metadata.mail");
	rules_set(&app->rules, RULE_REQUIRE, ENTITY_TEACHER, "email", "report");
	rules_add(&app->rules, RULE_FILTER, ENTITY_STUDENT, "High \"school\"",
		"gradeLevel is one of 9, 10\nenabled is true");
	rules_add(&app->rules, RULE_FILTER, ENTITY_CLASS, "x", "title is not empty");
	rules_set(&app->rules, RULE_LINKED, ENTITY_STUDENT, "", "contacts");
	rules_add(&settings.rules, RULE_DOMAIN, ENTITY_STUDENT, "Login", "username");
	rules_set(&settings.rules, RULE_MASTER, ENTITY_STUDENT, "sisId", "main: master");
	rules_add(&settings.rules, RULE_DUPLICATE, ENTITY_STUDENT, "a b\"", "keep c");
	ok(!settings_file_write(temp_path("conf"), &settings, &err), "written");
	ok(!settings_file_read(temp_path("conf"), &again, &err), "read: %s", err.text);
	ok(again.count == 1 && rules_same(&again.apps[0]->rules, &app->rules),
		"the app's rules are those written");
	ok(rules_same(&again.rules, &settings.rules), "so are the hub's");
	app_settings_hash(&settings.rules, app, before);
	app_settings_hash(&again.rules, again.apps[0], after);
	is_str(after, before, "a decision made before holds");
	rules_set(&again.rules, RULE_MASTER, ENTITY_STUDENT, "sisId", NULL);
	app_settings_hash(&again.rules, again.apps[0], after);
	ok(strcmp(after, before) != 0, "but not when a rule of the hub changed");
	settings_clear(&settings);
	settings_clear(&again);
}

/* Settings that cannot be read, and what the error says behind the file's name. */
static const struct {
	const char *text, *says;
} faults[] = {
	{"apps = ( { name = \"m\"; kind = \"lumen-touch\";\n map: { pupil: { }; }; } );",
		":2: \"pupil\" is no entity type."},
	{"apps = ( { name = \"m\"; kind = \"lumen-touch\";\n"
	 " map: { student: {\n emial = \"x\"; }; }; } );",
		":3: A student has no attribute \"emial\". Did you mean email?"},
	{"apps = ( { name = \"m\"; kind = \"lumen-touch\"; map: { student: { email = 3; }; }; "
	 "} );",
		":1: email must be a text in quotes."},
	{"apps = ( { name = \"m\"; kind = \"lumen-touch\"; map = \"x\"; } );",
		":1: map must be a group in braces { }."},
	{"apps = ( { name = \"m\"; kind = \"lumen-touch\"; filters = ( { entity = \"student\"; "
	 "} ); } );",
		":1: A rule here needs entity, name and where."},
	{"apps = ( { name = \"m\"; kind = \"lumen-touch\"; domains = ( ); } );",
		":1: domains belongs to the hub: write it beside apps."},
	{"\nlinked: { student = \"x\"; };", ":2: linked belongs to an app."},
	{"domains = ( { entity = \"student\"; name = \"x\"; attrs = \"y\"; } );",
		":1: attrs is not known here."},
};

static void test_faults(void)
{
	struct settings settings;
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		file_write(temp_path("bad"), faults[i].text, strlen(faults[i].text), &err);
		ok(settings_file_read(temp_path("bad"), &settings, &err) == -1, "refused");
		ok(strstr(err.text, faults[i].says), "says %s, got %s", faults[i].says,
			err.text);
	}
}

int main(void)
{
	test_list();
	test_file();
	test_faults();
	return done_testing();
}
