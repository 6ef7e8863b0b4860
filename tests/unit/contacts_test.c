/* Whose contact somebody is, by what students say and contacts say. */
#include "sync/contacts.h"

#include <string.h>

#include "tap.h"

static struct contacts contacts;
static struct arena arena;

static const char *students(uint64_t contact, const char *own)
{
	const char *list = contacts_students(&contacts, contact, own, &arena);
	char *copy = arena_strdup(&arena, list), *c;

	for (c = copy; c && *c; c++)
		*c = *c == RECORD_LIST ? '|' : *c;
	return copy;
}

static void test_links(void)
{
	const char *list;
	char id[20];
	int i, wrong = 0;

	contacts_clear(&contacts);
	contacts_sort(&contacts);
	is_str(students(7, NULL), NULL, "no links, no students");
	is_str(students(7, "a"), "a", "but their own");
	contacts_link(&contacts, 7, "s2");
	contacts_link(&contacts, 9, "s3");
	contacts_link(&contacts, 7, "s1 é");
	contacts_link(&contacts, UINT64_MAX, "last");
	contacts_link(&contacts, 0, "first");
	contacts_sort(&contacts);
	is_str(students(7, NULL), "s1 é|s2", "in order");
	is_str(students(7, "s3\x1fs2"), "s1 é|s2|s3", "with their own, each once");
	is_str(students(9, NULL), "s3", "one");
	is_str(students(8, NULL), NULL, "none between");
	is_str(students(0, NULL), "first", "lowest key");
	is_str(students(UINT64_MAX, NULL), "last", "highest key");
	contacts_clear(&contacts);
	for (i = 0; i < 3000; i++) {
		snprintf(id, sizeof(id), "%04d", (i * 7) % 3000);
		contacts_link(&contacts, 1, id);
	}
	contacts_sort(&contacts);
	list = students(1, NULL);
	for (i = 0; i < 3000; i++) {
		snprintf(id, sizeof(id), "%04d", i);
		wrong += strncmp(list + 5 * i, id, 4) != 0;
	}
	is_int(wrong, 0, "many are in order too, whatever the order of arrival");
	contacts_clear(&contacts);
}

int main(void)
{
	arena_init(&arena);
	test_links();
	arena_clear(&arena);
	return done_testing();
}
