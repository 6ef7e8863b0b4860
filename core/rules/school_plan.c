#include "rules/school_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"

/* What a sync does with one organisation. */
struct plan_entry {
	const char *id;   /* source id, borrowed */
	const char *name; /* in the hub; NULL: the source's */
	char *hub_id;     /* owned; NULL while it is out */
	enum school_standing standing;
	bool office;
	bool provides;
};

struct school_plan {
	struct map by_id;
	struct plan_entry *entry; /* owned */
	size_t count;
};

/* Adds every organisation, and says which are in. */
static void enter_schools(
	struct school_plan *plan, const struct app *app, const struct school_lists *lists)
{
	size_t i;

	plan->entry = mem_zero(lists->source_count, sizeof(*plan->entry));
	plan->count = lists->source_count;
	for (i = 0; i < lists->source_count; i++) {
		const struct source_school *source = &lists->source[i];
		const struct school_choice *choice = app_school(app, source->id);
		struct plan_entry *entry = &plan->entry[map_add(&plan->by_id, source->id)];

		entry->id = source->id;
		entry->office = schools_is_office(source);
		entry->standing = STANDING_OUT;
		if (choice && choice->on) {
			entry->standing = STANDING_IN;
			entry->name = choice->name;
			entry->hub_id = choice->hub_id ? mem_strdup(choice->hub_id)
						       : schools_own_id(app, source->id);
		}
	}
}

/* The offices above what is in come along. A school that is switched off does not. */
static void enter_offices(
	struct school_plan *plan, const struct app *app, const struct school_lists *lists)
{
	size_t i;
	int depth;

	for (i = 0; i < lists->source_count; i++) {
		const struct source_school *at = &lists->source[i];

		if (plan->entry[i].standing != STANDING_IN)
			continue;
		for (depth = 0;
			depth < SCHOOLS_DEPTH && (at = schools_find_source(lists, at->parent));
			depth++) {
			struct plan_entry *entry = &plan->entry[map_find(&plan->by_id, at->id)];

			if (entry->standing != STANDING_OUT || !schools_is_office(at))
				continue;
			entry->standing = STANDING_ABOVE;
			entry->hub_id = schools_own_id(app, at->id);
		}
	}
}

/*
 * Each hub school that no other app provides gets one provider: the source school whose own id
 * it is, else the first one mapped onto it.
 */
static int find_providers(struct school_plan *plan, const struct app *app,
	const struct school_lists *lists, struct err *err)
{
	struct map taken;
	size_t i;
	int result = 0;

	map_init(&taken);
	for (i = 0; i < plan->count; i++) {
		struct plan_entry *entry = &plan->entry[i];
		char *own = schools_own_id(app, entry->id);

		if (entry->hub_id && !strcmp(entry->hub_id, own)) {
			map_add(&taken, entry->hub_id);
			entry->provides = true;
		}
		free(own);
	}
	for (i = 0; i < plan->count; i++) {
		struct plan_entry *entry = &plan->entry[i];
		const struct hub_school *hub = schools_find_hub(lists, entry->hub_id);

		if (!entry->hub_id || map_find(&taken, entry->hub_id) != MAP_NONE)
			continue;
		if (!hub) {
			result = err_set(err, ERR_SETTINGS,
				"School %s is mapped onto hub school %s, which is not in the "
				"hub. Map it onto another, or switch that school on (lumenport "
				"schools %s).",
				entry->id, entry->hub_id, app->name);
			break;
		}
		map_add(&taken, entry->hub_id);
		entry->provides = !strcmp(hub->app, app->name);
	}
	map_clear(&taken);
	return result;
}

struct school_plan *school_plan_new(
	const struct app *app, const struct school_lists *lists, struct err *err)
{
	struct school_plan *plan = mem_zero(1, sizeof(*plan));

	map_init(&plan->by_id);
	enter_schools(plan, app, lists);
	enter_offices(plan, app, lists);
	if (find_providers(plan, app, lists, err)) {
		school_plan_free(plan);
		return NULL;
	}
	return plan;
}

void school_plan_free(struct school_plan *plan)
{
	size_t i;

	if (!plan)
		return;
	for (i = 0; i < plan->count; i++)
		free(plan->entry[i].hub_id);
	free(plan->entry);
	map_clear(&plan->by_id);
	free(plan);
}

static const struct plan_entry *find_entry(const struct school_plan *plan, const char *id)
{
	long i = id ? map_find(&plan->by_id, id) : MAP_NONE;

	return i == MAP_NONE ? NULL : &plan->entry[i];
}

