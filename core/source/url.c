#include "source/url.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/address.h"
#include "base/mem.h"
#include "base/text.h"

/* Pasted from a browser or a vendor's page: the root plus one of these. */
static const char *const pasted[] = {"orgs", "schools", "academicSessions", "terms",
	"gradingPeriods", "courses", "classes", "users", "students", "teachers", "enrollments",
	"demographics"};

void url_list_clear(struct url_list *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		free(list->url[i]);
	list->count = 0;
}

void url_list_add(struct url_list *list, const char *url)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (strcmp(list->url[i], url) == 0)
			return;
	if (list->count < URL_CANDIDATES)
		list->url[list->count++] = mem_strdup(url);
}

static void add_joined(struct url_list *list, const char *base, const char *path)
{
	char *url = mem_printf("%s%s", base, path);

	url_list_add(list, url);
	free(url);
}

/* A fresh handle for each: a reused one resolves what it is given relative to the old. */
static CURLU *parse(const char *url)
{
	CURLU *handle = curl_url();

	if (!handle)
		abort();
	if (curl_url_set(handle, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
		curl_url_cleanup(handle);
		return NULL;
	}
	return handle;
}

/* A part in lower case; NULL when there is none. The caller frees. */
static char *part_lower(CURLU *handle, CURLUPart part)
{
	char *text = NULL, *copy, *p;

	if (curl_url_get(handle, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK)
		return NULL;
	copy = mem_strdup(text);
	curl_free(text);
	for (p = copy; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return copy;
}

/* The address that a literal host stands for; false when it is a name. */
static bool literal(const char *host, struct sockaddr_storage *out)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;
	char text[INET6_ADDRSTRLEN];

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		out->ss_family = AF_INET;
		return true;
	}
	if (host[0] != '[')
		return false;
	snprintf(text, sizeof(text), "%.*s", (int)strcspn(host + 1, "]%"), host + 1);
	out->ss_family = AF_INET6;
	return inet_pton(AF_INET6, text, &v6->sin6_addr) == 1;
}

static bool host_is_loopback(const char *host)
{
	struct sockaddr_storage address;

	if (strcmp(host, "localhost") == 0)
		return true;
	return literal(host, &address) && address_is_loopback((struct sockaddr *)&address);
}

static int check_host(const char *scheme, const char *host, const char *what, struct err *err)
{
	struct sockaddr_storage address;

	if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0)
		return err_set(err, ERR_SETTINGS, "%s must begin with https://, not %s://",
			what, scheme);
	if (strcmp(scheme, "http") == 0 && !host_is_loopback(host))
		return err_set(err, ERR_SETTINGS,
			"%s uses plain http, which would show the secret and all student data "
			"to the "
			"network. Use https://%s",
			what, host);
	if (literal(host, &address) && address_is_refused((struct sockaddr *)&address))
		return err_set(err, ERR_SETTINGS,
			"%s points at %s, a link-local or metadata address. Use the source's "
			"own host",
			what, host);
	return 0;
}

int url_check(const char *url, const char *what, struct err *err)
{
	CURLU *handle = parse(url);
	char *scheme = NULL, *host = NULL, *user = NULL;
	int result = -1;

	if (!handle)
		return err_set(err, ERR_SETTINGS, "%s is not an address. An example: %s", what,
			"https://sis.example.org/ims/oneroster/v1p1");
	scheme = part_lower(handle, CURLUPART_SCHEME);
	host = part_lower(handle, CURLUPART_HOST);
	if (curl_url_get(handle, CURLUPART_USER, &user, 0) == CURLUE_OK) {
		err_set(err, ERR_SETTINGS,
			"%s holds a user or password. Remove it; the client id and secret have "
			"fields of "
			"their own",
			what);
		goto out;
	}
	if (!scheme || !host) {
		err_set(err, ERR_SETTINGS, "%s names no host", what);
		goto out;
	}
	result = check_host(scheme, host, what, err);
out:
	curl_free(user);
	free(scheme);
	free(host);
	curl_url_cleanup(handle);
	return result;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), n = strlen(end);

	return length >= n && strcasecmp(text + length - n, end) == 0;
}

static void strip_slashes(char *url)
{
	size_t length = strlen(url);

	while (length && url[length - 1] == '/')
		url[--length] = '\0';
}

static void strip_collection(char *url)
{
	char *slash = strrchr(url, '/');
	size_t i;

	for (i = 0; slash && i < sizeof(pasted) / sizeof(pasted[0]); i++) {
		if (strcasecmp(slash + 1, pasted[i]) == 0 && slash[-1] != '/') {
			*slash = '\0';
			strip_slashes(url);
			return;
		}
	}
}

