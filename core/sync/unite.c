#include "sync/unite.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/masters.h"
#include "rules/uniqueness.h"
#include "settings/duplicate_text.h"
#include "store/layers.h"
#include "sync/aliases.h"
#include "sync/groups.h"
#include "sync/origins.h"

enum { LOOK_EVERY = 1024, GROUP_MOST = 64 };

/* What a layer is besides its rows. */
struct voice {
	size_t rank; /* in precedence: the order of the apps in the settings */
	bool joins;  /* its records may become one with others' */
};

/* What is known of one entity type. */
struct kind {
	struct groups groups;
	struct domains domains;
	bool grouped; /* there is a group of more than one */
};

struct unite {
	const struct unite_question *question;
	struct compare *hub;
	struct problems *problems;
	struct layer *layers; /* owned */
	size_t layer_count;
	struct voice voice[MASTERS_APPS];
	const char *name[MASTERS_APPS]; /* of apps, by rank; borrowed */
	struct masters *masters;        /* owned */
	struct kind kind[ENTITY_COUNT];
	struct apart *apart; /* owned */
	size_t aparts;
	struct row_reader *reader;
	struct arena arena; /* of one record or group */
	struct aliases aliases;
	struct buf key;
	size_t seen, at; /* records in all; the next entry of the kind */
};

static uint64_t id_key(const struct unite *unite, const char *id)
{
	return compare_key(unite->hub, id, strlen(id));
}

static int look(struct unite *unite, struct err *err)
{
	const atomic_bool *cancel = unite->question->cancel;

	if (unite->seen++ % LOOK_EVERY || !cancel || !atomic_load(cancel))
		return 0;
	return err_set(err, ERR_CANCELLED, "cancelled");
}

/* ---- who has a say ------------------------------------------------------------------------
 */

static size_t rank_of(const struct settings *settings, const char *app)
{
	size_t i;

	for (i = 0; i < settings->count; i++)
		if (!strcmp(settings->apps[i]->name, app))
			return i;
	return settings->count;
}

/* Apps in the order of the settings; those that are no longer there come last, as they were. */
static void rank_layers(struct unite *unite)
{
	const struct settings *settings = unite->question->settings;
	size_t rank, layer, ranked = 0;

	for (rank = 0; rank <= settings->count; rank++) {
		for (layer = 0; layer < unite->layer_count; layer++) {
			const char *name = unite->layers[layer].name;
			const struct app *app =
				rank < settings->count ? settings->apps[rank] : NULL;

			if (rank_of(settings, name) != rank)
				continue;
			unite->voice[layer] = (struct voice){
				ranked, !app || (app->multiple_sources && app->uniqueness)};
			unite->name[ranked++] = name;
		}
	}
}

static int load_voices(struct unite *unite, struct err *err)
{
	const struct unite_question *question = unite->question;

	if (layers_load(question->store, question->app, question->number, &unite->layers,
		    &unite->layer_count, err))
		return -1;
	if (unite->layer_count > MASTERS_APPS)
		return err_set(err, ERR_SETTINGS,
			"More than %d apps cannot be one hub. Remove apps that are no longer "
			"needed.",
			MASTERS_APPS);
	rank_layers(unite);
	return masters_compile(unite->masters, &question->settings->rules, unite->name,
		unite->layer_count, err);
}

/* ---- resolutions --------------------------------------------------------------------------
 */

static int each_resolution(struct unite *unite, enum duplicate_choice wanted,
	void (*each)(struct unite *unite, enum entity entity, uint64_t id, uint64_t other),
	struct err *err)
{
	const struct rule *rule;
	size_t at = 0;

	while ((rule = rules_next(
			&unite->question->settings->rules, RULE_DUPLICATE, ENTITY_NONE, &at))) {
		enum duplicate_choice choice;
		const char *other;

		if (duplicate_parse(rule->text, &choice, &other, err))
			return -1;
		if (choice == wanted)
			each(unite, rule->entity, id_key(unite, rule->name),
				id_key(unite, other));
	}
	return 0;
}

static void add_apart(struct unite *unite, enum entity entity, uint64_t id, uint64_t other)
{
	(void)entity;
	unite->apart = mem_grow(unite->apart, unite->aparts + 1, sizeof(*unite->apart));
	unite->apart[unite->aparts++] = (struct apart){id, other};
}

static void merge_ids(struct unite *unite, enum entity entity, uint64_t id, uint64_t into)
{
	groups_merge(&unite->kind[entity].groups, id, into);
}

/* ---- which records are the same one -------------------------------------------------------
 */

/* The tags of one entity type, by domain. */
struct tags {
	struct tag *list[DOMAINS_MOST];
	size_t count[DOMAINS_MOST], room[DOMAINS_MOST];
};

struct gathering {
	struct unite *unite;
	struct kind *kind;
	struct tags tags;
};

