/* Names of what a source gives. */
#include "roster/words.h"

#include <string.h>

#include "source/source_record.h"
#include "tap.h"

static bool is_of(enum entity entity, const char *name)
{
	const char *words[WORDS_MOST];
	size_t count = words_of(entity, words), i;

	for (i = 0; i < count; i++)
		if (!strcmp(words[i], name))
			return true;
	return false;
}

int main(void)
{
	const char *words[WORDS_MOST];
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		size_t count = words_of(e, words), unknown = 0, rows, i;
		const struct attribute *row = schema_of(e, &rows);

		for (i = 0; i < count; i++)
			unknown += strcmp(words[i], "sourcedId") != 0 &&
				   source_attr_by_name(words[i]) == SOURCE_ATTRS;
		is_int((long)unknown, 0, "every word of a %s is one that is decoded",
			entity_name(e));
		ok(count < WORDS_MOST, "there is room for all");
		for (i = 0; i < rows && words_has(e, row[i].source); i++)
			;
		is_int((long)i, (long)rows, "the defaults are among them");
	}
	ok(is_of(ENTITY_STUDENT, "demographics.sex"), "students have demographics");
	ok(!is_of(ENTITY_TEACHER, "demographics.sex"), "teachers do not");
	ok(is_of(ENTITY_TEACHER, "grades"), "but what any user may have");
	ok(is_of(ENTITY_STUDENT, "userMasterIdentifier"), "and what 1.2 brought");
	ok(!is_of(ENTITY_CLASS, "givenName"), "classes have no names of people");
	ok(words_has(ENTITY_CLASS, "metadata.x") && words_has(ENTITY_CLASS, "extension.x"),
		"metadata and extensions are everywhere");
	ok(words_has(ENTITY_ADMIN, "userIds.staff") && !words_has(ENTITY_CLASS, "userIds.x"),
		"ids of a type are people's");
	ok(!words_has(ENTITY_ADMIN, "metadata.") && !words_has(ENTITY_ADMIN, "metadata"),
		"a name must be whole");
	is_str(words_nearest(ENTITY_STUDENT, "emial"), "email", "what was probably meant");
	is_str(words_nearest(ENTITY_STUDENT, "zzzzzzzz"), NULL, "or nothing");
	return done_testing();
}
