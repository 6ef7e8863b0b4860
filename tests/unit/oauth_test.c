#include "source/oauth.h"

#include <stdlib.h>

#include "tap.h"

/*
 * The request for temporary credentials of RFC 5849 section 1.2, two-legged but for the name.
 * Its signature was computed with Python's hmac, by code that gives the signature of the last
 * request of that section (MdpQcU8iPSUjWoN/UDMsK2sui9I=).
 */
static void test_rfc5849_signature(void)
{
	struct oauth1 request = {
		.method = "POST",
		.url = "https://photos.example.net/initiate"
		       "?oauth_callback=http%3A%2F%2Fprinter.example.com%2Fready",
		.id = "dpf43f3p2l4k3l03",
		.secret = "kd94hf93k423kf44",
		.nonce = "wIjqoxSZ",
		.timestamp = "137131200",
	};
	struct buf out;

	buf_init(&out);
	oauth1_base(&request, &out);
	is_str(out.data,
		"POST&https%3A%2F%2Fphotos.example.net%2Finitiate&"
		"oauth_callback%3Dhttp%253A%252F%252Fprinter.example.com%252Fready%26"
		"oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3DwIjqoxSZ%26"
		"oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131200",
		"base string of RFC 5849 section 1.2");
	buf_reset(&out);
	oauth1_header(&request, &out);
	ok(strstr(out.data, "oauth_signature=\"%2FUvthHqLWsq3QBhDNNbCXRUcFvI%3D\"") != NULL,
		"HMAC-SHA1: %s", out.data);
	ok(strncmp(out.data, "OAuth oauth_consumer_key=", 25) == 0, "header");
	buf_clear(&out);
}

/* RFC 5849 section 3.4.1.3.1: what is in a query, decoded, encoded anew and sorted. */
static void test_rfc5849_parameters(void)
{
	struct oauth1 request = {
		.method = "GET",
		.url = "HTTP://EXAMPLE.COM:80/r%20v/"
		       "X?b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q",
		.id = "9djdj82h48djs9d2",
		.secret = "s",
		.nonce = "7d8f3e4a",
		.timestamp = "137131201",
	};
	struct buf out;

	buf_init(&out);
	oauth1_base(&request, &out);
	is_str(out.data,
		"GET&http%3A%2F%2Fexample.com%2Fr%2520v%2FX&a2%3Dr%2520b%26a3%3D2%2520q%26a3%"
		"3Da%26"
		"b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%"
		"26"
		"oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26"
		"oauth_timestamp%3D137131201",
		"parameters as in RFC 5849 section 3.4.1.3.2");
	buf_clear(&out);
}

static void test_sha256(void)
{
	struct oauth1 request = {
		.method = "GET",
		.url = "https://sis.example.org/ims/oneroster/v1p1/users?limit=100&offset=0",
		.id = "key",
		.secret = "s&cret/+",
		.nonce = "abc",
		.timestamp = "1700000000",
		.version = "1.0",
		.sha256 = true,
	};
	struct buf out;

	buf_init(&out);
	oauth1_header(&request, &out);
	/* Computed with Python's hmac and urllib.parse.quote. */
	ok(strstr(out.data,
		   "oauth_signature=\"jhp3puursoj%2BrYBy1v7atYTltqxbMU6bnic2QzaCUTE%3D\"") !=
			NULL,
		"HMAC-SHA256: %s", out.data);
	ok(strstr(out.data, "oauth_version=\"1.0\"") != NULL, "version");
	buf_clear(&out);
}

static void grants(const char *body, const char *token, long expires)
{
	struct oauth_grant grant = {0};
	struct err err = {0};
	int result = oauth2_read(body, strlen(body), &grant, &err);

	is_str(result == 0 ? grant.token : NULL, token, "token of %s", body);
	is_int(grant.expires, expires, "its life");
	free(grant.token);
}

static void refuses(const char *body, enum err_code code, const char *word)
{
	struct oauth_grant grant = {0};
	struct err err = {0};

	ok(oauth2_read(body, strlen(body), &grant, &err) < 0 && err.code == code &&
			strstr(err.text, word),
		"no token in %s: %s", body, err.text);
}

static void test_grants(void)
{
	grants("{\"access_token\":\"t\",\"token_type\":\"BEARER\",\"expires_in\":3600}", "t",
		3600);
	grants("{\"access_token\":\"t\",\"expires_in\":\"600\"}", "t", 600);
	grants("\xef\xbb\xbf{\"access_token\":\"t\"}", "t", 0);
	grants("\"bare\"", "bare", 0);
	grants("{\"access_token\":\"t\",\"expires_in\":-5}", "t", 0);
	grants("{\"access_token\":\"t\",\"expires_in\":1e300}", "t", 100000000);
	refuses("{\"error\":\"invalid_client\",\"error_description\":\"who?\"}", ERR_AUTH,
		"who?");
	refuses("{}", ERR_AUTH, "no token");
	refuses("{\"access_token\":\"a\\r\\nX: y\"}", ERR_AUTH, "no token");
	refuses("{\"access_token\":\"\"}", ERR_AUTH, "no token");
	refuses("<html><title>Login</title>", ERR_SOURCE, "web page");
	refuses("oops", ERR_SOURCE, "not JSON");
	refuses("", ERR_SOURCE, "not JSON");
}

static void test_form(void)
{
	enum oauth_style style;
	struct buf out;

	buf_init(&out);
	oauth2_form(&out, OAUTH2_BODY_SCOPE, "i d", "s+t", "a b");
	is_str(out.data,
		"grant_type=client_credentials&client_id=i%20d&client_secret=s%2Bt&scope=a%20b",
		"form with client and scope");
	buf_reset(&out);
	oauth2_form(&out, OAUTH2_BASIC, "id", "secret", "a b");
	is_str(out.data, "grant_type=client_credentials", "form without either");
	buf_reset(&out);
	oauth2_basic(&out, "Aladdin", "open sesame");
	is_str(out.data, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic, as in RFC 7617");
	buf_clear(&out);
	ok(oauth_style_by_name("oauth1 HMAC-SHA256", &style) && style == OAUTH1_SHA256,
		"a style");
	ok(!oauth_style_by_name("oauth3", &style) && !oauth_style_by_name(NULL, &style),
		"no style");
	ok(oauth_style_fits(OAUTH2_BODY, AUTH_AUTO) &&
			!oauth_style_fits(OAUTH2_BODY, AUTH_OAUTH1),
		"which fit a mode");
}

int main(void)
{
	test_rfc5849_signature();
	test_rfc5849_parameters();
	test_sha256();
	test_grants();
	test_form();
	return done_testing();
}
