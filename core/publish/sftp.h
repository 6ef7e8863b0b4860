/*
 * A file to a server by SFTP (libcurl): the host key is pinned, nothing is sent to a server
 * with another one. Knows nothing of what is in the file.
 */
#ifndef PUBLISH_SFTP_H
#define PUBLISH_SFTP_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/check.h"
#include "base/err.h"
#include "settings/secret.h"
#include "settings/settings.h"

enum {
	SFTP_CONNECT_MS = 20000,
	SFTP_SILENCE_S = 30, /* nothing for so long is a time-out */
	SFTP_HOST_KEY = 64,  /* "SHA256:" and 43 characters */
};

struct sftp_watch {
	const atomic_bool *cancel; /* may be NULL; seen within a second */
	void (*progress)(void *arg, int64_t done, int64_t total); /* may be NULL */
	void *arg;
};

/* What is missing in the settings to deliver, and for which key. 0, or ERR_SETTINGS. */
int sftp_settings(const struct publication *publication, struct err *err);

/* "sftp://user@host:port/path", for people and the history. The caller frees. */
char *sftp_target(const struct publication *publication);

/*
 * Uploads `file` beside its target under a temporary name, then renames: readers see the old
 * file or the new one. Where the server does not rename over a file, there is a moment without
 * one. ERR_NETWORK: worth another try. ERR_AUTH: user, password or key were refused.
 * ERR_SETTINGS: something must be corrected first, an unknown or changed host key among it.
 * ERR_FAILED: the server, or the disk here, did not do what it should. ERR_CANCELLED.
 */
int sftp_upload(const struct publication *publication, const struct secret *secret,
	const char *file, const struct sftp_watch *watch, struct err *err);

/*
 * Tries it, step by step: connection, host key, login, writing and removing a file of one line
 * where the target is to be. `host_key` gets the fingerprint that the server showed, "" when it
 * came not so far. Without a pinned key it ends there, before anything is sent. 0 when no step
 * failed; else -1 with the first failure in `err`.
 */
int sftp_check(const struct publication *publication, const struct secret *secret,
	const struct sftp_watch *watch, check_fn *step, void *arg, char host_key[SFTP_HOST_KEY],
	struct err *err);

#endif
