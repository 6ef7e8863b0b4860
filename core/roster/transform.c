#include "roster/transform.h"

#include <string.h>
#include <strings.h>

#include "base/date_format.h"
#include "base/letters.h"
#include "roster/grades.h"

static const char *lower(const struct transform_arg *args, size_t count, const char *text,
	struct arena *arena, bool *unreadable)
{
	(void)args;
	(void)count;
	(void)unreadable;
	return letters_lower(text, arena);
}

static const char *upper(const struct transform_arg *args, size_t count, const char *text,
	struct arena *arena, bool *unreadable)
{
	(void)args;
	(void)count;
	(void)unreadable;
	return letters_upper(text, arena);
}

static const char *trim(const struct transform_arg *args, size_t count, const char *text,
	struct arena *arena, bool *unreadable)
{
	(void)args;
	(void)count;
	(void)unreadable;
	return letters_trim(text, arena);
}

static const char *before(const struct transform_arg *args, size_t count, const char *text,
	struct arena *arena, bool *unreadable)
{
	const char *at = strstr(text, args[0].text);

	(void)count;
	(void)unreadable;
	if (!at)
		return text;
	return at > text ? arena_strndup(arena, text, (size_t)(at - text)) : NULL;
}

static const char *after(const struct transform_arg *args, size_t count, const char *text,
	struct arena *arena, bool *unreadable)
{
	const char *at = strstr(text, args[0].text);

	(void)count;
	(void)arena;
	(void)unreadable;
	if (!at)
		return NULL;
	at += strlen(args[0].text);
	return *at ? at : NULL;
}

static const char *date(const struct transform_arg *args, size_t count, const char *text,
	struct arena *arena, bool *unreadable)
{
	char iso[DATE_SIZE];

	(void)count;
	if (date_format_read(args[0].text, text, iso))
		return arena_strdup(arena, iso);
	if (date_is_iso(text))
		return text;
	*unreadable = true;
	return NULL;
}

static const char *replace(const struct transform_arg *args, size_t count, const char *text,
	struct arena *arena, bool *unreadable)
{
	size_t i;

	(void)arena;
	(void)unreadable;
	for (i = 0; i < count; i++)
		if (!strcasecmp(args[i].text, text) || !strcmp(args[i].text, "*"))
			return *args[i].to ? args[i].to : NULL;
	return text;
}

static const char oneroster[] = "oneroster", plain[] = "plain";

static const char *table_fault(const char *text)
{
	return strcasecmp(text, oneroster) && strcasecmp(text, plain)
		       ? "write oneroster (PK, KG, 01, 02 ...) or plain (PK, K, 1, 2 ...)"
		       : NULL;
}

static const char *grades(const struct transform_arg *args, size_t count, const char *text,
	struct arena *arena, bool *unreadable)
{
	const char *grade =
		strcasecmp(args[0].text, plain) ? grades_code(text) : grades_plain(text);

	(void)count;
	(void)arena;
	(void)unreadable;
	return grade ? grade : text;
}

static const char *text_fault(const char *text)
{
	return *text ? NULL : "it needs a text, such as @";
}

static const struct transform table[] = {
	{"lower", TRANSFORM_ALONE, "", "lower", "small letters: Maria@X.org is maria@x.org",
		NULL, lower},
	{"upper", TRANSFORM_ALONE, "", "upper", "capital letters: tx is TX", NULL, upper},
	{"trim", TRANSFORM_ALONE, "", "trim", "no blanks at both ends", NULL, trim},
	{"before", TRANSFORM_TEXT, "TEXT", "before(@)",
		"what stands before a text: maria@x.org is maria; all where it does not stand",
		text_fault, before},
	{"after", TRANSFORM_TEXT, "TEXT", "after(@)",
		"what stands behind a text: maria@x.org is x.org; nothing where it does not "
		"stand",
		text_fault, after},
	{"date", TRANSFORM_TEXT, "FORMAT", "date(DD.MM.YYYY)",
		"reads a date as the source writes it: YYYY or YY, MM, M or MMM, DD or D",
		date_format_fault, date},
	{"replace", TRANSFORM_PAIRS, "FROM=TO, ...", "replace(M=male, F=female, *=)",
		"puts one value in place of another, in capitals or not; * is any other, and "
		"nothing behind = removes the value",
		NULL, replace},
	{"grades", TRANSFORM_TEXT, "TABLE", "grades(oneroster)",
		"grade levels, however they are written, as oneroster (PK, KG, 01) or plain "
		"(PK, K, 1); unknown ones stay",
		table_fault, grades},
};

enum { TRANSFORMS = sizeof(table) / sizeof(table[0]) };

const struct transform *transform_table(size_t *count)
{
	*count = TRANSFORMS;
	return table;
}

const struct transform *transform_find(const char *name)
{
	size_t i;

	for (i = 0; i < TRANSFORMS; i++)
		if (!strcasecmp(table[i].name, name))
			return &table[i];
	return NULL;
}
