#include "source/plain.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tap.h"

static struct plain plain;

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool same_tree(const cJSON *a, const cJSON *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (a->type != b->type || a->valueint != b->valueint ||
			memcmp(&a->valuedouble, &b->valuedouble, sizeof(double)) != 0 ||
			!same_text(a->valuestring, b->valuestring) ||
			!same_text(a->string, b->string) || !same_tree(a->child, b->child) ||
			(a->next && a->next->prev != a) || (a->child && a->child->prev->next))
			return false;
	return !a && !b;
}

/* 1: read as cJSON reads it; 0: left to cJSON; -1: wrong. */
static int judge(const char *text, size_t length)
{
	/* Exactly as long as needed, so that a read beyond the end is seen by ASan. */
	char *copy = mem_alloc(length + 1);
	const char *behind, *end;
	const cJSON *mine;
	cJSON *theirs;
	int result = 0;

	memcpy(copy, text, length);
	copy[length] = '\0';
	mine = plain_parse(&plain, copy, copy + length, &behind);
	theirs = cJSON_ParseWithLengthOpts(copy, length, &end, 0);
	if (mine)
		result = theirs && behind == end && same_tree(mine, theirs) ? 1 : -1;
	cJSON_Delete(theirs);
	free(copy);
	return result;
}

static void takes(const char *text)
{
	is_int(judge(text, strlen(text)), 1, "as cJSON: %.70s", text);
}

static void leaves(const char *text)
{
	is_int(judge(text, strlen(text)), 0, "left to cJSON: %.70s", text);
}

static void test_taken(void)
{
	takes("{}");
	takes("{ }, {\"b\":1}");
	takes("{\"sourcedId\":\"S-1\",\"n\":19,\"z\":0,\"t\":true,\"f\":false,\"x\":null}]}");
	takes("{\"a\":[],\"b\":[{}],\"c\":[\"09\",10,[true]],\"d\":{\"e\":{\"f\":\"\"}}}");
	takes(&" \n{\"a\":1}"[2]);
	takes("{ \"a\" :\t[ 1 , 2 ]\r\n, \"b\" : { } }");
	takes("{\"big\":999999999999999,\"more\":2147483648,\"most\":2147483647}");
	takes("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"href\":\"https:\\/\\/x\\/orgs\\/1\"}");
	takes("{\"a\":1,\"a\":2,\"A\":3}");
	takes("{\"name\":\"Zo\xc3\xab \xe4\xb8\xad\xe6\x96\x87 \xf0\x9f\x8e\x93\"}");
	takes("{\"a\":\"1234567\",\"b\":\"12345678\",\"c\":\"123456789\",\"12345678\":\"\"}");
	takes("{\"a\":\"tab\there\"}");
}

static void test_left(void)
{
	leaves("");
	leaves("[]");
	leaves("\"text\"");
	leaves("{\"a\":\"\\u00e9\"}");
	leaves("{\"a\":9007199254740993}");
	leaves("{\"a\":-1,\"b\":1.5}");
	leaves("{\"a\":1e3}");
	leaves("{\"a\":007}");
	leaves("{\"a\":\"\\x\"}");
	leaves("{\"a\":\"\\");
	leaves("{\"a\":\"open");
	leaves("{\"a\":tru}");
	leaves("{\"a\" 1}");
	leaves("{\"a\":1");
	leaves("{\"a\":1,}");
	leaves("{\"a\":[1 2]}");
	leaves("{a:1}");
	leaves("{\"a\":[[[[[[[[[1]]]]]]]]]}");
}

static void test_large(void)
{
	struct buf text;
	int i;

	buf_init(&text);
	buf_adds(&text, "{\"a\":[0");
	for (i = 3; i < PLAIN_ITEMS; i++)
		buf_adds(&text, ",1");
	buf_adds(&text, "]}");
	takes(text.data);
	text.used -= 2;
	buf_adds(&text, ",1]}");
	leaves(text.data);
	buf_reset(&text);
	buf_adds(&text, "{\"a\":\"");
	while (text.used < PLAIN_TEXT - 2)
		buf_addc(&text, 'x');
	buf_adds(&text, "\"}");
	takes(text.data);
	buf_adds(&text, ",{}");
	takes(text.data);
	text.used = PLAIN_TEXT - 2;
	buf_adds(&text, "xxx\"}");
	leaves(text.data);
	buf_clear(&text);
}

/* A random value, mostly such as records have. */
static void grow(struct buf *text, int depth)
{
	static const char *const scalars[] = {"1", "0", "123456", "true", "false", "null",
		"\"\"", "\"a\"", "\"https://lt.example/orgs/S-0001\"", "\"\\/\\n\"",
		"\"\\u0041\"", "-5", "2.5", "1e2", "9007199254740993",
		"\"\xc3\xa9\xe4\xb8\xad\""};
	int kind = rand() % 8, count = rand() % 4, i;

	if (depth == 0 || kind > 3) {
		buf_adds(text, scalars[(size_t)rand() % (sizeof(scalars) / sizeof(*scalars))]);
		return;
	}
	buf_addc(text, kind < 2 ? '{' : '[');
	for (i = 0; i < count; i++) {
		if (i)
			buf_adds(text, rand() % 4 ? "," : " ,\n");
		if (kind < 2)
			buf_addf(text, "\"k%d\":%s", rand() % 5, rand() % 4 ? "" : " ");
		grow(text, depth - 1);
	}
	buf_addc(text, kind < 2 ? '}' : ']');
}

/* Whatever comes, broken or not: what is taken is what cJSON makes of it. */
static void test_random(void)
{
	static const char noise[] = "{}[]\",:\\ \n0123456789truefalsn.-eu\t";
	struct buf text;
	int i, taken = 0, wrong = 0, result;

	srand(7);
	buf_init(&text);
	for (i = 0; i < 60000; i++) {
		buf_reset(&text);
		buf_adds(&text, "{\"sourcedId\":");
		grow(&text, 4);
		buf_addc(&text, '}');
		if (i % 2)
			text.data[(size_t)rand() % text.used] =
				noise[(size_t)rand() % (sizeof(noise) - 1)];
		result = judge(text.data, text.used);
		taken += result == 1;
		wrong += result < 0;
		if (result < 0)
			printf("# wrong: %s\n", text.data);
	}
	buf_clear(&text);
	is_int(wrong, 0, "random texts: none is read otherwise than cJSON reads it");
	ok(taken > 20000, "of them, %d are taken", taken);
}

int main(void)
{
	test_taken();
	test_left();
	test_large();
	test_random();
	return done_testing();
}
