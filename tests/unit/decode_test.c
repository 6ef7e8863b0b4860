/*
 * JSON records as providers write them: the shapes of 1.1 and 1.2, the oddities of protocol.md
 * section 3 (D rows), and what must never come through.
 */
#include "source/decode.h"

#include <cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tap.h"

static struct arena arena;
static struct problems problems;
static struct decoder decoder;
static struct source_record got;
static cJSON *json;
static const char *text;

/* Decodes one record; it stays in `got` until the next. */
static int decode(enum collection collection, const char *record)
{
	cJSON_Delete(json);
	arena_reset(&arena);
	problems_clear(&problems);
	text = record;
	json = cJSON_Parse(text);
	if (!json)
		printf("# the test's JSON is wrong: %s\n", text);
	return decode_record(
		&decoder, collection, json, text, strlen(text), &arena, &problems, &got);
}

/* A list value with its separators as '|'. */
static const char *shown(const char *value)
{
	char *copy = value ? arena_strdup(&arena, value) : NULL, *c;

	for (c = copy; c && *c; c++)
		*c = *c == RECORD_LIST ? '|' : *c;
	return copy;
}

static int64_t problem_count(void)
{
	int64_t count = 0;
	int p;

	for (p = 0; p < PROBLEM_KINDS; p++)
		count += problems.count[p];
	return count;
}

static void test_user_1_1(void)
{
	ok(!decode(COLLECTION_USERS,
		   "{\"sourcedId\":\"u1\",\"status\":\"active\",\"dateLastModified\":"
		   "\"2026-08-01T00:00:00.000Z\",\"enabledUser\":\"true\",\"username\":\"zoe\","
		   "\"userIds\":[{\"type\":\"LDAP\",\"identifier\":\"zz\"},{\"type\":"
		   "\"stateId\",\"identifier\":\"S9\"}],\"givenName\":\"Zoë\",\"familyName\":"
		   "\"Ng\\u0169 🎓\",\"middleName\":\"\",\"identifier\":\"77\",\"email\":null,"
		   "\"sms\":\"1\",\"phone\":\"2\",\"role\":\"student\",\"agents\":[{\"href\":"
		   "\"x\",\"sourcedId\":\"p1\",\"type\":\"user\"},{\"sourcedId\":\"p2\"}],"
		   "\"orgs\":[{\"sourcedId\":\"o1\"},{\"sourcedId\":\"o2\"}],\"grades\":"
		   "[\"09\"],\"password\":\"hunter2\"}"),
		"a 1.1 user");
	is_str(got.id, "u1", "id");
	is_int(got.status, STATUS_ACTIVE, "active");
	is_str(got.value[SOURCE_MODIFIED], "2026-08-01T00:00:00.000Z", "modified");
	is_str(got.value[SOURCE_GIVEN_NAME], "Zoë", "given name");
	is_str(got.value[SOURCE_FAMILY_NAME], "Ngũ 🎓", "family name, escapes resolved");
	is_str(got.value[SOURCE_MIDDLE_NAME], NULL, "D1: \"\" is not there");
	is_str(got.value[SOURCE_EMAIL], NULL, "D1: null is not there");
	is_str(got.value[SOURCE_PRONOUNS], NULL, "D1: missing is not there");
	is_str(shown(got.value[SOURCE_USER_IDS]), "LDAP:zz|stateId:S9", "user ids");
	is_str(got.value[SOURCE_STATE_ID], "S9", "state id");
	is_str(shown(got.value[SOURCE_AGENTS]), "p1|p2", "agents");
	is_str(shown(got.value[SOURCE_ORGS]), "o1|o2", "orgs");
	is_str(got.value[SOURCE_GRADES], "09", "grades");
	is_int((long long)got.roles, 1, "one role");
	is_str(got.role[0].role, "student", "student");
	ok(got.role[0].primary && !got.role[0].org, "primary, without an org of its own");
	is_int(problem_count(), 0, "nothing to report");
}

