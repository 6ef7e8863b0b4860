#include "settings/settings_file.h"

#include <errno.h>
#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "settings/rule_file.h"
#include "settings/settings_read.h"
#include "settings/settings_scan.h"

enum { FILE_MOST = 32 << 20 }; /* bytes; 100,000 schools need less */

static const char header[] = "# Settings of lumenport. The program owns this file: it writes "
			     "all of it anew when a setting\n"
			     "# changes, so comments do not survive. Change settings with "
			     "\"lumenport app set\". Every key\n"
			     "# is explained in lumenport.conf(5) and config.sample.\n\n";

static int parse(const char *path, const struct buf *text, config_t *config, struct err *err)
{
	unsigned line;
	const char *why = settings_scan(text->data, text->used, &line);

	if (why)
		return err_set(err, ERR_SETTINGS, "%s:%u: %s", path, line, why);
	if (!config_read_string(config, text->data))
		return err_set(err, ERR_SETTINGS,
			"%s:%d: This is not in the form of the file: %s.", path,
			config_error_line(config), config_error_text(config));
	return 0;
}

int settings_file_read(const char *path, struct settings *settings, struct err *err)
{
	config_t config;
	struct buf text;
	int result = -1;

	settings_init(settings);
	if (access(path, F_OK) && errno == ENOENT)
		return 0;
	config_init(&config);
	buf_init(&text);
	if (file_read(path, FILE_MOST, &text, err) || parse(path, &text, &config, err))
		goto out;
	result = settings_read(&config, path, settings, err);
	if (result)
		settings_clear(settings);
out:
	buf_clear(&text);
	config_destroy(&config);
	return result;
}

/* ---- writing ---- */

/* A text that is there; one that is not leaves no trace. */
static void add_text(config_setting_t *group, const char *name, const char *value)
{
	if (value)
		config_setting_set_string(
			config_setting_add(group, name, CONFIG_TYPE_STRING), value);
}

static void add_int(config_setting_t *group, const char *name, int value)
{
	config_setting_set_int(config_setting_add(group, name, CONFIG_TYPE_INT), value);
}

static void add_bool(config_setting_t *group, const char *name, bool value)
{
	config_setting_set_bool(config_setting_add(group, name, CONFIG_TYPE_BOOL), value);
}

/* The group in which the last word of a key's path lies, made where it is missing. */
static config_setting_t *group_of(config_setting_t *group, const char *key, const char **name)
{
	const char *dot;
	char *word;

	for (*name = key; (dot = strchr(*name, '.')); *name = dot + 1) {
		config_setting_t *inner;

		word = mem_strndup(*name, (size_t)(dot - *name));
		inner = config_setting_get_member(group, word);
		group = inner ? inner : config_setting_add(group, word, CONFIG_TYPE_GROUP);
		free(word);
	}
	return group;
}

/* Only what differs from the default, so that better defaults reach old settings. */
static void add_value(
	config_setting_t *app_group, const struct app *app, const struct setting *setting)
{
	config_setting_t *group;
	const char *name;
	struct buf value;

	buf_init(&value);
	app_get(app, setting, &value);
	if (strcmp(value.data, setting->fallback)) {
		group = group_of(app_group, setting->key, &name);
		if (setting->type == SETTING_BOOL)
			add_bool(group, name, !strcmp(value.data, "on"));
		else if (setting->type == SETTING_INT)
			add_int(group, name, atoi(value.data));
		else
			add_text(group, name, value.data);
	}
	buf_clear(&value);
}

static void add_schools(config_setting_t *app_group, const struct app *app)
{
	config_setting_t *list, *group;
	size_t i;

	if (!app->school_count)
		return;
	list = config_setting_add(app_group, "schools", CONFIG_TYPE_LIST);
	for (i = 0; i < app->school_count; i++) {
		group = config_setting_add(list, NULL, CONFIG_TYPE_GROUP);
		add_text(group, "id", app->schools[i].id);
		add_bool(group, "on", app->schools[i].on);
		add_text(group, "name", app->schools[i].name);
		add_text(group, "hub_id", app->schools[i].hub_id);
	}
}

static void add_terms(config_setting_t *app_group, const struct terms_acceptance *terms)
{
	config_setting_t *group;

	if (!terms->version)
		return;
	group = config_setting_add(app_group, "terms", CONFIG_TYPE_GROUP);
	add_int(group, "version", terms->version);
	add_text(group, "when", terms->when);
	add_text(group, "by", terms->by);
}

static void add_learned(config_setting_t *app_group, const struct learned *learned)
{
	config_setting_t *group;

	if (!learned->root && !learned->token_url && !learned->auth && !learned->page_size)
		return;
	group = config_setting_add(app_group, "learned", CONFIG_TYPE_GROUP);
	add_text(group, "root", learned->root);
	add_text(group, "token_url", learned->token_url);
	add_text(group, "auth", learned->auth);
	if (learned->page_size)
		add_int(group, "page_size", learned->page_size);
}

static void add_app(config_setting_t *list, const struct app *app)
{
	config_setting_t *group = config_setting_add(list, NULL, CONFIG_TYPE_GROUP);
	const struct setting *table;
	size_t count, i;

	add_text(group, "name", app->name);
	add_text(group, "kind", app_kind_name(app->kind));
	table = settings_table(&count);
	for (i = 0; i < count; i++)
		add_value(group, app, &table[i]);
	add_schools(group, app);
	rule_file_write(group, &app->rules);
	add_terms(group, &app->terms);
	add_learned(group, &app->learned);
}

static void build(config_t *config, const struct settings *settings)
{
	config_setting_t *root = config_root_setting(config), *list;
	size_t i;

	add_int(root, "version", SETTINGS_FILE_VERSION);
	list = config_setting_add(root, "apps", CONFIG_TYPE_LIST);
	for (i = 0; i < settings->count; i++)
		add_app(list, settings->apps[i]);
	rule_file_write(root, &settings->rules);
}

static int make_dir_of(const char *path, struct err *err)
{
	char *dir = file_dir_of(path);
	int result = file_make_dir(dir, err);

	free(dir);
	return result;
}

int settings_file_text(const struct settings *settings, struct buf *out, struct err *err)
{
	config_t config;
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	int result;

	if (!stream)
		return err_set(
			err, ERR_FAILED, "Cannot write the settings: %s.", strerror(errno));
	config_init(&config);
	build(&config, settings);
	fputs(header, stream);
	config_write(&config, stream);
	result = fclose(stream);
	if (result)
		err_set(err, ERR_FAILED, "Cannot write the settings: %s.", strerror(errno));
	else
		buf_add(out, text, length);
	config_destroy(&config);
	free(text);
	return result ? -1 : 0;
}

int settings_file_write(const char *path, const struct settings *settings, struct err *err)
{
	struct buf text;
	int result = -1;

	buf_init(&text);
	if (!settings_file_text(settings, &text, err) && !make_dir_of(path, err))
		result = file_write(path, text.data, text.used, err);
	buf_clear(&text);
	return result;
}

int settings_file_lock(struct lock *lock, const char *path, struct err *err)
{
	char *beside = mem_printf("%s.lock", path);
	int result;

	lock->fd = -1;
	result = make_dir_of(path, err);
	if (!result)
		result = lock_take(lock, beside, "changing the settings", err);
	free(beside);
	return result;
}
