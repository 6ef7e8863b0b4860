#include "rules/schools.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"

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

static const char *const state_names[] = {
	[SCHOOL_MISSING] = "missing",
	[SCHOOL_EXISTING] = "existing",
	[SCHOOL_MISSING_DATA] = "with missing data",
	[SCHOOL_ALONG] = "comes along",
	[SCHOOL_OFFICE] = "office",
};

const char *school_state_name(enum school_state state)
{
	return state_names[state];
}

static char *text_or_empty(const char *text)
{
	return mem_strdup(text ? text : "");
}

struct source_school source_school_of(const struct source_record *source)
{
	return (struct source_school){
		.id = mem_strdup(source->id),
		.name = text_or_empty(source->value[SOURCE_NAME]),
		.number = mem_strdup(source->value[SOURCE_IDENTIFIER]),
		.type = text_or_empty(source->value[SOURCE_TYPE]),
		.parent = mem_strdup(source->value[SOURCE_PARENT]),
	};
}

static void free_source(struct source_school *school)
{
	free(school->id);
	free(school->name);
	free(school->number);
	free(school->type);
	free(school->parent);
	free(school->body);
}

static void free_hub(struct hub_school *school)
{
	free(school->id);
	free(school->name);
	free(school->number);
	free(school->app);
}

void school_lists_clear(struct school_lists *lists)
{
	size_t i;

	for (i = 0; i < lists->source_count; i++)
		free_source(&lists->source[i]);
	for (i = 0; i < lists->hub_count; i++)
		free_hub(&lists->hub[i]);
	free(lists->source);
	free(lists->hub);
	memset(lists, 0, sizeof(*lists));
}

static int by_source_id(const void *a, const void *b)
{
	return strcmp(
		((const struct source_school *)a)->id, ((const struct source_school *)b)->id);
}

static int by_hub_id(const void *a, const void *b)
{
	return strcmp(((const struct hub_school *)a)->id, ((const struct hub_school *)b)->id);
}

/* A merge sort would keep equal ids in order of arrival: so does glibc's qsort. */
void school_lists_sort(struct school_lists *lists)
{
	size_t i, kept = 0;

	if (lists->source_count)
		qsort(lists->source, lists->source_count, sizeof(*lists->source), by_source_id);
	if (lists->hub_count)
		qsort(lists->hub, lists->hub_count, sizeof(*lists->hub), by_hub_id);
	for (i = 0; i < lists->source_count; i++) {
		if (kept && !strcmp(lists->source[kept - 1].id, lists->source[i].id))
			free_source(&lists->source[--kept]);
		lists->source[kept++] = lists->source[i];
	}
	lists->source_count = kept;
}

static const struct source_school *find_source(const struct school_lists *lists, const char *id)
{
	struct source_school key = {.id = (char *)id};

	if (!id || !lists->source_count)
		return NULL;
	return bsearch(&key, lists->source, lists->source_count, sizeof(key), by_source_id);
}

static const struct hub_school *find_hub(const struct school_lists *lists, const char *id)
{
	struct hub_school key = {.id = (char *)id};

	if (!id || !lists->hub_count)
		return NULL;
	return bsearch(&key, lists->hub, lists->hub_count, sizeof(key), by_hub_id);
}

/* An organisation without a type, or with one of its own, is taken for a school. */
static bool is_office(const struct source_school *school)
{
	static const char *const offices[] = {
		"district", "local", "state", "national", "department"};
	size_t i;

	for (i = 0; i < sizeof(offices) / sizeof(*offices); i++)
		if (text_same_word(school->type, offices[i]))
			return true;
	return false;
}

static bool is_on(const struct app *app, const char *id)
{
	const struct school_choice *choice = app_school(app, id);

	return choice && choice->on;
}

enum { DEPTH_MOST = 16 }; /* of offices above a school; a provider's loop must end */

/* Whether `office` stands above a school that is mapped. */
static bool is_above_mapped(
	const struct app *app, const struct school_lists *lists, const char *office)
{
	size_t i;
	int depth;

	for (i = 0; i < app->school_count; i++) {
		const struct source_school *at =
			app->schools[i].on ? find_source(lists, app->schools[i].id) : NULL;

		for (depth = 0; at && depth < DEPTH_MOST; depth++) {
			if (at->parent && !strcmp(at->parent, office))
				return true;
			at = find_source(lists, at->parent);
		}
	}
	return false;
}

static char *own_id(const struct app *app, const char *source_id)
{
	return mem_printf("%s%s", app->sis_id_prefix ? app->sis_id_prefix : "", source_id);
}

static struct school_row row_of(const struct app *app, const struct school_lists *lists,
	const char *id, const struct source_school *source, const struct school_choice *choice)
{
	char *own = own_id(app, id);
	const struct hub_school *onto =
		find_hub(lists, choice && choice->hub_id ? choice->hub_id
				: source                 ? NULL
							 : own);
	struct school_row row = {.id = id};

	free(own);

	row.name = source ? source->name : "";
	row.number = source ? source->number : NULL;
	row.type = source ? source->type : "school";
	row.hub_id = choice ? choice->hub_id : NULL;
	row.hub_name = choice && choice->name ? choice->name : onto ? onto->name : row.name;
	if (choice && choice->on)
		row.state = source ? SCHOOL_EXISTING : SCHOOL_MISSING_DATA;
	else if (!source || !is_office(source))
		row.state = SCHOOL_MISSING;
	else
		row.state = is_above_mapped(app, lists, id) ? SCHOOL_ALONG : SCHOOL_OFFICE;
	return row;
}