static void test_user_1_2(void)
{
	ok(!decode(COLLECTION_USERS,
		   "{\"sourcedId\":\"u2\",\"enabledUser\":true,\"username\":\"t\","
		   "\"givenName\":"
		   "\"A\",\"familyName\":\"B\",\"preferredFirstName\":\"AA\",\"pronouns\":"
		   "\"they\",\"primaryOrg\":{\"sourcedId\":\"o1\"},\"userProfiles\":[{"
		   "\"profileId\":\"x\",\"credentials\":[{\"type\":\"pw\",\"username\":\"q\","
		   "\"password\":\"hunter2\"}]}],\"roles\":[{\"roleType\":\"secondary\","
		   "\"role\":\"parent\",\"org\":{\"sourcedId\":\"o2\"}},{\"roleType\":"
		   "\"primary\",\"role\":\"teacher\",\"org\":{\"sourcedId\":\"o1\"}}]}"),
		"a 1.2 user");
	is_int((long long)got.roles, 2, "two roles");
	is_str(got.role[0].role, "parent", "as they came");
	is_str(got.role[0].org, "o2", "with its org");
	ok(!got.role[0].primary && got.role[1].primary, "the second one is primary");
	is_str(got.value[SOURCE_PRIMARY_ORG], "o1", "primary org");
	is_str(got.value[SOURCE_PREFERRED_FIRST_NAME], "AA", "preferred name");
	is_int(problem_count(), 0, "nothing to report");
}

/* Whatever text is in the record: none of it may hold the secret. */
static bool holds_secret(void)
{
	size_t i;

	for (i = 0; i < SOURCE_ATTRS; i++)
		if (got.value[i] && strstr(got.value[i], "hunter2"))
			return true;
	for (i = 0; i < got.extras; i++)
		if (strstr(got.extra[i].value, "hunter2") ||
			strstr(got.extra[i].name, "hunter2"))
			return true;
	for (i = 0; i < got.roles; i++)
		if (strstr(got.role[i].role, "hunter2"))
			return true;
	for (i = 0; i < problems.kept_count; i++)
		if (strstr(problems.kept[i].detail, "hunter2"))
			return true;
	return false;
}

/* D15 */
static void test_passwords(void)
{
	static const char *const members[] = {"\"password\":\"hunter2\"",
		"\"password\":[\"hunter2\"]", "\"password\":{\"value\":\"hunter2\"}",
		"\"credentials\":[{\"password\":\"hunter2\"}]", "\"Password\":\"hunter2\"",
		"\"userProfiles\":[{\"credentials\":[{\"password\":\"hunter2\"}]}]",
		"\"metadata\":{\"password\":\"hunter2\"}",
		"\"metadata\":{\"LDAP_PassWord\":\"hunter2\"}",
		"\"metadata\":{\"passwd\":\"hunter2\"}",
		"\"metadata\":{\"user.pwd\":\"hunter2\"}",
		"\"metadata\":{\"Credentials\":[\"hunter2\"]}",
		"\"metadata\":{\"passphrase\":\"hunter2\"}",
		"\"metadata\":{\"login passcode\":\"hunter2\"}",
		"\"metadata\":{\"login\":{\"password\":\"hunter2\"}}",
		"\"userIds\":[{\"type\":\"password\",\"identifier\":\"hunter2\"}]",
		"\"userIds\":[{\"type\":\"Initial Password\",\"identifier\":\"hunter2\"}]"};
	char record[300];
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(*members); i++) {
		snprintf(record, sizeof(record),
			"{\"sourcedId\":\"1\",\"role\":\"student\",%s,\"sms\":\"kept\"}",
			members[i]);
		ok(!decode(COLLECTION_USERS, record) && !holds_secret(), "never kept: %s",
			members[i]);
		is_str(got.value[SOURCE_SMS], "kept", "but what follows is");
	}
}

