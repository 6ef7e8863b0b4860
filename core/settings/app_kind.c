/*
 * The kinds of apps, and which settings mean something to which.
 */
#include "settings/settings.h"

#include <string.h>

static const struct {
	const char *name;
	const char *title;
	bool files; /* on disk; else a service */
} kinds[APP_KINDS] = {
	[APP_LUMEN_TOUCH] = {"lumen-touch", "Lumen Touch", false},
	[APP_ONEROSTER_API] = {"oneroster-api", "OneRoster API", false},
	[APP_ONEROSTER_CSV] = {"oneroster-csv", "OneRoster CSV", true},
};

/* Settings of one side only. */
static const char *const of_services[] = {
	"url", "client_id", "token_url", "auth", "ca_bundle", "page_size", "parallel"};
static const char *const of_files[] = {"path"};

/* What a source is found by. */
static const char *const needed[] = {"path", "url", "client_id"};

const char *app_kind_name(enum app_kind kind)
{
	return kinds[kind].name;
}

const char *app_kind_title(enum app_kind kind)
{
	return kinds[kind].title;
}

bool app_kind_by_name(const char *name, enum app_kind *kind)
{
	size_t i;

	for (i = 0; i < APP_KINDS; i++) {
		if (!strcmp(name, kinds[i].name)) {
			*kind = (enum app_kind)i;
			return true;
		}
	}
	return false;
}

const char *app_kind_names(void)
{
	return "lumen-touch, oneroster-api and oneroster-csv";
}

bool app_kind_has_secret(enum app_kind kind)
{
	return !kinds[kind].files;
}

const char *app_kind_place(enum app_kind kind)
{
	return kinds[kind].files ? "path" : "url";
}

static bool is_one_of(const char *key, const char *const *keys, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(key, keys[i]))
			return true;
	return false;
}

bool setting_is_of(const struct setting *setting, enum app_kind kind)
{
	if (is_one_of(setting->key, of_services, sizeof(of_services) / sizeof(char *)))
		return !kinds[kind].files;
	if (is_one_of(setting->key, of_files, sizeof(of_files) / sizeof(char *)))
		return kinds[kind].files;
	return true;
}

bool setting_is_needed(const struct setting *setting, enum app_kind kind)
{
	return setting_is_of(setting, kind) &&
	       is_one_of(setting->key, needed, sizeof(needed) / sizeof(char *));
}

const struct setting *app_lacks(const struct app *app)
{
	size_t i;

	for (i = 0; i < sizeof(needed) / sizeof(char *); i++) {
		const struct setting *setting = setting_by_key(needed[i]);

		if (setting_is_needed(setting, app->kind) &&
			!*(char *const *)((const char *)app + setting->offset))
			return setting;
	}
	return NULL;
}
