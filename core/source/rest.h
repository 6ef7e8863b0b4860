/*
 * A source that is a OneRoster REST service: found, authorised, checked, pulled. For the
 * modules of source/ only.
 *
 * OneRoster 1.1 and 1.2 (1EdTech), OAuth 2 client credentials (RFC 6749 section 4.4),
 * OAuth 1.0a two-legged (RFC 5849).
 */
#ifndef SOURCE_REST_H
#define SOURCE_REST_H

#include <stdbool.h>

#include "source/kind.h"
#include "source/login.h"

struct rest {
	struct source base;
	const struct secret *secret; /* borrowed */
	char *url;                   /* owned; the Service URL, normalised */
	struct http http;
	struct login login;
	struct http_call call; /* of single requests */
	bool connected;
	bool slash;    /* collections want a trailing slash */
	bool unsorted; /* sort was refused */
	int limit_cap; /* records a page that are not refused; 0: not known */
};

/* The address of one page of a collection into `out` (emptied first). */
void rest_page_url(const struct rest *source, struct buf *out, const char *root,
	const char *path, int64_t offset, int limit);

/*
 * One GET of root/path with a limit of 1, authorised unless `bare`; the answer is in
 * source->call. 0 when an answer came, whatever its status. Tries a trailing slash on a 404.
 */
int rest_probe(
	struct rest *source, const char *root, const char *path, bool bare, struct err *err);

/* Whether the answer in source->call holds a list of `key`. ERR_SOURCE says why not. */
int rest_probed_list(struct rest *source, const char *key, struct err *err);

/* Removes the secret and the token from a text that quotes the source. */
void rest_hide(const struct rest *source, char *text);

/* The functions of source.h, for this kind. */
int rest_connect(struct source *source, struct err *err);
int rest_pull(struct source *source, const enum collection *order, size_t count,
	const struct taker *taker, struct err *err);
int rest_check(struct source *source, check_fn *step, void *arg, struct err *err);

#endif
