/* Settings by name: see settings.h. */
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number(const char *text, long low, long high, long *out)
{
	char *end;
	long n = strtol(text, &end, 10);
	if (end == text || *end || n < low || n > high)
		return -1;
	*out = n;
	return 0;
}

static int text(char *out, size_t size, const char *value)
{
	if (strlen(value) >= size)
		return -1;
	strcpy(out, value);
	return 0;
}

static int set_version(struct settings *s, const char *value)
{
	if (strcmp(value, "1.1") != 0 && strcmp(value, "1.2") != 0)
		return -1;
	s->v12 = !strcmp(value, "1.2");
	return 0;
}

static int set_auth(struct settings *s, const char *value)
{
	static const char *const modes[] = {"oauth2", "oauth1", "both", "none"};
	for (int i = 0; i < 4; i++) {
		if (!strcmp(value, modes[i])) {
			s->auth = (enum auth_mode)i;
			return 0;
		}
	}
	return -1;
}

/* The root is kept with a slash in front and none behind. */
static int set_root(struct settings *s, const char *value)
{
	while (*value == '/')
		value++;
	size_t len = strlen(value);
	while (len && value[len - 1] == '/')
		len--;
	if (len + 2 > sizeof(s->root))
		return -1;
	snprintf(s->root, sizeof(s->root), "%s%.*s", len ? "/" : "", (int)len, value);
	return 0;
}

int settings_set(struct settings *s, const char *name, const char *value)
{
	long n = 0;
	if (!strcmp(name, "version"))
		return set_version(s, value);
	if (!strcmp(name, "auth"))
		return set_auth(s, value);
	if (!strcmp(name, "root"))
		return set_root(s, value);
	if (!strcmp(name, "client-id"))
		return text(s->client_id, sizeof(s->client_id), value);
	if (!strcmp(name, "secret"))
		return text(s->secret, sizeof(s->secret), value);
	if (!strcmp(name, "token-path"))
		return text(s->token_path, sizeof(s->token_path), value);
	if (!strcmp(name, "students") && !number(value, 0, 4000000, &n))
		s->students = (uint32_t)n;
	else if (!strcmp(name, "seed") && !number(value, 0, 0x7fffffffffff, &n))
		s->seed = (uint64_t)n;
	else if (!strcmp(name, "day") && !number(value, 0, 20000, &n))
		s->day = (int)n;
	else if (!strcmp(name, "limit-cap") && !number(value, 1, 100000000, &n))
		s->limit_cap = n;
	else if (!strcmp(name, "think") && !number(value, 0, 600000, &n))
		s->think = n;
	else if (!strcmp(name, "token-life") && !number(value, 0, 100000000, &n))
		s->token_life = n;
	else if (!strcmp(name, "gzip") && !number(value, 0, 1, &n))
		s->gzip = n;
	else
		return -1;
	return 0;
}

void settings_path(const struct settings *s, char *out, unsigned size)
{
	snprintf(out, size, "%s/ims/oneroster/%s", s->root, s->v12 ? "rostering/v1p2" : "v1p1");
}

void settings_token_path(const struct settings *s, char *out, unsigned size)
{
	if (*s->token_path) {
		snprintf(out, size, "%s", s->token_path);
		return;
	}
	char path[256];
	settings_path(s, path, sizeof(path));
	snprintf(out, size, "%s/token", path);
}
