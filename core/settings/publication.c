#include "settings/publication.h"

#include <stdio.h>
#include <string.h>

#include "roster/exclusion.h"

enum { FINGERPRINT = 43 }; /* base64 characters of a SHA-256, without padding */

bool publication_has(const struct setting *setting)
{
	return !strncmp(setting->key, "export.", strlen("export.")) ||
	       !strncmp(setting->key, "deliver.", strlen("deliver."));
}

bool publication_is_local(const struct setting *setting)
{
	return !strcmp(setting->key, "export.dir") || !strcmp(setting->key, "export.zip") ||
	       !strcmp(setting->key, "deliver.key_file");
}

static const char *host_fault(const char *text)
{
	if (strstr(text, "://"))
		return "is an address; the name of the server alone is wanted";
	return strpbrk(text, " \t/@[]?#%\\") ? "is no name of a server" : NULL;
}

static const char *path_fault(const char *text)
{
	size_t length = strlen(text);

	return text[length - 1] == '/' ? "names a folder; the zip file in it is wanted" : NULL;
}

static const char *host_key_fault(const char *text)
{
	static const char base64[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	if (strncmp(text, "SHA256:", 7) != 0)
		return "is no SHA-256 fingerprint";
	text += 7;
	return strspn(text, base64) != FINGERPRINT || text[FINGERPRINT]
		       ? "is not a whole fingerprint"
		       : NULL;
}

static const struct {
	const char *key;
	const char *(*fault)(const char *text);
} checks[] = {
	{"deliver.host", host_fault},
	{"deliver.path", path_fault},
	{"deliver.host_key", host_key_fault},
};

static int check_exclusion(const struct setting *setting, const char *text, struct err *err)
{
	struct exclusion exclusion;
	int result;

	exclusion_init(&exclusion);
	result = exclusion_parse(&exclusion, text, err);
	exclusion_clear(&exclusion);
	if (result) {
		char why[sizeof(err->text)];

		snprintf(why, sizeof(why), "%s", err->text);
		err_set(err, ERR_SETTINGS, "%s: %.400s. %s", setting->key, why,
			setting->example);
	}
	return result;
}

int publication_check(const struct setting *setting, const char *text, struct err *err)
{
	size_t i;

	if (!strcmp(setting->key, "export.exclude"))
		return check_exclusion(setting, text, err);
	for (i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		const char *why =
			strcmp(setting->key, checks[i].key) ? NULL : checks[i].fault(text);

		if (why)
			return err_set(err, ERR_SETTINGS, "%s: \"%.60s\" %s. %s", setting->key,
				text, why, setting->example);
	}
	return 0;
}

bool publication_is_set(const struct publication *publication)
{
	return publication->dir || publication->zip || publication->host;
}
