#include "sync/trial.h"

#include <string.h>

#include "source/pulled.h"
#include "store/store.h"
#include "sync/school_view.h"

static int take_org(void *arg, struct source_record *record, struct err *err)
{
	(void)err;
	school_view_add(arg, record);
	return 0;
}

static int load_schools(struct trial *trial, struct store *store, struct err *err)
{
	if (pulled_each(trial->state, trial->app->name, COLLECTION_ORGS, take_org,
		    &trial->schools, err) ||
		school_view_hub(store, &trial->schools, err))
		return -1;
	school_lists_sort(&trial->schools);
	trial->plan = school_plan_new(trial->app, &trial->schools, err);
	return trial->plan ? 0 : -1;
}

int trial_init(struct trial *trial, const char *state, const struct app *app, const char *today,
	const atomic_bool *cancel, struct err *err)
{
	struct store *store;
	int result = -1;

	memset(trial, 0, sizeof(*trial));
	trial->state = state;
	trial->app = app;
	trial->cancel = cancel;
	arena_init(&trial->arena);
	demographics_init(&trial->demographics);
	store = store_open(state, err);
	if (store)
		trial->rules = ruleset_new(app, today, store_secret(store), err);
	if (trial->rules)
		result = load_schools(trial, store, err);
	store_close(store);
	trial->maker = (struct maker){app, trial->rules, trial->plan, &trial->demographics};
	return result;
}

void trial_clear(struct trial *trial)
{
	ruleset_free(trial->rules);
	school_plan_free(trial->plan);
	school_lists_clear(&trial->schools);
	demographics_clear(&trial->demographics);
	arena_clear(&trial->arena);
}

struct visit {
	struct trial *trial;
	enum entity entity;
	trial_fn *each;
	void *arg;
	struct problems problems; /* the import tells them */
};

static bool is_wanted(const struct visit *visit, const struct source_record *source,
	const struct record *record)
{
	const char *name;

	return (visit->entity == ENTITY_NONE || record->entity == visit->entity) &&
	       (record->entity != ENTITY_SCHOOL ||
		       school_plan_provides(visit->trial->plan, source->id, &name));
}

static int visit_record(void *arg, struct source_record *source, struct err *err)
{
	struct visit *visit = arg;
	struct trial *trial = visit->trial;
	struct made made[MADE_MOST];
	size_t count, i;

	if (trial->cancel && atomic_load_explicit(trial->cancel, memory_order_relaxed))
		return err_set(err, ERR_CANCELLED, "cancelled");
	arena_reset(&trial->arena);
	count = maker_make(&trial->maker, source, 0, &trial->arena, &visit->problems, made);
	for (i = 0; i < count; i++)
		if (made[i].in && is_wanted(visit, source, &made[i].record) &&
			visit->each(visit->arg, source, &made[i].record, err))
			return -1;
	return 0;
}

/* Whether a collection makes records of that entity type. */
static bool makes(enum collection collection, enum entity entity)
{
	enum entity only = maker_entity(collection);

	if (collection == COLLECTION_DEMOGRAPHICS)
		return false; /* they come with the users */
	return entity == ENTITY_NONE ||
	       (only == ENTITY_NONE ? entity_is_person(entity) : only == entity);
}

int trial_each(
	struct trial *trial, enum entity entity, trial_fn *each, void *arg, struct err *err)
{
	struct visit visit = {trial, entity, each, arg, {{0}}};
	enum collection c;
	int result = 0;

	problems_init(&visit.problems);
	for (c = 0; c < COLLECTION_COUNT && !result; c++)
		if (makes(c, entity))
			result = pulled_each(
				trial->state, trial->app->name, c, visit_record, &visit, err);
	problems_clear(&visit.problems);
	return result;
}
