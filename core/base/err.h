/*
 * An error: what kind it is, and a text fit to be shown to the administrator.
 *
 * Every fallible function returns 0 or -1 and takes a `struct err *` last. On success
 * the error is untouched. The text names the thing, the reason and the next step.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
	ERR_NONE,
	ERR_FAILED, /* the operation failed: disk, store, anything without a code of its own */
	ERR_USAGE,  /* the words of the call are off */
	ERR_SETTINGS,  /* something is not configured, or configured wrongly */
	ERR_LOCKED,    /* another process holds the lock */
	ERR_AUTH,      /* the source refused the credentials */
	ERR_NETWORK,   /* the source could not be reached, or broke off */
	ERR_SOURCE,    /* the source answered, but what it sent cannot be used */
	ERR_AGAIN,     /* the source changed under the pull: start the pull anew */
	ERR_CANCELLED, /* the administrator stopped it */
};

struct err {
	enum err_code code; /* ERR_NONE until something failed */
	char text[800];     /* one or two lines, cleaned for a terminal */
};

/* Sets code and text; what came from outside is cleaned for display. Always -1. */
int err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "context: " before the text that is there. Always -1. */
int err_context(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
