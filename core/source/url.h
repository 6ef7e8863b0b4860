/*
 * Addresses: what the administrator typed made into a collection root, the candidates that
 * follow from it, and which addresses are refused. Pure; nothing is resolved or sent here.
 */
#ifndef SOURCE_URL_H
#define SOURCE_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum { URL_CANDIDATES = 16 };

/* Addresses to try, in order, none twice. */
struct url_list {
	char *url[URL_CANDIDATES]; /* owned */
	size_t count;
};

void url_list_clear(struct url_list *list);
void url_list_add(struct url_list *list, const char *url); /* a copy; full or there: ignored */

/*
 * The Service URL in normal form: https added when no scheme was typed; white space, query,
 * fragment, trailing slashes and a pasted collection ("/users") removed. The caller frees
 * *out. ERR_SETTINGS for what is no address or is refused (url_check).
 */
int url_normalise(const char *text, char **out, struct err *err);

/*
 * Whether requests with credentials may go to `url`: https (http for a loopback host only), no
 * user or password in it, no link-local or metadata address as host. ERR_SETTINGS if not;
 * `what` names the setting in the text.
 */
int url_check(const char *url, const char *what, struct err *err);

/* Adds the collection roots that may lie under a normalised Service URL. */
void url_roots(const char *normal, struct url_list *list);

/* Adds the token addresses that may belong to a collection root; all on its origin. */
void url_tokens(const char *root, struct url_list *list);

/* Same scheme, host and port. */
bool url_same_origin(const char *a, const char *b);

bool url_is_plain(const char *url); /* http, not https */

/* Whether a collection root is one of OneRoster 1.2, by its path. */
bool url_is_v1p2(const char *root);

/* Host and port as shown to people; "" when there is none. */
void url_host(const char *url, char *out, size_t size);

/* scheme://host:port, for comparison and messages. The caller frees; NULL when malformed. */
char *url_origin(const char *url);

/* Percent-encodes all but the unreserved characters (RFC 3986 section 2.3). */
void url_encode(struct buf *out, const char *text);

#endif
