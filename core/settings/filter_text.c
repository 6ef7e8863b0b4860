#include "settings/filter_text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/text.h"
#include "roster/record.h"

static const char blanks[] = " \t\r";

static int unknown_attribute(enum entity entity, const char *attribute, struct err *err)
{
	const char *names[ATTR_COUNT], *meant;
	size_t count = 0;
	struct buf example;

	while ((names[count] = filter_attribute(entity, count)))
		count++;
	meant = nearest_word(attribute, names, count, sizeof(*names));
	buf_init(&example);
	filter_example(entity, meant ? meant : names[1], NULL, &example);
	err_set(err, ERR_SETTINGS,
		"A %s has no attribute \"%.60s\".%s%s%s A condition is ATTRIBUTE CONDITION "
		"VALUE, as in: %s",
		entity_name(entity), attribute, meant ? " Did you mean " : "",
		meant ? meant : "", meant ? "?" : "", example.data);
	buf_clear(&example);
	return -1;
}

/* ---- reading ---- */

/*
 * Takes a text in quotes (in it, \" and \\ stand for " and \) or up to one of `ends`; moves *at
 * behind it. Caller frees; NULL: a quote is not closed.
 */
static char *take_text(const char **at, const char *ends)
{
	const char *c = *at;
	struct buf out;

	if (*c != '"') {
		size_t length = strcspn(c, ends);

		*at += length;
		return mem_strndup(c, length);
	}
	buf_init(&out);
	for (c++; *c && *c != '"'; c++) {
		if (*c == '\\' && (c[1] == '"' || c[1] == '\\'))
			c++;
		buf_addc(&out, *c);
	}
	if (!*c) {
		buf_clear(&out);
		return NULL;
	}
	*at = c + 1;
	return buf_detach(&out);
}

static void skip_blanks(const char **at)
{
	*at += strspn(*at, blanks);
}

/* Where `words` end in the text, NULL when it does not begin with them. Blanks may be many. */
static const char *behind_words(const char *text, const char *words)
{
	while (*words) {
		if (*words == ' ') {
			if (!strchr(blanks, *text) || !*text)
				return NULL;
			skip_blanks(&text);
			words++;
			continue;
		}
		if (strncasecmp(text, words, 1) != 0)
			return NULL;
		text++;
		words++;
	}
	return *text && !strchr(blanks, *text) ? NULL : text;
}

/* The condition with the most words that the text begins with; of two, one for `kind`. */
static const struct condition_row *find_condition(const char **text, unsigned kind)
{
	const struct condition_row *found = NULL, *rows;
	const char *end = *text;
	size_t count, i;

	rows = filter_conditions(&count);
	for (i = 0; i < count; i++) {
		const char *behind = behind_words(*text, rows[i].words);

		if (!behind || behind < end || (found && behind == end && found->kinds & kind))
			continue;
		found = &rows[i];
		end = behind;
	}
	*text = end;
	return found;
}

static void list_conditions(unsigned kind, struct buf *out)
{
	size_t count, i;
	const struct condition_row *rows = filter_conditions(&count);

	for (i = 0; i < count; i++) {
		/* "equals" stands there for texts and for dates. */
		bool twice = rows[i].condition == CONDITION_ON && kind & FILTER_TEXT;

		if (rows[i].kinds & kind && !twice)
			buf_addf(out, "%s%s", out->used ? ", " : "", rows[i].words);
	}
}

static int bad_condition(enum entity entity, const char *attribute, const char *why,
	const char *what, struct err *err)
{
	struct buf known, example;

	buf_init(&known);
	buf_init(&example);
	list_conditions(filter_kind_of(entity, attribute), &known);
	filter_example(entity, attribute, NULL, &example);
	err_set(err, ERR_SETTINGS, "%s %s\"%.40s\". It knows: %s. Example: %s", attribute, why,
		what, known.data, example.data);
	buf_clear(&known);
	buf_clear(&example);
	return -1;
}

static int bad_value(
	enum entity entity, const struct filter_line *line, const char *what, struct err *err)
{
	struct buf example;

