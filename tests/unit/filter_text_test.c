/* The language of Filter Rules: what is read, what is refused with which words, round trips. */
#include "settings/filter_text.h"

#include <string.h>

#include "roster/record.h"
#include "settings/linked.h"
#include "tap.h"

static struct err err;

/* Lines, and what they are: attribute, condition, value (| between items). */
static const struct {
	const char *text;
	enum entity entity;
	enum condition condition;
	const char *attribute, *value;
} lines[] = {
	{"gradeLevel is one of 9, 10, 11, 12", ENTITY_STUDENT, CONDITION_ONE_OF, "gradeLevel",
		"9|10|11|12"},
	{"gradeLevel is one of 9", ENTITY_STUDENT, CONDITION_ONE_OF, "gradeLevel", "9"},
	{"title is one of \"AP, honors\", x ,,y", ENTITY_CLASS, CONDITION_ONE_OF, "title",
		"AP, honors|x|y"},
	{"enabled is true", ENTITY_STUDENT, CONDITION_TRUE, "enabled", ""},
	{"enabled IS  False", ENTITY_TEACHER, CONDITION_FALSE, "enabled", ""},
	{"endDate is future", ENTITY_CALENDAR, CONDITION_FUTURE, "endDate", ""},
	{"startDate within the last 30 days", ENTITY_CALENDAR, CONDITION_LAST, "startDate",
		"30"},
	{"startDate within the next 1 day", ENTITY_CALENDAR, CONDITION_NEXT, "startDate", "1"},
	{"startDate within the next 7", ENTITY_CALENDAR, CONDITION_NEXT, "startDate", "7"},
	{"birthDate before 8/1/2010", ENTITY_STUDENT, CONDITION_BEFORE, "birthDate",
		"2010-08-01"},
	{"birthDate after 2024-02-29", ENTITY_STUDENT, CONDITION_AFTER, "birthDate",
		"2024-02-29"},
	{"birthDate equals 2024-02-29", ENTITY_STUDENT, CONDITION_ON, "birthDate",
		"2024-02-29"},
	{"lastModified is past", ENTITY_COURSE, CONDITION_PAST, "lastModified", ""},
	{"email is not empty", ENTITY_CONTACT, CONDITION_EMPTY_NOT, "email", ""},
	{"email is empty", ENTITY_CONTACT, CONDITION_EMPTY, "email", ""},
	{"title starts with \"AP \"", ENTITY_CLASS, CONDITION_STARTS, "title", "AP "},
	{"title starts with AP \t ", ENTITY_CLASS, CONDITION_STARTS, "title", "AP"},
	{"title equals is one of", ENTITY_CLASS, CONDITION_EQUALS, "title", "is one of"},
	{"  title   does   not   contain   \xc3\xa9 b ", ENTITY_CLASS, CONDITION_CONTAINS_NOT,
		"title", "\xc3\xa9 b"},
	{"title does not equal 5\" pipe", ENTITY_CLASS, CONDITION_EQUALS_NOT, "title",
		"5\" pipe"},
	{"title equals \"a \\\"b\\\" \\\\ \\c\"", ENTITY_CLASS, CONDITION_EQUALS, "title",
		"a \"b\" \\ \\c"},
	{"sisId starts with X", ENTITY_ADMIN, CONDITION_STARTS, "sisId", "X"},
	{"metadata.team equals red", ENTITY_ADMIN, CONDITION_EQUALS, "metadata.team", "red"},
	{"metadata.since is past", ENTITY_ADMIN, CONDITION_PAST, "metadata.since", ""},
	{"metadata.paid is true", ENTITY_ADMIN, CONDITION_TRUE, "metadata.paid", ""},
	{"\"metadata.home language\" contains es", ENTITY_STUDENT, CONDITION_CONTAINS,
		"metadata.home language", "es"},
};

