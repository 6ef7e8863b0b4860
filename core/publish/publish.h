/*
 * Publishing the accepted hub: where and as what, one set at a time, each in the history of
 * deliveries and in the audit. What did not arrive is owed, and made up for at the next chance.
 */
#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "publish/format.h"
#include "settings/settings.h"
#include "store/delivery.h"

struct publisher {
	const char *state;     /* directory; borrowed, as all of it */
	const struct app *app; /* whose settings say what and where; NULL: by hand */
	const struct format *format;
	bool delta;                /* only what changed since the last that arrived there */
	const char *exclude;       /* attributes that never leave; NULL: none */
	const atomic_bool *cancel; /* of an upload; may be NULL */

	/* Called as each set ends; `failure` NULL: it arrived. */
	void (*told)(void *arg, const struct delivery *delivery, const struct err *failure);
	/* Bytes of an upload; may be NULL. */
	void (*progress)(void *arg, int64_t done, int64_t total);
	void *arg;
};

/* As the settings of `app` say. */
void publisher_init(struct publisher *publisher, const char *state, const struct app *app);

/* One place: a folder or a zip file of that path; by SFTP to where the app says (path NULL). */
int publish_to(struct publisher *publisher, enum delivery_kind kind, const char *path,
	struct err *err);

/*
 * To every place that the settings of publisher->app name, though one fails: then -1 with the
 * first failure. publish_owed only to those at which what the hub has now has not arrived.
 */
int publish_all(struct publisher *publisher, struct err *err);
int publish_owed(struct publisher *publisher, struct err *err);

/* Where the settings of an app publish to, "A, B and C", for people. */
void publish_places(const struct app *app, struct buf *out);

#endif