int url_normalise(const char *text, char **out, struct err *err)
{
	char *copy = mem_strdup(text ? text : ""), *trimmed = text_trim(copy), *full,
	     *url = NULL;
	CURLU *handle = NULL;
	int result = -1;

	if (!*trimmed) {
		free(copy);
		return err_set(err, ERR_SETTINGS, "no Service URL is set");
	}
	full = mem_printf("%s%s", strstr(trimmed, "://") ? "" : "https://", trimmed);
	if (url_check(full, "the Service URL", err) < 0)
		goto out;
	handle = parse(full);
	curl_url_set(handle, CURLUPART_QUERY, NULL, 0);
	curl_url_set(handle, CURLUPART_FRAGMENT, NULL, 0);
	if (curl_url_get(handle, CURLUPART_URL, &url, CURLU_NO_DEFAULT_PORT) != CURLUE_OK) {
		err_set(err, ERR_SETTINGS, "the Service URL is not an address");
		goto out;
	}
	strip_slashes(url);
	strip_collection(url);
	*out = mem_strdup(url);
	result = 0;
out:
	curl_free(url);
	if (handle)
		curl_url_cleanup(handle);
	free(full);
	free(copy);
	return result;
}

void url_roots(const char *normal, struct url_list *list)
{
	if (ends_with(normal, "/v1p1") || ends_with(normal, "/v1p2")) {
		url_list_add(list, normal);
		return;
	}
	if (ends_with(normal, "/ims/oneroster")) {
		add_joined(list, normal, "/v1p1");
		add_joined(list, normal, "/rostering/v1p2");
		add_joined(list, normal, "/rostering/v1p1");
	} else if (ends_with(normal, "/rostering")) {
		add_joined(list, normal, "/v1p2");
		add_joined(list, normal, "/v1p1");
	} else if (ends_with(normal, "/ims")) {
		add_joined(list, normal, "/oneroster/v1p1");
		add_joined(list, normal, "/oneroster/rostering/v1p2");
	}
	add_joined(list, normal, "/ims/oneroster/v1p1");
	add_joined(list, normal, "/ims/oneroster/rostering/v1p2");
	add_joined(list, normal, "/ims/oneroster/rostering/v1p1");
	add_joined(list, normal, "/api/ims/oneroster/v1p1");
	add_joined(list, normal, "/learningdata/v1");
	url_list_add(list, normal);
}

void url_tokens(const char *root, struct url_list *list)
{
	const char *ims = strcasestr(root, "/ims/");
	char *before = ims ? mem_strndup(root, (size_t)(ims - root)) : mem_strdup(root);
	char *origin = url_origin(root);

	add_joined(list, root, "/token");
	add_joined(list, before, "/token");
	add_joined(list, before, "/oauth/token");
	if (origin) {
		/* Without the default port, so that an origin equal to `before` is the same
		 * text. */
		size_t length = strlen(origin);

		if (ends_with(origin, ":443") || ends_with(origin, ":80"))
			origin[length - (ends_with(origin, ":443") ? 4 : 3)] = '\0';
		add_joined(list, origin, "/oauth/token");
		add_joined(list, origin, "/oauth2/token");
		add_joined(list, before, "/auth/token");
		add_joined(list, origin, "/auth/token");
		add_joined(list, origin, "/auth/login");
	}
	add_joined(list, root, "/login");
	free(origin);
	free(before);
}

char *url_origin(const char *url)
{
	CURLU *handle = parse(url);
	char *scheme, *host, *port, *origin = NULL;

	if (!handle)
		return NULL;
	scheme = part_lower(handle, CURLUPART_SCHEME);
	host = part_lower(handle, CURLUPART_HOST);
	port = part_lower(handle, CURLUPART_PORT);
	if (scheme && host && port)
		origin = mem_printf("%s://%s:%s", scheme, host, port);
	free(scheme);
	free(host);
	free(port);
	curl_url_cleanup(handle);
	return origin;
}

bool url_same_origin(const char *a, const char *b)
{
	char *left = url_origin(a), *right = url_origin(b);
	bool same = left && right && strcmp(left, right) == 0;

	free(left);
	free(right);
	return same;
}

bool url_is_plain(const char *url)
{
	return strncasecmp(url, "http://", 7) == 0;
}

bool url_is_v1p2(const char *root)
{
	return ends_with(root, "/v1p2");
}

void url_host(const char *url, char *out, size_t size)
{
	char *origin = url_origin(url), *at = origin ? strstr(origin, "://") : NULL;

	snprintf(out, size, "%s", at ? at + 3 : "");
	if (ends_with(out, ":443"))
		out[strlen(out) - 4] = '\0';
	free(origin);
}

void url_encode(struct buf *out, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";
	const unsigned char *p;

	for (p = (const unsigned char *)text; *p; p++) {
		if (isalnum(*p) || strchr("-._~", *p)) {
			buf_addc(out, (char)*p);
		} else {
			buf_addc(out, '%');
			buf_addc(out, hex[*p >> 4]);
			buf_addc(out, hex[*p & 15]);
		}
	}
}
