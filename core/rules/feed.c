#include "rules/feed.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "roster/words.h"
#include "settings/map_check.h"
#include "settings/map_text.h"
#include "source/compose.h"

enum from { FROM_CONSTANT, FROM_ID, FROM_ATTR, FROM_USER_ID, FROM_EXTRA };

struct feed_item {
	enum from from;
	enum source_attr attr;
	const char *text; /* borrowed from the map: constant, name of an extra, type of an id */
	bool splits;      /* a text that stands for a list, where the hub keeps one */
};

struct feed {
	struct map_text map;     /* owned */
	struct feed_item *items; /* owned; as many as the map's */
	bool is_list;            /* the hub keeps several */
};

/* ---- making ready ---- */

/* What decode makes a list of itself. */
static bool is_list_attr(enum source_attr attr)
{
	switch (attr) {
	case SOURCE_GRADES:
	case SOURCE_SUBJECTS:
	case SOURCE_SUBJECT_CODES:
	case SOURCE_PERIODS:
	case SOURCE_TERMS:
	case SOURCE_AGENTS:
	case SOURCE_ORGS:
	case SOURCE_USER_IDS: return true;
	default: return false;
	}
}

static struct feed_item make_item(const struct map_item *item)
{
	struct feed_item made = {FROM_EXTRA, SOURCE_ATTRS, item->text, true};

	if (item->constant) {
		made.from = FROM_CONSTANT;
	} else if (!strcmp(item->text, "sourcedId")) {
		made.from = FROM_ID;
	} else if ((made.attr = source_attr_by_name(item->text)) != SOURCE_ATTRS) {
		made.from = FROM_ATTR;
		made.splits = !is_list_attr(made.attr);
	} else if (!strncmp(item->text, WORDS_USER_ID, strlen(WORDS_USER_ID))) {
		made.from = FROM_USER_ID;
		made.text += strlen(WORDS_USER_ID);
	}
	return made;
}

struct feed *feed_new(const struct attribute *hub, const char *text, struct err *err)
{
	struct feed *feed = mem_zero(1, sizeof(*feed));
	size_t i;

	feed->is_list = hub->type == TYPE_LIST || hub->type == TYPE_REFERENCES;
	if (map_text_parse(&feed->map, text, err) || map_check(&feed->map, hub, err)) {
		err_context(err, "%s.%s", entity_name(hub->entity), hub->name);
		feed_free(feed);
		return NULL;
	}
	feed->items = mem_zero(feed->map.count + 1, sizeof(*feed->items));
	for (i = 0; i < feed->map.count; i++) {
		feed->items[i] = make_item(&feed->map.items[i]);
		/* Ids may have commas. */
		feed->items[i].splits = feed->items[i].splits && hub->type == TYPE_LIST;
	}
	return feed;
}

void feed_free(struct feed *feed)
{
	if (!feed)
		return;
	map_text_clear(&feed->map);
	free(feed->items);
	free(feed);
}

bool feed_is_none(const struct feed *feed)
{
	return !feed->map.count;
}

bool feed_is_demographic(const struct feed *feed)
{
	size_t i;

	for (i = 0; i < feed->map.count; i++)
		if (feed->items[i].from == FROM_ATTR &&
			feed->items[i].attr >= SOURCE_DEMOGRAPHICS)
			return true;
	return false;
}

size_t feed_attrs(const struct feed *feed, enum source_attr attrs[FEED_MOST])
{
	size_t count = 0, i;

	for (i = 0; i < feed->map.count && count < FEED_MOST; i++) {
		if (feed->items[i].from == FROM_ATTR)
			attrs[count++] = feed->items[i].attr;
		else if (feed->items[i].from == FROM_USER_ID)
			attrs[count++] = SOURCE_USER_IDS;
	}
	return count;
}

bool feed_uses_extra(const struct feed *feed, const char *name)
{
	size_t i;

	for (i = 0; i < feed->map.count; i++)
		if (feed->items[i].from == FROM_EXTRA && !strcmp(feed->items[i].text, name))
			return true;
	return false;
}

/* ---- what the source gives ---- */

/* Whether an item of the userIds is "type:id" of that type. */
static bool is_of_type(const char *item, size_t length, const char *type)
{
	size_t wanted = strlen(type);

	return length > wanted + 1 && item[wanted] == ':' && !strncasecmp(item, type, wanted);
}

static const char *user_id(const char *list, const char *type, struct arena *arena)
{
	size_t head = strlen(type) + 1, length;
	const char *item;

	while ((item = list_next(&list, &length)))
		if (is_of_type(item, length, type))
			return arena_strndup(arena, item + head, length - head);
	return NULL;
}

