/* The zones to choose from, with their countries: zone.tab and iso3166.tab of the database. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/zone.h"

enum { TABLE_MOST = 1 << 20 }; /* bytes */

struct tables {
	struct buf countries; /* "US\tUnited States\n" .. */
	struct zone_entry *list;
	size_t count;
};

/* Hands each line that is no comment to `each`. */
static void each_line(
	char *text, void (*each)(struct tables *tables, char *line), struct tables *tables)
{
	char *line;

	while ((line = strsep(&text, "\n"))) {
		if (*line && *line != '#')
			each(tables, line);
	}
}

/* The name behind a code of two letters; the code when it is not listed. Caller frees. */
static char *country_of(const struct tables *tables, const char *code)
{
	char key[5] = {'\n', code[0], code[1], '\t', '\0'};
	const char *at = strstr(tables->countries.data, key);

	if (!at)
		return mem_strndup(code, 2);
	at += strlen(key);
	return mem_strndup(at, strcspn(at, "\n"));
}

static void add(struct tables *tables, const char *name, char *about)
{
	struct zone_entry *entry;

	tables->list = mem_grow(tables->list, tables->count + 1, sizeof(*tables->list));
	entry = &tables->list[tables->count++];
	entry->name = mem_strdup(name);
	entry->about = about;
}

/* CODE, coordinates, name and perhaps a comment, between tabs. */
static void add_line(struct tables *tables, char *line)
{
	const char *code = strsep(&line, "\t"), *name, *comment;
	char *country;

	strsep(&line, "\t");
	name = strsep(&line, "\t");
	comment = line;
	if (!name || strlen(code) != 2)
		return;
	country = country_of(tables, code);
	add(tables, name,
		mem_printf("%s%s%s", country, comment ? ", " : "", comment ? comment : ""));
	free(country);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(
		((const struct zone_entry *)a)->name, ((const struct zone_entry *)b)->name);
}

struct zone_entry *zone_list(size_t *count)
{
	struct tables tables = {.count = 0};
	struct err none;
	struct buf zones;

	buf_init(&tables.countries);
	buf_init(&zones);
	/* Without the database there is UTC. */
	(void)file_read(
		"/usr/share/zoneinfo/iso3166.tab", TABLE_MOST, &tables.countries, &none);
	if (!file_read("/usr/share/zoneinfo/zone.tab", TABLE_MOST, &zones, &none))
		each_line(zones.data, add_line, &tables);
	add(&tables, "UTC", mem_strdup("the same all over the world, without summer time"));
	qsort(tables.list, tables.count, sizeof(*tables.list), by_name);
	buf_clear(&tables.countries);
	buf_clear(&zones);
	*count = tables.count;
	return tables.list;
}

void zone_list_free(struct zone_entry *list, size_t count)
{
	while (count) {
		free(list[--count].name);
		free(list[count].about);
	}
	free(list);
}
