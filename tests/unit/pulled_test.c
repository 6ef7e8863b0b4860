/* What is kept of the last pull: whole or not at all, read by collection. */
#include "source/pulled.h"

#include "base/buf.h"
#include "base/file.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;

static void put(struct pulled *pulled, enum collection collection, const char *id)
{
	struct source_record record = {.collection = collection, .id = id};

	record.value[SOURCE_TITLE] = "Δ";
	ok(!pulled_put(pulled, &record, &err), "put %s", id);
}

static int add_id(void *arg, struct source_record *record, struct err *ignored)
{
	(void)ignored;
	buf_addf(arg, "%s:%s ", record->id, record->value[SOURCE_TITLE]);
	return 0;
}

static const char *ids(enum collection collection)
{
	static struct buf out;

	buf_reset(&out);
	buf_adds(&out, "");
	return pulled_each(tempdir(), "main", collection, add_id, &out, &err) ? err.text
									      : out.data;
}

int main(void)
{
	struct pulled *pulled;
	struct buf body;
	time_t when;

	ok(!pulled_when(tempdir(), "main", &when), "none at first");
	ok(strstr(ids(COLLECTION_ORGS), "lumenport run main --dry-run"), "says how to get one");
	pulled = pulled_new(tempdir(), "main", &err);
	put(pulled, COLLECTION_ORGS, "o1");
	put(pulled, COLLECTION_USERS, "u1");
	put(pulled, COLLECTION_USERS, "u2");
	ok(!pulled_when(tempdir(), "main", &when), "not there before it is whole");
	ok(!pulled_commit(pulled, &err), "committed");
	ok(pulled_when(tempdir(), "main", &when) && when > 0, "there");
	is_str(ids(COLLECTION_ORGS), "o1:Δ ", "one collection");
	is_str(ids(COLLECTION_USERS), "u1:Δ u2:Δ ", "another, in order");
	is_str(ids(COLLECTION_CLASSES), "", "one that did not come");

	pulled = pulled_new(tempdir(), "main", &err);
	put(pulled, COLLECTION_USERS, "u3");
	pulled_abandon(pulled);
	is_str(ids(COLLECTION_USERS), "u1:Δ u2:Δ ", "a pull that failed leaves the last one");

	buf_init(&body);
	file_read(temp_path("pulled/main"), 1 << 20, &body, &err);
	file_write(temp_path("pulled/main"), body.data, body.used - 3, &err);
	ok(strstr(ids(COLLECTION_USERS), "damaged"), "a file cut off is damaged");
	buf_clear(&body);
	ok(!pulled_remove(tempdir(), "main", &err) && !pulled_when(tempdir(), "main", &when),
		"removed");
	return done_testing();
}
