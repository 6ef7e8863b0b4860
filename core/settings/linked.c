#include "settings/linked.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

/*
 * One pass in this order is enough: what is left out by a row has nothing kept on the other
 * side, so that no row before it would judge otherwise for its leaving.
 */
const struct linked_row linked_table[LINKED_COUNT] = {
	[LINKED_CALENDAR_CLASSES] = {ENTITY_CALENDAR, ENTITY_CLASS, true,
		"Classes all of whose calendars are left out"},
	[LINKED_COURSE_CLASSES] = {ENTITY_COURSE, ENTITY_CLASS, true,
		"Classes whose course is left out"},
	[LINKED_STUDENT_CLASSES] = {ENTITY_STUDENT, ENTITY_CLASS, false,
		"Classes without a student who comes in"},
	[LINKED_TEACHER_CLASSES] = {ENTITY_TEACHER, ENTITY_CLASS, false,
		"Classes without a teacher who comes in"},
	[LINKED_CLASS_COURSES] = {ENTITY_CLASS, ENTITY_COURSE, false,
		"Courses without a class that comes in"},
	[LINKED_CLASS_STUDENTS] = {ENTITY_CLASS, ENTITY_STUDENT, false,
		"Students who are in no class that comes in"},
	[LINKED_CLASS_TEACHERS] = {ENTITY_CLASS, ENTITY_TEACHER, false,
		"Teachers who are in no class that comes in"},
	[LINKED_STUDENT_CONTACTS] = {ENTITY_STUDENT, ENTITY_CONTACT, true,
		"Contacts all of whose students are left out"},
};

/* The plurals that may go with an entity type, ", " between them. */
static void list_plurals(enum entity from, struct buf *out)
{
	int i;

	for (i = 0; i < LINKED_COUNT; i++)
		if (linked_table[i].from == from)
			buf_addf(out, "%s%s", out->used ? ", " : "",
				entity_plural(linked_table[i].to));
}

static int bad_word(enum entity from, const char *word, struct err *err)
{
	struct buf plurals;

	buf_init(&plurals);
	list_plurals(from, &plurals);
	if (plurals.used)
		err_set(err, ERR_SETTINGS,
			"\"%.40s\" cannot go along with %s. Write none, or some of: %s.", word,
			entity_plural(from), plurals.data);
	else
		err_set(err, ERR_SETTINGS, "Nothing goes along with %s.", entity_plural(from));
	buf_clear(&plurals);
	return -1;
}

static int read_word(enum entity from, const char *word, bool on[LINKED_COUNT], struct err *err)
{
	int i;

	for (i = 0; i < LINKED_COUNT; i++) {
		if (linked_table[i].from != from ||
			strcasecmp(word, entity_plural(linked_table[i].to)) != 0)
			continue;
		on[i] = true;
		return 0;
	}
	return bad_word(from, word, err);
}

int linked_read(enum entity from, const char *text, bool on[LINKED_COUNT], struct err *err)
{
	char *copy, *word, *rest;
	int i, words = 0, result = 0;

	for (i = 0; i < LINKED_COUNT; i++)
		if (linked_table[i].from == from) {
			on[i] = !text && linked_table[i].standard;
			words++;
		}
	if (!text)
		return 0;
	if (!words)
		return bad_word(from, text, err);
	copy = rest = mem_strdup(text);
	for (words = 0; !result && (word = strsep(&rest, ", \t"));) {
		if (!*word)
			continue;
		words++;
		if (strcasecmp(word, "none") != 0)
			result = read_word(from, word, on, err);
	}
	free(copy);
	return result || words ? result : bad_word(from, text, err);
}

void linked_write(enum entity from, const bool on[LINKED_COUNT], struct buf *out)
{
	bool standard = true;
	size_t before = out->used;
	int i;

	for (i = 0; i < LINKED_COUNT; i++)
		if (linked_table[i].from == from)
			standard &= on[i] == linked_table[i].standard;
	if (standard)
		return;
	for (i = 0; i < LINKED_COUNT; i++)
		if (linked_table[i].from == from && on[i])
			buf_addf(out, "%s%s", out->used > before ? ", " : "",
				entity_plural(linked_table[i].to));
	if (out->used == before)
		buf_adds(out, "none");
}

int linked_of(const struct rules *rules, bool on[LINKED_COUNT], struct err *err)
{
	int e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		const struct rule *rule = rules_find(rules, RULE_LINKED, (enum entity)e, "");

		if (linked_read((enum entity)e, rule ? rule->text : NULL, on, err))
			return -1;
	}
	return 0;
}