/* Lines that are refused, and what the error says. */
static const struct {
	const char *text;
	enum entity entity;
	const char *says;
} faults[] = {
	{"emial is empty", ENTITY_STUDENT,
		"A student has no attribute \"emial\". Did you mean email?"},
	{"emial is empty", ENTITY_STUDENT, "as in: email contains math"},
	{"metadata. is empty", ENTITY_STUDENT, "no attribute \"metadata.\""},
	{"beginDate is past", ENTITY_STUDENT, "A student has no attribute \"beginDate\""},
	{"enabled", ENTITY_STUDENT, "It knows: is true, is false, is empty, is not empty."},
	{"enabled", ENTITY_STUDENT, "Example: enabled is true"},
	{"enabled contains x", ENTITY_STUDENT,
		"enabled is true or false and does not know \"contains\""},
	{"endDate contains 2026", ENTITY_CALENDAR, "endDate is a date and does not know"},
	{"endDate does not equal 2026-08-01", ENTITY_CALENDAR,
		"It knows: before, after, "
		"equals, is past"},
	{"title is past", ENTITY_CALENDAR, "title is a text and does not know \"is past\""},
	{"title isempty", ENTITY_CALENDAR, "title cannot be judged by \"isempty\""},
	{"title is emptyish", ENTITY_CALENDAR,
		"It knows: contains, does not contain, equals, "
		"does not equal, starts with, is one of, is "
		"empty, is not empty."},
	{"metadata.x is", ENTITY_CLASS,
		"equals, does not equal, starts with, is one of, "
		"before, after, is past"},
	{"title is empty x", ENTITY_CLASS,
		"title is empty: nothing may follow. Example: title "
		"is empty"},
	{"title contains", ENTITY_CLASS, "a text must follow"},
	{"title contains \"a\" b", ENTITY_CLASS, "all of it in quotes or none"},
	{"title contains \"a", ENTITY_CLASS, "all of it in quotes or none"},
	{"title contains \"\"", ENTITY_CLASS, "a text must follow"},
	{"title is one of ,,", ENTITY_CLASS, "texts must follow, with commas"},
	{"title is one of \"a\" b", ENTITY_CLASS, "texts must follow, with commas"},
	{"endDate before tomorrow", ENTITY_CALENDAR,
		"a day of the calendar must follow, as YYYY-MM-DD. Example: endDate before "
		"2026-08-01"},
	{"endDate before 2025-02-29", ENTITY_CALENDAR, "a day of the calendar must follow"},
	{"endDate before 2026-08-01 12:00", ENTITY_CALENDAR,
		"a day of the calendar must follow"},
	{"endDate before", ENTITY_CALENDAR, "a day of the calendar must follow"},
	{"endDate within the last", ENTITY_CALENDAR, "a number of days from 1 to 36500"},
	{"endDate within the last 0 days", ENTITY_CALENDAR, "a number of days"},
	{"endDate within the last 36501 days", ENTITY_CALENDAR, "a number of days"},
	{"endDate within the last 3 weeks", ENTITY_CALENDAR,
		"Example: endDate within the last 30 days"},
	{"\"title is empty", ENTITY_CLASS, "A quote is opened and not closed"},
};

static const char *bars(const char *list)
{
	static char out[200];
	char *c;

	snprintf(out, sizeof(out), "%s", list);
	for (c = out; *c; c++)
		*c = *c == RECORD_LIST ? '|' : *c;
	return out;
}

/* Written and read again, it is the same. */
static void check_again(const struct filter_line *line, enum entity entity)
{
	struct filter_line again;
	struct buf value, text;

	buf_init(&value);
	buf_init(&text);
	filter_value_write(line, &value);
	filter_line_write(line->attribute, line->condition, value.data, &text);
	ok(!filter_line_read(text.data, entity, &again, &err) &&
			again.condition == line->condition &&
			!strcmp(again.value, line->value) &&
			!strcmp(again.attribute, line->attribute),
		"the same again: %s", text.data);
	filter_line_clear(&again);
	buf_clear(&value);
	buf_clear(&text);
}

static void test_lines(void)
{
	struct filter_line line;
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		err.text[0] = '\0';
		ok(!filter_line_read(lines[i].text, lines[i].entity, &line, &err),
			"read: %s %s", lines[i].text, err.text);
		if (!line.attribute)
			continue;
		is_str(line.attribute, lines[i].attribute, "its attribute");
		is_int(line.condition->condition, lines[i].condition, "its condition");
		is_str(bars(line.value), lines[i].value, "its value");
		check_again(&line, lines[i].entity);
		filter_line_clear(&line);
	}
}

static void test_faults(void)
{
	struct filter_line line;
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		ok(filter_line_read(faults[i].text, faults[i].entity, &line, &err) == -1,
			"refused: %s", faults[i].text);
		ok(strstr(err.text, faults[i].says), "says \"%s\": %s", faults[i].says,
			err.text);
		ok(err.code == ERR_SETTINGS && !line.attribute, "and nothing is left of it");
	}
}

