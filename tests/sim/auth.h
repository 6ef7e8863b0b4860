/*
 * Who may see pages: OAuth 2 tokens from the token endpoint, or each request signed by
 * OAuth 1.0a. The caller holds the simulator's lock.
 */
#ifndef SIM_AUTH_H
#define SIM_AUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request;

enum { TOKEN_LEN = 40 };

struct token {
	char text[TOKEN_LEN + 1];
	long long ends; /* seconds, monotonic */
	bool core, demographics;
};

struct auth {
	struct token *tokens; /* owned, as the nonces */
	size_t token_count;
	uint64_t *nonces;
	size_t nonce_count;
};

void auth_clear(struct auth *a);
/* A new token; borrowed until the next call. */
const struct token *auth_issue(struct auth *a, long life, bool core, bool demographics);
void auth_expire_all(struct auth *a);
/* 0, or the status of the refusal with its reason in *why (borrowed). */
unsigned auth_check(
	struct auth *a, struct request *rq, const char *collection, const char **why);
/* oauth1.c: NULL where the signature holds, else what is wrong. */
const char *oauth1_check(struct auth *a, struct request *rq, const char *header);

#endif