/* D2, D3, D4 and what else one attribute may look like. */
static void test_values(void)
{
	static const struct {
		const char *member;
		enum source_attr attr;
		const char *want; /* lists with '|' */
		int problems;
	} values[] = {
		{"\"primary\":true", SOURCE_PRIMARY, "true"},
		{"\"primary\":false", SOURCE_PRIMARY, "false"},
		{"\"primary\":\"TRUE\"", SOURCE_PRIMARY, "TRUE"},
		{"\"primary\":1", SOURCE_PRIMARY, "1"},
		{"\"identifier\":42", SOURCE_IDENTIFIER, "42"},
		{"\"identifier\":0", SOURCE_IDENTIFIER, "0"},
		{"\"identifier\":-7", SOURCE_IDENTIFIER, "-7"},
		{"\"identifier\":1.5", SOURCE_IDENTIFIER, "1.5"},
		{"\"identifier\":9007199254740991", SOURCE_IDENTIFIER, "9007199254740991"},
		{"\"identifier\":9007199254740993", SOURCE_IDENTIFIER, "9007199254740993"},
		{"\"identifier\":12345678901234567890123", SOURCE_IDENTIFIER,
			"12345678901234567890123"},
		{"\"x\":\"\\\"9007199254740993\\\\\",\"identifier\":9007199254740993",
			SOURCE_IDENTIFIER, "9007199254740993"},
		{"\"x\":9007199254740992,\"identifier\":9007199254740993", SOURCE_IDENTIFIER,
			"9007199254740993"},
		{"\"x\":[1,{\"y\":-9007199254740993}],\"identifier\":9007199254740992",
			SOURCE_IDENTIFIER, "9007199254740992"},
		{"\"x\":9007199254740993,\"identifier\":9007199254740993", SOURCE_IDENTIFIER,
			"9007199254740993"},
		{"\"identifier\":{\"a\":1}", SOURCE_IDENTIFIER, NULL, 1},
		{"\"identifier\":[1,2]", SOURCE_IDENTIFIER, "1|2"},
		{"\"identifier\":[]", SOURCE_IDENTIFIER, NULL},
		{"\"grades\":[\"09\",\"10\"]", SOURCE_GRADES, "09|10"},
		{"\"grades\":\"09\"", SOURCE_GRADES, "09"},
		{"\"grades\":\" 09 , KG,, PK \"", SOURCE_GRADES, "09|KG|PK"},
		{"\"grades\":\",\"", SOURCE_GRADES, NULL},
		{"\"grades\":\"\"", SOURCE_GRADES, NULL},
		{"\"grades\":\" \"", SOURCE_GRADES, NULL},
		{"\"grades\":null", SOURCE_GRADES, NULL},
		{"\"grades\":[]", SOURCE_GRADES, NULL},
		{"\"grades\":[null,\"\",\"UG\"]", SOURCE_GRADES, "UG"},
		{"\"grades\":9", SOURCE_GRADES, "9"},
		{"\"grades\":[9,10]", SOURCE_GRADES, "9|10"},
		{"\"grades\":{\"a\":\"09\"}", SOURCE_GRADES, NULL, 1},
		{"\"grades\":[[\"09\"]]", SOURCE_GRADES, NULL, 1},
		{"\"subjects\":[\"Art, Music\",\"数学\"]", SOURCE_SUBJECTS, "Art, Music|数学"},
		{"\"subjects\":[\"a\\u001fb\"]", SOURCE_SUBJECTS, "a b"},
		{"\"school\":{\"href\":\"h\",\"sourcedId\":\"s 1/+\",\"type\":\"org\"}",
			SOURCE_SCHOOL, "s 1/+"},
		{"\"school\":\"s1\"", SOURCE_SCHOOL, "s1"},
		{"\"school\":{\"sourcedId\":17}", SOURCE_SCHOOL, "17"},
		{"\"school\":{\"sourcedId\":null}", SOURCE_SCHOOL, NULL},
		{"\"school\":{}", SOURCE_SCHOOL, NULL},
		{"\"school\":{\"href\":\"h\"}", SOURCE_SCHOOL, NULL, 1},
		{"\"school\":null", SOURCE_SCHOOL, NULL},
		{"\"terms\":[{\"sourcedId\":\"b\"},{\"sourcedId\":\"a\"}]", SOURCE_TERMS,
			"b|a"},
		{"\"terms\":{\"sourcedId\":\"b\"}", SOURCE_TERMS, "b"},
		{"\"terms\":[\"b\",3]", SOURCE_TERMS, "b|3"},
		{"\"terms\":\"b\"", SOURCE_TERMS, "b"},
		{"\"schoolYear\":\"2027\"", SOURCE_SCHOOL_YEAR, "2027"},
		{"\"schoolYear\":2027", SOURCE_SCHOOL_YEAR, "2027"},
		{"\"schoolYear\":{\"sourcedId\":\"y\"}", SOURCE_SCHOOL_YEAR_ID, "y"},
		{"\"schoolYear\":{\"sourcedId\":\"y\"}", SOURCE_SCHOOL_YEAR, NULL},
		{"\"title\":\" a\\tb \"", SOURCE_TITLE, " a\tb "},
		{"\"title\":\"e\\u0301\"", SOURCE_TITLE, "e\xcc\x81"},
		{"\"\":\"x\"", SOURCE_STATE_ID, NULL},
		{"\"userIds\":[{\"type\":\"sasid\",\"identifier\":5}]", SOURCE_STATE_ID, "5"},
		{"\"userIds\":[{\"type\":\"State_ID\",\"identifier\":\"5\"}]", SOURCE_STATE_ID,
			"5"},
		{"\"userIds\":[{\"type\":\"LDAP\",\"identifier\":\"5\"}]", SOURCE_STATE_ID,
			NULL},
		{"\"userIds\":{\"type\":\"SSID\",\"identifier\":\"5\"}", SOURCE_USER_IDS,
			"SSID:5"},
		{"\"userIds\":[{\"identifier\":\"5\"}]", SOURCE_USER_IDS, "5"},
		{"\"userIds\":[{\"type\":\"a\"},{\"type\":\"b\",\"identifier\":null}]",
			SOURCE_USER_IDS, NULL},
		{"\"userIds\":\"5\"", SOURCE_USER_IDS, NULL, 1},
		{"\"userIds\":null", SOURCE_USER_IDS, NULL},
		{"\"userIds\":[]", SOURCE_USER_IDS, NULL},
		{"\"metadata\":\"x\"", SOURCE_TITLE, NULL, 1},
		{"\"metadata\":null", SOURCE_TITLE, NULL},
		{"\"birthDate\":\"2010-02-28\"", SOURCE_BIRTH_DATE, "2010-02-28"},
		{"\"Title\":\"x\"", SOURCE_TITLE, NULL},
	};
	char record[300];
	size_t i;

	for (i = 0; i < sizeof(values) / sizeof(*values); i++) {
		snprintf(record, sizeof(record), "{\"sourcedId\":\"1\",%s}", values[i].member);
		ok(!decode(COLLECTION_CLASSES, record), "%s", values[i].member);
		is_str(shown(got.value[values[i].attr]), values[i].want, "is %s",
			values[i].want ? values[i].want : "not there");
		is_int(problems.count[PROBLEM_BAD_VALUE], values[i].problems,
			"reported %d times", values[i].problems);
		is_int(problem_count(), values[i].problems, "and nothing else is");
	}
}

