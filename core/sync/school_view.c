#include "sync/school_view.h"

#include <string.h>

#include "base/mem.h"
#include "source/source.h"

static int load_school(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct school_lists *lists = arg;
	struct hub_school *school;

	(void)err;
	lists->hub = mem_grow(lists->hub, lists->hub_count + 1, sizeof(*lists->hub));
	school = &lists->hub[lists->hub_count++];
	school->id = mem_strdup(record->sis_id);
	school->name = mem_strdup(record->value[ATTR_NAME] ? record->value[ATTR_NAME] : "");
	school->number = mem_strdup(record->value[ATTR_NUMBER]);
	school->app = mem_strdup(app);
	return 0;
}

int school_view_hub(struct store *store, struct school_lists *lists, struct err *err)
{
	return store_each_of_apps(store, ENTITY_SCHOOL, load_school, lists, err);
}

void school_view_add(struct school_lists *lists, const struct source_record *record)
{
	if (record->status == STATUS_DELETED)
		return;
	lists->source =
		mem_grow(lists->source, lists->source_count + 1, sizeof(*lists->source));
	lists->source[lists->source_count++] = source_school_of(record);
}

static int take_org(
	void *arg, const struct source_record *record, enum seen seen, struct err *err)
{
	(void)seen;
	(void)err;
	school_view_add(arg, record);
	return 0;
}

static int pull_orgs(struct source *source, struct school_lists *lists, struct err *err)
{
	const enum collection orgs = COLLECTION_ORGS;
	struct problems problems; /* the next import tells them again */
	const struct taker taker = {.arg = lists, .problems = &problems, .record = take_org};
	int result;

	problems_init(&problems);
	result = source_pull(source, &orgs, 1, &taker, err);
	problems_clear(&problems);
	return result;
}

int school_view(const char *state, struct app *app, const struct secret *secret,
	const atomic_bool *cancel, struct school_lists *lists, struct err *err)
{
	struct source *source = source_open(app, secret, cancel, err);
	struct store *store = NULL;
	int result = -1;

	memset(lists, 0, sizeof(*lists));
	if (!source || source_connect(source, err) || pull_orgs(source, lists, err))
		goto out;
	learned_copy(&app->learned, source_learned(source));
	store = store_open(state, err);
	if (!store || school_view_hub(store, lists, err))
		goto out;
	school_lists_sort(lists);
	result = 0;
out:
	if (result)
		school_lists_clear(lists);
	store_close(store);
	source_close(source);
	return result;
}