enum school_standing school_plan_find(
	const struct school_plan *plan, const char *source_id, const char **hub_id)
{
	const struct plan_entry *entry = find_entry(plan, source_id);

	if (hub_id)
		*hub_id = entry ? entry->hub_id : NULL;
	return entry ? entry->standing : STANDING_UNKNOWN;
}

bool school_plan_provides(
	const struct school_plan *plan, const char *source_id, const char **name)
{
	const struct plan_entry *entry = find_entry(plan, source_id);

	*name = entry ? entry->name : NULL;
	return entry && entry->provides;
}

/* A reference to one school: in the hub's words, or NULL. Says how it stands. */
static enum school_standing rewrite_one(const struct school_plan *plan, struct record *record,
	enum attr attr, struct problems *problems)
{
	const char *id = record->value[attr], *hub_id = NULL;
	enum school_standing standing;

	if (!id)
		return STANDING_UNKNOWN;
	standing = school_plan_find(plan, id, &hub_id);
	if (standing == STANDING_UNKNOWN)
		problems_add(problems, PROBLEM_DANGLING, record->entity, record->sis_id,
			"%s leads to no organisation of the source",
			schema_attribute(record->entity, attr)->name);
	record->value[attr] = hub_id;
	return standing;
}

/* Of a person's organisations: whether one is mapped, whether a school is not. */
struct belonging {
	bool in;
	bool out;
};

static void note_belonging(
	struct belonging *belonging, const struct school_plan *plan, const char *id)
{
	const struct plan_entry *entry = find_entry(plan, id);

	belonging->in |= entry && entry->standing == STANDING_IN;
	belonging->out |= entry && entry->standing == STANDING_OUT && !entry->office;
}

/* The other schools of a person in the hub's words, each once; the first one is primary where
 * none is. */
static const char *rewrite_others(const struct school_plan *plan, struct record *record,
	struct arena *arena, struct problems *problems, struct belonging *belonging)
{
	const char *list = record->value[ATTR_OTHER_SCHOOL_IDS], *item, *hub_id;
	char *others = NULL;
	size_t length;

	while ((item = list_next(&list, &length))) {
		const char *id = arena_strndup(arena, item, length);

		note_belonging(belonging, plan, id);
		if (school_plan_find(plan, id, &hub_id) == STANDING_UNKNOWN)
			problems_add(problems, PROBLEM_DANGLING, record->entity, record->sis_id,
				"otherSchoolIds leads to no organisation of the source");
		if (!hub_id)
			continue;
		if (!record->value[ATTR_SCHOOL_ID])
			record->value[ATTR_SCHOOL_ID] = hub_id;
		if (!strcmp(hub_id, record->value[ATTR_SCHOOL_ID]))
			continue;
		others = others ? arena_printf(arena, "%s%c%s", others, RECORD_LIST, hub_id)
				: arena_strdup(arena, hub_id);
	}
	return others ? list_sort(others, arena) : NULL;
}

/*
 * Primary and other schools of a person: only those that are in. An office above brings nobody
 * who belongs to a school that is out and to none that is in.
 */
static bool rewrite_person(const struct school_plan *plan, struct record *record,
	struct arena *arena, struct problems *problems)
{
	struct belonging belonging = {false, false};

	note_belonging(&belonging, plan, record->value[ATTR_SCHOOL_ID]);
	rewrite_one(plan, record, ATTR_SCHOOL_ID, problems);
	record->value[ATTR_OTHER_SCHOOL_IDS] =
		rewrite_others(plan, record, arena, problems, &belonging);
	if (belonging.out && !belonging.in)
		record->value[ATTR_SCHOOL_ID] = record->value[ATTR_OTHER_SCHOOL_IDS] = NULL;
	return record->value[ATTR_SCHOOL_ID] || record->entity == ENTITY_CONTACT;
}

bool schools_apply(const struct school_plan *plan, struct record *record, struct arena *arena,
	struct problems *problems)
{
	enum school_standing standing;

	switch (record->entity) {
	case ENTITY_STUDENT:
	case ENTITY_TEACHER:
	case ENTITY_ADMIN:
	case ENTITY_CONTACT: return rewrite_person(plan, record, arena, problems);
	case ENTITY_COURSE:
		standing = rewrite_one(plan, record, ATTR_SCHOOL_ID, problems);
		return standing != STANDING_OUT;
	case ENTITY_CLASS:
		standing = rewrite_one(plan, record, ATTR_SCHOOL_ID, problems);
		return standing == STANDING_IN || standing == STANDING_ABOVE;
	case ENTITY_ENROLLMENT:
		rewrite_one(plan, record, ATTR_SCHOOL_ID, problems);
		return true; /* its class decides */
	case ENTITY_SCHOOL:
	case ENTITY_CALENDAR:
	case ENTITY_COUNT: break;
	}
	return true;
}
