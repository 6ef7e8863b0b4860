/* Records that wait: what goes in comes out, in order, and no file is left. */
#include "sync/spool.h"

#include <dirent.h>
#include <string.h>

#include "tap.h"
#include "tempdir.h"

static struct spool spool;
static struct arena arena;
static struct err err;

static void wait_for(const char *id, const char *name)
{
	static const struct extra extra[] = {{"metadata.é", "x"}};
	struct record record;

	record_init(&record, name ? ENTITY_CONTACT : ENTITY_CLASS, id);
	record.value[ATTR_LAST_NAME] = name;
	record.value[ATTR_LAST_MODIFIED] = "now";
	record.extra = extra;
	record.extras = name ? 1 : 0;
	if (spool_put(&spool, tempdir(), &record, &err))
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

	spool_init(&spool);
	wait_for("c 1", "Ōé");
	wait_for("", NULL);
	for (i = 3; i < 3000; i++)
		wait_for("many", "x");
	is_int(files_in(tempdir()), 0, "the file has no name");
	ok(!spool_rewind(&spool, &err), "ready");
	ok(spool_next(&spool, &record, &arena, &err) == 1 && !strcmp(record.sis_id, "c 1") &&
			record.entity == ENTITY_CONTACT,
		"the first that waited comes first");
	is_str(record.value[ATTR_LAST_NAME], "Ōé", "with its values");
	is_str(record.value[ATTR_LAST_MODIFIED], "now", "and when it was modified");
	ok(record.extras == 1 && !strcmp(record.extra[0].name, "metadata.é"), "and extras");
	ok(spool_next(&spool, &record, &arena, &err) == 1 && !*record.sis_id &&
			record.entity == ENTITY_CLASS && !record.value[ATTR_LAST_NAME] &&
			!record.extras,
		"an empty one is empty");
	for (i = 2; spool_next(&spool, &record, &arena, &err) == 1; i++)
		;
	is_int(i, 2999, "each comes once");
	is_int(spool_next(&spool, &record, &arena, &err), 0, "then no more");
	ok(!spool_rewind(&spool, &err), "once more");
	for (i = 0; spool_next(&spool, &record, &arena, &err) == 1; i++)
		;
	is_int(i, 2999, "all of them come again");
	spool_clear(&spool);
	ok(!spool_rewind(&spool, &err) && !spool_next(&spool, &record, &arena, &err),
		"nobody waited: nothing comes");
	is_int(spool_put(&spool, temp_path("not there"), &record, &err), -1,
		"no directory: an error");
	ok(strstr(err.text, "not there") != NULL, "that names it: %s", err.text);
	spool_clear(&spool);
}

int main(void)
{
	arena_init(&arena);
	test_waiting();
	arena_clear(&arena);
	return done_testing();
}
