/*
 * A test of something outside, told step by step as it goes: Test Connection and its like.
 */
#ifndef BASE_CHECK_H
#define BASE_CHECK_H

enum check_state { CHECK_OK, CHECK_WARNING, CHECK_FAILED, CHECK_SKIPPED };

struct check_step {
	const char *name; /* "Name lookup", "TCP connection", "TLS", "Token", "Schools", ... */
	enum check_state state;
	const char *detail; /* what was found */
	const char *advice; /* what to do; "" when there is nothing to do */
	int milliseconds;   /* -1: not measured */
};

typedef void check_fn(void *arg, const struct check_step *step);

#endif
