#include "source/page.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/mem.h"
#include "source/scan.h"
#include "tap.h"

/* What became of a page: "3" records, "2+1" with one unreadable, "cut", or the error. */
static char result[900];
static char last_id[64];
static long long repaired;

static const char *read_page_of(const char *body, size_t length, const char *key)
{
	/* Exactly as long as needed, so that a read beyond the end is seen by ASan. */
	char *copy = mem_alloc(length + 1);
	struct page_memory memory;
	struct page page;
	struct err err = {0};
	const cJSON *json, *id;
	const char *text;
	size_t size;
	int records = 0, unreadable = 0;
	enum page_got got;

	memcpy(copy, body, length);
	copy[length] = '\0';
	page_memory_init(&memory);
	got = page_open(&page, copy, length, key, &memory, &err);
	while (got == PAGE_RECORD || got == PAGE_UNREADABLE) {
		got = page_next(&page, &json, &text, &size, &err);
		records += got == PAGE_RECORD;
		unreadable += got == PAGE_UNREADABLE;
		if (got == PAGE_RECORD) {
			id = cJSON_GetObjectItemCaseSensitive(json, "sourcedId");
			snprintf(last_id, sizeof(last_id), "%s",
				cJSON_IsString(id) ? id->valuestring : "");
		}
	}
	repaired = page.repaired;
	if (got == PAGE_BAD)
		snprintf(result, sizeof(result), "%s", err.text);
	else if (got == PAGE_CUT)
		snprintf(result, sizeof(result), "cut");
	else if (unreadable)
		snprintf(result, sizeof(result), "%d+%d", records, unreadable);
	else
		snprintf(result, sizeof(result), "%d", records);
	page_memory_clear(&memory);
	free(copy);
	return result;
}

static const char *read_page(const char *body)
{
	return read_page_of(body, strlen(body), "users");
}

static void gives(const char *body, const char *want)
{
	is_str(read_page(body), want, "%.60s", body);
}

static void fails(const char *body, const char *word)
{
	ok(strstr(read_page(body), word) != NULL, "%.60s: %s", body, result);
}

static void test_envelopes(void)
{
	gives("{\"users\":[]}", "0");
	gives("{\"users\":[{},{\"a\":[1,{\"b\":\"]\"}]}]}", "2");
	gives("\xef\xbb\xbf {\"users\":[{}]}\r\n", "1");
	gives("{\"students\":[{},{}]}", "2");
	gives("{\"totalCount\":7,\"a\":{\"x\":[1]},\"users\":[{}],\"links\":[1,2]}", "1");
	gives("{\"links\":[1,2],\"users\":[{}]}", "1");
	gives("[{},{}]", "2");
	gives("[]", "0");
	gives(" [ {} , {} ] ", "2");
	gives("{\"statusInfoSet\":[{\"imsx_codeMajor\":\"success\"}],\"users\":[{}]}", "1");
	gives("{\"users\":[{}],\"statusInfoSet\":[{\"imsx_severity\":\"warning\"}]}", "1");
	fails("{}", "no list of users");
	fails("{\"users\":null}", "no list of users");
	fails("{\"users\":{}}", "no list of users");
	fails("{\"a\":[],\"b\":[]}", "no list of users");
	fails("{\"users\":[],\"users\":[{}]}", "twice");
	fails("", "empty");
	fails("  \n", "empty");
	fails("<!DOCTYPE html><title>Sign in</title>", "web page");
	fails("\xef\xbb\xbf<html>", "web page");
	fails("hello", "not JSON");
	fails("\"text\"", "not JSON");
	fails("{\"statusInfoSet\":[{\"imsx_codeMajor\":\"failure\",\"imsx_description\":\"no!"
	      "\"}]}",
		"no!");
	fails("{\"users\":[],\"imsx_StatusInfo\":{\"imsx_severity\":\"error\"}}", "status 200");
	fails("{\"imsx_codeMajor\":\"failure\",\"users\":[]}", "status 200");
	fails("{\"error\":\"denied\",\"error_description\":\"why\"}", "denied");
}

