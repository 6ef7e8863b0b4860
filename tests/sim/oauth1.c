/*
 * OAuth 1.0a, two-legged, verified to the letter of RFC 5849: base string, HMAC-SHA1 or
 * HMAC-SHA256, timestamp within five minutes of our (perhaps wrong) clock, each nonce once.
 */
#include "auth.h"
#include "request.h"
#include "rnd.h"

#include <ctype.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <time.h>

enum { SKEW_MAX = 300 };

/* name="value", ... of the Authorization header, decoded; the realm is no parameter. */
static void header_parse(struct query *q, const char *header)
{
	char *copy = sim_strdup(header), *rest = copy, *item;
	while ((item = strsep(&rest, ",")) != NULL) {
		while (isspace((unsigned char)*item))
			item++;
		char *value = strchr(item, '=');
		if (!value)
			continue;
		*value++ = 0;
		size_t len = strlen(value);
		while (len && isspace((unsigned char)value[len - 1]))
			value[--len] = 0;
		if (len < 2 || value[0] != '"' || value[len - 1] != '"')
			continue;
		value[len - 1] = 0;
		percent_decode(item, false);
		percent_decode(++value, false);
		if (strcasecmp(item, "realm") != 0)
			query_add(q, item, value);
	}
	free(copy);
}

static int text_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "name=value" of all parameters but the signature, encoded and sorted. The separator sorts
 * below every character that encoding leaves, so that names come before values. */
static void params_put(struct buf *out, const struct query *q)
{
	char *pairs[QUERY_MAX] = {0};
	int count = 0;
	for (int i = 0; i < q->count; i++) {
		if (!strcmp(q->params[i].name, "oauth_signature"))
			continue;
		struct buf pair = {0};
		percent_encode(&pair, q->params[i].name);
		buf_char(&pair, '\x01');
		percent_encode(&pair, q->params[i].value);
		pairs[count++] = buf_take(&pair, NULL);
	}
	qsort(pairs, (size_t)count, sizeof(*pairs), text_compare);
	struct buf joined = {0};
	for (int i = 0; i < count; i++) {
		*strchr(pairs[i], '\x01') = '=';
		buf_str(&joined, i ? "&" : "");
		buf_str(&joined, pairs[i]);
		free(pairs[i]);
	}
	char *text = buf_take(&joined, NULL);
	percent_encode(out, text);
	free(text);
}

/* Scheme and host in lower case, the default port left out, the path as it was sent. */
static char *base_string(struct request *rq, const struct query *q)
{
	struct buf url = {0}, base = {0};
	const char *host = MHD_lookup_connection_value(rq->connection, MHD_HEADER_KIND, "Host");
	buf_str(&url, rq->settings.https ? "https://" : "http://");
	for (const char *c = host ? host : ""; *c; c++)
		buf_char(&url, (char)tolower((unsigned char)*c));
	const char *port = rq->settings.https ? ":443" : ":80";
	size_t plen = strlen(port);
	if (url.len > plen && !memcmp(url.data + url.len - plen, port, plen))
		url.len -= plen;
	buf_str(&url, rq->path);
	char *text = buf_take(&url, NULL);
	buf_str(&base, rq->method);
	buf_char(&base, '&');
	percent_encode(&base, text);
	buf_char(&base, '&');
	params_put(&base, q);
	free(text);
	return buf_take(&base, NULL);
}

static bool signature_holds(struct request *rq, const struct query *q, const EVP_MD *digest)
{
	const char *given = query_get(q, "oauth_signature");
	char *base = base_string(rq, q);
	struct buf key = {0};
	percent_encode(&key, rq->settings.secret);
	buf_char(&key, '&');
	unsigned char mac[EVP_MAX_MD_SIZE], text[2 * EVP_MAX_MD_SIZE];
	unsigned len = 0;
	HMAC(digest, key.data, (int)key.len, (unsigned char *)base, strlen(base), mac, &len);
	EVP_EncodeBlock(text, mac, (int)len);
	buf_clear(&key);
	free(base);
	return given && !strcmp(given, (char *)text);
}

static bool nonce_used(struct auth *a, const struct query *q)
{
	uint64_t hash = 0;
	const char *const parts[] = {
		query_get(q, "oauth_timestamp"), query_get(q, "oauth_nonce")};
	for (int i = 0; i < 2; i++) {
		for (const char *c = parts[i]; *c; c++)
			hash = rnd_mix(hash ^ (unsigned char)*c);
		hash = rnd_mix(hash);
	}
	for (size_t i = 0; i < a->nonce_count; i++) {
		if (a->nonces[i] == hash)
			return true;
	}
	if (!(a->nonce_count & (a->nonce_count - 1)))
		a->nonces = sim_realloc(a->nonces,
			(a->nonce_count ? 2 * a->nonce_count : 1) * sizeof(*a->nonces));
	a->nonces[a->nonce_count++] = hash;
	return false;
}

static const char *query_check(struct auth *a, struct request *rq, const struct query *q)
{
	const char *key = query_get(q, "oauth_consumer_key");
	const char *method = query_get(q, "oauth_signature_method");
	const char *stamp = query_get(q, "oauth_timestamp"),
		   *nonce = query_get(q, "oauth_nonce");
	const char *version = query_get(q, "oauth_version");
	if (!key || !method || !stamp || !nonce || !*nonce)
		return "An OAuth parameter is missing";
	if (strcmp(key, rq->settings.client_id) != 0)
		return "The consumer key is not known";
	if (version && strcmp(version, "1.0") != 0)
		return "The OAuth version is not 1.0";
	const EVP_MD *digest = !strcmp(method, "HMAC-SHA1")     ? EVP_sha1()
			       : !strcmp(method, "HMAC-SHA256") ? EVP_sha256()
								: NULL;
	if (!digest)
		return "The signature method is not known";
	long long off =
		strtoll(stamp, NULL, 10) - time(NULL) - fault_number(&rq->faults, F_SKEW);
	if (off > SKEW_MAX || off < -SKEW_MAX)
		return "The timestamp is refused";
	if (!signature_holds(rq, q, digest))
		return "The signature does not match";
	return nonce_used(a, q) ? "The nonce has been used" : NULL;
}

const char *oauth1_check(struct auth *a, struct request *rq, const char *header)
{
	struct query q = {0};
	query_parse(&q, rq->query_text);
	header_parse(&q, header);
	const char *why = query_check(a, rq, &q);
	query_clear(&q);
	return why;
}
