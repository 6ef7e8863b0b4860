/* What a pull has to offer to mappings, and what they would make of it. */
#include "sync/offer.h"

#include "source/pulled.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;
static struct settings settings;
static struct app *app;
static struct offers offers;

static void put_user(struct pulled *pulled, const char *id, const char *role, const char *email,
	const char *mail)
{
	struct source_record record = {.collection = COLLECTION_USERS, .id = id};

	record.role[0] = (struct source_role){role, NULL, true};
	record.roles = 1;
	record.value[SOURCE_ORGS] = "s1";
	record.value[SOURCE_EMAIL] = email;
	record.value[SOURCE_GRADES] = "09\x1f"
				      "10";
	record.value[SOURCE_USER_IDS] = "stateId:7\x1fStaff:a:b\x1fplain\x1f:x\x1fy:";
	record.value[SOURCE_STATE_ID] = "7";
	record.extra[0] = (struct extra){"extension.room", "12"};
	record.extra[1] = (struct extra){"metadata.School mail", mail};
	record.extras = mail ? 2 : 1;
	record.extensions = 1;
	pulled_put(pulled, &record, &err);
}

static void make_pull(void)
{
	struct pulled *pulled = pulled_new(tempdir(), "main", &err);
	struct source_record school = {.collection = COLLECTION_ORGS, .id = "s1"};
	char id[20];
	int i;

	school.value[SOURCE_NAME] = "One";
	school.value[SOURCE_TYPE] = "school";
	pulled_put(pulled, &school, &err);
	put_user(pulled, "u1", "student", "A@X.org", NULL);
	put_user(pulled, "u2", "student", "A@X.org", NULL);
	put_user(pulled, "t1", "teacher", "t@x.org", NULL);
	for (i = 0; i < 100; i++) {
		snprintf(id, sizeof(id), "v%d", i);
		put_user(pulled, id, "student", NULL, NULL);
	}
	put_user(pulled, "u3", "student", "ä@y.org", "M@S");
	ok(!pulled_commit(pulled, &err), "a pull is there");
}

static const struct offer *find(const char *name)
{
	size_t i;

	for (i = 0; i < offers.count; i++)
		if (!strcmp(offers.list[i].name, name))
			return &offers.list[i];
	return NULL;
}

static void check(const char *name, long used, const char *samples)
{
	const struct offer *offer = find(name);
	char text[300] = "";
	size_t i;

	for (i = 0; offer && i < offer->samples; i++)
		sprintf(text + strlen(text), "%s%s", i ? "|" : "", offer->sample[i]);
	is_int(offer ? (long)offer->used : -1, used, "%s: in how many", name);
	is_str(text, samples, "and what it says");
}

static void test_offers(void)
{
	is_int(offers_load(&offers, tempdir(), app, ENTITY_STUDENT, "2026-11-23", NULL, &err),
		0, "loaded");
	is_int((long)offers.records, 103, "students only");
	check("email", 3, "A@X.org|ä@y.org");
	check("sourcedId", 103, "u1|u2|v0");
	check("role", 103, "student");
	check("grades", 103, "09, 10");
	check("userIds.stateId", 103, "7");
	check("userIds.Staff", 103, "a:b");
	check("metadata.School mail", 1, "M@S");
	check("extension.room", 103, "12");
	check("demographics.sex", 0, "");
	ok(!find("userIds.") && !find("userIds.y") && !find("userIds.plain"),
		"an id without type or value is none");
	is_str(offers.list[offers.standard].name, "extension.room",
		"others come behind the standard's, by name");
}

static void test_trying(void)
{
	const struct attribute *email = schema_by_name(ENTITY_STUDENT, "email");
	struct tried tried;

	ok(!offers_try(&offers, email, "first([metadata.School mail], email) | lower", &tried,
		   &err),
		"tried");
	ok(tried.of > 50 && tried.of < 103, "on some of them");
	is_int((long)tried.filled, 3, "also on those that show what is rare");
	is_int((long)tried.count, 2, "different ones once");
	ok(!strcmp(tried.from[0], "A@X.org") && !strcmp(tried.to[0], "a@x.org"),
		"from, and to");
	ok(!strcmp(tried.from[1], "M@S") && !strcmp(tried.to[1], "m@s"),
		"the first that is there");
	offers_try(&offers, schema_by_name(ENTITY_STUDENT, "birthDate"),
		"email | date(DD.MM.YYYY)", &tried, &err);
	is_int((long)tried.unreadable, 3, "what cannot be read is counted");
	offers_try(&offers, schema_by_name(ENTITY_STUDENT, "enabled"), "email", &tried, &err);
	is_int((long)tried.unreadable, 3, "also by the type of the attribute");
	ok(!offers_try(&offers, email, "none", &tried, &err) && !tried.filled, "none is none");
	is_int(offers_try(&offers, email, "email |", &tried, &err), -1,
		"a wrong text is refused");
}

int main(void)
{
	offers_init(&offers);
	settings_init(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err);
	app_need_school(app, "s1")->on = true;
	is_int(offers_load(&offers, tempdir(), app, ENTITY_STUDENT, "2026-11-23", NULL, &err),
		-1, "no pull yet");
	ok(err.code == ERR_SETTINGS && strstr(err.text, "--dry-run"), "says how to get one");
	ok(offers.count == offers.standard && offers.count, "the standard's are known anyhow");
	make_pull();
	test_offers();
	test_trying();
	offers_clear(&offers);
	settings_clear(&settings);
	return done_testing();
}
