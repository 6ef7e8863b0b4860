#include "rules/schools.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

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

const struct source_school *schools_find_source(
	const struct school_lists *lists, const char *id)
{
	struct source_school key = {.id = (char *)id};

	if (!id || !lists->source_count)
		return NULL;
	return bsearch(&key, lists->source, lists->source_count, sizeof(key), by_source_id);
}

const struct hub_school *schools_find_hub(const struct school_lists *lists, const char *id)
{
	struct hub_school key = {.id = (char *)id};

	if (!id || !lists->hub_count)
		return NULL;
	return bsearch(&key, lists->hub, lists->hub_count, sizeof(key), by_hub_id);
}

/* An organisation without a type, or with one of its own, is taken for a school. */
bool schools_is_office(const struct source_school *school)
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

/* Whether `office` stands above a school that is mapped. */
static bool is_above_mapped(
	const struct app *app, const struct school_lists *lists, const char *office)
{
	size_t i;
	int depth;

	for (i = 0; i < app->school_count; i++) {
		const struct source_school *at =
			app->schools[i].on ? schools_find_source(lists, app->schools[i].id)
					   : NULL;

		for (depth = 0; at && depth < SCHOOLS_DEPTH; depth++) {
			if (at->parent && !strcmp(at->parent, office))
				return true;
			at = schools_find_source(lists, at->parent);
		}
	}
	return false;
}

char *schools_own_id(const struct app *app, const char *source_id)
{
	return mem_printf("%s%s", app->sis_id_prefix ? app->sis_id_prefix : "", source_id);
}

/* The name of a hub school; one that is not in the hub yet is this source's own. */
static const char *name_in_hub(
	const struct app *app, const struct school_lists *lists, const char *hub_id)
{
	const struct hub_school *onto = schools_find_hub(lists, hub_id);
	size_t prefix = app->sis_id_prefix ? strlen(app->sis_id_prefix) : 0;
	const struct school_choice *choice;
	const struct source_school *source;

	if (onto || !hub_id || (prefix && strncmp(hub_id, app->sis_id_prefix, prefix) != 0))
		return onto ? onto->name : NULL;
	choice = app_school(app, hub_id + prefix);
	source = schools_find_source(lists, hub_id + prefix);
	return choice && choice->name ? choice->name : source ? source->name : NULL;
}

static struct school_row row_of(const struct app *app, const struct school_lists *lists,
	const char *id, const struct source_school *source, const struct school_choice *choice)
{
	char *own = schools_own_id(app, id);
	const char *there = name_in_hub(app, lists,
		choice && choice->hub_id ? choice->hub_id
		: source                 ? NULL
					 : own);
	struct school_row row = {.id = id};

	free(own);

	row.name = source ? source->name : "";
	row.number = source ? source->number : NULL;
	row.type = source ? source->type : "school";
	row.hub_id = choice ? choice->hub_id : NULL;
	row.hub_name = choice && choice->name ? choice->name : there ? there : row.name;
	if (choice && choice->on)
		row.state = source ? SCHOOL_EXISTING : SCHOOL_MISSING_DATA;
	else if (!source || !schools_is_office(source))
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
		hub = app->schools[i].on ? schools_find_hub(lists, app->schools[i].hub_id)
					 : NULL;
		if (hub)
			taken[hub - lists->hub] = true;
	}
	for (i = 0; i < lists->source_count; i++) {
		char *own = schools_own_id(app, lists->source[i].id);

		hub = schools_find_hub(lists, own);
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
	return !schools_is_office(source) && !is_on(app, source->id);
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
