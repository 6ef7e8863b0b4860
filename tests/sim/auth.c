/* OAuth 2: the token endpoint, and tokens on requests. See auth.h. */
#include "auth.h"
#include "request.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/random.h>
#include <time.h>

static long long now_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

void auth_clear(struct auth *a)
{
	free(a->tokens);
	free(a->nonces);
	*a = (struct auth){0};
}

void auth_expire_all(struct auth *a)
{
	a->token_count = 0;
}

const struct token *auth_issue(struct auth *a, long life, bool core, bool demographics)
{
	unsigned char noise[TOKEN_LEN / 2];
	if (getrandom(noise, sizeof(noise), 0) != (ssize_t)sizeof(noise))
		abort();
	a->tokens = sim_realloc(a->tokens, (a->token_count + 1) * sizeof(*a->tokens));
	struct token *t = &a->tokens[a->token_count++];
	*t = (struct token){
		.ends = now_seconds() + life, .core = core, .demographics = demographics};
	for (size_t i = 0; i < sizeof(noise); i++)
		snprintf(t->text + 2 * i, 3, "%02x", noise[i]);
	return t;
}

static unsigned bearer_check(
	struct auth *a, const char *text, const char *collection, const char **why)
{
	while (*text == ' ')
		text++;
	for (size_t i = 0; i < a->token_count; i++) {
		const struct token *t = &a->tokens[i];
		if (strcmp(t->text, text) != 0)
			continue;
		if (now_seconds() >= t->ends) {
			*why = "The access token has expired";
			return 401;
		}
		bool demographics = !strcmp(collection, "demographics");
		*why = "The token's scope does not cover this";
		return (demographics ? t->demographics : t->core) ? 0 : 403;
	}
	*why = "The access token is not known";
	return 401;
}

unsigned auth_check(
	struct auth *a, struct request *rq, const char *collection, const char **why)
{
	enum auth_mode mode = rq->settings.auth;
	if (mode == AUTH_NONE)
		return 0;
	const char *header =
		MHD_lookup_connection_value(rq->connection, MHD_HEADER_KIND, "Authorization");
	if (!header) {
		*why = "Authorization is missing";
		return 401;
	}
	if (!strncasecmp(header, "Bearer ", 7) && mode != AUTH_OAUTH1)
		return bearer_check(a, header + 7, collection, why);
	if (!strncasecmp(header, "OAuth ", 6) && mode != AUTH_OAUTH2) {
		*why = oauth1_check(a, rq, header + 6);
		return *why ? 401 : 0;
	}
	*why = "This kind of authorization is not accepted";
	return 401;
}

/* Client and secret of a Basic header, each percent-decoded as RFC 6749 has it. */
static bool basic_parse(const char *header, char *client, char *secret, size_t size)
{
	unsigned char plain[512];
	size_t len = strlen(header);
	if (len % 4 || len / 4 * 3 >= sizeof(plain))
		return false;
	int n = EVP_DecodeBlock(plain, (const unsigned char *)header, (int)len);
	if (n < 0)
		return false;
	plain[n] = 0;
	char *colon = strchr((char *)plain, ':');
	if (!colon)
		return false;
	*colon = 0;
	snprintf(client, size, "%s", (char *)plain);
	snprintf(secret, size, "%s", colon + 1);
	percent_decode(client, true);
	percent_decode(secret, true);
	return true;
}

static bool client_known(struct request *rq, const struct query *form)
{
	char client[600] = "", secret[600] = "";
	const char *header =
		MHD_lookup_connection_value(rq->connection, MHD_HEADER_KIND, "Authorization");
	if (header && !strncasecmp(header, "Basic ", 6)) {
		if (rq->faults.on[F_BASIC_REFUSED] ||
			!basic_parse(header + 6, client, secret, sizeof(client)))
			return false;
	} else {
		if (rq->faults.on[F_BODY_REFUSED])
			return false;
		const char *id = query_get(form, "client_id"),
			   *s = query_get(form, "client_secret");
		snprintf(client, sizeof(client), "%s", id ? id : "");
		snprintf(secret, sizeof(secret), "%s", s ? s : "");
	}
	return !strcmp(client, rq->settings.client_id) && !strcmp(secret, rq->settings.secret);
}

/* Which of the words the version in use knows; false where none. */
static bool scope_read(
	const struct settings *s, const char *scope, bool *core, bool *demographics)
{
	const char *base = s->v12 ? "https://purl.imsglobal.org/spec/or/v1p2/scope/"
				  : "https://purl.imsglobal.org/spec/or/v1p1/scope/";
	char *copy = sim_strdup(scope), *rest = copy, *word;
	*core = *demographics = false;
	while ((word = strsep(&rest, " ")) != NULL) {
		if (strncmp(word, base, strlen(base)) != 0)
			continue;
		word += strlen(base);
		*core = *core || !strcmp(word, "roster-core.readonly") ||
			!strcmp(word, "roster.readonly");
		*demographics = *demographics || !strcmp(word, "roster-demographics.readonly");
	}
	free(copy);
	return *core || *demographics;
}

