/*
 * A set of files that appears whole or not at all: as a folder or as a zip. Written beside its
 * target under a temporary name, synced, then put in place by one rename; who reads the target
 * sees the old set or the new one. Private: 0700 and 0600. Knows nothing of what is in it.
 */
#ifndef PUBLISH_BUNDLE_H
#define PUBLISH_BUNDLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct bundle;

enum bundle_form { BUNDLE_FOLDER, BUNDLE_ZIP };

/*
 * `names` (NULL at the end, borrowed) are the files that such a set may have: a folder is
 * replaced only when it holds nothing else, a file only when it is a zip or empty. A symbolic
 * link is followed. What a killed process left beside the target is removed.
 */
struct bundle *bundle_open(
	const char *target, enum bundle_form form, const char *const *names, struct err *err);

/* Without a commit before, all that was written is removed. NULL is fine. */
void bundle_close(struct bundle *bundle);

int bundle_begin(struct bundle *bundle, const char *name, struct err *err); /* ends the last */
int bundle_write(struct bundle *bundle, const void *data, size_t length, struct err *err);
int bundle_restart(struct bundle *bundle, struct err *err); /* the file begun is empty again */

/* Puts the set in place. `bytes` is then what it takes: the files' sizes, or the zip's. */
int bundle_commit(struct bundle *bundle, int64_t *bytes, struct err *err);

#endif
