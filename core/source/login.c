#include "source/login.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/mem.h"
#include "source/fault.h"
#include "source/url.h"

enum { RENEW_EARLY_S = 30, SKEW_S = 240 };

void login_init(struct login *login, const char *id, const struct secret *secret)
{
	memset(login, 0, sizeof(*login));
	login->id = id ? id : "";
	login->secret = secret;
	http_call_init(&login->call);
}

static void forget_token(struct login *login)
{
	if (login->token)
		explicit_bzero(login->token, strlen(login->token));
	free(login->token);
	login->token = NULL;
	login->renew_at = 0;
}

void login_clear(struct login *login)
{
	forget_token(login);
	free(login->token_url);
	if (login->call.body.room)
		explicit_bzero(login->call.body.data, login->call.body.used);
	http_call_clear(&login->call);
	memset(login, 0, sizeof(*login));
}

void login_use(struct login *login, enum oauth_style style, const char *token_url, bool v1p2)
{
	forget_token(login);
	login->style = style;
	login->v1p2 = v1p2;
	mem_replace(&login->token_url, token_url);
}

static time_t monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void scope_of(const struct login *login, char *out, size_t size)
{
	const char *base = login->v1p2 ? "https://purl.imsglobal.org/spec/or/v1p2/scope/"
				       : "https://purl.imsglobal.org/spec/or/v1p1/scope/";

	snprintf(out, size,
		"%sroster-core.readonly %sroster.readonly %sroster-demographics.readonly", base,
		base, base);
}

static int request_token(struct login *login, struct http *http, struct err *err)
{
	struct http_call *call = &login->call;
	struct buf basic;
	char scope[400];
	bool by_basic = login->style == OAUTH2_BASIC || login->style == OAUTH2_BASIC_SCOPE;
	int result;

	buf_init(&basic);
	scope_of(login, scope, sizeof(scope));
	buf_reset(&call->url);
	buf_adds(&call->url, login->token_url);
	buf_reset(&call->form);
	oauth2_form(&call->form, login->style, login->id, login->secret->text, scope);
	if (by_basic)
		oauth2_basic(&basic, login->id, login->secret->text);
	http_call_prepare(call, http, by_basic ? basic.data : NULL);
	result = http_perform(http, call, err);
	explicit_bzero(call->form.data, call->form.used);
	explicit_bzero(basic.data, basic.used);
	buf_clear(&basic);
	return result;
}

static void keep(struct login *login, const struct oauth_grant *grant)
{
	long early = grant->expires / 4 < RENEW_EARLY_S ? grant->expires / 4 : RENEW_EARLY_S;

	forget_token(login);
	login->token = grant->token;
	login->token_number++;
	login->renew_at = grant->expires ? monotonic() + grant->expires - early : 0;
}

bool login_is_missing(const struct login *login)
{
	return login->status == 404 || login->status == 405 || login->status == 410;
}

/* Overwrites a word wherever a body quotes it. */
static void mask(struct buf *body, const char *word)
{
	size_t length = word ? strlen(word) : 0;
	char *at = body->data, *end = body->data + body->used;

	if (length == 0)
		return;
	while ((at = memmem(at, (size_t)(end - at), word, length)) != NULL) {
		memset(at, '*', length);
		at += length;
	}
}

/* A source may send back what it was sent; before its words are quoted, ours go. */
static void mask_secrets(struct login *login, struct buf *body)
{
	struct buf word;

	buf_init(&word);
	oauth2_basic(&word, login->id, login->secret->text);
	mask(body, word.data + strlen("Basic "));
	explicit_bzero(word.data, word.used);
	buf_reset(&word);
	url_encode(&word, login->secret->text);
	mask(body, word.data);
	explicit_bzero(word.data, word.used);
	buf_clear(&word);
	mask(body, login->secret->text);
}