struct school_row *schools_rows(
	const struct app *app, const struct school_lists *lists, size_t *count)
{
	struct school_row *rows =
		mem_zero(lists->source_count + app->school_count, sizeof(*rows));
	size_t s = 0, c = 0, n = 0;

	while (s < lists->source_count || c < app->school_count) {
		const struct source_school *source =
			s < lists->source_count ? &lists->source[s] : NULL;
		const struct school_choice *choice =
			c < app->school_count ? &app->schools[c] : NULL;
		int order = !source ? 1 : !choice ? -1 : strcmp(source->id, choice->id);

		if (order <= 0)
			s++;
		if (order >= 0)
			c++;
		if (order > 0 && !choice->on)
			continue; /* neither in the source nor mapped */
		rows[n++] = row_of(app, lists, order <= 0 ? source->id : choice->id,
			order <= 0 ? source : NULL, order >= 0 ? choice : NULL);
	}
	*count = n;
	return rows;
}

/*
 * The hub schools that Auto Mapping must leave alone: those that a mapping of this app has, and
 * its own records of schools that the source still shows. An array as long as lists->hub, which
 * the caller frees.
 */
static bool *find_taken(const struct app *app, const struct school_lists *lists)
{
	bool *taken = mem_zero(lists->hub_count + 1, sizeof(*taken));
	const struct hub_school *hub;
	size_t i;

	for (i = 0; i < app->school_count; i++) {
		hub = app->schools[i].on ? find_hub(lists, app->schools[i].hub_id) : NULL;
		if (hub)
			taken[hub - lists->hub] = true;
	}
	for (i = 0; i < lists->source_count; i++) {
		char *own = own_id(app, lists->source[i].id);

		hub = find_hub(lists, own);
		if (hub && !strcmp(hub->app, app->name))
			taken[hub - lists->hub] = true;
		free(own);
	}
	return taken;
}

enum likeness { SAME_NUMBER, SAME_NAME, LIKENESSES };

static bool is_like(const struct source_school *source, const struct hub_school *hub,
	enum likeness likeness)
{
	if (likeness == SAME_NUMBER)
		return source->number && hub->number && !strcmp(source->number, hub->number);
	return *source->name && text_same_folded(source->name, hub->name);
}

/*
 * The hub school that a source school would be mapped onto: same number, else same folded name.
 * NULL when there is none, or several.
 */
static const struct hub_school *find_match(
	const struct school_lists *lists, const bool *taken, const struct source_school *source)
{
	const struct hub_school *match = NULL;
	enum likeness likeness;
	size_t i;

	for (likeness = 0; likeness < LIKENESSES && !match; likeness++) {
		for (i = 0; i < lists->hub_count; i++) {
			if (taken[i] || !is_like(source, &lists->hub[i], likeness))
				continue;
			if (match)
				return NULL;
			match = &lists->hub[i];
		}
	}
	return match;
}

static bool is_to_map(const struct app *app, const struct source_school *source)
{
	return !is_office(source) && !is_on(app, source->id);
}

size_t schools_auto(struct app *app, const struct school_lists *lists)
{
	bool *taken = find_taken(app, lists);
	const struct hub_school **match = mem_zero(lists->source_count + 1, sizeof(*match));
	size_t *wanted = mem_zero(lists->hub_count + 1, sizeof(*wanted));
	size_t mapped = 0, i;

	for (i = 0; i < lists->source_count; i++) {
		if (is_to_map(app, &lists->source[i]))
			match[i] = find_match(lists, taken, &lists->source[i]);
		if (match[i])
			wanted[match[i] - lists->hub]++;
	}
	for (i = 0; i < lists->source_count; i++) {
		struct school_choice *choice;

		if (!is_to_map(app, &lists->source[i]))
			continue;
		choice = app_need_school(app, lists->source[i].id);
		choice->on = true;
		if (match[i] && wanted[match[i] - lists->hub] == 1 && !choice->hub_id)
			mem_replace(&choice->hub_id, match[i]->id);
		mapped++;
	}
	free(taken);
	free(match);
	free(wanted);
	return mapped;
}

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
		entry->office = is_office(source);
		entry->standing = STANDING_OUT;
		if (choice && choice->on) {
			entry->standing = STANDING_IN;
			entry->name = choice->name;
			entry->hub_id = choice->hub_id ? mem_strdup(choice->hub_id)
						       : own_id(app, source->id);
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
		for (depth = 0; depth < DEPTH_MOST && (at = find_source(lists, at->parent));
			depth++) {
			struct plan_entry *entry = &plan->entry[map_find(&plan->by_id, at->id)];

			if (entry->standing != STANDING_OUT || !is_office(at))
				continue;
			entry->standing = STANDING_ABOVE;
			entry->hub_id = own_id(app, at->id);
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
		char *own = own_id(app, entry->id);

		if (entry->hub_id && !strcmp(entry->hub_id, own)) {
			map_add(&taken, entry->hub_id);
			entry->provides = true;
		}
		free(own);
	}
	for (i = 0; i < plan->count; i++) {
		struct plan_entry *entry = &plan->entry[i];
		const struct hub_school *hub = find_hub(lists, entry->hub_id);

		if (!entry->hub_id || map_find(&taken, entry->hub_id) != MAP_NONE)
			continue;
		if (!hub) {
			result = err_set(err, ERR_SETTINGS,
				"School %s is mapped onto hub school %s, which is not in the "
				"hub. Map it "
				"onto another, or switch that school on (lumenport schools "
				"%s).",
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
