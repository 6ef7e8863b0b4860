#include "base/err.h"

#include "tap.h"

static void test_set(void)
{
	struct err err = {0};

	is_int(err_set(&err, ERR_SOURCE, "%s has %d", "it", 7), -1, "always -1");
	is_str(err.text, "it has 7", "the text");
	is_int(err.code, ERR_SOURCE, "the code");
	err_set(&err, ERR_FAILED, "bad \x1b[2J name\n");
	is_str(err.text, "bad [2J name ", "what came from outside is cleaned");
}

static void test_context(void)
{
	struct err err = {0};
	char inner[701];

	err_set(&err, ERR_AUTH, "refused");
	is_int(err_context(&err, "school %s", "North"), -1, "always -1");
	is_str(err.text, "school North: refused", "the context comes before");
	is_int(err.code, ERR_AUTH, "the code stays");
	memset(inner, 'x', 700);
	inner[699] = '!';
	inner[700] = '\0';
	err_set(&err, ERR_FAILED, "%s", inner);
	err_context(&err, "page 3");
	ok(err.text[strlen(err.text) - 1] == '!', "a long text keeps its end");
	err_set(&err, ERR_FAILED, "%s", err.text);
	ok(!strncmp(err.text, "page 3: xxx", 11), "its own text may be given");
}

static void test_long(void)
{
	struct err err = {0};
	char text[2001];
	size_t i;

	for (i = 0; i < 2000; i += 2)
		memcpy(text + i, "ë", 2);
	text[2000] = '\0';
	err_set(&err, ERR_FAILED, "x%s", text);
	is_int((long long)strlen(err.text), 799, "filled to the last byte");
	err_set(&err, ERR_FAILED, "%s", text);
	is_int((long long)strlen(err.text), 798, "not cut within a character");
	ok(!strstr(err.text, "\xef\xbf\xbd"), "and without a mark for half a one");
}

int main(void)
{
	test_set();
	test_context();
	test_long();
	return done_testing();
}
