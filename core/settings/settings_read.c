#include "settings/settings_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "settings/rule_file.h"
#include "settings/settings_file.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum { KEY_MOST = 64 }; /* bytes; longer ones are none of ours */

struct reader {
	const char *path;
	struct settings *settings;
	struct app *app; /* the one being read */
};

/* A key of a group that is not in the table of keys: terms, learned, a school. */
struct member {
	const char *name;
	int type;      /* CONFIG_TYPE_... */
	size_t offset; /* in the struct of the group */
};

static const struct member terms_members[] = {
	{"version", CONFIG_TYPE_INT, offsetof(struct terms_acceptance, version)},
	{"when", CONFIG_TYPE_STRING, offsetof(struct terms_acceptance, when)},
	{"by", CONFIG_TYPE_STRING, offsetof(struct terms_acceptance, by)},
};

static const struct member learned_members[] = {
	{"root", CONFIG_TYPE_STRING, offsetof(struct learned, root)},
	{"token_url", CONFIG_TYPE_STRING, offsetof(struct learned, token_url)},
	{"auth", CONFIG_TYPE_STRING, offsetof(struct learned, auth)},
	{"page_size", CONFIG_TYPE_INT, offsetof(struct learned, page_size)},
};

static const struct member school_members[] = {
	{"id", CONFIG_TYPE_STRING, offsetof(struct school_choice, id)},
	{"on", CONFIG_TYPE_BOOL, offsetof(struct school_choice, on)},
	{"name", CONFIG_TYPE_STRING, offsetof(struct school_choice, name)},
	{"hub_id", CONFIG_TYPE_STRING, offsetof(struct school_choice, hub_id)},
};

/* Puts the place before a text that someone has set. */
static int locate(const struct reader *reader, const config_setting_t *at, struct err *err)
{
	return err_context(err, "%s:%u", reader->path, config_setting_source_line(at));
}

static int fault(const struct reader *reader, const config_setting_t *at, const char *why,
	struct err *err)
{
	const char *name = config_setting_name(at);

	err_set(err, ERR_SETTINGS, "%s%s%s", name ? name : "", name ? " " : "", why);
	return locate(reader, at, err);
}

static const char *type_wanted(int type)
{
	switch (type) {
	case CONFIG_TYPE_STRING: return "must be a text in quotes.";
	case CONFIG_TYPE_INT: return "must be a whole number.";
	case CONFIG_TYPE_BOOL: return "must be true or false.";
	case CONFIG_TYPE_GROUP: return "must be a group in braces { }.";
	default: return "must be a list in parentheses ( ).";
	}
}

static int need_type(
	const struct reader *reader, const config_setting_t *at, int type, struct err *err)
{
	return config_setting_type(at) == type ? 0 : fault(reader, at, type_wanted(type), err);
}

static int read_member(const struct reader *reader, const config_setting_t *at,
	const struct member *member, void *base, struct err *err)
{
	char *field = (char *)base + member->offset;

	if (need_type(reader, at, member->type, err))
		return -1;
	switch (member->type) {
	case CONFIG_TYPE_STRING:
		mem_replace((char **)field, config_setting_get_string(at));
		return 0;
	case CONFIG_TYPE_BOOL: *(bool *)field = config_setting_get_bool(at); return 0;
	default: break;
	}
	if (config_setting_get_int(at) < 0)
		return fault(reader, at, "must not be negative.", err);
	*(int *)field = config_setting_get_int(at);
	return 0;
}

static int read_members(const struct reader *reader, const config_setting_t *group,
	const struct member *members, size_t count, void *base, struct err *err)
{
	size_t m;
	int i;

	if (need_type(reader, group, CONFIG_TYPE_GROUP, err))
		return -1;
	for (i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *at = config_setting_get_elem(group, (unsigned)i);

		for (m = 0; m < count && strcmp(config_setting_name(at), members[m].name); m++)
			;
		if (m == count)
			return fault(reader, at, "is not known here.", err);
		if (read_member(reader, at, &members[m], base, err))
			return -1;
	}
	return 0;
}

