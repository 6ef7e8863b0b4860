/* Packed records: round trip, one form for equal ones, and damage that must not pass. */
#include "roster/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tap.h"

static struct arena arena;

/* Every attribute has a value of its own; three extras. */
static void fill(struct record *record)
{
	static const struct extra extras[] = {{"metadata.", "x"}, {"metadata.a b", "y\x1fz"},
		{"metadata.ünïcode", "\xf0\x9f\x8e\x93 \xe2\x80\xae"}};
	int attr;

	record_init(record, ENTITY_STUDENT, "id");
	for (attr = 0; attr < ATTR_COUNT; attr++)
		record->value[attr] =
			arena_printf(&arena, "%d\x1f漢字 é %c", attr, attr | 0x80);
	record->extra = extras;
	record->extras = 3;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool same(const struct record *a, const struct record *b)
{
	size_t i;

	for (i = 0; i < ATTR_COUNT; i++)
		if (!same_text(a->value[i], b->value[i]))
			return false;
	for (i = 0; i < a->extras && i < b->extras; i++)
		if (strcmp(a->extra[i].name, b->extra[i].name) != 0 ||
			strcmp(a->extra[i].value, b->extra[i].value) != 0)
			return false;
	return a->extras == b->extras && a->entity == b->entity &&
	       !strcmp(a->sis_id, b->sis_id);
}

static void test_round_trip(void)
{
	struct record record, back;
	struct buf body;
	size_t content;

	buf_init(&body);
	fill(&record);
	content = record_pack(&record, &body);
	ok(!record_unpack(&back, ENTITY_STUDENT, "id", body.data, body.used, &arena) &&
			same(&record, &back),
		"all attributes and extras come back");
	ok(content < body.used, "lastModified is beyond the content");
	is_int((long long)record_content(body.data, body.used), (long long)content,
		"a body knows its content");

	record.value[ATTR_LAST_MODIFIED] = NULL;
	content = record_pack(&record, &body);
	is_int((long long)body.used, (long long)content, "without lastModified all is content");
	is_int((long long)record_content(body.data, body.used), (long long)content,
		"and the body says so");

	record_init(&record, ENTITY_CLASS, "");
	is_int((long long)record_pack(&record, &body), 0, "an empty record packs to nothing");
	ok(!record_unpack(&back, ENTITY_CLASS, "", "", 0, &arena) && same(&record, &back),
		"and comes back from it");

	record.value[ATTR_LAST_MODIFIED] = "now";
	is_int((long long)record_pack(&record, &body), 0, "lastModified alone is no content");
	is_int((long long)record_content(body.data, body.used), 0, "nor for the body");
	buf_clear(&body);
}

/* A value whose first byte is the number of lastModified must not be taken for it. */
static void test_content_is_not_fooled(void)
{
	static const struct extra extra[] = {{"9", "9"}};
	struct record record;
	struct buf body;
	size_t content;

	buf_init(&body);
	record_init(&record, ENTITY_STUDENT, "id");
	record.value[ATTR_NAME] = "999"; /* '9' is 57, as ATTR_LAST_MODIFIED */
	record.value[ATTR_EMAIL] = "9";
	record.extra = extra;
	record.extras = 1;
	record.value[ATTR_LAST_MODIFIED] = "9";
	content = record_pack(&record, &body);
	is_int((long long)record_content(body.data, body.used), (long long)content,
		"values are no item numbers");
	buf_clear(&body);
}

static void test_equal(void)
{
	const uint8_t secret[RECORD_SECRET] = {1, 2, 3};
	struct record a, b;
	struct buf one, two;
	struct fingerprint f, g;
	size_t length;

	buf_init(&one);
	buf_init(&two);
	fill(&a);
	fill(&b); /* other pointers, same texts */
	b.value[ATTR_LAST_MODIFIED] = "2031-01-01T00:00:00Z";
	length = record_pack(&a, &one);
	buf_adds(&two, "what was there before");
	is_int((long long)record_pack(&b, &two), (long long)length,
		"content of the same length");
	ok(!memcmp(one.data, two.data, length), "equal records give equal bytes");
	f = record_fingerprint(one.data, length, secret);
	g = record_fingerprint(two.data, length, secret);
	ok(f.low == g.low && f.high == g.high, "and equal fingerprints");
	g = record_fingerprint(one.data, length, (uint8_t[RECORD_SECRET]){1, 2, 4});
	ok(f.low != g.low && f.high != g.high, "another secret, another fingerprint");
	b.value[ATTR_NAME] = NULL;
	length = record_pack(&b, &two);
	g = record_fingerprint(two.data, length, secret);
	ok(f.low != g.low, "a value less, another fingerprint");
	/* The same text under another attribute. */
	record_init(&a, ENTITY_STUDENT, "id");
	record_init(&b, ENTITY_STUDENT, "id");
	a.value[ATTR_PHONE] = b.value[ATTR_SMS] = "555";
	record_pack(&a, &one);
	record_pack(&b, &two);
	ok(one.used != two.used || memcmp(one.data, two.data, one.used) != 0,
		"a value that moved to another attribute shows");
	buf_clear(&one);
	buf_clear(&two);
}

#define BODY(text) text, sizeof(text) - 1

static void test_damaged(void)
{
	static const struct {
		const char *body;
		size_t length;
		const char *what;
	} bad[] = {{BODY("\x05"), "an item without text"},
		{BODY("\x05"
		      "abc"),
			"a text without end"},
		{BODY("\xf0"
		      "abc\0"),
			"an attribute that is none"},
		{BODY("\x3a"
		      "abc\0"),
			"the attribute after the last"},
		{BODY("\xff"), "an extra without name"},
		{BODY("\xff"
		      "name"),
			"an extra whose name does not end"},
		{BODY("\xff"
		      "name\0"),
			"an extra without value"},
		{BODY("\xff"
		      "name\0value"),
			"an extra whose value does not end"},
		{BODY("\xff"
		      "a\0b\0\xff"
		      "c\0"),
			"a good extra, then one without value"},
		{BODY("\xff"
		      "a\0b\0\x05"),
			"a good extra, then half an item"},
		{BODY("\0"), "an empty body of one byte"}};
	struct record record;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		/* On the heap, so that reading beyond shows under a sanitizer. */
		char *body = mem_alloc(bad[i].length);

		memcpy(body, bad[i].body, bad[i].length);
		is_int(record_unpack(
			       &record, ENTITY_STUDENT, "id", body, bad[i].length, &arena),
			-1, "refused: %s", bad[i].what);
		ok(record_content(body, bad[i].length) <= bad[i].length,
			"and its content does not go beyond it");
		free(body);
	}
}

