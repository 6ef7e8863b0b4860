/* Contacts wait until all students are known; then they name each other. */
#include "sync/contacts.h"

#include <dirent.h>
#include <string.h>

#include "tap.h"
#include "tempdir.h"

static struct contacts contacts;
static struct arena arena;
static struct err err;

static void wait_for(const char *id, const char *name)
{
	static const struct extra extra[] = {{"metadata.é", "x"}};
	struct record record;

	record_init(&record, ENTITY_CONTACT, id);
	record.value[ATTR_LAST_NAME] = name;
	record.value[ATTR_LAST_MODIFIED] = "now";
	record.extra = extra;
	record.extras = name ? 1 : 0;
	if (contacts_wait(&contacts, tempdir(), &record, &err))
		ok(false, "%s", err.text);
}

static int files_in(const char *path)
{
	DIR *dir = opendir(path);
	int count = 0;

	while (dir && readdir(dir))
		count++;
	if (dir)
		closedir(dir);
	return count - 2;
}

static void test_waiting(void)
{
	struct record record;
	int i;

	contacts_init(&contacts);
	wait_for("c 1", "Ōé");
	wait_for("", NULL);
	for (i = 3; i < 3000; i++)
		wait_for("many", "x");
	is_int(files_in(tempdir()), 0, "the file has no name");
	ok(!contacts_ready(&contacts, &err), "ready");
	ok(contacts_next(&contacts, &record, &arena, &err) == 1 &&
			!strcmp(record.sis_id, "c 1") && record.entity == ENTITY_CONTACT,
		"the first that waited comes first");
	is_str(record.value[ATTR_LAST_NAME], "Ōé", "with its values");
	is_str(record.value[ATTR_LAST_MODIFIED], "now", "and when it was modified");
	ok(record.extras == 1 && !strcmp(record.extra[0].name, "metadata.é"), "and extras");
	ok(contacts_next(&contacts, &record, &arena, &err) == 1 && !*record.sis_id &&
			!record.value[ATTR_LAST_NAME] && !record.extras,
		"an empty one is empty");
	for (i = 2; contacts_next(&contacts, &record, &arena, &err) == 1; i++)
		;
	is_int(i, 2999, "each comes once");
	is_int(contacts_next(&contacts, &record, &arena, &err), 0, "then no more");
	contacts_clear(&contacts);
	ok(!contacts_ready(&contacts, &err) && !contacts_next(&contacts, &record, &arena, &err),
		"nobody waited: nothing comes");
	is_int(contacts_wait(&contacts, temp_path("not there"), &record, &err), -1,
		"no directory: an error");
	ok(strstr(err.text, "not there") != NULL, "that names it: %s", err.text);
	contacts_clear(&contacts);
}

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
	contacts_ready(&contacts, &err);
	is_str(students(7, NULL), NULL, "no links, no students");
	is_str(students(7, "a"), "a", "but their own");
	contacts_link(&contacts, 7, "s2");
	contacts_link(&contacts, 9, "s3");
	contacts_link(&contacts, 7, "s1 é");
	contacts_link(&contacts, UINT64_MAX, "last");
	contacts_link(&contacts, 0, "first");
	contacts_ready(&contacts, &err);
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
	contacts_ready(&contacts, &err);
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
	test_waiting();
	test_links();
	arena_clear(&arena);
	return done_testing();
}
