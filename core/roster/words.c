#include "roster/words.h"

#include <string.h>

#include "base/nearest.h"

static const char demographics[] = "demographics.";

/* What every record has, and what no attribute of the hub takes by default. */
static const char *const common[] = {"sourcedId", "status"};
static const char *const of_people[] = {"userMasterIdentifier"};

struct list {
	const char **words;
	size_t count;
};

static void add(struct list *list, const char *word)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (!strcmp(list->words[i], word))
			return;
	if (list->count < WORDS_MOST)
		list->words[list->count++] = word;
}

static void add_sources(struct list *list, enum entity entity, enum entity of)
{
	size_t count, i;
	const struct attribute *row = schema_of(of, &count);

	for (i = 0; i < count; i++)
		if (entity == ENTITY_STUDENT ||
			strncmp(row[i].source, demographics, strlen(demographics)) != 0)
			add(list, row[i].source);
}

size_t words_of(enum entity entity, const char *words[WORDS_MOST])
{
	struct list list = {words, 0};
	enum entity e;
	size_t i;

	for (i = 0; i < sizeof(common) / sizeof(*common); i++)
		add(&list, common[i]);
	add_sources(&list, entity, entity);
	if (!entity_is_person(entity))
		return list.count;
	/* People come from one collection: what one type has, another may have, too. */
	for (e = ENTITY_STUDENT; e <= ENTITY_CONTACT; e++)
		add_sources(&list, entity, e);
	for (i = 0; i < sizeof(of_people) / sizeof(*of_people); i++)
		add(&list, of_people[i]);
	return list.count;
}

static bool begins(const char *name, const char *prefix)
{
	size_t length = strlen(prefix);

	return !strncmp(name, prefix, length) && name[length];
}

bool words_has(enum entity entity, const char *name)
{
	const char *words[WORDS_MOST];
	size_t count, i;

	if (begins(name, WORDS_METADATA) || begins(name, WORDS_EXTENSION))
		return true;
	if (entity_is_person(entity) && begins(name, WORDS_USER_ID))
		return true;
	count = words_of(entity, words);
	for (i = 0; i < count; i++)
		if (!strcmp(words[i], name))
			return true;
	return false;
}

const char *words_nearest(enum entity entity, const char *name)
{
	const char *words[WORDS_MOST];
	size_t count = words_of(entity, words);

	return nearest_word(name, words, count, sizeof(*words));
}
