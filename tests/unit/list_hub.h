/*
 * A hub that is a list: the store's functions that an export calls are defined here, so that
 * any hub can be put together, impossible ones too, and another one as it was before.
 */
#ifndef TESTS_UNIT_LIST_HUB_H
#define TESTS_UNIT_LIST_HUB_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "publish/export.h"
#include "roster/record.h"
#include "tap.h"
#include "tempdir.h"

enum { HUB_MOST = 200 };

static struct hub {
	const char *app;
	struct record record;
} hub[HUB_MOST], former[HUB_MOST];
static size_t hub_count, former_count, reads[ENTITY_COUNT];
static int frozen, unfrozen; /* now; reads that were not */
static struct arena hub_arena;
static struct err err;
static struct export_report report;
static struct exclusion nothing; /* is excluded */
static const uint8_t secret[RECORD_SECRET] = {1, 2, 3};

const uint8_t *store_secret(const struct store *store)
{
	(void)store;
	return secret;
}

int store_freeze(struct store *store, struct err *error)
{
	(void)error;
	frozen++;
	return store ? -1 : 0;
}

void store_thaw(struct store *store)
{
	(void)store;
	frozen--;
}

/* The hub as it is has the revision 2, at a moment that is easy to recognise. */
int moment_now(struct store *store, struct moment *moment, struct err *error)
{
	(void)error;
	*moment = (struct moment){.revision = 2, .when = 1798761600};
	return store ? -1 : 0;
}

void moment_clear(struct moment *moment)
{
	memset(moment, 0, sizeof(*moment));
}

int moment_each(struct store *store, const struct moment *moment, enum entity entity,
	store_each_fn *each, void *arg, struct err *error)
{
	const struct hub *from = moment->revision == 1 ? former : hub;
	size_t count = moment->revision == 1 ? former_count : hub_count, i;

	(void)store;
	unfrozen += frozen != 1;
	reads[entity]++;
	for (i = 0; i < count; i++)
		if (from[i].record.entity == entity &&
			each(arg, &from[i].record, from[i].app, error))
			return -1;
	return 0;
}

/* Puts a record into the hub: attributes and values, ATTR_NONE at the end. */
__attribute__((unused)) static void put_of(
	const char *app, enum entity entity, const char *id, ...)
{
	struct record *record = &hub[hub_count].record;
	va_list ap;
	int attr;

	hub[hub_count++].app = app;
	record_init(record, entity, id);
	va_start(ap, id);
	while ((attr = va_arg(ap, int)) != ATTR_NONE)
		record->value[attr] = va_arg(ap, const char *);
	va_end(ap);
}
#define put(...) put_of("main", __VA_ARGS__)

/* Gives the last record an attribute outside the schema; in ascending order of name. */
__attribute__((unused)) static void put_extra(const char *name, const char *value)
{
	struct record *record = &hub[hub_count - 1].record;
	struct extra *all = arena_alloc(&hub_arena, (record->extras + 1) * sizeof(*all));

	if (record->extras)
		memcpy(all, record->extra, record->extras * sizeof(*all));
	all[record->extras] = (struct extra){name, value};
	record->extra = all;
	record->extras++;
}

__attribute__((unused)) static void empty_hub(void)
{
	hub_count = 0;
	arena_reset(&hub_arena);
}

/* What is in the hub becomes what was in it; it goes on from there. */
__attribute__((unused)) static void hub_moves_on(void)
{
	memcpy(former, hub, sizeof(hub));
	former_count = hub_count;
}

__attribute__((unused)) static void export_with(const struct format *format,
	const struct exclusion *exclusion, const struct export_base *base)
{
	const struct export_order order = {
		format, BUNDLE_FOLDER, temp_path("out"), exclusion, base};

	memset(reads, 0, sizeof(reads));
	is_int(export_set(NULL, &order, &report, &err), 0, "exported");
}

/* A file of the export: `header`, then `rows`, CRLF for each LF of them. */
__attribute__((unused)) static void is_file(
	const char *name, const char *header, const char *rows, const char *what)
{
	char path[300];
	struct buf got, want;

	buf_init(&got);
	buf_init(&want);
	buf_addf(&want, "%s\r\n", header);
	for (; *rows; rows++)
		buf_add(&want, *rows == '\n' ? "\r\n" : rows, *rows == '\n' ? 2 : 1);
	snprintf(path, sizeof(path), "%s/%s", temp_path("out"), name);
	file_read(path, 1 << 20, &got, &err);
	is_str(got.data, want.data, "%s: %s", name, what);
	buf_clear(&got);
	buf_clear(&want);
}

__attribute__((unused)) static void put_school(const char *id)
{
	put(ENTITY_SCHOOL, id, ATTR_NAME, id, ATTR_TYPE, "school", ATTR_NONE);
}

#endif
