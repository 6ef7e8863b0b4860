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

/* Organisations, each once, in the order in which they came. */
struct orgs {
	const char **id; /* in the arena, as the ids */
	size_t count;
};

static void add_org(struct orgs *orgs, const char *id)
{
	size_t i;

	for (i = 0; i < orgs->count; i++)
		if (!strcmp(orgs->id[i], id))
			return;
	orgs->id[orgs->count++] = id;
}

static void add_orgs(struct orgs *orgs, const char *list, struct arena *arena)
{
	const char *id;
	size_t length;

	while ((id = list_next(&list, &length)))
		add_org(orgs, arena_strndup(arena, id, length));
}

static size_t count_items(const char *list)
{
	size_t count = 0, length;

	while (list_next(&list, &length))
		count++;
	return count;
}

/* The organisations of one side: those of its roles, the primary role's first, else the user's
 * own (1.1). */
static struct orgs find_orgs(
	const struct source_record *user, enum entity entity, struct arena *arena)
{
	size_t most = user->roles + 1 + count_items(user->value[SOURCE_ORGS]), i;
	struct orgs orgs = {arena_alloc(arena, most * sizeof(*orgs.id)), 0};
	int pass;

	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < user->roles; i++)
			if (user->role[i].org && user->role[i].primary == !pass &&
				people_entity_of_role(user->role[i].role) == entity)
				add_org(&orgs, user->role[i].org);
	if (orgs.count)
		return orgs;
	if (user->value[SOURCE_PRIMARY_ORG])
		add_org(&orgs, user->value[SOURCE_PRIMARY_ORG]);
	add_orgs(&orgs, user->value[SOURCE_ORGS], arena);
	return orgs;
}

/* primaryOrg goes to the front, if it is among them. */
static void put_first(struct orgs *orgs, const char *primary)
{
	size_t i;

	for (i = 1; primary && i < orgs->count; i++) {
		if (strcmp(orgs->id[i], primary) != 0)
			continue;
		memmove(orgs->id + 1, orgs->id, i * sizeof(*orgs->id));
		orgs->id[0] = primary;
		return;
	}
}

static void set_orgs(
	const struct source_record *user, struct person *person, struct arena *arena)
{
	struct orgs orgs = find_orgs(user, person->entity, arena);
	size_t room = 1, i;
	char *others, *at;

	if (!orgs.count)
		return;
	put_first(&orgs, user->value[SOURCE_PRIMARY_ORG]);
	person->primary_org = orgs.id[0];
	if (orgs.count == 1)
		return;
	for (i = 1; i < orgs.count; i++)
		room += strlen(orgs.id[i]) + 1;
	others = at = arena_alloc(arena, room);
	for (i = 1; i < orgs.count; i++) {
		if (i > 1)
			*at++ = RECORD_LIST;
		at = stpcpy(at, orgs.id[i]);
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
		set_orgs(user, &people[i], arena);
	return count;
}
