#include "sync/conflicts.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/arena.h"
#include "base/mem.h"
#include "store/layers.h"
#include "store/store.h"
#include "sync/origins.h"

enum { SIDES_MOST = 64 };

/* What one app says of a record that is made of several. */
struct member {
	uint64_t key; /* of app and SIS id there */
	uint32_t group;
	uint32_t row; /* of the store; 0: not found */
	size_t app;
};

struct counting {
	struct conflicts *out;
	const atomic_bool *cancel;
	struct store *store;
	struct layer *layers; /* owned; as accepted */
	size_t layer_count;
	struct masters *masters; /* owned */
	struct row_reader *reader;
	struct member *members; /* owned; of one entity type */
	size_t count, room;
	uint32_t groups;
	struct arena arena;
};

static int look(const struct counting *counting, struct err *err)
{
	return counting->cancel && atomic_load_explicit(counting->cancel, memory_order_relaxed)
		       ? err_set(err, ERR_CANCELLED, "cancelled")
		       : 0;
}

static uint64_t key_of(const char *app, const char *id, size_t length)
{
	return XXH3_64bits_withSeed(id, length, XXH3_64bits(app, strlen(app)));
}

/* ---- who has a say ---- */

static size_t app_number(struct conflicts *out, const char *name)
{
	size_t i;

	for (i = 0; i < out->app_count; i++)
		if (!strcmp(out->app[i], name))
			return i;
	return out->app_count;
}

static void add_app(struct conflicts *out, const char *name)
{
	if (out->app_count == MASTERS_APPS || app_number(out, name) < out->app_count)
		return;
	out->app = mem_grow(out->app, out->app_count + 1, sizeof(*out->app));
	out->app[out->app_count++] = mem_strdup(name);
}

/* As in a sync: the order of the settings, and then what is no longer there. */
static void add_apps(struct counting *counting, const struct settings *settings)
{
	size_t i;

	for (i = 0; i < settings->count; i++)
		add_app(counting->out, settings->apps[i]->name);
	for (i = 0; i < counting->layer_count; i++)
		add_app(counting->out, counting->layers[i].name);
}

/* ---- what is made of several ---- */

static void add_member(struct counting *counting, const struct origin *origin)
{
	size_t app = app_number(counting->out, origin->app);

	if (app == counting->out->app_count)
		return;
	if (counting->count == counting->room) {
		counting->room = counting->room ? counting->room * 3 / 2 : 1024;
		counting->members =
			mem_grow(counting->members, counting->room, sizeof(*counting->members));
	}
	counting->members[counting->count++] = (struct member){
		key_of(origin->app, origin->id, origin->id_length), counting->groups, 0, app};
}

static int note_origins(
	void *arg, const struct record *record, const char *app, struct err *err)
{
	struct counting *counting = arg;
	struct origin origin;
	size_t before = counting->count, i;

	(void)app;
	for (i = 0; i < record->extras; i++)
		if (origin_read(&record->extra[i], record->entity, &origin))
			add_member(counting, &origin);
	counting->groups += counting->count > before;
	return look(counting, err);
}

static int by_key(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static int by_group(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return (x->app > y->app) - (x->app < y->app);
}

static int find_row(
	void *arg, size_t layer, uint32_t row, const struct record *record, struct err *err)
{
	struct counting *counting = arg;
	const struct member wanted = {.key = key_of(counting->layers[layer].name,
					      record->sis_id, strlen(record->sis_id))};
	struct member *found = bsearch(&wanted, counting->members, counting->count,
		sizeof(*counting->members), by_key);

	if (found)
		found->row = row;
	return look(counting, err);
}

/* ---- what they say ---- */

static const char *value_of(const struct record *record, int attr)
{
	return attr == MASTERS_SIS_ID ? record->sis_id : record->value[attr];
}

static bool values_differ(const struct side *sides, size_t count, int attr)
{
	const char *first = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		const char *value = value_of(sides[i].record, attr);

		if (first && value && strcmp(first, value) != 0)
			return true;
		first = value ? value : first;
	}
	return false;
}

static void count_attribute(
	struct counting *counting, const struct side *sides, size_t count, int attr)
{
	struct conflict *conflict = &counting->out->of[sides[0].record->entity][attr];

