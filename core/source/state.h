/*
 * What a source is inside; for the modules of source/ only.
 */
#ifndef SOURCE_STATE_H
#define SOURCE_STATE_H

#include <stdbool.h>

#include "source/login.h"
#include "source/source.h"

struct source {
	const struct app *app;       /* borrowed */
	const struct secret *secret; /* borrowed */
	const atomic_bool *cancel;   /* borrowed; may be NULL */
	char *url;                   /* owned; the Service URL, normalised */
	struct http http;
	struct login login;
	struct http_call call;  /* of single requests */
	struct learned learned; /* owned texts */
	bool connected;
	bool slash;    /* collections want a trailing slash */
	bool unsorted; /* sort was refused */
	int limit_cap; /* records a page that are not refused; 0: not known */
};

/* The address of one page of a collection into `out` (emptied first). */
void source_page_url(const struct source *source, struct buf *out, const char *root,
	const char *path, int64_t offset, int limit);

/*
 * One GET of root/path with a limit of 1, authorised unless `bare`; the answer is in
 * source->call. 0 when an answer came, whatever its status. Tries a trailing slash on a 404.
 */
int source_probe(
	struct source *source, const char *root, const char *path, bool bare, struct err *err);

/* Whether the answer in source->call holds a list of `key`. ERR_SOURCE says why not. */
int source_probed_list(struct source *source, const char *key, struct err *err);

/* Removes the secret and the token from a text that quotes the source. */
void source_hide(const struct source *source, char *text);

#endif
