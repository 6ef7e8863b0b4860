#include "sync/twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "settings/duplicate_text.h"
#include "store/duplicates.h"
#include "store/layers.h"

/* The same for both orders. */
static uint64_t pair_of(uint64_t a, uint64_t b)
{
	return a * 31 + b < b * 31 + a ? a * 31 + b : b * 31 + a;
}

static int load_resolutions(struct twins *twins, const struct rules *of_hub,
	const struct compare *compare, struct err *err)
{
	const struct rule *rule;
	size_t at = 0;

	while ((rule = rules_next(of_hub, RULE_DUPLICATE, ENTITY_NONE, &at))) {
		uint64_t id = compare_key(compare, rule->name, strlen(rule->name));
		enum duplicate_choice choice;
		const char *other;

		if (duplicate_parse(rule->text, &choice, &other, err))
			return -1;
		if (choice == DUPLICATE_SKIP)
			idset_add(&twins->skipped[rule->entity], id);
		else
			idset_add(&twins->settled,
				pair_of(id, compare_key(compare, other, strlen(other))));
	}
	return 0;
}

int twins_init(struct twins *twins, const struct app *app, const struct rules *of_hub,
	const struct compare *compare, struct err *err)
{
	enum entity e;

	memset(twins, 0, sizeof(*twins));
	buf_init(&twins->scratch);
	idset_init(&twins->settled);
	for (e = 0; e < ENTITY_COUNT; e++)
		idset_init(&twins->skipped[e]);
	twins->on = app->uniqueness;
	for (e = 0; e < ENTITY_COUNT; e++)
		if (domains_compile(&twins->domains[e], e, of_hub, err))
			return -1;
	return load_resolutions(twins, of_hub, compare, err);
}

void twins_clear(struct twins *twins)
{
	enum entity e;
	size_t i;

	for (e = 0; e < ENTITY_COUNT; e++) {
		idset_clear(&twins->skipped[e]);
		for (i = 0; i < DOMAINS_MOST; i++)
			free(twins->said[e][i].list);
	}
	idset_clear(&twins->settled);
	buf_clear(&twins->scratch);
}

bool twins_skips(const struct twins *twins, enum entity entity, uint64_t id)
{
	return idset_has(&twins->skipped[entity], id);
}

static void note(struct twin_list *said, uint64_t key, uint32_t row)
{
	if (said->count == said->room) {
		said->room = said->room ? said->room * 3 / 2 : 1024;
		said->list = mem_grow(said->list, said->room, sizeof(*said->list));
	}
	said->list[said->count++] = (struct twin){key, row};
}

void twins_add(struct twins *twins, const struct compare *compare, const struct record *record)
{
	const struct domains *domains = &twins->domains[record->entity];
	size_t i;

	for (i = 0; twins->on && i < domains->count; i++) {
		uint64_t key = domain_key(&domains->list[i], record, &twins->scratch);

		if (key)
			note(&twins->said[record->entity][i], key, compare->kept_row);
	}
}

/* ---- finding ------------------------------------------------------------------------------
 */

struct finding {
	struct twins *twins;
	struct compare *compare;
	struct problems *problems;
	struct row_reader *reader;
	const struct domain *domain;
	enum entity entity;
	struct arena arena;
	size_t told;
};

