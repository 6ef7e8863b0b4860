/* Users of the source become people of the hub: roles, sides, organisations. */
#include "rules/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "tap.h"

static struct arena arena;
static struct problems problems;
static struct source_record user;
static struct person people[PEOPLE_TYPES];

static void new_user(void)
{
	arena_reset(&arena);
	problems_clear(&problems);
	memset(&user, 0, sizeof(user));
	user.collection = COLLECTION_USERS;
	user.id = "u1";
}

static void add_role(const char *role, const char *org, bool primary)
{
	user.role[user.roles++] = (struct source_role){role, org, primary};
}

/* "teacher(aide) o1 o2|o3; admin(principal) - -" */
static const char *sides(void)
{
	static char text[500];
	size_t count = people_of_user(&user, &arena, &problems, people), i, used = 0;
	char *c;

	text[0] = '\0';
	for (i = 0; i < count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s(%s) %s %s",
			i ? "; " : "", entity_name(people[i].entity), people[i].role,
			people[i].primary_org ? people[i].primary_org : "-",
			people[i].other_orgs ? people[i].other_orgs : "-");
	for (c = text; *c; c++)
		*c = *c == RECORD_LIST ? '|' : *c;
	return text;
}

static void test_roles(void)
{
	static const struct {
		const char *role;
		enum entity entity;
	} roles[] = {{"student", ENTITY_STUDENT}, {"teacher", ENTITY_TEACHER},
		{"aide", ENTITY_TEACHER}, {"proctor", ENTITY_TEACHER},
		{"administrator", ENTITY_ADMIN}, {"principal", ENTITY_ADMIN},
		{"counselor", ENTITY_ADMIN}, {"siteAdministrator", ENTITY_ADMIN},
		{"districtAdministrator", ENTITY_ADMIN}, {"systemAdministrator", ENTITY_ADMIN},
		{"parent", ENTITY_CONTACT}, {"guardian", ENTITY_CONTACT},
		{"relative", ENTITY_CONTACT}, {"Student", ENTITY_STUDENT},
		{"SITE_ADMINISTRATOR", ENTITY_ADMIN}, {"site administrator", ENTITY_ADMIN},
		{"ext:student", ENTITY_NONE}, {"students", ENTITY_NONE}, {"", ENTITY_NONE},
		{"…", ENTITY_NONE}, {"étudiant", ENTITY_NONE}};
	size_t i;

	for (i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		is_int(people_entity_of_role(roles[i].role), roles[i].entity, "role \"%s\"",
			roles[i].role);
}

static void test_sides(void)
{
	new_user();
	is_str(sides(), "", "no role, nobody");
	is_int(problems.count[PROBLEM_UNKNOWN_ROLE], 1, "which is reported");

	new_user();
	add_role("ext:chef", NULL, true);
	is_str(sides(), "", "an unknown role, nobody");
	is_int(problems.count[PROBLEM_UNKNOWN_ROLE], 1, "which is reported");
	is_str(problems.kept[0].sis_id, "u1", "with the id");
	ok(strstr(problems.kept[0].detail, "ext:chef") != NULL, "and the role");

	new_user();
	add_role("parent", NULL, false);
	add_role("ext:chef", NULL, false);
	add_role("principal", NULL, false);
	add_role("aide", NULL, true);
	add_role("teacher", NULL, false);
	add_role("student", NULL, false);
	is_str(sides(),
		"teacher(aide) - -; contact(parent) - -; admin(principal) - -; "
		"student(student) - -",
		"one side for each type, the primary role's first");
	is_int(problems.count[PROBLEM_UNKNOWN_ROLE], 1, "the unknown one is reported once");

	new_user();
	add_role("teacher", NULL, false);
	add_role("proctor", NULL, true);
	is_str(sides(), "teacher(proctor) - -", "two roles of one type: the primary one");
}

static void test_orgs_1_1(void)
{
	new_user();
	add_role("student", NULL, true);
	user.value[SOURCE_ORGS] = "o1";
	is_str(sides(), "student(student) o1 -", "one organisation");
	user.value[SOURCE_ORGS] = "o1\x1fo2\x1fo1\x1fo3";
	is_str(sides(), "student(student) o1 o2|o3",
		"several: the first is primary, each once");
	user.value[SOURCE_PRIMARY_ORG] = "o3";
	is_str(sides(), "student(student) o3 o1|o2", "primaryOrg goes before them");
	user.value[SOURCE_ORGS] = NULL;
	is_str(sides(), "student(student) o3 -", "primaryOrg alone");
	user.value[SOURCE_ORGS] = "o33";
	is_str(sides(), "student(student) o3 o33", "an id is not its beginning");
	user.value[SOURCE_PRIMARY_ORG] = NULL;
	user.value[SOURCE_ORGS] = "Ö 1\x1fö 1";
	is_str(sides(), "student(student) Ö 1 ö 1", "ids are exact");
}

static void test_orgs_1_2(void)
{
	new_user();
	add_role("teacher", "o2", false);
	add_role("teacher", "o1", true);
	add_role("parent", "o3", false);
	add_role("aide", "o4", false);
	is_str(sides(), "teacher(teacher) o1 o2|o4; contact(parent) o3 -",
		"each side has the organisations of its own roles");
	user.value[SOURCE_PRIMARY_ORG] = "o4";
	is_str(sides(), "teacher(teacher) o4 o1|o2; contact(parent) o3 -",
		"primaryOrg counts where it belongs");
	user.value[SOURCE_ORGS] = "o9";
	is_str(sides(), "teacher(teacher) o4 o1|o2; contact(parent) o3 -",
		"1.1's orgs do not count where roles say it");
	add_role("principal", NULL, false);
	is_str(sides(),
		"teacher(teacher) o4 o1|o2; contact(parent) o3 -; admin(principal) o4 o9",
		"but for a role that names none");
}

/* An administrator of a large district: none may be lost. */
static void test_many_orgs(void)
{
	struct buf list, want;
	size_t count;
	int i;

	new_user();
	buf_init(&list);
	buf_init(&want);
	for (i = 0; i < 500; i++) {
		buf_addf(&list, "%sschool %03d", i ? "\x1f" : "", i);
		if (i)
			buf_addf(&want, "%sschool %03d", i > 1 ? "\x1f" : "", i);
	}
	add_role("administrator", NULL, true);
	user.value[SOURCE_ORGS] = list.data;
	count = people_of_user(&user, &arena, &problems, people);
	is_int((long long)count, 1, "one side");
	is_str(people[0].primary_org, "school 000", "of 500 schools the first");
	is_str(people[0].other_orgs, want.data, "and all others");
	buf_clear(&list);
	buf_clear(&want);
}

int main(void)
{
	arena_init(&arena);
	problems_init(&problems);
	test_roles();
	test_sides();
	test_orgs_1_1();
	test_orgs_1_2();
	test_many_orgs();
	problems_clear(&problems);
	arena_clear(&arena);
	return done_testing();
}