/* D3 and D13 */
static void test_ids(void)
{
	static const struct {
		const char *id; /* JSON */
		const char *want;
	} ids[] = {{"\"a b/+%C3%A9\"", "a b/+%C3%A9"}, {"\"é漢\"", "é漢"}, {"17", "17"},
		{"9007199254740993", "9007199254740993"},
		{"18446744073709551616", "18446744073709551616"}, {"\" \"", " "},
		{"\"\"", NULL}, {"null", NULL}, {"true", NULL}, {"{}", NULL},
		{"[\"a\"]", NULL}};
	char record[100], *deep;
	size_t i;

	for (i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		int result;

		snprintf(record, sizeof(record), "{\"status\":\"active\",\"sourcedId\":%s}",
			ids[i].id);
		result = decode(COLLECTION_ORGS, record);
		is_int(result, ids[i].want ? 0 : -1, "id %s is usable or not", ids[i].id);
		is_str(got.id, ids[i].want, "and exact");
		is_int(problems.count[PROBLEM_UNUSABLE], !ids[i].want, "reported when not");
	}
	is_int(decode(COLLECTION_ORGS, "{\"name\":\"x\"}"), -1, "no id at all");
	is_int(problems.count[PROBLEM_UNUSABLE], 1, "is reported");
	is_int(decode(COLLECTION_ORGS, "[]"), -1, "an array is no record");
	is_int(problems.count[PROBLEM_UNUSABLE], 1, "is reported");
	is_int(decode(COLLECTION_ORGS, "\"x\""), -1, "nor is a text");
	is_int(decode(COLLECTION_ORGS, "{}"), -1, "nor is an empty object");

	for (i = 254; i < 258; i++) {
		deep = mem_printf("{\"sourcedId\":\"%0*d\"}", (int)i, 7);
		is_int(decode(COLLECTION_ORGS, deep), i > 255 ? -1 : 0, "an id of %zu", i);
		is_int(problems.count[PROBLEM_UNUSABLE], i > 255, "reported when too long");
		cJSON_Delete(json);
		json = NULL;
		free(deep);
	}
}

/* Characters, not bytes, are what the standard limits. */
static void test_long_unicode_id(void)
{
	char record[2000] = "{\"sourcedId\":\"";
	int i;

	for (i = 0; i < 255; i++)
		strcat(record, "鍵");
	strcat(record, "\"}");
	is_int(decode(COLLECTION_ORGS, record), 0, "255 characters of three bytes each");
	strcpy(record, "{\"sourcedId\":\"");
	for (i = 0; i < 256; i++)
		strcat(record, "鍵");
	strcat(record, "\"}");
	is_int(decode(COLLECTION_ORGS, record), -1, "256 of them");
	ok(problems.kept_count == 1 && strlen(problems.kept[0].sis_id) < 800,
		"one report, of bounded length");
}