/* Whatever is cut off or turned over: an answer, never a crash. */
static void test_every_damage(void)
{
	struct record record, back;
	struct buf body;
	size_t cut, refused = 0;

	buf_init(&body);
	fill(&record);
	record_pack(&record, &body);
	for (cut = 0; cut < body.used; cut++) {
		char *part = mem_alloc(cut + 1), *whole = mem_alloc(body.used);

		memcpy(part, body.data, cut);
		refused += record_unpack(&back, ENTITY_STUDENT, "id", part, cut, &arena) != 0;
		record_content(part, cut);
		memcpy(whole, body.data, body.used);
		whole[cut] = (char)(whole[cut] ^ 0xff);
		record_unpack(&back, ENTITY_STUDENT, "id", whole, body.used, &arena);
		record_content(whole, body.used);
		arena_reset(&arena);
		fill(&record);
		free(part);
		free(whole);
	}
	is_int((long long)refused, (long long)cut - ATTR_COUNT - 3,
		"cut anywhere but between items it is refused");
	buf_clear(&body);
}

static void check_difference(const struct difference *d, const char *name, const char *before,
	const char *after, bool personal)
{
	is_str(d->name, name, "%s differs", name);
	is_str(d->before, before, "before");
	is_str(d->after, after, "after");
	is_int(d->personal, personal, "%s is personal or not", name);
}

