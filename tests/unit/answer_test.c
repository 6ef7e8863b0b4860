#include "source/answer.h"

#include <stdlib.h>

#include "source/fault.h"
#include "tap.h"

enum { NOW = 1700000000 }; /* 2023-11-14T22:13:20Z */

static struct answer read_headers(const char *const *lines)
{
	struct answer answer;

	answer_init(&answer);
	for (; *lines; lines++)
		answer_header(&answer, *lines, strlen(*lines), NOW);
	return answer;
}

#define READ(...) read_headers((const char *const[]){__VA_ARGS__, NULL})

static void test_headers(void)
{
	struct answer answer = READ("HTTP/1.1 200 OK\r\n", "x-total-count: 4711\r\n",
		"RETRY-AFTER: 7\r\n", "date: Tue, 14 Nov 2023 22:13:20 GMT\r\n",
		"X-Perm-Rev:abc \r\n", "nonsense\r\n", "\r\n");

	is_int(answer.status, 200, "status");
	is_int(answer.total, 4711, "total, in lower case");
	is_int(answer.retry_after, 7, "Retry-After, in upper case");
	is_int(answer.date, NOW, "Date");
	is_str(answer.revision, "abc", "x-perm-rev");
	answer = READ("HTTP/1.1 100 Continue", "X-Total-Count: 1", "HTTP/1.1 302 Found",
		"Location: https://other.example/x");
	ok(answer.status == 302 && !answer.total_named,
		"a new status line forgets the old headers");
	is_str(answer.location, "https://other.example/x", "location");
	answer = READ("HTTP/1.1 429 x", "Retry-After: Tue, 14 Nov 2023 22:14:20 GMT");
	is_int(answer.retry_after, 60, "Retry-After as a date");
	answer = READ("HTTP/1.1 429 x", "Retry-After: Tue, 14 Nov 2023 22:12:20 GMT");
	is_int(answer.retry_after, 0, "that has passed");
	answer = READ("HTTP/1.1 429 x", "Retry-After: soon");
	is_int(answer.retry_after, -1, "that is none");
	answer = READ("HTTP/1.1 429 x", "Retry-After: 99999999999999999999");
	is_int(answer.retry_after, 86400, "that is absurd");
}

static void test_totals(void)
{
	struct answer answer = READ("HTTP/1.1 200 OK", "X-Total-Count: -3");

	ok(answer.total_named && answer.total == -1, "a negative total is none");
	answer = READ("HTTP/1.1 200 OK", "X-Total-Count: many");
	ok(answer.total_named && answer.total == -1, "nor is a word");
	answer = READ("HTTP/1.1 200 OK", "X-Total-Count: 99999999999999999999999");
	is_int(answer.total, -1, "nor a number too large");
	answer = READ("HTTP/1.1 200 OK", "X-Total-Count: 0");
	is_int(answer.total, 0, "zero is one");
}

static void links(const char *value, bool want)
{
	char line[300];
	struct answer answer;

	answer_init(&answer);
	snprintf(line, sizeof(line), "Link: %s", value);
	answer_header(&answer, line, strlen(line), NOW);
	ok(answer.has_next == want, "%s in %s", want ? "a next link" : "no next link", value);
}

static void test_links(void)
{
	links("<https://h/x?offset=5>; rel=\"next\"", true);
	links("<https://h/x>; rel=\"first\", <https://h/y>; rel=\"next\"", true);
	links("https://h/x?offset=5; rel=next", true);
	links("<https://h/x>; REL='Next'", true);
	links("<https://h/x>; rel=\"prev next\"", true);
	links("<https://h/x>; rel=\"prev\"", false);
	links("<https://h/next>; rel=\"last\"", false);
	links("<https://h/x>; rel=\"nextish\"", false);
	links("", false);
	links("rel", false);
}

static void says(const char *body, const char *want)
{
	char text[FAULT_SIZE];

	fault_text(body, strlen(body), text);
	is_str(text, want, "%.70s", body);
}

static void test_faults(void)
{
	says("{\"imsx_codeMajor\":\"failure\",\"imsx_severity\":\"error\",\"imsx_description\":"
	     "\"a\"}",
		"a");
	says("{\"imsx_StatusInfo\":{\"imsx_description\":\"b\"}}", "b");
	says("{\"statusInfoSet\":[{\"imsx_description\":\"c\"}]}", "c");
	says("{\"imsx_codeMinor\":\"unknownobject\"}", "unknownobject");
	says("{\"CodeMajor\":\"failure\",\"Severity\":\"error\"}", "failure");
	says("{\"error\":\"invalid_client\",\"error_description\":\"d\"}", "d");
	says("{\"error\":\"invalid_client\"}", "invalid_client");
	says("{\"type\":\"about:blank\",\"title\":\"Gone\",\"detail\":\"e\"}", "e");
	says("<html><head><title> 502 Bad Gateway </title></head>x", "502 Bad Gateway");
	says("<p>plain <b>page</b></p>", "plain page");
	says("just text\x1b[31m\n", "just text[31m");
	says("{}", "");
	says("", "");
	says("{\"statusInfoSet\":[]}", "");
}

int main(void)
{
	test_headers();
	test_totals();
	test_links();
	test_faults();
	return done_testing();
}
