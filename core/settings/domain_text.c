#include "settings/domain_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "base/text.h"

bool domain_takes(const struct attribute *attribute)
{
	return attribute->attr != ATTR_LAST_MODIFIED &&
	       (attribute->type == TYPE_TEXT || attribute->type == TYPE_DATE ||
		       attribute->type == TYPE_REFERENCE || attribute->type == TYPE_ENUM);
}

static int fault(enum entity entity, const char *word, const char *why, struct err *err)
{
	return err_set(err, ERR_SETTINGS,
		"\"%.60s\" %s. Write attributes of a %s with commas between them, such as %s, "
		"or none.",
		word, why, entity_name(entity),
		entity_is_person(entity) ? "firstName, lastName, birthDate" : "title");
}

static int add_attribute(
	enum entity entity, const char *word, struct domain_text *out, struct err *err)
{
	size_t count, i, j;
	const struct attribute *rows = schema_of(entity, &count);

	for (i = 0; i < count && strcmp(rows[i].name, word); i++)
		;
	if (i == count) {
		const char *meant = nearest_word(word, &rows->name, count, sizeof(*rows));

		return meant ? err_set(err, ERR_SETTINGS,
				       "A %s has no attribute \"%.60s\". Did you mean %s?",
				       entity_name(entity), word, meant)
			     : fault(entity, word, "is no attribute", err);
	}
	if (!domain_takes(&rows[i]))
		return fault(
			entity, word, "has not one value that could tell records apart", err);
	for (j = 0; j < out->count; j++)
		if (out->attr[j] == rows[i].attr)
			return fault(entity, word, "is there twice", err);
	if (out->count == DOMAIN_ATTRS)
		return fault(entity, word, "is one attribute too many (6 at most)", err);
	out->attr[out->count++] = rows[i].attr;
	return 0;
}

int domain_parse(enum entity entity, const char *text, struct domain_text *out, struct err *err)
{
	char *copy = mem_strdup(text), *save = NULL, *word;
	struct domain_text read = {.count = 0};
	int result = 0;

	if (strcmp(text_trim(copy), "none") != 0) {
		for (word = strtok_r(copy, ",", &save); word && !result;
			word = strtok_r(NULL, ",", &save))
			result = add_attribute(entity, text_trim(word), &read, err);
		if (!result && !read.count)
			result = fault(entity, text, "names no attribute", err);
	}
	if (!result)
		*out = read;
	free(copy);
	return result;
}

void domain_write(enum entity entity, const struct domain_text *text, struct buf *out)
{
	size_t i;

	for (i = 0; i < text->count; i++)
		buf_addf(out, "%s%s", i ? ", " : "",
			schema_attribute(entity, text->attr[i])->name);
	if (!text->count)
		buf_adds(out, "none");
}