/* D10 */
static void test_status(void)
{
	static const struct {
		const char *status; /* JSON */
		enum source_status want;
		int unknown;
	} words[] = {{"\"active\"", STATUS_ACTIVE}, {"\"Active\"", STATUS_ACTIVE},
		{"null", STATUS_ACTIVE}, {"\"\"", STATUS_ACTIVE},
		{"\"tobedeleted\"", STATUS_DELETED}, {"\"ToBeDeleted\"", STATUS_DELETED},
		{"\"to-be-deleted\"", STATUS_DELETED}, {"\"to be deleted\"", STATUS_DELETED},
		{"\"inactive\"", STATUS_DELETED}, {"\"INACTIVE\"", STATUS_DELETED},
		{"\"deleted\"", STATUS_DELETED}, {"\"ext:parked\"", STATUS_ACTIVE, 1},
		{"\"tobe\"", STATUS_ACTIVE, 1}, {"\"undeleted\"", STATUS_ACTIVE, 1},
		{"\"アクティブ\"", STATUS_ACTIVE, 1}, {"0", STATUS_ACTIVE, 1},
		{"false", STATUS_ACTIVE, 1}};
	char record[100];
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		snprintf(record, sizeof(record), "{\"sourcedId\":\"1\",\"status\":%s}",
			words[i].status);
		ok(!decode(COLLECTION_ORGS, record), "status %s", words[i].status);
		is_int(got.status, words[i].want, "active or deleted");
		is_int(problems.count[PROBLEM_UNKNOWN_STATUS], words[i].unknown,
			"reported when not of the vocabulary");
	}
	decode(COLLECTION_ORGS, "{\"sourcedId\":\"1\"}");
	is_int(got.status, STATUS_ACTIVE, "no status is active");
}

/* D7, D8 */
static void test_roles(void)
{
	static const struct {
		const char *member;
		const char *want; /* role/org, + for primary */
		int problems;
	} roles[] = {
		{"\"role\":\"teacher\"", "teacher/-+ "},
		{"\"role\":null", ""},
		{"\"role\":[\"teacher\",\"parent\"]", "teacher/-+ parent/-+ "},
		{"\"role\":\"student\",\"roles\":[{\"role\":\"teacher\",\"org\":\"o\"}]",
			"teacher/o "},
		{"\"role\":\"student\",\"roles\":[]", "student/-+ "},
		{"\"role\":\"student\",\"roles\":null", "student/-+ "},
		{"\"role\":\"student\",\"roles\":[{\"role\":null}]", "student/-+ "},
		{"\"roles\":[{\"role\":\"aide\",\"roleType\":\"PRIMARY\"}]", "aide/-+ "},
		{"\"roles\":[\"aide\",\"parent\"]", "aide/- parent/- "},
		{"\"roles\":\"aide\"", "aide/- "},
		{"\"roles\":{\"roleType\":\"primary\",\"role\":\"aide\",\"org\":{\"sourcedId\":"
		 "\"o\"}}",
			"aide/o+ "},
		{"\"roles\":[{\"role\":{\"a\":1}}]", "", 1},
		{"\"roles\":[{\"role\":\"ext:chef\",\"roleType\":null}]", "ext:chef/- "},
		{"\"roles\":[[\"aide\"]]", "", 1},
		{"\"roles\":[null]", ""},
	};
	char record[200], list[200];
	size_t i, r, used;

	for (i = 0; i < sizeof(roles) / sizeof(*roles); i++) {
		snprintf(record, sizeof(record), "{\"sourcedId\":\"1\",%s}", roles[i].member);
		ok(!decode(COLLECTION_USERS, record), "%s", roles[i].member);
		list[0] = '\0';
		for (r = used = 0; r < got.roles; r++)
			used += (size_t)snprintf(list + used, sizeof(list) - used, "%s/%s%s ",
				got.role[r].role, got.role[r].org ? got.role[r].org : "-",
				got.role[r].primary ? "+" : "");
		is_str(list, roles[i].want, "its roles");
		is_int(problem_count(), roles[i].problems, "reported or not");
	}
	ok(!decode(COLLECTION_ENROLLMENTS, "{\"sourcedId\":\"1\",\"role\":\"teacher\"}") &&
			!got.roles && got.value[SOURCE_ROLE],
		"an enrollment's role is an attribute, not a person's role");
}