static int refused(struct login *login, struct err *err)
{
	const struct http_call *call = &login->call;
	long status = call->answer.status;
	char reason[FAULT_SIZE];

	fault_text(call->body.data, call->body.used, reason);
	if (login_is_missing(login))
		return err_set(err, ERR_SOURCE, "no token address at %s (status %ld)",
			login->token_url, status);
	if (status >= 500)
		return err_set(err, ERR_NETWORK,
			"the token address %s fails with status %ld%s%s. Try again later",
			login->token_url, status, reason[0] ? ": " : "", reason);
	return err_set(err, ERR_AUTH,
		"the token address %s refuses the client id and secret (status %ld%s%s). Check "
		"both with "
		"the source's administrator",
		login->token_url, status, reason[0] ? ": " : "", reason);
}

int login_renew(struct login *login, struct http *http, struct err *err)
{
	struct oauth_grant grant = {0};
	const struct http_call *call = &login->call;
	int result = -1, tries = 0, sent;

	if (oauth_style_is_1(login->style))
		return 0;
	login->status = 0;
	login->redirect_seen = false;
	do {
		sent = request_token(login, http, err);
	} while (http_try_again(http, call, ++tries));
	if (sent < 0)
		return -1;
	login->status = call->answer.status;
	mask_secrets(login, &login->call.body);
	if (login->status >= 300 && login->status < 400) {
		login->redirect_seen = true;
		snprintf(login->redirect, sizeof(login->redirect), "%s", call->answer.location);
		http_redirect_error(call, "the token URL", err);
	} else if (login->status < 200 || login->status >= 300) {
		refused(login, err);
	} else if (oauth2_read(call->body.data, call->body.used, &grant, err) == 0) {
		keep(login, &grant);
		result = 0;
	} else {
		err_context(err, "%s", login->token_url);
	}
	explicit_bzero(call->body.data, call->body.used);
	return result;
}

static void sign_request(struct login *login, const char *url, struct buf *out)
{
	unsigned char random[16];
	char nonce[33], timestamp[24];
	struct oauth1 request = {
		.method = "GET",
		.url = url,
		.id = login->id,
		.secret = login->secret->text,
		.nonce = nonce,
		.timestamp = timestamp,
		.version = "1.0",
		.sha256 = login->style == OAUTH1_SHA256,
	};
	size_t i;

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		abort();
	for (i = 0; i < sizeof(random); i++)
		snprintf(nonce + 2 * i, 3, "%02x", random[i]);
	snprintf(timestamp, sizeof(timestamp), "%lld", (long long)time(NULL));
	oauth1_header(&request, out);
}

int login_authorise(struct login *login, struct http *http, const char *url, struct buf *out,
	struct err *err)
{
	if (oauth_style_is_1(login->style)) {
		sign_request(login, url, out);
		return 0;
	}
	if (!login->token || (login->renew_at && monotonic() >= login->renew_at))
		if (login_renew(login, http, err) < 0)
			return -1;
	buf_adds(out, "Bearer ");
	buf_adds(out, login->token);
	return 0;
}

int login_denied(const struct login *login, const struct http_call *call, struct err *err)
{
	char reason[FAULT_SIZE];
	time_t date = call->answer.date;
	long skew = date ? (long)(time(NULL) - date) : 0;

	fault_text(call->body.data, call->body.used, reason);
	if (call->answer.status == 403)
		return err_set(err, ERR_AUTH,
			"the source does not permit %s (status 403%s%s). Ask its administrator "
			"to grant this "
			"client the OneRoster roster-core scope, or read permission for "
			"rosters",
			call->url.data, reason[0] ? ": " : "", reason);
	if (oauth_style_is_1(login->style) && labs(skew) > SKEW_S)
		return err_set(err, ERR_AUTH,
			"the source refuses the signature (status 401), and this machine's "
			"clock is %ld "
			"seconds %s the source's. Set the clock (timedatectl set-ntp true)",
			labs(skew), skew > 0 ? "ahead of" : "behind");
	return err_set(err, ERR_AUTH,
		"the source refuses the %s (status 401%s%s). Check client id and secret with "
		"its "
		"administrator",
		oauth_style_is_1(login->style) ? "OAuth 1.0a signature"
					       : "access token it granted itself",
		reason[0] ? ": " : "", reason);
}