	buf_init(&example);
	filter_example(entity, line->attribute, line->condition, &example);
	err_set(err, ERR_SETTINGS, "%s %s: %s Example: %s", line->attribute,
		line->condition->words, what, example.data);
	buf_clear(&example);
	return -1;
}

/* Items between commas, joined; empty ones are left out. False: a quote is not closed. */
static bool read_list(const char *at, struct buf *out)
{
	char *item, *trimmed;
	bool quoted;

	for (skip_blanks(&at); *at; skip_blanks(&at)) {
		if (*at == ',') {
			at++;
			continue;
		}
		quoted = *at == '"';
		item = take_text(&at, ",");
		skip_blanks(&at);
		if (!item || (quoted && *at && *at != ',')) {
			free(item);
			return false;
		}
		trimmed = text_trim(item);
		if (*trimmed && out->used)
			buf_addc(out, RECORD_LIST);
		buf_adds(out, trimmed);
		free(item);
	}
	return true;
}

/* All of it, or what is between quotes; NULL when something stands behind these. */
static char *read_text(const char *at)
{
	char *text = take_text(&at, "");

	skip_blanks(&at);
	if (!*at)
		return text;
	free(text);
	return NULL;
}

/* "30 days", "1 day", "30" */
static bool read_days(const char *at, char **value)
{
	char *end;
	long days = strtol(at, &end, 10);

	if (end == at || days < 1 || days > FILTER_DAYS_MOST)
		return false;
	*value = mem_printf("%ld", days);
	end += strspn(end, blanks);
	return !*end || !strcasecmp(end, "days") || !strcasecmp(end, "day");
}

/* Whether anything is left to compare with when case, accents and marks do not count. */
static bool says_something(const char *text)
{
	char *folded = text_fold(text);
	bool something = *folded || *text == ' ';

	free(folded);
	return something;
}

static int read_value(
	const char *at, enum entity entity, struct filter_line *line, struct err *err)
{
	char date[DATE_SIZE] = "";
	struct buf list;
	bool good;

	switch (line->condition->value) {
	case VALUE_NONE:
		line->value = mem_strdup("");
		return *at ? bad_value(entity, line, "nothing may follow.", err) : 0;
	case VALUE_TEXT:
		line->value = read_text(at);
		return line->value && says_something(line->value)
			       ? 0
			       : bad_value(entity, line,
					 "a text must follow, all of it in quotes or none.",
					 err);
	case VALUE_LIST:
		buf_init(&list);
		good = read_list(at, &list) && list.used;
		line->value = buf_detach(&list);
		return good ? 0
			    : bad_value(entity, line,
				      "texts must follow, with commas between them.", err);
	case VALUE_DATE:
		good = date_normalise(at, date) && strlen(at) <= DATE_SIZE - 1;
		line->value = mem_strdup(date);
		return good ? 0
			    : bad_value(entity, line,
				      "a day of the calendar must follow, as YYYY-MM-DD.", err);
	case VALUE_DAYS:
		return read_days(at, &line->value)
			       ? 0
			       : bad_value(entity, line,
					 "a number of days from 1 to 36500 must follow.", err);
	}
	return 0;
}

void filter_line_clear(struct filter_line *line)
{
	free(line->attribute);
	free(line->value);
	memset(line, 0, sizeof(*line));
}

static int read_line(
	const char *at, enum entity entity, struct filter_line *line, struct err *err)
{
	unsigned kind;

	skip_blanks(&at);
	line->attribute = take_text(&at, blanks);
	if (!line->attribute)
		return err_set(
			err, ERR_SETTINGS, "A quote is opened and not closed: %.60s", at);
	kind = filter_kind_of(entity, line->attribute);
	if (!kind)
		return unknown_attribute(entity, line->attribute, err);
	skip_blanks(&at);
	line->condition = find_condition(&at, kind);
	if (!line->condition)
		return bad_condition(entity, line->attribute,
			*at ? "cannot be judged by " : "needs a condition behind it, not ", at,
			err);
	if (!(line->condition->kinds & kind))
		return bad_condition(entity, line->attribute,
			kind == FILTER_DATE   ? "is a date and does not know "
			: kind == FILTER_BOOL ? "is true or false and does not know "
					      : "is a text and does not know ",
			line->condition->words, err);
	skip_blanks(&at);
	return read_value(at, entity, line, err);
}