static int read_school(const struct reader *reader, const config_setting_t *at, struct err *err)
{
	struct school_choice school = {0}, *choice;
	int result = -1;

	if (read_members(reader, at, school_members, COUNT(school_members), &school, err))
		goto out;
	if (!school.id || !*school.id) {
		fault(reader, at, "A school needs an id.", err);
		goto out;
	}
	if (app_school(reader->app, school.id)) {
		fault(reader, at, "The id of this school is there twice.", err);
		goto out;
	}
	choice = app_need_school(reader->app, school.id);
	choice->on = school.on;
	mem_replace(&choice->name, school.name);
	mem_replace(&choice->hub_id, school.hub_id);
	result = 0;
out:
	free(school.id);
	free(school.name);
	free(school.hub_id);
	return result;
}

static int read_schools(
	const struct reader *reader, const config_setting_t *list, struct err *err)
{
	int i, result = need_type(reader, list, CONFIG_TYPE_LIST, err);

	for (i = 0; !result && i < config_setting_length(list); i++)
		result = read_school(reader, config_setting_get_elem(list, (unsigned)i), err);
	return result;
}

/* The value as `app set` would take it; NULL when the type in the file is the wrong one. */
static const char *value_text(
	const config_setting_t *at, enum setting_type type, char *number, size_t size)
{
	switch (config_setting_type(at)) {
	case CONFIG_TYPE_STRING:
		return type == SETTING_INT || type == SETTING_BOOL
			       ? NULL
			       : config_setting_get_string(at);
	case CONFIG_TYPE_BOOL:
		return type != SETTING_BOOL ? NULL : config_setting_get_bool(at) ? "on" : "off";
	case CONFIG_TYPE_INT:
		snprintf(number, size, "%d", config_setting_get_int(at));
		return type == SETTING_INT || type == SETTING_LIMIT ? number : NULL;
	default: return NULL;
	}
}

static int read_value(const struct reader *reader, const config_setting_t *at, const char *key,
	struct err *err)
{
	const struct setting *setting = setting_by_key(key);
	const char *value;
	char number[16];

	if (!setting) { /* app_set names the key that was probably meant */
		if (!app_set(reader->app, key, "", err))
			return fault(reader, at, "is for the command line only.", err);
		return locate(reader, at, err);
	}
	value = value_text(at, setting->type, number, sizeof(number));
	if (!value)
		return fault(reader, at,
			type_wanted(setting->type == SETTING_INT    ? CONFIG_TYPE_INT
				    : setting->type == SETTING_BOOL ? CONFIG_TYPE_BOOL
								    : CONFIG_TYPE_STRING),
			err);
	return app_set(reader->app, key, value, err) ? locate(reader, at, err) : 0;
}

/* A setting, or a group of them whose path is put before their names. */
static int read_entry(const struct reader *reader, const config_setting_t *at,
	const char *prefix, struct err *err)
{
	char key[KEY_MOST];
	int i, result = 0;

	if (snprintf(key, sizeof(key), "%s%s%s", prefix, *prefix ? "." : "",
		    config_setting_name(at)) >= (int)sizeof(key))
		return fault(reader, at, "is not known here.", err);
	if (!config_setting_is_group(at))
		return read_value(reader, at, key, err);
	for (i = 0; !result && i < config_setting_length(at); i++)
		result = read_entry(reader, config_setting_get_elem(at, (unsigned)i), key, err);
	return result;
}

/* Rules of an app, or those of the hub, whichever the place is for. */
static int read_rules(const struct reader *reader, const config_setting_t *at,
	enum rule_kind kind, struct rules *rules, struct err *err)
{
	const config_setting_t *where = at;

	if ((kind < RULE_OF_HUB) != (rules != &reader->settings->rules))
		return fault(reader, at,
			kind < RULE_OF_HUB ? "belongs to an app."
					   : "belongs to the hub: write it beside apps.",
			err);
	return rule_file_read(at, kind, rules, &where, err) ? locate(reader, where, err) : 0;
}

