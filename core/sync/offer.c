#include "sync/offer.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "roster/convert.h"
#include "roster/words.h"
#include "rules/feed.h"
#include "rules/people.h"
#include "sync/trial.h"

enum { KEPT_ANYHOW = 50, KEPT_MOST = 400 };

void offers_init(struct offers *offers)
{
	memset(offers, 0, sizeof(*offers));
	buf_init(&offers->kept);
}

void offers_clear(struct offers *offers)
{
	size_t i, j;

	for (i = 0; i < offers->count; i++) {
		for (j = 0; j < offers->list[i].samples; j++)
			free(offers->list[i].sample[j]);
		free(offers->list[i].name);
	}
	free(offers->list);
	buf_clear(&offers->kept);
	offers_init(offers);
}

static struct offer *add(struct offers *offers, const char *name)
{
	offers->list = mem_grow(offers->list, offers->count + 1, sizeof(*offers->list));
	offers->list[offers->count] = (struct offer){.name = mem_strdup(name)};
	return &offers->list[offers->count++];
}

void offers_of_standard(struct offers *offers, enum entity entity)
{
	const char *words[WORDS_MOST];
	size_t count = words_of(entity, words), i;

	offers_clear(offers);
	offers->entity = entity;
	for (i = 0; i < count; i++)
		add(offers, words[i]);
	offers->standard = count;
}

/* A value as one line: the items of a list with commas, cut between characters. */
static void as_text(const char *value, char out[OFFER_TEXT])
{
	size_t used = 0;

	for (; *value && used + 3 < OFFER_TEXT; value++) {
		out[used++] = *value == RECORD_LIST ? ',' : *value;
		if (*value == RECORD_LIST)
			out[used++] = ' ';
	}
	while (used && ((unsigned char)*value & 0xc0) == 0x80) {
		value--;
		used--;
	}
	out[used] = '\0';
}

/* ---- reading the last pull ---- */

struct loading {
	struct offers *offers;
	struct map by_name;
	enum source_attr
		attr[WORDS_MOST]; /* of the standard's names; SOURCE_ATTRS: sourcedId */
	bool is_new;              /* the record shows what none before did */
	struct problems problems; /* the import tells them */
	struct arena arena;
};

static void note(struct loading *loading, size_t number, const char *value)
{
	struct offer *offer = &loading->offers->list[number];
	char text[OFFER_TEXT];
	size_t i;

	offer->used++;
	if (offer->samples == OFFER_SAMPLES)
		return;
	as_text(value, text);
	for (i = 0; i < offer->samples; i++)
		if (!strcmp(offer->sample[i], text))
			return;
	offer->sample[offer->samples++] = mem_strdup(text);
	loading->is_new = true;
}

/* A name that may have been seen before. */
static void note_name(struct loading *loading, const char *name, const char *value)
{
	long number = map_find(&loading->by_name, name);

	if (number == MAP_NONE)
		number = map_add(&loading->by_name, add(loading->offers, name)->name);
	note(loading, (size_t)number, value);
}

static void note_standard(struct loading *loading, const struct source_record *source)
{
	size_t i;

	for (i = 0; i < loading->offers->standard; i++) {
		enum source_attr attr = loading->attr[i];
		const char *value = attr == SOURCE_ATTRS ? source->id : source->value[attr];

		if (value)
			note(loading, i, value);
	}
}

static bool is_standard(const struct loading *loading, const char *name)
{
	long number = map_find(&loading->by_name, name);

	return number != MAP_NONE && (size_t)number < loading->offers->standard;
}

static void note_user_ids(struct loading *loading, const char *list)
{
	const char *item, *colon;
	size_t length;

	while ((item = list_next(&list, &length))) {
		char *name;

		colon = memchr(item, ':', length);
		if (!colon || colon == item || colon + 1 == item + length)
			continue;
		name = arena_printf(
			&loading->arena, "%s%.*s", WORDS_USER_ID, (int)(colon - item), item);
		if (!is_standard(loading, name))
			note_name(loading, name,
				arena_strndup(&loading->arena, colon + 1,
					length - (size_t)(colon + 1 - item)));
	}
}

