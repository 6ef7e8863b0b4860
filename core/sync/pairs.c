#include "sync/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "settings/duplicate_rules.h"
#include "store/duplicates.h"
#include "store/store.h"

struct loading {
	struct pairs *pairs;
	const atomic_bool *cancel;
	struct store *store;
	/* Of the entity type at hand: ids to records. */
	struct map ids;
	const struct record **record; /* owned; by number of the id */
};

static int look(const struct loading *loading, struct err *err)
{
	return loading->cancel && atomic_load_explicit(loading->cancel, memory_order_relaxed)
		       ? err_set(err, ERR_CANCELLED, "cancelled")
		       : 0;
}

static struct pair *add(struct pairs *pairs)
{
	pairs->list = mem_grow(pairs->list, pairs->count + 1, sizeof(*pairs->list));
	return &pairs->list[pairs->count++];
}

static int add_found(
	void *arg, const char *app, const struct duplicate *duplicate, struct err *err)
{
	struct loading *loading = arg;
	struct arena *arena = &loading->pairs->arena;

	*add(loading->pairs) = (struct pair){arena_strdup(arena, app), duplicate->entity,
		arena_strdup(arena, duplicate->domain), arena_strdup(arena, duplicate->sis_id),
		arena_strdup(arena, duplicate->other), NULL, NULL};
	return look(loading, err);
}

static bool is_found(const struct pairs *pairs, size_t count, const struct rules *of_hub,
	const struct rule *rule)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (pairs->list[i].entity == rule->entity &&
			duplicate_rules_find(of_hub, rule->entity, pairs->list[i].id,
				pairs->list[i].other) == rule)
			return true;
	return false;
}

/* What was resolved and is not found any more can still be taken back. */
static int add_resolved(struct loading *loading, const struct rules *of_hub, struct err *err)
{
	struct pairs *pairs = loading->pairs;
	size_t found = pairs->count, at = 0;
	const struct rule *rule;

	while ((rule = rules_next(of_hub, RULE_DUPLICATE, ENTITY_NONE, &at))) {
		enum duplicate_choice choice;
		const char *other;

		if (look(loading, err) || duplicate_parse(rule->text, &choice, &other, err))
			return -1;
		if (is_found(pairs, found, of_hub, rule))
			continue;
		*add(pairs) = (struct pair){.entity = rule->entity,
			.id = arena_strdup(&pairs->arena, rule->name),
			.other = other ? arena_strdup(&pairs->arena, other) : NULL};
	}
	return 0;
}

/* ---- their records ---- */

static const struct record *copy(const struct record *record, struct arena *arena)
{
	struct record *out = arena_alloc(arena, sizeof(*out));
	struct buf body;
	const char *bytes;
	int result;

	buf_init(&body);
	record_pack(record, &body);
	bytes = arena_strndup(arena, body.data, body.used);
	result = record_unpack(out, record->entity, arena_strdup(arena, record->sis_id), bytes,
		body.used, arena);
	buf_clear(&body);
	return result ? NULL : out;
}

static int take_record(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct loading *loading = arg;
	long number = map_find(&loading->ids, record->sis_id);

	(void)app;
	if (number >= 0 && !loading->record[number])
		loading->record[number] = copy(record, &loading->pairs->arena);
	return look(loading, err);
}

static void name_ids(struct loading *loading, enum entity entity)
{
	struct pairs *pairs = loading->pairs;
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		if (pairs->list[i].entity != entity)
			continue;
		map_add(&loading->ids, pairs->list[i].id);
		if (pairs->list[i].other)
			map_add(&loading->ids, pairs->list[i].other);
	}
}

static void give_records(struct loading *loading, enum entity entity)
{
	struct pairs *pairs = loading->pairs;
	size_t i;

	for (i = 0; i < pairs->count; i++) {
		struct pair *pair = &pairs->list[i];

		if (pair->entity != entity)
			continue;
		pair->record = loading->record[map_find(&loading->ids, pair->id)];
		if (pair->other)
			pair->other_record =
				loading->record[map_find(&loading->ids, pair->other)];
	}
}

static int load_records(struct loading *loading, enum entity entity, struct err *err)
{
	int result = 0;

	map_init(&loading->ids);
	name_ids(loading, entity);
	if (loading->ids.count) {
		loading->record = mem_zero(loading->ids.count, sizeof(struct record *));
		result = store_each_of_apps(loading->store, entity, take_record, loading, err);
		give_records(loading, entity);
		free(loading->record);
	}
	map_clear(&loading->ids);
	return result;
}

int pairs_load(struct pairs *pairs, const char *state, const char *app,
	const struct rules *of_hub, const atomic_bool *cancel, struct err *err)
{
	struct loading loading = {.pairs = pairs, .cancel = cancel};
	enum entity e;
	int result;

	*pairs = (struct pairs){NULL};
	arena_init(&pairs->arena);
	loading.store = store_open(state, err);
	if (!loading.store)
		return -1;
	result = store_freeze(loading.store, err);
	if (!result)
		result = duplicates_each(loading.store, app, add_found, &loading, err);
	if (!result)
		result = add_resolved(&loading, of_hub, err);
	for (e = 0; e < ENTITY_COUNT && !result; e++)
		result = load_records(&loading, e, err);
	store_thaw(loading.store);
	store_close(loading.store);
	return result;
}

void pairs_clear(struct pairs *pairs)
{
	free(pairs->list);
	arena_clear(&pairs->arena);
	*pairs = (struct pairs){NULL};
}

const struct rule *pair_resolution(const struct pair *pair, const struct rules *of_hub)
{
	return duplicate_rules_find(
		of_hub, pair->entity, pair->id, pair->other ? pair->other : pair->id);
}

void pair_name(const struct record *record, struct buf *out)
{
	const char *const *value = record->value;
	const char *last = value[ATTR_LAST_NAME], *first = value[ATTR_FIRST_NAME];

	if (last || first)
		buf_addf(out, "%s%s%s", last ? last : "", last && first ? ", " : "",
			first ? first : "");
	else if (value[ATTR_NAME] || value[ATTR_TITLE])
		buf_adds(out, value[ATTR_NAME] ? value[ATTR_NAME] : value[ATTR_TITLE]);
}