/* Every attribute with every condition that it knows: the examples can be read. */
static void test_examples(void)
{
	const struct condition_row *rows;
	size_t count, e, a, i, read = 0, wrong = 0;
	const char *attribute;
	struct filter_line line;
	struct buf text;

	buf_init(&text);
	rows = filter_conditions(&count);
	for (e = 0; e < FILTER_ENTITIES; e++)
		for (a = 0; (attribute = filter_attribute(filter_entities[e], a)); a++)
			for (i = 0; i < count; i++) {
				unsigned kind = filter_kind_of(filter_entities[e], attribute);

				buf_reset(&text);
				filter_example(filter_entities[e], attribute, &rows[i], &text);
				if (filter_line_read(
					    text.data, filter_entities[e], &line, &err)) {
					wrong += (rows[i].kinds & kind) != 0;
					continue;
				}
				read++;
				/* "equals" is a condition of texts and one of dates. */
				wrong += rows[i].kinds & kind && line.condition != &rows[i];
				filter_line_clear(&line);
			}
	is_int((long)wrong, 0, "each example is read as its condition where that is known");
	ok(read > 500, "%zu of them", read);
	for (i = 0; i < count; i++)
		ok(rows[i].condition == (enum condition)i && rows[i].help[0],
			"row %zu is that of its condition and has a help", i);
	buf_clear(&text);
}

static void test_rules(void)
{
	int e;
	struct {
		enum entity entity;
		const char *title, *text, *says;
	} bad[] = {
		{ENTITY_SCHOOL, "x", "name is empty", "no filters of schools: which schools"},
		{ENTITY_ENROLLMENT, "x", "role equals student", "with their class and their"},
		{ENTITY_STUDENT, " ", "email is empty", "needs a title"},
		{ENTITY_STUDENT, "All", "", "\"All\" has no condition"},
		{ENTITY_STUDENT, "All", " \n\t\n", "\"All\" has no condition"},
		{ENTITY_STUDENT, "All", "email is empty\nemail is emptyish",
			"Filter \"All\": email cannot be judged"},
	};
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		ok(filter_text_check(bad[i].entity, bad[i].title, bad[i].text, &err) == -1 &&
				strstr(err.text, bad[i].says),
			"says %s: %s", bad[i].says, err.text);
	}
	for (e = i = 0; e < ENTITY_COUNT; e++)
		i += filter_knows((enum entity)e);
	is_int((long)i, 7, "filters speak of seven entity types");
	ok(!filter_text_check(
		   ENTITY_STUDENT, "x", "\nemail is empty\n\n\nsms is empty\n", &err),
		"blank lines are none");
}

/* ---- Include linked ---- */

static const char *linked_again(enum entity from, const char *text)
{
	static char out[100];
	bool on[LINKED_COUNT] = {0};
	struct buf again;

	if (linked_read(from, text, on, &err))
		return "refused";
	buf_init(&again);
	linked_write(from, on, &again);
	snprintf(out, sizeof(out), "%s", again.data);
	buf_clear(&again);
	return out;
}

static void test_linked(void)
{
	is_str(linked_again(ENTITY_STUDENT, NULL), "", "the default is no text");
	is_str(linked_again(ENTITY_STUDENT, "contacts"), "", "nor is it when written down");
	is_str(linked_again(ENTITY_STUDENT, "none"), "none", "none");
	is_str(linked_again(ENTITY_STUDENT, " Classes,contacts"), "classes, contacts",
		"in the order of the table");
	is_str(linked_again(ENTITY_CLASS, "none"), "", "none is the default of classes");
	is_str(linked_again(ENTITY_CLASS, "teachers students courses"),
		"courses, students, teachers", "all of a class");
	is_str(linked_again(ENTITY_CALENDAR, "classes"), "", "classes go with calendars");
	is_str(linked_again(ENTITY_STUDENT, "teachers"), "refused", "teachers do not");
	ok(strstr(err.text,
		   "\"teachers\" cannot go along with students. Write none, or some of: "
		   "classes, contacts."),
		"and that is said: %s", err.text);
	is_str(linked_again(ENTITY_CONTACT, "none"), "refused", "nothing goes with contacts");
	is_str(linked_again(ENTITY_STUDENT, " "), "refused", "a text must say something");
}

int main(void)
{
	test_lines();
	test_faults();
	test_examples();
	test_rules();
	test_linked();
	return done_testing();
}