	if (!values_differ(sides, count, attr))
		return;
	conflict->differ++;
	conflict->open += masters_conflict(counting->masters, sides, count, attr);
	conflict->wins[sides[masters_pick(counting->masters, sides, count, attr)].app]++;
}

static int count_group(struct counting *counting, enum entity entity,
	const struct member *members, size_t count, struct err *err)
{
	struct record record[SIDES_MOST];
	struct side sides[SIDES_MOST];
	size_t used = 0, rows, i;
	const struct attribute *row = schema_of(entity, &rows);

	arena_reset(&counting->arena);
	for (i = 0; i < count && used < SIDES_MOST; i++) {
		int read = members[i].row ? row_read(counting->reader, entity, members[i].row,
						    &record[used], &counting->arena, err)
					  : 0;

		if (read < 0)
			return -1;
		if (!read)
			continue;
		sides[used] = (struct side){members[i].app, &record[used]};
		used++;
	}
	if (used < 2)
		return 0;
	counting->out->shared[entity]++;
	/* Lists of references are united, unless there is a master. */
	for (i = 0; i < rows; i++)
		if (row[i].attr != ATTR_LAST_MODIFIED && row[i].type != TYPE_REFERENCES)
			count_attribute(counting, sides, used, row[i].attr);
	count_attribute(counting, sides, used, MASTERS_SIS_ID);
	return look(counting, err);
}

static int count_groups(struct counting *counting, enum entity entity, struct err *err)
{
	size_t first = 0, end;

	qsort(counting->members, counting->count, sizeof(*counting->members), by_group);
	for (; first < counting->count; first = end) {
		for (end = first + 1;
			end < counting->count &&
			counting->members[end].group == counting->members[first].group;
			end++)
			;
		if (count_group(counting, entity, &counting->members[first], end - first, err))
			return -1;
	}
	return 0;
}

static int count_entity(struct counting *counting, enum entity entity, struct err *err)
{
	counting->count = counting->groups = 0;
	if (store_each(counting->store, entity, note_origins, counting, err))
		return -1;
	if (!counting->count)
		return 0;
	qsort(counting->members, counting->count, sizeof(*counting->members), by_key);
	return layers_each(counting->store, counting->layers, counting->layer_count, entity,
		       LAYER_IDS, find_row, counting, err) ||
			       count_groups(counting, entity, err)
		       ? -1
		       : 0;
}

static int work(struct counting *counting, const struct settings *settings, struct err *err)
{
	struct conflicts *out = counting->out;
	bool are = false;
	enum entity e;

	if (layers_are(counting->store, &are, err) ||
		(are && layers_load(counting->store, NULL, 0, &counting->layers,
				&counting->layer_count, err)))
		return -1;
	add_apps(counting, settings);
	if (!are)
		return 0;
	counting->reader = row_reader_new(counting->store, err);
	if (!counting->reader || masters_compile(counting->masters, &settings->rules,
					 (const char *const *)out->app, out->app_count, err))
		return -1;
	for (e = 0; e < ENTITY_COUNT; e++)
		if (count_entity(counting, e, err))
			return -1;
	return 0;
}

int conflicts_count(const char *state, const struct settings *settings,
	const atomic_bool *cancel, struct conflicts *out, struct err *err)
{
	struct counting counting = {.out = out, .cancel = cancel};
	int result = -1;

	memset(out, 0, sizeof(*out));
	arena_init(&counting.arena);
	counting.masters = mem_zero(1, sizeof(*counting.masters));
	counting.store = store_open(state, err);
	if (counting.store && !store_freeze(counting.store, err))
		result = work(&counting, settings, err);
	row_reader_free(counting.reader);
	layers_free(counting.layers, counting.layer_count);
	if (counting.store)
		store_thaw(counting.store);
	store_close(counting.store);
	free(counting.masters);
	free(counting.members);
	arena_clear(&counting.arena);
	return result;
}

void conflicts_clear(struct conflicts *conflicts)
{
	while (conflicts->app_count)
		free(conflicts->app[--conflicts->app_count]);
	free(conflicts->app);
	memset(conflicts, 0, sizeof(*conflicts));
}
