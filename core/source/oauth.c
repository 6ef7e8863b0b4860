#include "source/oauth.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source/fault.h"
#include "source/url.h"

enum { PARAMETERS_MAX = 64, TOKEN_MAX = 64 * 1024 };

static const char *const style_names[OAUTH_STYLES] = {
	[OAUTH2_BASIC_SCOPE] = "oauth2 basic scope",
	[OAUTH2_BODY_SCOPE] = "oauth2 body scope",
	[OAUTH2_BASIC] = "oauth2 basic",
	[OAUTH2_BODY] = "oauth2 body",
	[OAUTH1_SHA1] = "oauth1 HMAC-SHA1",
	[OAUTH1_SHA256] = "oauth1 HMAC-SHA256",
};

const char *oauth_style_name(enum oauth_style style)
{
	return style_names[style];
}

bool oauth_style_by_name(const char *name, enum oauth_style *style)
{
	int i;

	for (i = 0; name && i < OAUTH_STYLES; i++) {
		if (strcmp(style_names[i], name) == 0) {
			*style = (enum oauth_style)i;
			return true;
		}
	}
	return false;
}

bool oauth_style_is_1(enum oauth_style style)
{
	return style == OAUTH1_SHA1 || style == OAUTH1_SHA256;
}

bool oauth_style_fits(enum oauth_style style, enum auth_mode mode)
{
	return mode == AUTH_AUTO || oauth_style_is_1(style) == (mode == AUTH_OAUTH1);
}

void oauth2_form(struct buf *form, enum oauth_style style, const char *id, const char *secret,
	const char *scope)
{
	buf_adds(form, "grant_type=client_credentials");
	if (style == OAUTH2_BODY || style == OAUTH2_BODY_SCOPE) {
		buf_adds(form, "&client_id=");
		url_encode(form, id);
		buf_adds(form, "&client_secret=");
		url_encode(form, secret);
	}
	if (scope && (style == OAUTH2_BASIC_SCOPE || style == OAUTH2_BODY_SCOPE)) {
		buf_adds(form, "&scope=");
		url_encode(form, scope);
	}
}

static void add_base64(struct buf *out, const void *data, size_t length)
{
	unsigned char *text = mem_alloc(4 * (length / 3 + 1) + 1);

	EVP_EncodeBlock(text, data, (int)length);
	buf_adds(out, (char *)text);
	explicit_bzero(text, strlen((char *)text));
	free(text);
}

void oauth2_basic(struct buf *out, const char *id, const char *secret)
{
	/*
	 * Raw, though RFC 6749 section 2.3.1 asks for form encoding first: servers that take
	 * Basic read it as RFC 7617 does. Where that fails the form is tried.
	 */
	char *pair = mem_printf("%s:%s", id, secret);

	buf_adds(out, "Basic ");
	add_base64(out, pair, strlen(pair));
	explicit_bzero(pair, strlen(pair));
	free(pair);
}

static long read_expires(const cJSON *json)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, "expires_in");
	double seconds = 0;

	if (cJSON_IsNumber(item))
		seconds = item->valuedouble;
	else if (cJSON_IsString(item))
		seconds = strtod(item->valuestring, NULL);
	if (!(seconds > 0))
		return 0;
	return seconds > 1e8 ? 100000000 : (long)seconds;
}

/* A token goes into a header: visible ASCII only (RFC 6749 appendix A.12). */
static bool is_token(const char *text)
{
	if (!*text || strlen(text) > TOKEN_MAX)
		return false;
	for (; *text; text++)
		if (*text <= ' ' || *text > '~')
			return false;
	return true;
}

int oauth2_read(const char *body, size_t length, struct oauth_grant *grant, struct err *err)
{
	char reason[FAULT_SIZE];
	cJSON *json;
	const cJSON *item;
	int result = -1;

	if (length >= 3 && memcmp(body, "\xef\xbb\xbf", 3) == 0) {
		body += 3;
		length -= 3;
	}
	json = cJSON_ParseWithLength(body, length);
	item = cJSON_IsString(json) ? json
				    : cJSON_GetObjectItemCaseSensitive(json, "access_token");
	if (cJSON_IsString(item) && is_token(item->valuestring)) {
		grant->token = mem_strdup(item->valuestring);
		grant->expires = item == json ? 0 : read_expires(json);
		explicit_bzero(item->valuestring, strlen(item->valuestring));
		result = 0;
	} else if (!json) {
		err_set(err, ERR_SOURCE,
			"the token address answers with %s, not with a token. Check the "
			"Service URL, or set token_url",
			fault_is_html(body, length) ? "a web page"
						    : "something that is not JSON");
	} else {
		fault_text(body, length, reason);
		err_set(err, ERR_AUTH,
			"the token address grants no token%s%s. Check client id and secret",
			reason[0] ? ": " : "", reason);
	}
	cJSON_Delete(json);
	return result;
}

/* One parameter, name and value percent-encoded. */
struct parameter {
	char *name;  /* owned */
	char *value; /* owned */
};

struct parameters {
	struct parameter list[PARAMETERS_MAX];
	size_t count;
};

static char *encoded(const char *text)
{
	struct buf buf;

	buf_init(&buf);
	url_encode(&buf, text);
	return buf_detach(&buf);
}