static void test_ends(void)
{
	fails("{\"users\":[{}]} trailing}", "goes on after");
	fails("[{}]{}", "goes on after");
	fails("{\"users\":[{} {}]}", "not well-formed");
	fails("{\"users\":[,{}]}", "not well-formed");
	fails("{\"users\" [{}]}", "not well-formed");
	fails("{users:[{}]}", "not well-formed");
	gives("{\"users\":[{\"a\":1},{\"b\":", "cut");
	gives("{\"users\":[{\"a\":1},{\"b\":1}", "cut");
	gives("{\"users\":[{\"a\":1}]", "cut");
	gives("{\"users\":[{\"a\":1},{\"b\":{}", "cut");
	gives("{\"users\":[{\"a\":\"}]}", "cut");
	gives("{\"us", "cut");
	gives("[{}", "cut");
	gives("{", "cut");
	gives("[", "cut");
}

static void test_records(void)
{
	gives("{\"users\":[{\"a\":1},7,{\"b\":1}]}", "2+1");
	gives("{\"users\":[\"x\",null,[1],{}]}", "1+3");
	gives("{\"users\":[{\"a\":tru},{\"b\":1}]}", "1+1");
	gives("{\"users\":[{\"a\":\"x\\q\"},{\"b\":1}]}", "1+1");
	gives("{\"users\":[{\"sourcedId\":\"a\\u0000b\"}]}", "1");
	is_str(last_id,
		"a\xef\xbf\xbd"
		"b",
		"an escaped NUL does not cut a text short");
	is_int(repaired, 1, "and is counted");
	gives("{\"users\":[{\"sourcedId\":\"a\\\\u0000b\"}]}", "1");
	is_str(last_id, "a\\u0000b", "an escaped backslash is none");
	gives("{\"users\":[{\"sourcedId\":\"x\\ud83dy\"}]}", "1");
	is_str(last_id, "x\xef\xbf\xbdy", "a lone surrogate is replaced");
	gives("{\"users\":[{\"sourcedId\":\"\\ud83d\\ude00\"}]}", "1");
	is_str(last_id, "\xf0\x9f\x98\x80", "a pair of them is not");
	gives("{\"users\":[{},{\"sourcedId\":\"Jos\xe9\"}]}", "2");
	is_str(last_id, "Jos\xef\xbf\xbd", "malformed UTF-8 is replaced");
	is_int(repaired, 1, "in the record that holds it");
	read_page_of("{\"users\":[{\"sourcedId\":\"a\0b\"}]}", 31, "users");
	is_str(last_id, "a b", "a NUL byte does not cut a text short");
}

static char *nested(int depth)
{
	char *text = mem_alloc((size_t)depth * 2 + 64), *p = text;

	p += sprintf(p, "{\"users\":[{\"a\":");
	memset(p, '[', (size_t)depth);
	p += depth;
	memset(p, ']', (size_t)depth);
	strcpy(p + depth, "}]}");
	return text;
}

static void test_bombs(void)
{
	char *text = nested(900);

	is_str(read_page(text), "1", "900 levels are read");
	free(text);
	text = nested(5000);
	ok(strstr(read_page(text), "too deeply") != NULL, "5000 are refused");
	free(text);
	text = nested(5000000);
	ok(strstr(read_page(text), "too deeply") != NULL, "five million too");
	free(text);
}

/* A page cut at any byte is never taken for a whole one. */
static void test_every_cut(void)
{
	static const char whole[] = "{\"n\":2,\"users\":[{\"a\":\"x\\\"]}\",\"b\":[1,{}]},{"
				    "\"c\":null}],\"z\":{\"y\":[1]}}";
	size_t i;
	int taken = 0;

	for (i = 1; i + 1 < sizeof(whole); i++) {
		const char *got = read_page_of(whole, i, "users");

		taken += got[0] >= '0' && got[0] <= '9';
	}
	is_int(taken, 0, "no cut page passes for a whole one");
	is_str(read_page(whole), "2", "the whole one does");
}

/* cJSON gets its memory from malloc again outside of a page. */
static void test_hooks(void)
{
	cJSON *json;
	char *text;

	read_page("{\"users\":[{}]}");
	json = cJSON_Parse("{\"a\":[1,2]}");
	text = cJSON_PrintUnformatted(json);
	is_str(text, "{\"a\":[1,2]}", "cJSON works for others");
	cJSON_free(text);
	cJSON_Delete(json);
}

int main(void)
{
	test_envelopes();
	test_ends();
	test_records();
	test_bombs();
	test_every_cut();
	test_hooks();
	return done_testing();
}