/* A user's role and schools are those of one side of them. */
static void take_side(struct loading *loading, struct source_record *source)
{
	struct person people[PEOPLE_TYPES];
	size_t count = people_of_user(source, &loading->arena, &loading->problems, people), i;

	for (i = 0; i < count; i++) {
		if (people[i].entity != loading->offers->entity)
			continue;
		source->value[SOURCE_ROLE] = people[i].role;
		source->value[SOURCE_PRIMARY_ORG] = people[i].primary_org;
		source->value[SOURCE_ORGS] = people[i].other_orgs;
	}
}

static int take(
	void *arg, const struct source_record *source, struct record *record, struct err *err)
{
	struct loading *loading = arg;
	struct offers *offers = loading->offers;
	struct source_record own = *source;
	size_t i;

	(void)record;
	(void)err;
	arena_reset(&loading->arena);
	if (own.collection == COLLECTION_USERS)
		take_side(loading, &own);
	offers->records++;
	loading->is_new = false;
	note_standard(loading, &own);
	note_user_ids(loading, own.value[SOURCE_USER_IDS]);
	for (i = 0; i < own.extras; i++)
		note_name(loading, own.extra[i].name, own.extra[i].value);
	if (offers->kept_count < KEPT_ANYHOW ||
		(loading->is_new && offers->kept_count < KEPT_MOST)) {
		source_pack(&own, &offers->kept);
		offers->kept_count++;
	}
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct offer *)a)->name, ((const struct offer *)b)->name);
}

int offers_load(struct offers *offers, const char *state, const struct app *app,
	enum entity entity, const char *today, const atomic_bool *cancel, struct err *err)
{
	struct loading loading = {.offers = offers};
	struct trial trial;
	int result;
	size_t i;

	offers_of_standard(offers, entity);
	map_init(&loading.by_name);
	arena_init(&loading.arena);
	problems_init(&loading.problems);
	for (i = 0; i < offers->count; i++) {
		map_add(&loading.by_name, offers->list[i].name);
		loading.attr[i] = source_attr_by_name(offers->list[i].name);
	}
	result = trial_init(&trial, state, app, today, cancel, err);
	if (!result)
		result = trial_each(&trial, entity, take, &loading, err);
	trial_clear(&trial);
	qsort(offers->list + offers->standard, offers->count - offers->standard,
		sizeof(*offers->list), by_name);
	problems_clear(&loading.problems);
	arena_clear(&loading.arena);
	map_clear(&loading.by_name);
	return result;
}

/* ---- trying ---- */

static void show(struct tried *tried, const char *from, const char *to)
{
	char from_text[OFFER_TEXT] = "", to_text[OFFER_TEXT];
	size_t i;

	if (tried->count == OFFER_SAMPLES)
		return;
	as_text(to, to_text);
	if (from)
		as_text(from, from_text);
	for (i = 0; i < tried->count; i++)
		if (!strcmp(tried->to[i], to_text))
			return;
	memcpy(tried->from[tried->count], from_text, OFFER_TEXT);
	memcpy(tried->to[tried->count++], to_text, OFFER_TEXT);
}

static void try_one(const struct feed *feed, const struct attribute *hub,
	const struct source_record *source, struct arena *arena, struct tried *tried)
{
	bool unreadable;
	const char *text = feed_value(feed, source, arena, &unreadable);

	if (text && !source_hides(source, text)) {
		text = convert_value(hub, text, arena);
		unreadable = !text;
	}
	tried->unreadable += !text && unreadable;
	tried->filled += text != NULL;
	if (text)
		show(tried, feed_source(feed, source, arena), text);
}

int offers_try(const struct offers *offers, const struct attribute *hub, const char *text,
	struct tried *tried, struct err *err)
{
	struct feed *feed = feed_new(hub, text, err);
	const char *at = offers->kept.data;
	struct source_record source;
	struct arena arena;

	memset(tried, 0, sizeof(*tried));
	if (!feed)
		return -1;
	arena_init(&arena);
	for (; tried->of < offers->kept_count; tried->of++) {
		at = source_unpack(at, &source);
		source.reduced = true;
		try_one(feed, hub, &source, &arena, tried);
		arena_reset(&arena);
	}
	arena_clear(&arena);
	feed_free(feed);
	return 0;
}