/* The keys of an app that are not in the table. They come last: setting a URL unlearns. */
static int read_others(
	const struct reader *reader, const config_setting_t *group, struct err *err)
{
	struct app *app = reader->app;
	const config_setting_t *at;

	at = config_setting_get_member(group, "schools");
	if (at && read_schools(reader, at, err))
		return -1;
	at = config_setting_get_member(group, "terms");
	if (at &&
		read_members(reader, at, terms_members, COUNT(terms_members), &app->terms, err))
		return -1;
	at = config_setting_get_member(group, "learned");
	if (at && read_members(reader, at, learned_members, COUNT(learned_members),
			  &app->learned, err))
		return -1;
	return 0;
}

static bool is_other(const char *name)
{
	static const char *const others[] = {"name", "kind", "schools", "terms", "learned"};
	size_t i;

	for (i = 0; i < COUNT(others); i++) {
		if (!strcmp(name, others[i]))
			return true;
	}
	return false;
}

static int begin_app(struct reader *reader, const config_setting_t *group, struct err *err)
{
	const char *name = NULL, *kind_name = NULL;
	enum app_kind kind;

	if (need_type(reader, group, CONFIG_TYPE_GROUP, err))
		return -1;
	if (!config_setting_lookup_string(group, "name", &name) ||
		!config_setting_lookup_string(group, "kind", &kind_name))
		return fault(reader, group, "An app needs a name and a kind.", err);
	if (!app_kind_by_name(kind_name, &kind)) {
		err_set(err, ERR_SETTINGS, "\"%.60s\" is no kind of app. There is: %s.",
			kind_name, app_kind_names());
		return locate(reader, group, err);
	}
	reader->app = settings_add_app(reader->settings, kind, name, err);
	return reader->app ? 0 : locate(reader, group, err);
}

static int read_app(struct reader *reader, const config_setting_t *group, struct err *err)
{
	enum rule_kind kind;
	int i;

	if (begin_app(reader, group, err))
		return -1;
	for (i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *at = config_setting_get_elem(group, (unsigned)i);

		if (rule_file_is(config_setting_name(at), &kind)
				? read_rules(reader, at, kind, &reader->app->rules, err)
				: !is_other(config_setting_name(at)) &&
					  read_entry(reader, at, "", err))
			return -1;
	}
	return read_others(reader, group, err);
}

/* An empty list may be written () or, as libconfig reads it, be of either kind. */
static int read_apps(struct reader *reader, const config_setting_t *list, struct err *err)
{
	int i, result = 0;

	if (config_setting_length(list) || !config_setting_is_array(list))
		result = need_type(reader, list, CONFIG_TYPE_LIST, err);
	for (i = 0; !result && i < config_setting_length(list); i++)
		result = read_app(reader, config_setting_get_elem(list, (unsigned)i), err);
	return result;
}

static int read_version(
	const struct reader *reader, const config_setting_t *at, struct err *err)
{
	if (need_type(reader, at, CONFIG_TYPE_INT, err))
		return -1;
	if (config_setting_get_int(at) == SETTINGS_FILE_VERSION)
		return 0;
	return fault(reader, at,
		"names a form of this file that this lumenport does not know. Use the lumenport "
		"that wrote it, or a newer one.",
		err);
}

int settings_read(
	const config_t *config, const char *path, struct settings *settings, struct err *err)
{
	struct reader reader = {path, settings, NULL};
	const config_setting_t *root = config_root_setting(config);
	enum rule_kind kind;
	int i, result = 0;

	for (i = 0; !result && i < config_setting_length(root); i++) {
		const config_setting_t *at = config_setting_get_elem(root, (unsigned)i);

		if (!strcmp(config_setting_name(at), "version"))
			result = read_version(&reader, at, err);
		else if (!strcmp(config_setting_name(at), "apps"))
			result = read_apps(&reader, at, err);
		else if (rule_file_is(config_setting_name(at), &kind))
			result = read_rules(&reader, at, kind, &settings->rules, err);
		else
			result = fault(&reader, at, "is not known here.", err);
	}
	return result;
}