static void parameters_add(struct parameters *parameters, const char *name, const char *value)
{
	struct parameter *added = &parameters->list[parameters->count];

	if (parameters->count == PARAMETERS_MAX)
		return;
	added->name = encoded(name);
	added->value = encoded(value);
	parameters->count++;
}

static void parameters_clear(struct parameters *parameters)
{
	size_t i;

	for (i = 0; i < parameters->count; i++) {
		free(parameters->list[i].name);
		free(parameters->list[i].value);
	}
	parameters->count = 0;
}

static int hex_digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Form decoding in place (section 3.4.1.3.1: a query is read as a form, so + is a space). */
static void decode_form(char *text)
{
	char *to = text;

	for (; *text; text++) {
		if (*text == '+') {
			*to++ = ' ';
		} else if (*text == '%' && isxdigit((unsigned char)text[1]) &&
			   isxdigit((unsigned char)text[2])) {
			*to++ = (char)(hex_digit(text[1]) << 4 | hex_digit(text[2]));
			text += 2;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
}

static void parameters_of_query(struct parameters *parameters, const char *url)
{
	const char *mark = strchr(url, '?');
	char *query = mem_strndup(mark ? mark + 1 : "", mark ? strcspn(mark + 1, "#") : 0);
	char *state = NULL, *pair, *value;

	for (pair = strtok_r(query, "&", &state); pair; pair = strtok_r(NULL, "&", &state)) {
		value = strchr(pair, '=');
		if (value)
			*value++ = '\0';
		decode_form(pair);
		if (value)
			decode_form(value);
		parameters_add(parameters, pair, value ? value : "");
	}
	free(query);
}

static int by_name_then_value(const void *a, const void *b)
{
	const struct parameter *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	return order ? order : strcmp(left->value, right->value);
}

static const char *method_name(const struct oauth1 *request)
{
	return request->sha256 ? "HMAC-SHA256" : "HMAC-SHA1";
}

/* Scheme and host in lower case, no default port, no query (section 3.4.1.2). */
static void add_base_url(struct buf *out, const char *url)
{
	char *origin = url_origin(url);
	const char *at = strstr(url, "://"), *path = at ? at + 3 + strcspn(at + 3, "/?#") : "";
	size_t length = origin ? strlen(origin) : 0;

	if (length > 4 && strncmp(origin, "https", 5) == 0 &&
		strcmp(origin + length - 4, ":443") == 0)
		origin[length - 4] = '\0';
	else if (length > 3 && strncmp(origin, "http:", 5) == 0 &&
		 strcmp(origin + length - 3, ":80") == 0)
		origin[length - 3] = '\0';
	buf_adds(out, origin ? origin : "");
	if (*path != '/')
		buf_addc(out, '/');
	buf_add(out, path, strcspn(path, "?#"));
	free(origin);
}

static void add_parameters(const struct oauth1 *request, struct buf *out)
{
	struct parameters parameters = {.count = 0};
	size_t i;

	parameters_of_query(&parameters, request->url);
	parameters_add(&parameters, "oauth_consumer_key", request->id);
	parameters_add(&parameters, "oauth_nonce", request->nonce);
	parameters_add(&parameters, "oauth_signature_method", method_name(request));
	parameters_add(&parameters, "oauth_timestamp", request->timestamp);
	if (request->version)
		parameters_add(&parameters, "oauth_version", request->version);
	qsort(parameters.list, parameters.count, sizeof(parameters.list[0]),
		by_name_then_value);
	for (i = 0; i < parameters.count; i++)
		buf_addf(out, "%s%s=%s", i ? "&" : "", parameters.list[i].name,
			parameters.list[i].value);
	parameters_clear(&parameters);
}

void oauth1_base(const struct oauth1 *request, struct buf *out)
{
	struct buf part;

	buf_init(&part);
	add_base_url(&part, request->url);
	buf_addf(out, "%s&", request->method);
	url_encode(out, part.data);
	buf_addc(out, '&');
	buf_reset(&part);
	add_parameters(request, &part);
	url_encode(out, part.data);
	buf_clear(&part);
}

static void sign(const struct oauth1 *request, struct buf *out)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int length = 0;
	struct buf base, key;

	buf_init(&base);
	buf_init(&key);
	oauth1_base(request, &base);
	url_encode(&key, request->secret);
	buf_addc(&key, '&');
	HMAC(request->sha256 ? EVP_sha256() : EVP_sha1(), key.data, (int)key.used,
		(unsigned char *)base.data, base.used, digest, &length);
	add_base64(out, digest, length);
	explicit_bzero(key.data, key.used);
	buf_clear(&key);
	buf_clear(&base);
}

static void add_quoted(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, "%s=\"", name);
	url_encode(out, value);
	buf_addc(out, '"');
}

void oauth1_header(const struct oauth1 *request, struct buf *out)
{
	struct buf signature;

	buf_init(&signature);
	sign(request, &signature);
	buf_adds(out, "OAuth ");
	add_quoted(out, "oauth_consumer_key", request->id);
	add_quoted(out, ", oauth_nonce", request->nonce);
	add_quoted(out, ", oauth_signature_method", method_name(request));
	add_quoted(out, ", oauth_timestamp", request->timestamp);
	if (request->version)
		add_quoted(out, ", oauth_version", request->version);
	add_quoted(out, ", oauth_signature", signature.data);
	buf_clear(&signature);
}
