#include "sync/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/print.h"

static void load_print(void *arg, enum entity entity, enum print_kind kind,
	const struct print *list, size_t count)
{
	struct compare *compare = arg;
	struct prints *prints = &compare->prints[entity];
	size_t i;

	compare->stored_prints += count;
	for (i = 0; i < count; i++) {
		if (kind == PRINT_REMOVED) {
			prints_remove(prints, list[i].key);
		} else {
			struct print *print = prints_add(prints, list[i].key);

			print->content = list[i].content;
			print_set(print, list[i].row, MARK_NONE);
		}
	}
}

int compare_load(struct compare *compare, struct err *err)
{
	int64_t counts[ENTITY_COUNT];
	enum entity e;

	if (print_counts(compare->store, compare->app, counts, err))
		return -1;
	for (e = 0; e < ENTITY_COUNT; e++)
		prints_reserve(&compare->prints[e], (size_t)counts[e]);
	return print_load(compare->store, compare->app, load_print, compare, err);
}

void compare_init(struct compare *compare, const char *app, enum absence absence,
	struct store *store, struct stage *stage)
{
	enum entity e;

	memset(compare, 0, sizeof(*compare));
	compare->app = app;
	compare->store = store;
	compare->stage = stage;
	for (e = 0; e < ENTITY_COUNT; e++) {
		compare->absence[e] = absence;
		prints_init(&compare->prints[e]);
		compare->next_row[e] = stage_first_row(stage, e);
	}
	buf_init(&compare->body);
	tally_init(&compare->tally);
}

void compare_clear(struct compare *compare)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		prints_clear(&compare->prints[e]);
	buf_clear(&compare->body);
	free(compare->corrections);
	tally_clear(&compare->tally);
}

uint64_t compare_key(const struct compare *compare, const char *sis_id, size_t length)
{
	return record_fingerprint(sis_id, length, store_secret(compare->store)).low;
}

bool compare_is_in(const struct compare *compare, enum entity entity, uint64_t key)
{
	const struct print *print = prints_find(&compare->prints[entity], key);

	return print && !compare_is_leaving(compare, entity, print);
}

bool compare_is_person_in(const struct compare *compare, uint64_t key)
{
	int e;

	for (e = ENTITY_STUDENT; e <= ENTITY_CONTACT; e++)
		if (compare_is_in(compare, (enum entity)e, key))
			return true;
	return false;
}

static int put(struct compare *compare, const struct record *record, struct print *print,
	struct fingerprint content, uint32_t replaces, struct err *err)
{
	enum entity e = record->entity;
	uint32_t row = compare->next_row[e]++;

	if (row >> PRINT_ROW_BITS)
		return err_set(err, ERR_FAILED,
			"The hub has given out all row numbers of %s. Move the state directory "
			"away and import anew.",
			entity_plural(e));
	print_set(print, row, MARK_CHANGED);
	compare->kept_row = row;
	print->content = content.low;
	staged_add(&compare->sum, compare->store, e, replaces ? CHANGE_UPDATED : CHANGE_CREATED,
		record->sis_id, content);
	return stage_put(compare->stage, e, row, replaces, record->sis_id, compare->body.data,
		compare->body.used, err);
}

static void add_correction(struct compare *compare, enum entity entity, uint64_t key)
{
	compare->corrections = mem_grow(compare->corrections, compare->correction_count + 1,
		sizeof(*compare->corrections));
	compare->corrections[compare->correction_count++] = (struct correction){entity, key};
}

/* A record that came before in this pull, differently: the last one counts. */
static int correct(struct compare *compare, const struct record *record, struct print *print,
	struct fingerprint content, struct err *err)
{
	struct counts *counts = &compare->tally.counts[record->entity];

	compare->corrected = true;
	if (print_mark(print) == MARK_CHANGED) {
		print->content = content.low;
		add_correction(compare, record->entity, print->key);
		return stage_correct(compare->stage, record->entity, print_row(print),
			compare->body.data, compare->body.used, err);
	}
	counts->unchanged--;
	counts->changed[CHANGE_UPDATED]++;
	return put(compare, record, print, content, print_row(print), err);
}

int compare_keep(struct compare *compare, const struct record *record, struct err *err)
{
	size_t length = record_pack(record, &compare->body);
	struct fingerprint content =
		record_fingerprint(compare->body.data, length, store_secret(compare->store));
	struct print *print = prints_add(&compare->prints[record->entity],
		compare_key(compare, record->sis_id, strlen(record->sis_id)));
	enum print_mark mark = print_mark(print);

	compare->kept_row = print_row(print);
	if (!print_row(print)) {
		tally_add(&compare->tally, record, CHANGE_CREATED);
		return put(compare, record, print, content, 0, err);
	}
	if (mark == MARK_SEEN || mark == MARK_CHANGED)
		return print->content == content.low
			       ? 0
			       : correct(compare, record, print, content, err);
	if (print->content == content.low) {
		print_set(print, print_row(print), MARK_SEEN);
		tally_add(&compare->tally, record, CHANGE_NONE);
		return 0;
	}
	tally_add(&compare->tally, record, CHANGE_UPDATED);
	return put(compare, record, print, content, print_row(print), err);
}

