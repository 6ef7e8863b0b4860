#include "roster/convert.h"

#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "roster/record.h"

static const char *const true_words[] = {"true", "t", "1", "yes", "y"};
static const char *const false_words[] = {"false", "f", "0", "no", "n"};

static bool is_word(const char *text, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcasecmp(text, words[i]))
			return true;
	return false;
}

static const char *read_bool(const char *text)
{
	/* As most are. */
	if (!strcmp(text, "true") || !strcmp(text, "false"))
		return text;
	if (is_word(text, true_words, sizeof(true_words) / sizeof(char *)))
		return "true";
	if (is_word(text, false_words, sizeof(false_words) / sizeof(char *)))
		return "false";
	return NULL;
}

static const char *read_date(const char *text, struct arena *arena)
{
	char date[DATE_SIZE];

	if (date_is_iso(text))
		return text;
	return date_normalise(text, date) ? arena_strdup(arena, date) : NULL;
}

/* "2026-2027" is the year in which it ends (OneRoster 1.1 section 4.11). */
static const char *read_school_year(const char *text, struct arena *arena)
{
	size_t length = strlen(text);

	if (length == 4 && strspn(text, "0123456789") == 4)
		return text;
	if (length == 9 && strspn(text, "0123456789") == 4 &&
		strspn(text + 5, "0123456789") == 4)
		return arena_strdup(arena, text + 5);
	return NULL;
}

bool convert_is_plain(const struct attribute *hub)
{
	switch (hub->type) {
	case TYPE_DATE:
	case TYPE_BOOL:
	case TYPE_REFERENCES: return false;
	case TYPE_TEXT:
	case TYPE_ENUM:
	case TYPE_LIST:
	case TYPE_REFERENCE: break;
	}
	return hub->attr != ATTR_SCHOOL_YEAR;
}

const char *convert_value(const struct attribute *hub, const char *text, struct arena *arena)
{
	if (hub->attr == ATTR_SCHOOL_YEAR)
		return read_school_year(text, arena);
	switch (hub->type) {
	case TYPE_DATE: return read_date(text, arena);
	case TYPE_BOOL: return read_bool(text);
	case TYPE_REFERENCES: return list_sort(text, arena);
	case TYPE_TEXT:
	case TYPE_ENUM:
	case TYPE_LIST:
	case TYPE_REFERENCE: break;
	}
	return text;
}