static enum MHD_Result token_fail(struct request *rq, unsigned status, const char *error)
{
	if (status == 401) {
		pthread_mutex_lock(&rq->sim->lock);
		stats_auth(&rq->sim->stats, false);
		pthread_mutex_unlock(&rq->sim->lock);
	}
	struct reply r = {.status = status};
	if (status == 401)
		reply_header(&r, "WWW-Authenticate", "Basic realm=\"lumen\"");
	buf_printf(&r.own[0],
		"{\"error\":\"%s\",\"error_description\":\"The request was refused\"}", error);
	reply_slice(&r, r.own[0].data, r.own[0].len);
	r.raw = true;
	return reply_send(rq, &r);
}

static enum MHD_Result token_reply(struct request *rq, const char *scope, bool core, bool demo)
{
	const struct fault_hits *f = &rq->faults;
	struct sim *sim = rq->sim;
	pthread_mutex_lock(&sim->lock);
	struct token t = *auth_issue(&sim->auth, rq->settings.token_life, core, demo);
	sim->stats.tokens_issued++;
	stats_auth(&sim->stats, true);
	bool cookie = faults_known(&sim->faults, F_COOKIE);
	pthread_mutex_unlock(&sim->lock);
	struct reply r = {.status = 200, .raw = true};
	struct buf *b = &r.own[0];
	if (cookie)
		reply_header(&r, "Set-Cookie", "LUMENSESSION=s3ss10n; Path=/; HttpOnly");
	reply_header(&r, "Cache-Control", "no-store");
	if (f->on[F_TOKEN_STRING]) {
		buf_printf(b, "\"%s\"", t.text);
	} else {
		buf_printf(b, "{\"access_token\":\"%s\",\"token_type\":\"%s\"", t.text,
			f->on[F_TOKEN_TYPE] ? f->value[F_TOKEN_TYPE] : "Bearer");
		if (!f->on[F_NO_EXPIRES]) {
			const char *quote = f->on[F_EXPIRES_STRING] ? "\"" : "";
			buf_printf(b, ",\"expires_in\":%s%ld%s,\"scope\":", quote,
				rq->settings.token_life, quote);
			buf_json(b, scope, strlen(scope));
		}
		buf_char(b, '}');
	}
	reply_slice(&r, b->data, b->len);
	return reply_send(rq, &r);
}

/* What the endpoint says whatever was asked; true where it has said something. */
static bool token_spoilt(struct request *rq, enum MHD_Result *result)
{
	const struct fault_hits *f = &rq->faults;
	struct reply r = {.status = 200};
	if (f->on[F_TOKEN_REDIRECT]) {
		r.status = 307;
		reply_header(&r, "Location", "%s", f->value[F_TOKEN_REDIRECT]);
		*result = reply_html(rq, &r, "307 Temporary Redirect");
	} else if (f->on[F_TOKEN_500]) {
		r.status = 500;
		*result = reply_html(rq, &r, "500 Internal Server Error");
	} else if (f->on[F_TOKEN_HTML]) {
		*result = reply_html(rq, &r, "Sign in");
	} else if (f->on[F_TOKEN_200_FAIL]) {
		*result = token_fail(rq, 200, "invalid_client");
	} else {
		return false;
	}
	return true;
}

static enum MHD_Result token_answer(struct request *rq, const struct query *form)
{
	enum MHD_Result result;
	if (token_spoilt(rq, &result))
		return result;
	const char *grant = query_get(form, "grant_type"), *scope = query_get(form, "scope");
	if (!client_known(rq, form))
		return token_fail(rq, 401, "invalid_client");
	if (!grant || strcmp(grant, "client_credentials") != 0)
		return token_fail(rq, 400, "unsupported_grant_type");
	bool core = true, demographics = true, given = scope && *scope;
	if (rq->faults.on[F_SCOPE_UNKNOWN])
		return token_reply(rq, "", !given, !given);
	if (!given && rq->faults.on[F_SCOPE_REQUIRED])
		return token_fail(rq, 400, "invalid_scope");
	if (given && !scope_read(&rq->settings, scope, &core, &demographics))
		return token_fail(rq, 400, "invalid_scope");
	return token_reply(rq, given ? scope : "", core, demographics);
}

enum MHD_Result token_serve(struct request *rq)
{
	if (strcmp(rq->method, "POST") != 0)
		return reply_text(rq, 405, "text/plain", "POST only\n");
	if (rq->settings.auth == AUTH_OAUTH1 || rq->settings.auth == AUTH_NONE)
		return reply_error(
			rq, &(struct reply){0}, 404, "unknownobject", "No such path");
	pthread_mutex_lock(&rq->sim->lock);
	faults_strike(&rq->sim->faults, FAULT_TOKEN, NULL, &rq->faults);
	pthread_mutex_unlock(&rq->sim->lock);
	struct query form = {0};
	size_t len;
	char *body = buf_take(&rq->body, &len);
	query_parse(&form, body);
	free(body);
	enum MHD_Result result = token_answer(rq, &form);
	query_clear(&form);
	return result;
}
