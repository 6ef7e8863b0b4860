#include "rules/filters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "roster/convert.h"
#include "settings/filter_text.h"

/* Where a condition finds its value. */
enum place { PLACE_ATTRIBUTE, PLACE_ID, PLACE_EXTRA };

/* A text to compare with: folded, unless it is an id. */
struct word {
	char *text; /* owned */
	size_t length;
};

struct filter_test {
	char *line; /* owned: as written */
	enum condition condition;
	enum place place;
	enum attr attr;     /* of PLACE_ATTRIBUTE */
	char *name;         /* owned: of PLACE_EXTRA */
	bool is_exact;      /* an id */
	bool is_plain;      /* a date or a boolean as the hub keeps them */
	struct word *words; /* owned, ascending */
	size_t count;
	/* The days that meet it, or those between (1 each) without the day itself. */
	char first[DATE_SIZE], last[DATE_SIZE];
	int after_first, before_last;
};

/* ---- compiling ---- */

/* A day so many days behind another; within the calendar's years. */
static void shift_day(const char *day, int64_t by, char out[DATE_SIZE])
{
	unsigned year, month, of_month;
	int y, m, d;

	sscanf(day, "%4u-%2u-%2u", &year, &month, &of_month);
	date_from_days(date_to_days((int)year, (int)month, (int)of_month) + by, &y, &m, &d);
	snprintf(out, DATE_SIZE, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100,
		(unsigned)d % 100);
}

static void set_days(struct filter_test *test, const char *value, const char *today)
{
	static const char begin[] = "0000-00-00", end[] = "9999-99-99";
	bool by_today =
		test->condition == CONDITION_PAST || test->condition == CONDITION_FUTURE;
	const char *day = by_today ? today : value;
	bool before = test->condition == CONDITION_BEFORE || test->condition == CONDITION_PAST;
	bool after = test->condition == CONDITION_AFTER || test->condition == CONDITION_FUTURE;

	if (test->condition == CONDITION_LAST || test->condition == CONDITION_NEXT) {
		bool last = test->condition == CONDITION_LAST;

		shift_day(today, last ? -atol(value) : 0, test->first);
		shift_day(today, last ? 0 : atol(value), test->last);
		return;
	}
	snprintf(test->first, DATE_SIZE, "%.10s", before ? begin : day);
	snprintf(test->last, DATE_SIZE, "%.10s", after ? end : day);
	test->after_first = after;
	test->before_last = before;
}

static int by_text(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	return strcmp(x->text, y->text);
}

/* Blanks at the ends of a text in quotes are meant. */
static char *fold_word(const char *text)
{
	char *folded = text_fold(text), *out;
	size_t length = strlen(text);

	out = mem_printf("%s%s%s", *text == ' ' ? " " : "", folded,
		length && text[length - 1] == ' ' && *folded ? " " : "");
	free(folded);
	return out;
}

static void set_words(struct filter_test *test, const char *list)
{
	const char *item;
	size_t length;

	while ((item = list_next(&list, &length))) {
		char *text = mem_strndup(item, length);
		struct word *word;

		test->words = mem_grow(test->words, test->count + 1, sizeof(*test->words));
		word = &test->words[test->count++];
		word->text = test->is_exact ? mem_strdup(text) : fold_word(text);
		word->length = strlen(word->text);
		free(text);
	}
	qsort(test->words, test->count, sizeof(*test->words), by_text);
}

static void set_place(struct filter_test *test, enum entity entity, const char *attribute)
{
	const struct attribute *row = schema_by_name(entity, attribute);

	test->attr = row ? row->attr : ATTR_NONE;
	test->place = row                               ? PLACE_ATTRIBUTE
		      : strcmp(attribute, "sisId") == 0 ? PLACE_ID
							: PLACE_EXTRA;
	if (test->place == PLACE_EXTRA)
		test->name = mem_strdup(attribute);
	test->is_exact = test->place == PLACE_ID ||
			 (row && (row->type == TYPE_REFERENCE || row->type == TYPE_REFERENCES));
	test->is_plain = row && (row->type == TYPE_DATE || row->type == TYPE_BOOL);
}

static int add_test(struct filter *filter, enum entity entity, const char *text,
	const char *today, struct err *err)
{
	struct filter_line line;
	struct filter_test *test;

	if (filter_line_read(text, entity, &line, err))
		return err_context(err, "Filter \"%.60s\"", filter->title);
	filter->tests = mem_grow(filter->tests, filter->count + 1, sizeof(*filter->tests));
	test = &filter->tests[filter->count++];
	memset(test, 0, sizeof(*test));
	test->line = mem_strdup(text);
	test->condition = line.condition->condition;
	set_place(test, entity, line.attribute);
	if (line.condition->value == VALUE_TEXT || line.condition->value == VALUE_LIST)
		set_words(test, line.value);
	else
		set_days(test, line.value, today);
	filter_line_clear(&line);
	return 0;
}

int filters_compile(struct filters *filters, enum entity entity, const struct rules *rules,
	const char *today, struct err *err)
{
	const struct rule *rule;
	size_t at = 0;
	char *line;

	memset(filters, 0, sizeof(*filters));
	while ((rule = rules_next(rules, RULE_FILTER, entity, &at))) {
		const char *text = rule->text;
		struct filter *filter;
		int result = 0;

		filters->list =
			mem_grow(filters->list, filters->count + 1, sizeof(*filters->list));
		filter = &filters->list[filters->count++];
		*filter = (struct filter){mem_strdup(rule->name), NULL, 0};
		while (!result && (line = filter_next_line(&text))) {
			result = add_test(filter, entity, line, today, err);
			free(line);
		}
		if (result)
			return -1;
	}
	return 0;
}