static void add_tag(struct tags *tags, size_t domain, uint64_t key, size_t entry)
{
	if (tags->count[domain] == tags->room[domain]) {
		tags->room[domain] = tags->room[domain] ? tags->room[domain] * 3 / 2 : 1024;
		tags->list[domain] =
			mem_grow(tags->list[domain], tags->room[domain], sizeof(struct tag));
	}
	tags->list[domain][tags->count[domain]++] = (struct tag){key, (uint32_t)entry};
}

static int gather(
	void *arg, size_t layer, uint32_t row, const struct record *record, struct err *err)
{
	struct gathering *gathering = arg;
	struct unite *unite = gathering->unite;
	struct kind *kind = gathering->kind;
	size_t i;

	groups_add(&kind->groups, id_key(unite, record->sis_id), row, layer);
	for (i = 0; i < kind->domains.count && unite->voice[layer].joins; i++) {
		uint64_t key = domain_key(&kind->domains.list[i], record, &unite->key);

		if (key)
			add_tag(&gathering->tags, i, key, kind->groups.count - 1);
	}
	return look(unite, err);
}

static void note_groups(struct kind *kind)
{
	size_t i;

	for (i = 0; i < kind->groups.count && !kind->grouped; i++)
		kind->grouped = !groups_is_alone(&kind->groups, i);
}

static int gather_kind(struct unite *unite, enum entity entity, struct err *err)
{
	struct kind *kind = &unite->kind[entity];
	struct gathering gathering = {unite, kind, {{NULL}, {0}, {0}}};
	int result;
	size_t i;

	if (domains_compile(&kind->domains, entity, &unite->question->settings->rules, err))
		return -1;
	groups_init(&kind->groups, unite->apart, unite->aparts);
	result = layers_each(unite->question->store, unite->layers, unite->layer_count, entity,
		kind->domains.count ? LAYER_RECORDS : LAYER_IDS, gather, &gathering, err);
	if (!result) {
		groups_by_id(&kind->groups);
		result = each_resolution(unite, DUPLICATE_MERGE, merge_ids, err);
	}
	for (i = 0; i < DOMAINS_MOST; i++) {
		if (!result)
			groups_by_key(
				&kind->groups, gathering.tags.list[i], gathering.tags.count[i]);
		free(gathering.tags.list[i]);
	}
	note_groups(kind);
	if (!kind->grouped)
		groups_clear(&kind->groups);
	return result;
}

/* ---- one record of a group ----------------------------------------------------------------
 */

struct group {
	struct record record[GROUP_MOST]; /* in the arena */
	struct side side[GROUP_MOST];
	const char *name[GROUP_MOST]; /* of the side's app; borrowed */
	size_t count;
};

/* Precedence: the app's, then what was not merged into another, then the id. */
static bool is_before(const struct unite *unite, const struct entry *a, const struct entry *b)
{
	size_t x = unite->voice[a->layer].rank, y = unite->voice[b->layer].rank;

	if (x != y)
		return x < y;
	return a->merged != b->merged ? b->merged : a->id < b->id;
}

static size_t members(const struct unite *unite, const struct groups *groups, size_t first,
	size_t out[GROUP_MOST])
{
	size_t count = 0, at = first, i;

	do {
		for (i = count;
			i && is_before(unite, &groups->list[at], &groups->list[out[i - 1]]);
			i--)
			if (i < GROUP_MOST)
				out[i] = out[i - 1];
		if (i < GROUP_MOST)
			out[i] = at;
		count += count < GROUP_MOST;
		at = groups->list[at].next;
	} while (at != first);
	return count;
}

static int read_group(struct unite *unite, enum entity entity, size_t first,
	struct group *group, struct err *err)
{
	struct groups *groups = &unite->kind[entity].groups;
	size_t member[GROUP_MOST], i;

	group->count = members(unite, groups, first, member);
	for (i = 0; i < group->count; i++) {
		struct entry *entry = &groups->list[member[i]];

		int read = row_read(unite->reader, entity, entry->row, &group->record[i],
			&unite->arena, err);

		if (read <= 0)
			return read ? -1
				    : err_set(err, ERR_FAILED,
					      "A record vanished while the hub was made. "
					      "Run the import again.");
		group->side[i] =
			(struct side){unite->voice[entry->layer].rank, &group->record[i]};
		group->name[i] = unite->layers[entry->layer].name;
	}
	return 0;
}

/* ---- ids that lead elsewhere --------------------------------------------------------------
 */

static int find_aliases(struct unite *unite, enum entity entity, struct err *err)
{
	struct groups *groups = &unite->kind[entity].groups;
	struct group group;
	size_t i, j, pick;

	for (i = 0; i < groups->count; i++) {
		const char *id;

		if (groups->list[i].leader != i || groups_is_alone(groups, i))
			continue;
		arena_reset(&unite->arena);
		if (look(unite, err) || read_group(unite, entity, i, &group, err))
			return -1;
		pick = masters_pick(unite->masters, group.side, group.count, MASTERS_SIS_ID);
		id = group.record[pick].sis_id;
		for (j = 0; j < group.count; j++)
			if (strcmp(group.record[j].sis_id, id) != 0)
				aliases_add(
					&unite->aliases, entity, group.record[j].sis_id, id);
	}
	return 0;
}

