/* Domains of Uniqueness and Master Fields as they are changed. */
#include "rules/domain_rules.h"

#include "base/buf.h"
#include "rules/uniqueness.h"
#include "settings/master_rules.h"
#include "tap.h"

static struct err err;

/* What holds of students: "Username: username; ..." */
static const char *now(const struct rules *rules, enum entity entity)
{
	static struct buf out;
	struct domains domains;
	size_t i;

	buf_clear(&out);
	if (domains_compile(&domains, entity, rules, &err))
		return err.text;
	for (i = 0; i < domains.count; i++) {
		buf_addf(&out, "%s%s: ", i ? "; " : "", domains.list[i].name);
		domain_write(entity, &domains.list[i].by, &out);
	}
	return out.data;
}

static void test_domains(void)
{
	struct rules rules;

	rules_init(&rules);
	is_str(now(&rules, ENTITY_CONTACT), "Username: username; State id: stateId",
		"contacts share addresses");
	ok(!domain_rules_add(&rules, ENTITY_STUDENT, "Name", " lastName,firstName", &err),
		"a domain is added");
	is_str(now(&rules, ENTITY_STUDENT),
		"Username: username; Email: email; State id: stateId; Name: lastName, firstName",
		"behind the defaults, which stay");
	ok(!domain_rules_are_own(&rules, ENTITY_TEACHER), "of its type only");
	ok(!domain_rules_move(&rules, ENTITY_STUDENT, "NAME", RULE_UP, &err) &&
			!domain_rules_move(&rules, ENTITY_STUDENT, "username", RULE_UP, &err),
		"moved, the case of the title does not count; the first cannot");
	ok(!domain_rules_change(
		   &rules, ENTITY_STUDENT, "Name", "Born", "lastName, birthDate", &err),
		"changed");
	is_str(now(&rules, ENTITY_STUDENT),
		"Username: username; Email: email; Born: lastName, birthDate; State id: stateId",
		"in its place");
	domain_rules_restore(&rules, ENTITY_STUDENT);
	is_int((long long)rules.count, 0, "the defaults are no rules");
	rules_clear(&rules);
}

static void test_refused(void)
{
	static const struct {
		const char *title, *text, *says;
	} cases[] = {
		{"", "email", "is no title"},
		{"two\nlines", "email", "is no title"},
		{"\x1b[31m", "email", "is no title"},
		{"EMAIL", "phone", "has a domain of uniqueness \"Email\" already"},
		{"Mine", "email", "The domain \"Email\" of a student compares"},
		{"Mine", "none", "needs attributes"},
		{"Mine", "emial", "Did you mean email?"},
		{"Mine", "enabled", "has not one value"},
		{"Mine", "phone, phone", "is there twice"},
	};
	struct rules rules;
	char title[80];
	size_t i;

	rules_init(&rules);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (!ok(domain_rules_add(
				&rules, ENTITY_STUDENT, cases[i].title, cases[i].text, &err) &&
				    strstr(err.text, cases[i].says),
			    "refused: %s", cases[i].says))
			printf("# %s\n", err.text);
	ok(domain_rules_remove(&rules, ENTITY_STUDENT, "x", &err) &&
			strstr(err.text, "There are: Username, Email, State id."),
		"what is not there cannot be removed");
	is_int((long long)rules.count, 0, "and nothing was changed by all that");
	for (i = 3; i < DOMAINS_MOST; i++) {
		static const char *const by[] = {
			"phone", "sms", "firstName", "lastName", "pronouns"};

		snprintf(title, sizeof(title), "%zu", i);
		ok(!domain_rules_add(&rules, ENTITY_STUDENT, title, by[i - 3], &err),
			"number %zu", i + 1);
	}
	ok(domain_rules_add(&rules, ENTITY_STUDENT, "9", "gender", &err) &&
			strstr(err.text, "which is the most"),
		"and no more");
	rules_clear(&rules);
}

static void test_none(void)
{
	struct rules rules;

	rules_init(&rules);
	ok(!domain_rules_remove(&rules, ENTITY_CONTACT, "Username", &err) &&
			!domain_rules_remove(&rules, ENTITY_CONTACT, "State id", &err),
		"all are removed");
	is_str(now(&rules, ENTITY_CONTACT), "", "and do not come back by themselves");
	ok(domain_rules_move(&rules, ENTITY_CONTACT, "x", RULE_UP, &err) &&
			domain_rules_are_own(&rules, ENTITY_CONTACT),
		"nor by an error");
	ok(!domain_rules_add(&rules, ENTITY_CONTACT, "Phone", "phone", &err), "one is added");
	is_str(now(&rules, ENTITY_CONTACT), "Phone: phone", "it is the only one");
	rules_clear(&rules);
}

static void test_masters(void)
{
	struct settings settings;
	struct rules before;
	struct master_text text;

	settings_init(&settings);
	rules_init(&before);
	settings_add_app(&settings, APP_LUMEN_TOUCH, "east", &err);
	master_rules_set(&settings.rules, ENTITY_STUDENT, "email", "east", MASTER_WINS);
	master_rules_set(&settings.rules, ENTITY_STUDENT, "email", "west", MASTER_GIVES_IN);
	is_str(rules_find(&settings.rules, RULE_MASTER, ENTITY_STUDENT, "email")->text,
		"east: master, west: do not override", "two apps");
	ok(master_rules_check(&settings, &before, &err) &&
			strstr(err.text, "student.email: There is no app \"west\""),
		"an app that is not there");
	rules_copy(&before, &settings.rules);
	ok(!master_rules_check(&settings, &before, &err), "one that is gone is let be");
	master_rules_generate(&settings.rules, ENTITY_STUDENT, "west");
	master_rules_of(&settings.rules, ENTITY_STUDENT, "email", &text);
	ok(master_of(&text, "west") == MASTER_WINS && master_of(&text, "east") == MASTER_NONE,
		"there is one master at most");
	ok(!rules_find(&settings.rules, RULE_MASTER, ENTITY_STUDENT, MASTER_SIS_ID),
		"not of the SIS id");
	master_rules_set(&settings.rules, ENTITY_STUDENT, "email", "west", MASTER_NONE);
	ok(!rules_find(&settings.rules, RULE_MASTER, ENTITY_STUDENT, "email"),
		"no app, no rule");
	rules_clear(&before);
	settings_clear(&settings);
}

int main(void)
{
	test_domains();
	test_refused();
	test_none();
	test_masters();
	return done_testing();
}