/* Where the id begins in an item of the userIds that it draws from; 0: it does not. */
static int drawn_id(const struct feed *feed, const char *item, size_t length)
{
	const char *colon = memchr(item, ':', length);
	char type[64];
	size_t i;

	if (!colon)
		return 0;
	snprintf(type, sizeof(type), "%.*s", (int)(colon - item), item);
	for (i = 0; i < feed->map.count; i++) {
		const struct feed_item *from = &feed->items[i];

		if (from->from == FROM_USER_ID && is_of_type(item, length, from->text))
			return (int)strlen(from->text) + 1;
		if (from->from == FROM_ATTR && from->attr == SOURCE_STATE_ID &&
			compose_is_state_id(type))
			return (int)(colon + 1 - item);
	}
	return 0;
}

const char *feed_replace_ids(
	const struct feed *feed, const char *list, const char *with, struct arena *arena)
{
	const char *item, *out = NULL;
	size_t length;

	while ((item = list_next(&list, &length))) {
		int head = drawn_id(feed, item, length);

		if (!head || with)
			out = arena_printf(arena, "%s%s%.*s%s", out ? out : "",
				out ? "\x1f" : "", head ? head : (int)length, item,
				head ? with : "");
	}
	return out;
}

static int compare_extra(const void *name, const void *extra)
{
	return strcmp(name, ((const struct extra *)extra)->name);
}

static const struct extra *find_extra(const struct source_record *source, const char *name)
{
	return bsearch(
		name, source->extra, source->extras, sizeof(*source->extra), compare_extra);
}

static const char *raw_value(
	const struct feed_item *item, const struct source_record *source, struct arena *arena)
{
	const struct extra *extra;

	switch (item->from) {
	case FROM_CONSTANT: return item->text;
	case FROM_ID: return source->id;
	case FROM_ATTR: return source->value[item->attr];
	case FROM_USER_ID: return user_id(source->value[SOURCE_USER_IDS], item->text, arena);
	case FROM_EXTRA: break;
	}
	extra = find_extra(source, item->text);
	return extra ? extra->value : NULL;
}

/* ---- steps ---- */

static const char *take_steps(
	const struct feed *feed, const char *text, struct arena *arena, bool *unreadable)
{
	size_t i;

	for (i = 0; text && i < feed->map.step_count; i++) {
		const struct map_step *step = &feed->map.steps[i];

		text = step->transform->apply(step->args, step->count, text, arena, unreadable);
	}
	return text;
}

/* The next item of a list, or of a text with commas; without blanks around it. */
static const char *next_item(const char **at, const char *separators, struct arena *arena)
{
	const char *begin = *at, *end;

	if (!begin)
		return NULL;
	end = begin + strcspn(begin, separators);
	*at = *end ? end + 1 : NULL;
	while (begin < end && isspace((unsigned char)*begin))
		begin++;
	while (end > begin && isspace((unsigned char)end[-1]))
		end--;
	return arena_strndup(arena, begin, (size_t)(end - begin));
}

/* Joins `count` texts. */
static const char *join(const char *const *texts, size_t count, struct arena *arena)
{
	size_t room = 1, i;
	char *out, *at;

	for (i = 0; i < count; i++)
		room += strlen(texts[i]) + 1;
	out = at = arena_alloc(arena, room);
	for (i = 0; i < count; i++) {
		if (i)
			*at++ = RECORD_LIST;
		at = stpcpy(at, texts[i]);
	}
	return count ? out : NULL;
}

static const char *take_list(const struct feed *feed, const char *list, const char *separators,
	struct arena *arena, bool *unreadable)
{
	size_t most = 1, count = 0;
	const char **texts, *c, *item;

	for (c = list; *c; c++)
		most += strchr(separators, *c) != NULL;
	texts = arena_alloc(arena, most * sizeof(*texts));
	while ((item = next_item(&list, separators, arena))) {
		item = *item ? take_steps(feed, item, arena, unreadable) : NULL;
		if (item && !feed->is_list)
			return item;
		if (item)
			texts[count++] = item;
	}
	return join(texts, count, arena);
}

static const char *take_item(const struct feed *feed, const struct feed_item *item,
	const char *text, struct arena *arena, bool *unreadable)
{
	static const char items[] = {RECORD_LIST, '\0'};

	if (strchr(text, RECORD_LIST))
		return take_list(feed, text, items, arena, unreadable);
	if (item->splits && strchr(text, ','))
		return take_list(feed, text, ",", arena, unreadable);
	return take_steps(feed, text, arena, unreadable);
}

const char *feed_value(const struct feed *feed, const struct source_record *source,
	struct arena *arena, bool *unreadable)
{
	const char *text;
	size_t i;

	*unreadable = false;
	for (i = 0; i < feed->map.count; i++) {
		text = raw_value(&feed->items[i], source, arena);
		if (source_hides(source, text))
			return text;
		if (text)
			text = take_item(feed, &feed->items[i], text, arena, unreadable);
		if (text)
			return text;
	}
	return NULL;
}

const char *feed_source(
	const struct feed *feed, const struct source_record *source, struct arena *arena)
{
	const char *text = NULL;
	size_t i;

	for (i = 0; !text && i < feed->map.count; i++)
		text = raw_value(&feed->items[i], source, arena);
	return text;
}
