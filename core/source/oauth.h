/*
 * OAuth, the pure part: what to send, what came back, signatures. No clock, no randomness, no
 * network in here (login.h has them).
 */
#ifndef SOURCE_OAUTH_H
#define SOURCE_OAUTH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "settings/settings.h"

/* The ways to authorise, in the order in which they are tried. */
enum oauth_style {
	OAUTH2_BASIC_SCOPE, /* client by HTTP Basic */
	OAUTH2_BODY_SCOPE,  /* client in the form */
	OAUTH2_BASIC,
	OAUTH2_BODY,
	OAUTH1_SHA1,
	OAUTH1_SHA256,
	OAUTH_STYLES,
};

/* As remembered in learned.auth: "oauth2 basic scope", "oauth1 HMAC-SHA1" ... */
const char *oauth_style_name(enum oauth_style style);
bool oauth_style_by_name(const char *name, enum oauth_style *style); /* NULL name: false */
bool oauth_style_is_1(enum oauth_style style);
bool oauth_style_fits(enum oauth_style style, enum auth_mode mode);

/* The form of a token request (RFC 6749 section 4.4.2) into `form`. `scope` may be NULL. */
void oauth2_form(struct buf *form, enum oauth_style style, const char *id, const char *secret,
	const char *scope);

/* "Basic ..." (RFC 7617) appended to `out`. */
void oauth2_basic(struct buf *out, const char *id, const char *secret);

/* What a token endpoint granted. */
struct oauth_grant {
	char *token;  /* owned; wipe and free */
	long expires; /* seconds; 0: not said */
};

/*
 * Reads a token answer with status 200: an object with access_token, or a bare JSON string.
 * ERR_AUTH with the reason when there is no token in it; ERR_SOURCE for what is not JSON.
 */
int oauth2_read(const char *body, size_t length, struct oauth_grant *grant, struct err *err);

/* One request to sign with OAuth 1.0a, two-legged (RFC 5849). All borrowed. */
struct oauth1 {
	const char *method;
	const char *url; /* exactly as sent, with its query */
	const char *id;
	const char *secret;
	const char *nonce;
	const char *timestamp; /* seconds since 1970 */
	const char *version;   /* "1.0"; NULL leaves the parameter out */
	bool sha256;           /* HMAC-SHA256, not HMAC-SHA1 */
};

/* The signature base string (section 3.4.1) appended to `out`. */
void oauth1_base(const struct oauth1 *request, struct buf *out);

/* The value of the Authorization header appended to `out`. */
void oauth1_header(const struct oauth1 *request, struct buf *out);

#endif