int filter_line_read(
	const char *text, enum entity entity, struct filter_line *line, struct err *err)
{
	char *copy = mem_strdup(text);
	int result;

	memset(line, 0, sizeof(*line));
	result = read_line(text_trim(copy), entity, line, err);
	free(copy);
	if (result)
		filter_line_clear(line);
	return result;
}

/* ---- writing ---- */

static void add_quoted(const char *text, struct buf *out)
{
	buf_addc(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
	buf_addc(out, '"');
}

/* In quotes when it would be read otherwise without: `bad` must not occur in it. */
static void add_text(const char *text, const char *bad, struct buf *out)
{
	size_t length = strlen(text);

	if (*text == '"' || strpbrk(text, bad) || strchr(blanks, *text) ||
		strchr(blanks, text[length - 1]))
		add_quoted(text, out);
	else
		buf_adds(out, text);
}

void filter_value_write(const struct filter_line *line, struct buf *out)
{
	const char *list = line->value, *item;
	const char *between = "";
	size_t length;

	if (line->condition->value == VALUE_TEXT) {
		add_text(line->value, "", out);
	} else if (line->condition->value == VALUE_LIST) {
		while ((item = list_next(&list, &length))) {
			char *copy = mem_strndup(item, length);

			buf_adds(out, between);
			add_text(copy, ",", out);
			between = ", ";
			free(copy);
		}
	} else {
		buf_adds(out, line->value);
		if (line->condition->value == VALUE_DAYS)
			buf_adds(out, " days");
	}
}

void filter_line_write(const char *attribute, const struct condition_row *condition,
	const char *value, struct buf *out)
{
	add_text(attribute, blanks, out);
	buf_addf(out, " %s", condition->words);
	if (condition->value != VALUE_NONE)
		buf_addf(out, " %s", value);
}

void filter_example(enum entity entity, const char *attribute,
	const struct condition_row *condition, struct buf *out)
{
	unsigned kind = filter_kind_of(entity, attribute);
	const struct condition_row *rows;
	size_t count, i;

	rows = filter_conditions(&count);
	for (i = 0; !condition; i++)
		if (rows[i].kinds & kind)
			condition = &rows[i];
	filter_line_write(attribute, condition, condition->example, out);
}

/* ---- a whole rule ---- */

char *filter_next_line(const char **text)
{
	const char *at = *text, *end;
	char *line;

	for (; *at; at = *end ? end + 1 : end) {
		end = strchrnul(at, '\n');
		line = mem_strndup(at, (size_t)(end - at));
		if (line[strspn(line, blanks)]) {
			*text = *end ? end + 1 : end;
			return line;
		}
		free(line);
	}
	return NULL;
}

static int check_entity(enum entity entity, struct err *err)
{
	if (filter_knows(entity))
		return 0;
	return err_set(err, ERR_SETTINGS,
		"There are no filters of %s: %s. Filters are of student, contact, teacher, "
		"course, class, calendar or admin.",
		entity_plural(entity),
		entity == ENTITY_SCHOOL ? "which schools come in is said by Schools Mapping"
					: "they come in with their class and their person");
}

int filter_text_check(enum entity entity, const char *title, const char *text, struct err *err)
{
	struct filter_line line;
	char *one;
	size_t lines = 0;
	int result = check_entity(entity, err);

	if (!result && !title[strspn(title, blanks)])
		result = err_set(err, ERR_SETTINGS, "A filter rule needs a title.");
	while (!result && (one = filter_next_line(&text))) {
		lines++;
		result = filter_line_read(one, entity, &line, err);
		if (result)
			err_context(err, "Filter \"%.60s\"", title);
		else
			filter_line_clear(&line);
		free(one);
	}
	if (!result && !lines)
		result = err_set(err, ERR_SETTINGS,
			"The filter rule \"%.60s\" has no condition. A condition is ATTRIBUTE "
			"CONDITION VALUE, as in: email is not empty",
			title);
	return result;
}