/* ---- into the hub -------------------------------------------------------------------------
 */

static int keep(struct unite *unite, struct record *record, struct err *err)
{
	aliases_redirect(&unite->aliases, record, &unite->arena);
	if (record->entity == ENTITY_SCHOOL)
		tally_name_school(&unite->hub->tally, record->sis_id, record->value[ATTR_NAME]);
	return compare_keep(unite->hub, record, err);
}

static int keep_group(struct unite *unite, enum entity entity, size_t first, struct err *err)
{
	struct groups *groups = &unite->kind[entity].groups;
	struct record record;
	struct group group;
	size_t at = first;

	do {
		groups->list[at].done = true;
		at = groups->list[at].next;
	} while (at != first);
	arena_reset(&unite->arena);
	if (read_group(unite, entity, first, &group, err))
		return -1;
	masters_merge(unite->masters, group.side, group.count, &unite->arena, &record);
	origins_add(
		unite->masters, group.side, group.name, group.count, &unite->arena, &record);
	if (origins_differ(unite->masters, group.side, group.count, &unite->key))
		problems_add(unite->problems, PROBLEM_CONFLICT, entity, record.sis_id,
			"the apps say different things in: %s", unite->key.data);
	return keep(unite, &record, err);
}

static int feed(
	void *arg, size_t layer, uint32_t row, const struct record *record, struct err *err)
{
	struct unite *unite = arg;
	struct kind *kind = &unite->kind[record->entity];
	struct record copy = *record;
	size_t at = unite->at++;

	(void)layer;
	(void)row;
	if (look(unite, err))
		return -1;
	if (kind->grouped && !groups_is_alone(&kind->groups, at))
		return kind->groups.list[at].done ? 0
						  : keep_group(unite, record->entity, at, err);
	arena_reset(&unite->arena);
	return keep(unite, &copy, err);
}

/* What is in the hub and in no layer is deleted; after stage_settle. */
static int delete_absent(struct unite *unite, enum entity entity, struct err *err)
{
	struct compare *hub = unite->hub;
	struct prints_walk walk = {0};
	struct record record;
	struct print *print;

	while ((print = prints_next(&hub->prints[entity], &walk))) {
		if (print_mark(print) != MARK_NONE)
			continue;
		arena_reset(&unite->arena);
		if (stage_read(hub->stage, entity, print_row(print), &record, &unite->arena,
			    err) ||
			compare_delete(hub, print, &record, err))
			return -1;
	}
	return 0;
}

static int work(struct unite *unite, struct err *err)
{
	enum entity e;

	unite->reader = row_reader_new(unite->question->store, err);
	if (!unite->reader || load_voices(unite, err) ||
		each_resolution(unite, DUPLICATE_KEEP, add_apart, err))
		return -1;
	for (e = 0; e < ENTITY_COUNT; e++)
		if (gather_kind(unite, e, err) || find_aliases(unite, e, err))
			return -1;
	for (e = 0; e < ENTITY_COUNT; e++) {
		unite->at = 0;
		if (layers_each(unite->question->store, unite->layers, unite->layer_count, e,
			    LAYER_RECORDS, feed, unite, err))
			return -1;
	}
	if (stage_settle(unite->hub->stage, err))
		return -1;
	for (e = 0; e < ENTITY_COUNT; e++)
		if (delete_absent(unite, e, err))
			return -1;
	return stage_settle(unite->hub->stage, err);
}

int unite(const struct unite_question *question, struct compare *hub, struct problems *problems,
	struct err *err)
{
	struct unite unite = {.question = question, .hub = hub, .problems = problems};
	enum entity e;
	int result;

	unite.masters = mem_zero(1, sizeof(*unite.masters));
	arena_init(&unite.arena);
	aliases_init(&unite.aliases);
	buf_init(&unite.key);
	result = work(&unite, err);
	row_reader_free(unite.reader);
	layers_free(unite.layers, unite.layer_count);
	for (e = 0; e < ENTITY_COUNT; e++)
		groups_clear(&unite.kind[e].groups);
	free(unite.masters);
	free(unite.apart);
	arena_clear(&unite.arena);
	aliases_clear(&unite.aliases);
	buf_clear(&unite.key);
	return result;
}

bool unite_is_asked(const struct rules *of_hub)
{
	const struct rule *rule;
	size_t at = 0;

	while ((rule = rules_next(of_hub, RULE_DUPLICATE, ENTITY_NONE, &at))) {
		enum duplicate_choice choice;
		const char *other;
		struct err ignored;

		if (!duplicate_parse(rule->text, &choice, &other, &ignored) &&
			choice == DUPLICATE_MERGE)
			return true;
	}
	return false;
}
