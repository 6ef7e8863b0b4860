/*
 * Publishing the accepted hub: where and as what, one set at a time, each in the history of
 * deliveries and in the audit. What did not arrive is owed, and made up for at the next chance.
 */
#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include <stdbool.h>

#include "base/err.h"
#include "publish/format.h"
#include "settings/settings.h"
#include "store/delivery.h"

struct publisher {
	const char *state;     /* directory; borrowed, as all of it */
	const struct app *app; /* whose settings say what and where; NULL: by hand */
	const struct format *format;
	bool delta;          /* only what changed since the last that arrived there */
	const char *exclude; /* attributes that never leave; NULL: none */

	/* Called as each set ends; `failure` NULL: it arrived. */
	void (*told)(void *arg, const struct delivery *delivery, const struct err *failure);
	void *arg;
};

/* As the settings of `app` say. */
void publisher_init(struct publisher *publisher, const char *state, const struct app *app);

/* One folder, or one zip file. */
int publish_to(struct publisher *publisher, enum delivery_kind kind, const char *path,
	struct err *err);

/*
 * To every place that the settings of publisher->app name, though one fails: then -1 with the
 * first failure. publish_owed only to those at which what the hub has now has not arrived.
 */
int publish_all(struct publisher *publisher, struct err *err);
int publish_owed(struct publisher *publisher, struct err *err);

/* Whether publish_owed would publish anything. */
bool publish_is_owed(const char *state, const struct app *app);

#endif
