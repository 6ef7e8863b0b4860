#include "prefill.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "settings/secret.h"

static int store_secret(const char *state, const char *app, const char *path, struct err *err)
{
	struct secret secret = {""};
	int fd = open(path, O_RDONLY | O_CLOEXEC), result;

	if (fd < 0)
		return file_error(err, "open", path);
	result = secret_read(fd, "", &secret, err);
	close(fd);
	if (!result)
		result = secret_store(state, app, &secret, err);
	secret_wipe(&secret);
	return result;
}

int prefill(struct app *app, const char *state, const char *values, struct err *err)
{
	char *copy, *rest;
	const char *url, *client;
	int result;

	if (!app_kind_has_secret(app->kind))
		return 0; /* they are those of a service */
	copy = rest = mem_strdup(values);
	url = strsep(&rest, ",");
	client = strsep(&rest, ",");
	result = app_set(app, "url", url, err);
	if (!result && client)
		result = app_set(app, "client_id", client, err);
	if (!result && rest && *rest)
		result = store_secret(state, app->name, rest, err);
	free(copy);
	return result;
}
