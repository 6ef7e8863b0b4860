/*
 * The secrets of an app, by name: its client secret is "<app>", the password (or the passphrase
 * of the key) of its delivery "<app>.delivery". Never in argv, environment, settings, drafts,
 * logs, exports or error texts. Read from $CREDENTIALS_DIRECTORY/<name>.secret (systemd), else
 * from STATE/secrets/<name>, a 0600 file. Nothing of it protects from root.
 */
#ifndef SETTINGS_SECRET_H
#define SETTINGS_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/err.h"
#include "settings/settings.h"

enum { SECRET_MAX = 4096 };

struct secret {
	char text[SECRET_MAX + 1];
};

enum secret_kind { SECRET_CLIENT, SECRET_DELIVERY, SECRET_KINDS };

/* The name of an app's secret. The caller frees. */
char *secret_name(const char *app, enum secret_kind kind);
const char *secret_title(enum secret_kind kind); /* "client secret" */
const char *secret_word(enum secret_kind kind);  /* "client": in commands */

/* Loads a secret by its name. None set is ERR_SETTINGS naming the command that sets it. */
int secret_load(const char *state, const char *name, struct secret *secret, struct err *err);

/* The same for an app whose kind has a secret; without an error an empty one for others. */
int secret_need(
	const char *state, const struct app *app, struct secret *secret, struct err *err);

/* Whether the app needs a secret and has none. */
bool secret_is_missing(const char *state, const struct app *app);

int secret_store(
	const char *state, const char *name, const struct secret *secret, struct err *err);

/* Forgets the stored secret; none there is fine. */
int secret_forget(const char *state, const char *name, struct err *err);

/* All stored ones of an app. */
int secret_forget_all(const char *state, const char *app, struct err *err);

struct secret_status {
	bool set;
	bool from_credentials; /* given by systemd, so not ours to change */
	time_t when;           /* when it was set */
};
void secret_status(const char *state, const char *name, struct secret_status *status);

/*
 * Reads one line from `fd`: from a terminal with `prompt` and without echo, else as it comes.
 * Empty, too long, or with control characters is an error.
 */
int secret_read(int fd, const char *prompt, struct secret *secret, struct err *err);

void secret_wipe(struct secret *secret); /* overwrites it */

#endif
