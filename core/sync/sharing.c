#include "sync/sharing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "roster/problem.h"
#include "source/pulled.h"
#include "sync/trial.h"

/* The keys of one domain. */
struct keys {
	uint64_t *list; /* owned */
	size_t count, room;
};

struct counting {
	struct trial trial;
	struct sharing *out;
	struct domains domains; /* of the entity type at hand */
	struct keys keys[DOMAINS_MOST];
	struct problems problems; /* the import tells them */
	struct buf scratch;
};

static void keys_add(struct keys *keys, uint64_t key)
{
	if (keys->count == keys->room) {
		keys->room = keys->room ? keys->room * 3 / 2 : 1024;
		keys->list = mem_grow(keys->list, keys->room, sizeof(*keys->list));
	}
	keys->list[keys->count++] = key;
}

static int count_record(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct counting *counting = arg;
	size_t i;

	(void)source;
	(void)err;
	if (ruleset_judge(counting->trial.rules, record, &counting->trial.arena,
		    &counting->problems) != FATE_IN)
		return 0;
	counting->out->records[record->entity]++;
	for (i = 0; i < counting->domains.count; i++) {
		uint64_t key =
			domain_key(&counting->domains.list[i], record, &counting->scratch);

		if (key)
			keys_add(&counting->keys[i], key);
	}
	return 0;
}

static int by_key(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int64_t count_shared(struct keys *keys)
{
	int64_t shared = 0;
	size_t i;

	if (keys->count)
		qsort(keys->list, keys->count, sizeof(*keys->list), by_key);
	for (i = 0; i < keys->count; i++)
		shared += (i && keys->list[i - 1] == keys->list[i]) ||
			  (i + 1 < keys->count && keys->list[i + 1] == keys->list[i]);
	return shared;
}

static int count_entity(struct counting *counting, enum entity entity,
	const struct rules *of_hub, struct err *err)
{
	size_t i;

	if (domains_compile(&counting->domains, entity, of_hub, err))
		return -1;
	for (i = 0; i < DOMAINS_MOST; i++)
		counting->keys[i].count = 0;
	if (counting->domains.count &&
		trial_each(&counting->trial, entity, count_record, counting, err))
		return -1;
	for (i = 0; i < counting->domains.count; i++) {
		struct keys *keys = &counting->keys[i];

		counting->out->domain[entity][i].filled = (int64_t)keys->count;
		counting->out->domain[entity][i].shared = count_shared(keys);
	}
	return 0;
}

int sharing_count(const char *state, const struct app *app, const struct rules *of_hub,
	const char *today, const atomic_bool *cancel, struct sharing *out, struct err *err)
{
	struct counting counting = {.out = out};
	enum entity e;
	size_t i;
	int result;

	memset(out, 0, sizeof(*out));
	pulled_when(state, app->name, &out->when);
	problems_init(&counting.problems);
	buf_init(&counting.scratch);
	result = trial_init(&counting.trial, state, app, today, cancel, err);
	for (e = 0; e < ENTITY_COUNT && !result; e++)
		result = count_entity(&counting, e, of_hub, err);
	trial_clear(&counting.trial);
	for (i = 0; i < DOMAINS_MOST; i++)
		free(counting.keys[i].list);
	problems_clear(&counting.problems);
	buf_clear(&counting.scratch);
	return result;
}