static void test_clear(struct filter_test *test)
{
	while (test->count)
		free(test->words[--test->count].text);
	free(test->words);
	free(test->name);
	free(test->line);
}

void filters_clear(struct filters *filters)
{
	size_t i;

	for (i = 0; i < filters->count; i++) {
		struct filter *filter = &filters->list[i];

		while (filter->count)
			test_clear(&filter->tests[--filter->count]);
		free(filter->tests);
		free(filter->title);
	}
	free(filters->list);
	memset(filters, 0, sizeof(*filters));
}

/* ---- judging ---- */

/* NULL: empty. */
static const char *value_of(const struct filter_test *test, const struct record *record)
{
	size_t i;

	switch (test->place) {
	case PLACE_ATTRIBUTE: return record->value[test->attr];
	case PLACE_ID: return record->sis_id;
	case PLACE_EXTRA: break;
	}
	for (i = 0; i < record->extras; i++)
		if (!strcmp(record->extra[i].name, test->name))
			return *record->extra[i].value ? record->extra[i].value : NULL;
	return NULL;
}

static bool meets_word(const struct filter_test *test, const struct word *value)
{
	const struct word *word = test->words;

	switch (test->condition) {
	case CONDITION_CONTAINS:
	case CONDITION_CONTAINS_NOT:
		return memmem(value->text, value->length, word->text, word->length) != NULL;
	case CONDITION_STARTS:
		return value->length >= word->length &&
		       !memcmp(value->text, word->text, word->length);
	default:
		return bsearch(value, test->words, test->count, sizeof(*word), by_text) != NULL;
	}
}

/* Whether an item of the value meets the texts. */
static bool meets_words(const struct filter_test *test, const char *list, struct arena *arena)
{
	const char *item;
	size_t length;

	while ((item = list_next(&list, &length))) {
		struct word value;

		value.text = test->is_exact ? arena_strndup(arena, item, length)
					    : text_fold_in(item, length, arena);
		value.length = strlen(value.text);
		if (meets_word(test, &value))
			return true;
	}
	return false;
}

/* A date or boolean as the hub keeps it: what lies outside the schema may be written anyhow. */
static const char *as_type(const struct filter_test *test, enum attr_type type,
	const char *value, struct arena *arena)
{
	const struct attribute outside = {.attr = ATTR_NONE, .type = type};

	return test->is_plain ? value : convert_value(&outside, value, arena);
}

static bool meets_days(const struct filter_test *test, const char *day)
{
	return day && strcmp(day, test->first) >= test->after_first &&
	       strcmp(test->last, day) >= test->before_last;
}

static bool meets_truth(const struct filter_test *test, const char *truth)
{
	return truth && (*truth == 't') == (test->condition == CONDITION_TRUE);
}

static bool holds(
	const struct filter_test *test, const struct record *record, struct arena *arena)
{
	const char *value = value_of(test, record);

	switch (test->condition) {
	case CONDITION_EMPTY: return !value;
	case CONDITION_EMPTY_NOT: return value != NULL;
	case CONDITION_CONTAINS_NOT:
	case CONDITION_EQUALS_NOT: return !value || !meets_words(test, value, arena);
	case CONDITION_CONTAINS:
	case CONDITION_EQUALS:
	case CONDITION_STARTS:
	case CONDITION_ONE_OF: return value && meets_words(test, value, arena);
	case CONDITION_TRUE:
	case CONDITION_FALSE:
		return value && meets_truth(test, as_type(test, TYPE_BOOL, value, arena));
	default: return value && meets_days(test, as_type(test, TYPE_DATE, value, arena));
	}
}

bool filter_allows(const struct filter *filter, const struct record *record,
	struct arena *arena, const char **failed)
{
	size_t i;

	for (i = 0; i < filter->count; i++)
		if (!holds(&filter->tests[i], record, arena)) {
			*failed = filter->tests[i].line;
			return false;
		}
	*failed = NULL;
	return true;
}

bool filters_allow(
	const struct filters *filters, const struct record *record, struct arena *arena)
{
	const char *failed;
	size_t i;

	for (i = 0; i < filters->count; i++)
		if (filter_allows(&filters->list[i], record, arena, &failed))
			return true;
	return !filters->count;
}

bool filters_meet(const struct filters *filters, const struct record *record, const char *value)
{
	size_t i, t;

	for (i = 0; i < filters->count; i++)
		for (t = 0; t < filters->list[i].count; t++) {
			const struct filter_test *test = &filters->list[i].tests[t];
			const char *has = value_of(test, record);

			if (has && test->condition != CONDITION_EMPTY &&
				test->condition != CONDITION_EMPTY_NOT && !strcmp(has, value))
				return true;
		}
	return false;
}

const char *filters_reason(
	const struct filters *filters, const struct record *record, struct arena *arena)
{
	const char *said = NULL, *failed;
	size_t i;

	if (!filters->count)
		return "no filter rule: all come in";
	for (i = 0; i < filters->count; i++) {
		const struct filter *filter = &filters->list[i];

		if (filter_allows(filter, record, arena, &failed))
			return arena_printf(arena, "let in by \"%s\"", filter->title);
		said = arena_printf(arena, "%s%s\"%s\": not so: %s", said ? said : "",
			said ? "; " : "", filter->title, failed);
	}
	return said;
}
