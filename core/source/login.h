/*
 * The credentials of one source in use: fetches and renews the OAuth 2 token, signs for OAuth
 * 1.0a, and hands out the Authorization value of each request. One thread at a time.
 */
#ifndef SOURCE_LOGIN_H
#define SOURCE_LOGIN_H

#include <stdbool.h>
#include <time.h>

#include "settings/secret.h"
#include "source/http.h"
#include "source/oauth.h"

struct login {
	const char *id;              /* borrowed */
	const struct secret *secret; /* borrowed */
	enum oauth_style style;
	char *token_url;       /* owned; NULL with OAuth 1.0a */
	bool v1p2;             /* whose scopes are asked for */
	char *token;           /* owned; NULL: none yet */
	unsigned token_number; /* counts the tokens, to see whether one is the newest */
	time_t renew_at;       /* monotonic seconds; 0: not known */
	long status;           /* of the last token request, 0: no answer */
	char redirect[512];    /* where it pointed, if it was a redirect */
	bool redirect_seen;
	struct http_call call; /* of token requests */
};

void login_init(struct login *login, const char *id, const struct secret *secret);
void login_clear(struct login *login);

/* Another way from now on; what token there was is forgotten. `token_url` is copied. */
void login_use(struct login *login, enum oauth_style style, const char *token_url, bool v1p2);

/*
 * Fetches a new token. ERR_AUTH when it is refused, ERR_SOURCE when there is no token address
 * there, ERR_SETTINGS for a redirect, ERR_NETWORK, ERR_CANCELLED. OAuth 1.0a: does nothing.
 */
int login_renew(struct login *login, struct http *http, struct err *err);

/*
 * Appends the Authorization value of a GET of `url` to `out`; renews the token when there is
 * none or it is about to expire. Wipe `out` after use. Fails as login_renew.
 */
int login_authorise(struct login *login, struct http *http, const char *url, struct buf *out,
	struct err *err);

/* Whether the last token request found that there is no token address there. */
bool login_is_missing(const struct login *login);

/*
 * The error of a request that was answered with 401 or 403, with advice; names a wrong clock
 * when that is what OAuth 1.0a stumbles over. Always -1.
 */
int login_denied(const struct login *login, const struct http_call *call, struct err *err);

#endif
