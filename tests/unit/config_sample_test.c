/* What is shipped to be read is true: config.sample and lumenport.conf(5) against the table. */
#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "roster/transform.h"
#include "settings/settings_file.h"
#include "tap.h"

static struct err err;

/* Only these differ from what a new app has: they have no default. */
static bool has_no_default(const char *key)
{
	return !strcmp(key, "url") || !strcmp(key, "client_id");
}

static void test_is_read(void)
{
	const struct setting *table;
	struct settings settings;
	struct buf value;
	size_t count, i;

	buf_init(&value);
	if (!ok(!settings_file_read("config.sample", &settings, &err), "it is read: %s",
		    err.text) ||
		!is_int((long long)settings.count, 1, "it sets up one app"))
		return;
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		app_get(settings.apps[0], &table[i], &value);
		if (has_no_default(table[i].key))
			ok(value.used > 0, "%s has an example", table[i].key);
		else
			is_str(value.data, table[i].fallback, "%s has its default",
				table[i].key);
	}
	is_int((long long)settings.apps[0]->school_count, 3, "schools are shown");
	settings_clear(&settings);
	buf_clear(&value);
}

static void test_names_every_key(void)
{
	const struct setting *table;
	config_t config;
	size_t count, i;

	config_init(&config);
	ok(config_read_file(&config, "config.sample"), "it is a libconfig file");
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		char *path = mem_printf("apps.[0].%s", table[i].key);

		ok(config_lookup(&config, path) != NULL, "%s is in it", table[i].key);
		free(path);
	}
	config_destroy(&config);
}

/* The manual describes hold.ENTITY.created once, for all entity types. */
static char *name_in_manual(const char *key)
{
	char *name;
	int e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		char *group = mem_printf("hold.%s.", entity_name((enum entity)e));
		size_t length = strlen(group);
		bool same = !strncmp(key, group, length);

		free(group);
		if (same)
			return mem_printf(".It Va hold.ENTITY.%s\n", key + length);
	}
	name = mem_printf(".It Va %s\n", key);
	return name;
}

static void test_manual(void)
{
	const struct setting *table;
	struct buf manual;
	size_t count, i;

	buf_init(&manual);
	ok(!file_read("man/lumenport.conf.5", 1 << 20, &manual, &err), "the manual is there");
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		char *name = name_in_manual(table[i].key);

		ok(manual.data && strstr(manual.data, name), "%s is in the manual",
			table[i].key);
		free(name);
	}
	buf_clear(&manual);
}

/* The language of mappings is told where settings are, each transformation by its example. */
static void test_transformations(void)
{
	size_t count, i;
	const struct transform *table = transform_table(&count);
	struct buf manual;

	buf_init(&manual);
	file_read("man/lumenport.conf.5", 1 << 20, &manual, &err);
	for (i = 0; i < count; i++)
		ok(manual.data && strstr(manual.data, table[i].example), "%s is in the manual",
			table[i].example);
	buf_clear(&manual);
}

int main(void)
{
	test_is_read();
	test_names_every_key();
	test_manual();
	test_transformations();
	return done_testing();
}
