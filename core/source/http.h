/*
 * HTTP by libcurl, with the rules of the house: https, TLS 1.2 or later, certificates checked,
 * no redirects, no netrc, refused addresses, capped bodies, cookies in memory. Knows neither
 * OneRoster nor OAuth.
 */
#ifndef SOURCE_HTTP_H
#define SOURCE_HTTP_H

#include <curl/curl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "source/answer.h"

enum {
	HTTP_CONNECT_MS = 15000,
	HTTP_SILENCE_S = 30,       /* nothing for so long is a time-out */
	HTTP_WHOLE_S = 1800,       /* so is an answer that trickles for so long */
	HTTP_BODY_MAX = 128 << 20, /* inflated bytes of one answer */
	HTTP_GRANT_MAX = 1 << 20,  /* the same of an answer to a POST */
	HTTP_TRIES = 3,            /* of a single request */
	HTTP_FIRST_WAIT_MS = 400,  /* doubled each time */
	HTTP_RETRY_AFTER_MAX_S = 10,
	HTTP_POLL_MS = 100, /* how late a cancellation may be seen */
};

/* What the calls of one source share: cookies, resolved names, TLS sessions. One thread at a
 * time. */
struct http {
	CURLM *multi;              /* owned; used by http_perform */
	CURLSH *share;             /* owned */
	char *ca_bundle;           /* owned; NULL: the system's */
	const atomic_bool *cancel; /* borrowed; may be NULL */
	atomic_bool stop;          /* set by another thread: end as if cancelled */
};

void http_init(struct http *http, const char *ca_bundle, const atomic_bool *cancel);
void http_clear(struct http *http);
bool http_is_cancelled(const struct http *http);

/* One request and its answer. Reused for the next: its connection and buffers are kept. */
struct http_call {
	CURL *easy;                 /* owned */
	struct curl_slist *headers; /* owned; holds credentials, wiped */
	struct buf url;
	struct buf form; /* of a POST; holds credentials, wiped */
	struct buf body;
	struct answer answer;
	CURLcode result;
	char error[CURL_ERROR_SIZE]; /* libcurl's words */
	char refused[64];            /* address that was refused; "" */
	bool plain;                  /* http: loopback only */
	bool too_large;
};

void http_call_init(struct http_call *call);
void http_call_clear(struct http_call *call);

/*
 * Makes the call ready for call->url, which the caller has filled and checked (url_check).
 * `authorization` is the header's value, NULL for none. With something in call->form it is a
 * POST, else a GET.
 */
void http_call_prepare(struct http_call *call, struct http *http, const char *authorization);

/*
 * Sends and waits. 0 when an answer came, whatever its status; ERR_NETWORK by cause,
 * ERR_SETTINGS for a refused address, ERR_CANCELLED.
 */
int http_perform(struct http *http, struct http_call *call, struct err *err);

/*
 * After a single request: whether the source only asked for patience (429, 5xx), or the
 * connection broke off, and it is worth sending it once more; waits before it says so. `tries`
 * counts those made.
 */
bool http_try_again(const struct http *http, const struct http_call *call, int tries);

/* Why call->result is not CURLE_OK, with the next step. Always -1. */
int http_error(const struct http_call *call, struct err *err);

/* A refused redirect, naming its target. Always -1. */
int http_redirect_error(const struct http_call *call, const char *what, struct err *err);

#endif
