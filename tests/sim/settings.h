/*
 * What the simulator was told, by options or by POST /sim/set. Plain data, so that a request
 * works on its own copy while the next order comes in.
 */
#ifndef SIM_SETTINGS_H
#define SIM_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

enum auth_mode { AUTH_OAUTH2, AUTH_OAUTH1, AUTH_BOTH, AUTH_NONE };

struct settings {
	bool v12;
	bool https;
	bool gzip;
	enum auth_mode auth;
	uint32_t students;
	uint64_t seed;
	int day;
	int port;
	long limit_cap;
	long think; /* ms a page */
	long token_life;
	char client_id[128];
	char secret[256];
	char root[128];
	char token_path[256];
};

/* Takes one setting by its option name without the dashes; -1 where there is none such or the
 * value will not do. */
int settings_set(struct settings *s, const char *name, const char *value);
/* The path of the collections, such as /ims/oneroster/v1p1, into out. */
void settings_path(const struct settings *s, char *out, unsigned size);
void settings_token_path(const struct settings *s, char *out, unsigned size);

#endif