static void test_many_roles(void)
{
	char record[4000] = "{\"sourcedId\":\"1\",\"roles\":[";
	int i;

	for (i = 0; i < SOURCE_ROLES + 5; i++)
		sprintf(record + strlen(record), "%s{\"role\":\"teacher\",\"org\":\"o%d\"}",
			i ? "," : "", i);
	strcat(record, "]}");
	ok(!decode(COLLECTION_USERS, record), "more roles than fit");
	is_int((long long)got.roles, SOURCE_ROLES, "the first ones are kept");
	ok(problems.count[PROBLEM_BAD_VALUE] > 0, "and the rest reported");
}

static void test_metadata(void)
{
	char record[4000] = "{\"sourcedId\":\"1\",\"metadata\":{";
	int i;

	ok(!decode(COLLECTION_CLASSES,
		   "{\"metadata\":{\"z\":\"last\",\"a b\":7,\"n\":null,\"e\":\"\",\"o\":{\"x\":"
		   "1},\"l\":[\"p\",\"q\"],\"t\":true,\"é\":\"ü\"},\"sourcedId\":\"1\"}"),
		"metadata before the id");
	is_int((long long)got.extras, 5, "what has a value is kept");
	is_str(got.extra[0].name, "metadata.a b", "in order of name");
	is_str(got.extra[0].value, "7", "a number as text");
	is_str(got.extra[1].name, "metadata.l", "then l");
	is_str(shown(got.extra[1].value), "p|q", "a list");
	is_str(got.extra[2].value, "true", "a boolean");
	is_str(got.extra[3].name, "metadata.z", "z before what is beyond ASCII");
	is_str(got.extra[4].name, "metadata.é", "é");

	for (i = 0; i < SOURCE_EXTRAS + 3; i++)
		sprintf(record + strlen(record), "%s\"k%03d\":\"%d\"", i ? "," : "", 999 - i,
			i);
	strcat(record, "}}");
	ok(!decode(COLLECTION_CLASSES, record), "more metadata than fits");
	is_int((long long)got.extras, SOURCE_EXTRAS, "what fits is kept");
	ok(problems.count[PROBLEM_BAD_VALUE] > 0,
		"and the rest is reported, not dropped in silence");
	decode(COLLECTION_CLASSES, "{\"sourcedId\":\"2\"}");
	is_int((long long)got.extras, 0, "nothing stays for the next record");
}

/* The decoder guesses each key's place from the record before: another order must not matter.
 */
static void test_order_of_keys(void)
{
	int turn;

	for (turn = 0; turn < 3; turn++) {
		ok(!decode(COLLECTION_ORGS,
			   turn % 2
				   ? "{\"sourcedId\":\"1\",\"name\":\"N\",\"identifier\":\"I\","
				     "\"type\":\"T\",\"x\":1}"
				   : "{\"x\":1,\"type\":\"T\",\"identifier\":\"I\",\"name\":"
				     "\"N\","
				     "\"sourcedId\":\"1\"}"),
			"turn %d", turn);
		is_str(got.value[SOURCE_NAME], "N", "name");
		is_str(got.value[SOURCE_IDENTIFIER], "I", "identifier");
		is_str(got.value[SOURCE_TYPE], "T", "type");
	}
}

static void test_names_of_attributes(void)
{
	int attr;

	for (attr = 0; attr < SOURCE_ATTRS; attr++)
		is_int(source_attr_by_name(source_attr_name((enum source_attr)attr)), attr,
			"%s is found by its name", source_attr_name((enum source_attr)attr));
	is_int(source_attr_by_name(""), SOURCE_ATTRS, "no name, no attribute");
	is_int(source_attr_by_name("password"), SOURCE_ATTRS, "nor is password one");
	is_int(source_attr_by_name("roles"), SOURCE_ATTRS, "nor what is no text");
}

int main(void)
{
	arena_init(&arena);
	problems_init(&problems);
	decoder_init(&decoder);
	test_user_1_1();
	test_user_1_2();
	test_passwords();
	test_values();
	test_ids();
	test_long_unicode_id();
	test_status();
	test_roles();
	test_many_roles();
	test_metadata();
	test_order_of_keys();
	test_names_of_attributes();
	cJSON_Delete(json);
	problems_clear(&problems);
	decoder_clear(&decoder);
	arena_clear(&arena);
	return done_testing();
}
