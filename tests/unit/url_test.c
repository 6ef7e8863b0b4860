#include "source/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "base/address.h"
#include "tap.h"

static void normal(const char *in, const char *want)
{
	struct err err = {0};
	char *out = NULL;

	url_normalise(in, &out, &err);
	is_str(out, want, "%s", in);
	free(out);
}

static void refused(const char *in)
{
	struct err err = {0};
	char *out = NULL;

	ok(url_normalise(in, &out, &err) < 0 && err.code == ERR_SETTINGS, "refused: %s", in);
	free(out);
}

static void test_normalise(void)
{
	normal(" https://sis.example.org/ims/oneroster/v1p1/ ",
		"https://sis.example.org/ims/oneroster/v1p1");
	normal("sis.example.org", "https://sis.example.org");
	normal("https://sis.example.org/v1p1/users?limit=3#top",
		"https://sis.example.org/v1p1");
	normal("https://sis.example.org/x/academicSessions/", "https://sis.example.org/x");
	normal("https://sis.example.org:443/x//", "https://sis.example.org/x");
	normal("http://localhost:8080/x", "http://localhost:8080/x");
	normal("http://[::1]:8080/x", "http://[::1]:8080/x");
	normal("https://10.1.2.3/x", "https://10.1.2.3/x");
	refused("");
	refused("http://sis.example.org/");
	refused("ftp://sis.example.org/");
	refused("https://me:secret@sis.example.org/");
	refused("https://169.254.169.254/latest");
	refused("https://2852039166/latest"); /* the same as one number */
	refused("https://[fe80::1]/x");
	refused("https://[::ffff:169.254.169.254]/x");
	refused("http://127.0.0.1.example.org/");
	refused("https://");
}

static void test_candidates(void)
{
	struct url_list list = {.count = 0};

	url_roots("https://h/ims/oneroster/v1p1", &list);
	is_int((long long)list.count, 1, "a root is taken as it is");
	url_list_clear(&list);
	url_roots("https://h/sis", &list);
	is_int((long long)list.count, 6, "six candidates");
	is_str(list.url[0], "https://h/sis/ims/oneroster/v1p1", "1.1 first");
	is_str(list.url[1], "https://h/sis/ims/oneroster/rostering/v1p2", "then 1.2");
	is_str(list.url[5], "https://h/sis", "the address itself last");
	url_list_clear(&list);
	url_tokens("https://h:8443/sis/ims/oneroster/v1p1", &list);
	is_str(list.url[0], "https://h:8443/sis/ims/oneroster/v1p1/token",
		"token beside the root");
	is_str(list.url[1], "https://h:8443/sis/token", "token before /ims/");
	is_str(list.url[3], "https://h:8443/oauth/token", "token at the origin");
	is_int((long long)list.count, 9, "nine token addresses");
	url_list_clear(&list);
	url_tokens("https://h/ims/oneroster/v1p1", &list);
	is_str(list.url[2], "https://h/oauth/token", "no default port");
	is_int((long long)list.count, 7, "none twice");
	url_list_clear(&list);
}

static void test_origin(void)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct buf buf;
	char host[64];

	ok(url_same_origin("https://H.example/a", "https://h.EXAMPLE:443/b"), "same origin");
	ok(!url_same_origin("https://h.example/a", "https://h.example:8443/a"), "another port");
	ok(!url_same_origin("https://h.example/a", "http://h.example/a"), "another scheme");
	ok(!url_same_origin("https://h.example/a", "https://h.example.evil/a"), "another host");
	ok(url_is_v1p2("https://h/rostering/v1p2") && !url_is_v1p2("https://h/v1p1"),
		"version");
	url_host("https://h.example:8443/x", host, sizeof(host));
	is_str(host, "h.example:8443", "host with port");
	url_host("https://h.example/x", host, sizeof(host));
	is_str(host, "h.example", "host without the default port");
	inet_pton(AF_INET, "169.254.10.1", &v4.sin_addr);
	ok(address_is_refused((struct sockaddr *)&v4), "link-local");
	inet_pton(AF_INET, "192.168.1.1", &v4.sin_addr);
	ok(!address_is_refused((struct sockaddr *)&v4), "private ranges are allowed");
	inet_pton(AF_INET, "127.9.9.9", &v4.sin_addr);
	ok(address_is_loopback((struct sockaddr *)&v4), "loopback");
	buf_init(&buf);
	url_encode(&buf, "a b/c+d'e~\xc3\xa9");
	is_str(buf.data, "a%20b%2Fc%2Bd%27e~%C3%A9", "RFC 3986 encoding");
	buf_clear(&buf);
}

int main(void)
{
	test_normalise();
	test_candidates();
	test_origin();
	return done_testing();
}
