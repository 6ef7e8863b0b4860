/*
 * Delivery by SFTP: a zip is made in the state directory, and stays there until it has arrived,
 * though the server is away for days.
 */
#ifndef PUBLISH_DELIVER_H
#define PUBLISH_DELIVER_H

#include "publish/publish.h"
#include "settings/secret.h"

/*
 * Delivers what the hub has now to where publisher->app says. A set that waits, of the same hub
 * and scope, is the one that goes; an older one is dropped. What broke off is tried again at
 * once, a few times; then the set waits for the next call.
 */
int deliver(struct publisher *publisher, struct err *err);

/* The password, or the passphrase of the key, which may be none. */
int deliver_secret(
	const char *state, const struct app *app, struct secret *secret, struct err *err);

#endif