int compare_settled(struct compare *compare, struct err *err)
{
	size_t i;

	for (i = 0; i < compare->correction_count; i++) {
		const struct correction *c = &compare->corrections[i];
		struct print *print = prints_find(&compare->prints[c->entity], c->key);
		uint32_t replaced;
		int result;

		if (!print || print_mark(print) != MARK_CHANGED)
			continue; /* taken back already */
		result = stage_take_back(
			compare->stage, c->entity, print_row(print), &replaced, err);
		if (result < 0)
			return -1;
		if (!result)
			continue;
		print_set(print, replaced, MARK_SEEN);
		compare->tally.counts[c->entity].changed[CHANGE_UPDATED]--;
		compare->tally.counts[c->entity].unchanged++;
	}
	return 0;
}

void compare_mark_removed(struct compare *compare, enum entity entity, uint64_t key)
{
	struct print *print = prints_find(&compare->prints[entity], key);

	if (!print || print_mark(print) != MARK_NONE)
		return;
	print_set(print, print_row(print), MARK_REMOVED);
	compare->someone_left |= entity != ENTITY_ENROLLMENT;
}

bool compare_is_gone(
	const struct compare *compare, enum entity entity, const struct print *print)
{
	enum print_mark mark = print_mark(print);

	return mark == MARK_REMOVED ||
	       (mark == MARK_NONE && compare->absence[entity] == ABSENCE_LEAVES);
}

bool compare_is_leaving(
	const struct compare *compare, enum entity entity, const struct print *print)
{
	return compare->leaving == LEAVING_ALLOWED && compare_is_gone(compare, entity, print);
}

void compare_stay(struct compare *compare, enum entity entity, struct print *print)
{
	print_set(print, print_row(print), MARK_SEEN);
	compare->tally.counts[entity].unchanged++;
}

int compare_delete(struct compare *compare, struct print *print, const struct record *record,
	struct err *err)
{
	tally_add(&compare->tally, record, CHANGE_DELETED);
	staged_add(&compare->sum, compare->store, record->entity, CHANGE_DELETED,
		record->sis_id, (struct fingerprint){0, 0});
	print_set(print, print_row(print), MARK_REMOVED);
	return stage_delete(compare->stage, record->entity, print_row(print), err);
}

/* Prints with one of two marks (the same twice for one), with plain rows, in a buffer. */
static void collect_prints(
	struct compare *compare, enum entity entity, unsigned marks, struct buf *out)
{
	struct print *print;
	struct prints_walk walk = {0};

	buf_reset(out);
	while ((print = prints_next(&compare->prints[entity], &walk))) {
		struct print plain = {print->key, print->content, print_row(print)};

		if (marks & 1u << print_mark(print))
			buf_add(out, &plain, sizeof(plain));
	}
}

static int save_prints(struct compare *compare, int64_t number, enum print_kind kind,
	unsigned marks, struct err *err)
{
	struct buf list;
	enum entity e;
	int result = 0;

	buf_init(&list);
	for (e = 0; e < ENTITY_COUNT && !result; e++) {
		collect_prints(compare, e, marks, &list);
		result = print_add(compare->store, compare->app, number, e, kind,
			(const struct print *)list.data, list.used / sizeof(struct print), err);
	}
	buf_clear(&list);
	return result;
}

int compare_save(struct compare *compare, int64_t number, struct err *err)
{
	if (save_prints(compare, number, PRINT_PUT, 1u << MARK_CHANGED, err))
		return -1;
	return save_prints(compare, number, PRINT_REMOVED, 1u << MARK_REMOVED, err);
}

enum { MANY_PRINTS = 100000 }; /* fewer are read in no time */

/* Prints of the hub as it will be: slots of removed ones do not count. */
static size_t count_live(const struct compare *compare)
{
	const struct print *print;
	size_t live = 0;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		struct prints_walk walk = {0};

		while ((print = prints_next(&compare->prints[e], &walk)))
			live += print_mark(print) != MARK_REMOVED;
	}
	return live;
}

int compare_compact(struct compare *compare, int64_t number, struct err *err)
{
	if (compare->stored_prints < MANY_PRINTS ||
		compare->stored_prints < 2 * count_live(compare) + MANY_PRINTS)
		return 0;
	if (print_forget(compare->store, compare->app, err))
		return -1;
	return save_prints(compare, number, PRINT_PUT,
		1u << MARK_NONE | 1u << MARK_SEEN | 1u << MARK_CHANGED, err);
}