static int by_key(const void *a, const void *b)
{
	const struct twin *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* A record that says it still; a later one of the same id may have taken its place. */
struct sayer {
	const char *sis_id, *value; /* in the arena */
	uint64_t id;
};

/* 1: read; 0: it is not what is in the hub; -1: failed. */
static int read_sayer(
	struct finding *finding, uint32_t row, struct sayer *sayer, struct err *err)
{
	struct buf *value = &finding->twins->scratch;
	const struct print *print;
	struct record record;

	int read =
		row_read(finding->reader, finding->entity, row, &record, &finding->arena, err);

	if (read <= 0) /* taken back: the id came again, and said what the hub has */
		return read;
	sayer->id = compare_key(finding->compare, record.sis_id, strlen(record.sis_id));
	print = prints_find(&finding->compare->prints[finding->entity], sayer->id);
	if (!print || print_row(print) != row || print_mark(print) == MARK_REMOVED ||
		!domain_value(finding->domain, &record, value))
		return 0;
	sayer->sis_id = arena_strdup(&finding->arena, record.sis_id);
	sayer->value = arena_strdup(&finding->arena, value->data);
	return 1;
}

static int tell(
	struct finding *finding, const struct sayer *a, const struct sayer *b, struct err *err)
{
	bool ordered = strcmp(a->sis_id, b->sis_id) < 0;
	const struct duplicate duplicate = {finding->entity, finding->domain->name,
		ordered ? b->sis_id : a->sis_id, ordered ? a->sis_id : b->sis_id};

	/* An id that came twice is no twin of itself. */
	if (a->id == b->id || strcmp(a->value, b->value) != 0 ||
		!idset_add(&finding->twins->settled, pair_of(a->id, b->id)))
		return 0;
	problems_add(finding->problems, PROBLEM_DUPLICATE, finding->entity, duplicate.sis_id,
		"%s: the same as %s", duplicate.domain, duplicate.other);
	return finding->told++ < DUPLICATES_KEPT
		       ? duplicates_add(finding->compare->store, finding->compare->app,
				 &duplicate, err)
		       : 0;
}

/* Everyone of a run is told beside the first of it. */
static int tell_run(
	struct finding *finding, const struct twin *run, size_t count, struct err *err)
{
	struct sayer first, next;
	bool begun = false;
	size_t i;

	arena_reset(&finding->arena);
	for (i = 0; i < count; i++) {
		int read = read_sayer(finding, run[i].row, begun ? &next : &first, err);

		if (read < 0 || (read && begun && tell(finding, &first, &next, err)))
			return -1;
		begun |= read > 0;
	}
	return 0;
}

/* Leaves only what is said more than once: seldom much, and then quickly sorted. */
static void drop_single(struct twin_list *said)
{
	struct idset once, more;
	size_t count = 0, i;

	idset_init(&once);
	idset_init(&more);
	for (i = 0; i < said->count; i++)
		if (!idset_add(&once, said->list[i].key))
			idset_add(&more, said->list[i].key);
	for (i = 0; i < said->count; i++)
		if (idset_has(&more, said->list[i].key))
			said->list[count++] = said->list[i];
	said->count = count;
	idset_clear(&once);
	idset_clear(&more);
}

static int find_in(struct finding *finding, struct twin_list *said, struct err *err)
{
	size_t from, end;

	drop_single(said);
	if (said->count)
		qsort(said->list, said->count, sizeof(*said->list), by_key);
	for (from = 0; from < said->count; from = end) {
		for (end = from + 1;
			end < said->count && said->list[end].key == said->list[from].key; end++)
			;
		if (end - from > 1 && tell_run(finding, said->list + from, end - from, err))
			return -1;
	}
	return 0;
}

int twins_find(struct twins *twins, struct compare *compare, struct problems *problems,
	struct err *err)
{
	struct finding finding = {.twins = twins, .compare = compare, .problems = problems};
	enum entity e;
	int result = duplicates_begin(compare->store, compare->app, err);
	size_t i;

	arena_init(&finding.arena);
	if (!result && !(finding.reader = row_reader_new(compare->store, err)))
		result = -1;
	for (e = 0; e < ENTITY_COUNT; e++) {
		for (i = 0; i < twins->domains[e].count && !result; i++) {
			finding.entity = e;
			finding.domain = &twins->domains[e].list[i];
			result = find_in(&finding, &twins->said[e][i], err);
		}
	}
	row_reader_free(finding.reader);
	arena_clear(&finding.arena);
	return result;
}
