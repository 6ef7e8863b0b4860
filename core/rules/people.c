#include "rules/people.h"

#include <string.h>

#include "base/text.h"

static const struct {
	const char *role;
	enum entity entity;
} roles[] = {
	{"student", ENTITY_STUDENT},
	{"teacher", ENTITY_TEACHER},
	{"aide", ENTITY_TEACHER},
	{"proctor", ENTITY_TEACHER},
	{"administrator", ENTITY_ADMIN},
	{"principal", ENTITY_ADMIN},
	{"counselor", ENTITY_ADMIN},
	{"siteAdministrator", ENTITY_ADMIN},
	{"districtAdministrator", ENTITY_ADMIN},
	{"systemAdministrator", ENTITY_ADMIN},
	{"guardian", ENTITY_CONTACT},
	{"parent", ENTITY_CONTACT},
	{"relative", ENTITY_CONTACT},
};

enum { ROLES = sizeof(roles) / sizeof(roles[0]) };

enum entity people_entity_of_role(const char *role)
{
	size_t i;

	for (i = 0; i < ROLES; i++)
		if (!strcmp(role, roles[i].role))
			return roles[i].entity;
	for (i = 0; i < ROLES; i++)
		if (text_same_word(role, roles[i].role))
			return roles[i].entity;
	return ENTITY_NONE;
}

/* A few organisations, each once, in the order in which they came. */
struct orgs {
	const char *id[2 * SOURCE_ROLES];
	size_t length[2 * SOURCE_ROLES];
	size_t count;
};

static void add_org(struct orgs *orgs, const char *id, size_t length)
{
	size_t i;

	for (i = 0; i < orgs->count; i++)
		if (orgs->length[i] == length && !memcmp(orgs->id[i], id, length))
			return;
	if (orgs->count == 2 * SOURCE_ROLES)
		return;
	orgs->id[orgs->count] = id;
	orgs->length[orgs->count++] = length;
}

static void add_orgs(struct orgs *orgs, const char *list)
{
	const char *id;
	size_t length;

	while ((id = list_next(&list, &length)))
		add_org(orgs, id, length);
}

/* The organisations of one side: those of its roles, else the user's own (1.1). */
static void find_orgs(
	const struct source_record *user, struct person *person, struct arena *arena)
{
	const char *primary = user->value[SOURCE_PRIMARY_ORG];
	struct orgs orgs = {.count = 0};
	char *others = NULL, *at;
	size_t i, room = 1;
	int pass;

	for (pass = 0; pass < 2; pass++) /* the primary role's first */
		for (i = 0; i < user->roles; i++)
			if (user->role[i].org && user->role[i].primary == !pass &&
				people_entity_of_role(user->role[i].role) == person->entity)
				add_org(&orgs, user->role[i].org, strlen(user->role[i].org));
	if (!orgs.count && primary)
		add_org(&orgs, primary, strlen(primary));
	add_orgs(&orgs, user->value[SOURCE_ORGS]);
	if (!orgs.count)
		return;
	for (i = 1; primary && i < orgs.count; i++) {
		if (strlen(primary) == orgs.length[i] &&
			!memcmp(primary, orgs.id[i], orgs.length[i])) {
			orgs.id[i] = orgs.id[0];
			orgs.length[i] = orgs.length[0];
			orgs.id[0] = primary;
			orgs.length[0] = strlen(primary);
		}
	}
	person->primary_org = arena_strndup(arena, orgs.id[0], orgs.length[0]);
	if (orgs.count == 1)
		return;
	for (i = 1; i < orgs.count; i++)
		room += orgs.length[i] + 1;
	others = at = arena_alloc(arena, room);
	for (i = 1; i < orgs.count; i++) {
		memcpy(at, orgs.id[i], orgs.length[i]);
		at += orgs.length[i];
		*at++ = i + 1 < orgs.count ? RECORD_LIST : '\0';
	}
	person->other_orgs = others;
}

static struct person *side_of(struct person *people, size_t count, enum entity entity)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (people[i].entity == entity)
			return &people[i];
	return NULL;
}

size_t people_of_user(const struct source_record *user, struct arena *arena,
	struct problems *problems, struct person people[PEOPLE_TYPES])
{
	size_t count = 0, i;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < user->roles; i++) {
			enum entity entity = people_entity_of_role(user->role[i].role);

			if (user->role[i].primary == !!pass)
				continue;
			if (entity == ENTITY_NONE)
				problems_add(problems, PROBLEM_UNKNOWN_ROLE, ENTITY_NONE,
					user->id,
					"role \"%s\" is not of the vocabulary: left out",
					user->role[i].role);
			else if (!side_of(people, count, entity))
				people[count++] = (struct person){entity, user->role[i].role};
		}
	}
	if (!user->roles)
		problems_add(problems, PROBLEM_UNKNOWN_ROLE, ENTITY_NONE, user->id,
			"no role: left out");
	for (i = 0; i < count; i++)
		find_orgs(user, &people[i], arena);
	return count;
}