static void test_compare(void)
{
	static const struct extra old_extra[] = {
		{"metadata.a", "1"}, {"metadata.b", "2"}, {"metadata.c", "3"}};
	static const struct extra new_extra[] = {
		{"metadata.b", "two"}, {"metadata.c", "3"}, {"metadata.d", "4"}};
	struct record before, after;
	struct difference list[20];

	record_init(&before, ENTITY_STUDENT, "id");
	record_init(&after, ENTITY_STUDENT, "id");
	before.value[ATTR_FIRST_NAME] = "Zoë";
	after.value[ATTR_FIRST_NAME] = "Zo\xcc\x88"
				       "e";
	before.value[ATTR_EMAIL] = "a@b";
	after.value[ATTR_GRADES] = "09";
	before.value[ATTR_LAST_NAME] = after.value[ATTR_LAST_NAME] = "Same";
	before.value[ATTR_LAST_MODIFIED] = "2026-01-01";
	before.extra = old_extra;
	after.extra = new_extra;
	before.extras = after.extras = 3;
	is_int((long long)record_compare(&before, &after, list, 20), 6, "what differs");
	check_difference(&list[0], "email", "a@b", NULL, true);
	check_difference(&list[1], "firstName", "Zoë",
		"Zo\xcc\x88"
		"e",
		true);
	check_difference(&list[2], "gradeLevel", NULL, "09", false);
	check_difference(&list[3], "metadata.a", "1", NULL, true);
	check_difference(&list[4], "metadata.b", "2", "two", true);
	check_difference(&list[5], "metadata.d", NULL, "4", true);

	list[2].name = "untouched";
	is_int((long long)record_compare(&before, &after, list, 2), 6,
		"counts all beyond the room");
	is_str(list[2].name, "untouched", "and writes none there");
	is_int((long long)record_compare(&before, &after, NULL, 0), 6, "counts without room");
	is_int((long long)record_compare(NULL, &after, list, 20), 6, "a new record: all of it");
	ok(!list[0].before && list[0].after, "on the side of after");
	is_int((long long)record_compare(&before, NULL, list, 20), 6, "a gone record: all");
	ok(list[0].before && !list[0].after, "on the side of before");
	is_int((long long)record_compare(&before, &before, list, 20), 0, "itself: nothing");
}

static void test_list_next(void)
{
	static const struct {
		const char *list;
		const char *items; /* each in brackets */
	} lists[] = {{NULL, ""}, {"", ""}, {"a", "[a]"},
		{"a\x1f"
		 "b",
			"[a][b]"},
		{"a\x1f", "[a]"},
		{"\x1f"
		 "a",
			"[][a]"},
		{"a\x1f\x1f"
		 "b",
			"[a][][b]"},
		{"漢\x1f字 x\x1f,", "[漢][字 x][,]"}};
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const char *list = lists[i].list, *item;
		char got[100] = "";
		size_t length, used = 0;

		while ((item = list_next(&list, &length)))
			used += (size_t)snprintf(
				got + used, sizeof(got) - used, "[%.*s]", (int)length, item);
		is_str(got, lists[i].items, "items of list %zu", i);
	}
}

static void test_list_sort(void)
{
	static const char *const lists[][2] = {{"", ""}, {"one", "one"},
		{"b\x1f"
		 "a",
			"a\x1f"
			"b"},
		{"a\x1f"
		 "b",
			"a\x1f"
			"b"},
		{"b\x1f"
		 "a\x1f"
		 "b\x1f"
		 "a",
			"a\x1f"
			"b"},
		{"10\x1f"
		 "9\x1f"
		 "Z\x1f"
		 "a",
			"10\x1f"
			"9\x1f"
			"Z\x1f"
			"a"},
		{"é\x1f"
		 "z",
			"z\x1f"
			"é"}};
	char up[9000] = "", down[9000] = "", item[16];
	size_t i;

	for (i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		is_str(list_sort(lists[i][0], &arena), lists[i][1], "list %zu in order", i);
	for (i = 0; i < 1000; i++) {
		snprintf(item, sizeof(item), "%s%04zu", i ? "\x1f" : "", i);
		strcat(up, item);
		snprintf(item, sizeof(item), "%s%04zu", i ? "\x1f" : "", 999 - i);
		strcat(down, item);
	}
	is_str(list_sort(down, &arena), up, "a thousand items too");
}

int main(void)
{
	arena_init(&arena);
	test_round_trip();
	test_content_is_not_fooled();
	test_equal();
	test_damaged();
	test_every_damage();
	test_compare();
	test_list_next();
	test_list_sort();
	arena_clear(&arena);
	return done_testing();
}
