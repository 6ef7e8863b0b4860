/*
 * Who did what and when: every decision, settings change and export. Each row is hashed with
 * the one before it, so that a changed or removed row shows.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "base/err.h"
#include "store/store.h"

/*
 * Adds a row: who (uid, /proc/self/loginuid, SUDO_USER, tty, SSH_CONNECTION), now, `action`
 * ("sync.approve"), `subject` ("main #41") and `detail` (counts, fingerprint, reason; no
 * personal data, no secret).
 */
int audit_add(struct store *store, const char *action, const char *subject, const char *detail,
	struct err *err);

/* Tells every row, oldest first. Strings are borrowed during the call. */
struct audit_row {
	int64_t id;
	int64_t at; /* Unix seconds */
	const char *who;
	const char *action;
	const char *subject;
	const char *detail;
};
typedef int audit_fn(void *arg, const struct audit_row *row, struct err *err);
int audit_each(struct store *store, audit_fn *each, void *arg, struct err *err);

/* Recomputes the chain; the err names the first row that does not fit. */
int audit_verify(struct store *store, struct err *err);

/* The name by which decisions are signed: "alice" or "alice (as root)". */
void audit_user(char *out, size_t size);

#endif
