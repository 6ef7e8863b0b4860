/* What a record has beyond the standard: kept apart from metadata, never a secret, never in the
 * hub by itself. */
#include "source/compose.h"

#include <cJSON.h>
#include <stdio.h>
#include <string.h>

#include "rules/attributes.h"
#include "source/decode.h"
#include "tap.h"

static struct decoder decoder;
static struct arena arena;
static struct problems problems;
static struct source_record got;
static cJSON *json;

static void decode(const char *text)
{
	cJSON_Delete(json);
	problems_clear(&problems);
	arena_reset(&arena);
	json = cJSON_Parse(text);
	ok(!decode_record(&decoder, COLLECTION_USERS, json, text, strlen(text), &arena,
		   &problems, &got),
		"decoded");
}

static const char *value_of(const char *name)
{
	size_t i;

	for (i = 0; i < got.extras; i++)
		if (!strcmp(got.extra[i].name, name))
			return got.extra[i].value;
	return NULL;
}

static void test_extensions(void)
{
	decode("{\"sourcedId\":\"1\",\"zone\":\"N\",\"metadata\":{\"a\":\"m\"},\"homeRoom\":12,"
	       "\"bus rider\":true,\"codes\":[\"x\",2],\"address\":{\"street\":\"S\"},"
	       "\"guardians\":[{\"name\":\"G\"}],\"mixed\":[\"a\",{}],\"empty\":\"\","
	       "\"none\":null,\"list\":[],\"email\":\"e\"}");
	is_int((long)got.extensions, 4, "texts and lists of texts are kept");
	is_int((long)got.extras, 5, "beside metadata");
	is_str(got.extra[0].name, "extension.bus rider", "in order of name");
	is_str(value_of("extension.homeRoom"), "12", "a number");
	is_str(value_of("extension.bus rider"), "true", "a truth");
	is_str(value_of("extension.codes"),
		"x\x1f"
		"2",
		"a list");
	is_str(value_of("extension.zone"), "N", "a text");
	is_str(got.extra[4].name, "metadata.a", "metadata behind them");
	is_str(got.value[SOURCE_EMAIL], "e", "the standard's are where they were");
	is_int(problems.count[PROBLEM_BAD_VALUE], 0, "what is not read is no problem");
}

static void test_packed(void)
{
	struct source_record again;
	struct buf packed;

	buf_init(&packed);
	source_pack(&got, &packed);
	source_unpack(packed.data, &again);
	ok(again.extras == got.extras && again.extensions == got.extensions &&
			!strcmp(again.extra[0].value, got.extra[0].value),
		"from thread to thread");
	buf_clear(&packed);
}

/* First runs before and after this was kept must give the same hub. */
static void test_hub(void)
{
	struct mapping mapping;
	struct record record;

	mapping_default(&mapping, ENTITY_STUDENT);
	attributes_apply(&mapping, &got, &arena, &problems, &record);
	ok(record.extras == 1 && !strcmp(record.extra[0].name, "metadata.a"),
		"only metadata goes into the hub");
}

static void test_many(void)
{
	char text[8000] = "{\"sourcedId\":\"1\"";
	int i;

	for (i = 0; i < SOURCE_EXTENSIONS + 3; i++)
		sprintf(text + strlen(text), ",\"k%d\":\"%d\"", i, i);
	strcat(text, ",\"metadata\":{");
	for (i = 0; i < SOURCE_EXTRAS; i++)
		sprintf(text + strlen(text), "%s\"m%d\":\"%d\"", i ? "," : "", i, i);
	strcat(text, "}}");
	decode(text);
	is_int((long)got.extensions, SOURCE_EXTENSIONS, "as many as there is room for");
	is_int((long)got.extras, SOURCE_EXTENSIONS + SOURCE_EXTRAS,
		"and they take none from metadata");
	decode("{\"sourcedId\":\"2\"}");
	ok(!got.extras && !got.extensions, "nothing stays for the next record");
}

static void test_secrets(void)
{
	static const char *const secret[] = {"password", "userPassword", "PIN", "pin",
		"lunchPin", "student_pin", "pinCode", "a-pin-b", "lunch PIN", "pwd",
		"credentials", "initial-passcode"};
	static const char *const plain[] = {
		"shipping", "opinion", "spin", "Crispin", "pinned", "pa", "in", ""};
	size_t i;

	for (i = 0; i < sizeof(secret) / sizeof(*secret); i++)
		ok(compose_is_secret(secret[i]), "%s is a secret", secret[i]);
	for (i = 0; i < sizeof(plain) / sizeof(*plain); i++)
		ok(!compose_is_secret(plain[i]), "\"%s\" is none", plain[i]);
	decode("{\"sourcedId\":\"1\",\"lunchPin\":\"hunter2\",\"initialPassword\":\"hunter2\","
	       "\"metadata\":{\"pin\":\"hunter2\"}}");
	is_int((long)got.extras, 0, "none is kept");
}

int main(void)
{
	arena_init(&arena);
	problems_init(&problems);
	decoder_init(&decoder);
	test_extensions();
	test_packed();
	test_hub();
	test_many();
	test_secrets();
	cJSON_Delete(json);
	problems_clear(&problems);
	decoder_clear(&decoder);
	arena_clear(&arena);
	return done_testing();
}
