#include "base/zone.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/nearest.h"

static const char zone_dir[] = "/usr/share/zoneinfo";

enum { FILE_MOST = 1 << 18, DAY = 86400, HEADER = 44 };

/* A way of counting that is in force for a while. */
struct era {
	int offset; /* seconds east of UTC */
	char name[ZONE_ABBREVIATION];
};

struct zone {
	char *name;
	int64_t *changes;     /* owned, ascending */
	unsigned char *which; /* owned: the era that begins with each change */
	size_t change_count;
	struct era *eras; /* owned; the first is the one before all changes */
	size_t era_count;
	bool has_rule; /* that holds after the last change */
	struct zone_rule rule;
};

/* ---- the file ---- */

static int64_t big_endian(const unsigned char *bytes, int count)
{
	uint64_t number = bytes[0] & 0x80 && count == 8 ? ~UINT64_C(0) : 0;
	int i;

	for (i = 0; i < count; i++)
		number = number << 8 | bytes[i];
	return count == 4 ? (int32_t)(uint32_t)number : (int64_t)number;
}

/* The counts of a header, in the order of the file. */
enum { COUNT_UT, COUNT_WALL, COUNT_LEAP, COUNT_CHANGES, COUNT_ERAS, COUNT_CHARS, COUNTS };

static bool read_header(const char *data, size_t size, size_t count[COUNTS])
{
	int i;

	if (size < HEADER || memcmp(data, "TZif", 4) != 0)
		return false;
	for (i = 0; i < COUNTS; i++) {
		int64_t n = big_endian((const unsigned char *)data + 20 + 4 * i, 4);

		if (n < 0 || n > FILE_MOST)
			return false;
		count[i] = (size_t)n;
	}
	return true;
}

static size_t block_size(const size_t count[COUNTS], size_t time_size)
{
	return count[COUNT_CHANGES] * (time_size + 1) + count[COUNT_ERAS] * 6 +
	       count[COUNT_CHARS] + count[COUNT_LEAP] * (time_size + 4) + count[COUNT_WALL] +
	       count[COUNT_UT];
}

/* The changes and eras of a block with times of 64 bits. */
static bool read_block(struct zone *zone, const unsigned char *at, const size_t count[COUNTS])
{
	const unsigned char *which = at + 8 * count[COUNT_CHANGES];
	const unsigned char *eras = which + count[COUNT_CHANGES];
	const char *chars = (const char *)(eras + 6 * count[COUNT_ERAS]);
	size_t i;

	zone->change_count = count[COUNT_CHANGES];
	zone->era_count = count[COUNT_ERAS];
	zone->changes = mem_zero(zone->change_count + 1, sizeof(*zone->changes));
	zone->which = mem_zero(zone->change_count + 1, 1);
	zone->eras = mem_zero(zone->era_count + 1, sizeof(*zone->eras));
	for (i = 0; i < zone->change_count; i++) {
		zone->changes[i] = big_endian(at + 8 * i, 8);
		zone->which[i] = which[i];
		if (which[i] >= zone->era_count ||
			(i && zone->changes[i] <= zone->changes[i - 1]))
			return false;
	}
	for (i = 0; i < zone->era_count; i++) {
		size_t name = eras[6 * i + 5], left = count[COUNT_CHARS] - name;

		if (name >= count[COUNT_CHARS] || !memchr(chars + name, '\0', left))
			return false;
		zone->eras[i].offset = (int)big_endian(eras + 6 * i, 4);
		strncpy(zone->eras[i].name, chars + name, ZONE_ABBREVIATION - 1);
	}
	return zone->era_count > 0;
}

/* The line behind the blocks: "\nPST8PDT,M3.2.0,M11.1.0\n"; an empty one is no rule. */
static bool read_rule(struct zone *zone, const char *at, const char *end)
{
	const char *line_end =
		at < end && *at == '\n' ? memchr(at + 1, '\n', (size_t)(end - at - 1)) : NULL;
	char *text;

	if (!line_end)
		return false;
	text = mem_strndup(at + 1, (size_t)(line_end - at - 1));
	zone->has_rule = *text && zone_rule_parse(text, &zone->rule);
	line_end = *text && !zone->has_rule ? NULL : line_end;
	free(text);
	return line_end != NULL;
}

/* The first block is for readers of 32 bits, and is passed over. */
static bool parse(struct zone *zone, const struct buf *file)
{
	const char *at = file->data, *end = file->data + file->used;
	size_t count[COUNTS];

	if (!read_header(at, file->used, count) || at[4] < '2' ||
		(size_t)(end - at) < HEADER + block_size(count, 4))
		return false;
	at += HEADER + block_size(count, 4);
	if (!read_header(at, (size_t)(end - at), count) || count[COUNT_LEAP] ||
		(size_t)(end - at) < HEADER + block_size(count, 8) ||
		!read_block(zone, (const unsigned char *)at + HEADER, count))
		return false;
	return read_rule(zone, at + HEADER + block_size(count, 8), end);
}

/* ---- opening ---- */

static bool is_well_formed(const char *name)
{
	size_t good = strspn(
		name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/");

	return good && !name[good] && good < ZONE_NAME && *name != '/' && name[good - 1] != '/';
}

static int unknown(const char *name, struct err *err)
{
	size_t count;
	struct zone_entry *list = zone_list(&count);
	const char *meant = nearest_word(
		name, (const char *const *)(const void *)&list->name, count, sizeof(*list));

	err_set(err, ERR_SETTINGS, "\"%.60s\" is no time zone of this machine. %s%s%s", name,
		meant ? "Did you mean " : "Enter a name such as ",
		meant ? meant : "America/Los_Angeles", meant ? "?" : ".");
	zone_list_free(list, count);
	return -1;
}

/* For a machine without the database. */
static void make_utc(struct zone *zone)
{
	zone->eras = mem_zero(1, sizeof(*zone->eras));
	zone->era_count = 1;
	strcpy(zone->eras[0].name, "UTC");
}

struct zone *zone_open(const char *name, struct err *err)
{
	struct zone *zone = mem_zero(1, sizeof(*zone));
	char *path = mem_printf("%s/%s", zone_dir, name);
	struct err none;
	struct buf file;
	bool good = false;

	buf_init(&file);
	zone->name = mem_strdup(name);
	if (is_well_formed(name) && !file_read(path, FILE_MOST, &file, &none)) {
		good = parse(zone, &file);
	} else if (!strcmp(name, "UTC")) {
		make_utc(zone);
		good = true;
	}
	buf_clear(&file);
	free(path);
	if (good)
		return zone;
	unknown(name, err);
	zone_free(zone);
	return NULL;
}

void zone_free(struct zone *zone)
{
	if (!zone)
		return;
	free(zone->changes);
	free(zone->which);
	free(zone->eras);
	free(zone->name);
	free(zone);
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

/* ---- asking ---- */

static struct era era_at(const struct zone *zone, int64_t when)
{
	size_t low = 0, high = zone->change_count; /* changes before `low` are past */
	struct era era;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->changes[middle] <= when)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < zone->change_count || !zone->has_rule)
		return zone->eras[low ? zone->which[low - 1] : 0];
	if (zone_rule_is_summer(&zone->rule, when)) {
		era.offset = zone->rule.summer;
		memcpy(era.name, zone->rule.summer_name, sizeof(era.name));
	} else {
		era.offset = zone->rule.standard;
		memcpy(era.name, zone->rule.standard_name, sizeof(era.name));
	}
	return era;
}

void zone_at(const struct zone *zone, int64_t when, struct zone_time *out)
{
	struct era era = era_at(zone, when);
	int64_t local = when + era.offset, days = local / DAY, rest = local % DAY;

	if (rest < 0) {
		rest += DAY;
		days--;
	}
	date_from_days(days, &out->year, &out->month, &out->day);
	out->hour = (int)(rest / 3600);
	out->minute = (int)(rest / 60 % 60);
	out->second = (int)(rest % 60);
	out->weekday = date_weekday(days);
	out->offset = era.offset;
	memcpy(out->name, era.name, sizeof(out->name));
}

/* The moment in (after, until] with which another offset than `before` comes into force. */
static int64_t find_change(const struct zone *zone, int64_t after, int64_t until, int before)
{
	while (until - after > 1) {
		int64_t middle = after + (until - after) / 2;

		if (era_at(zone, middle).offset == before)
			after = middle;
		else
			until = middle;
	}
	return until;
}

enum zone_fit zone_find(const struct zone *zone, int year, int month, int day, int hour,
	int minute, int64_t *when)
{
	int64_t local = date_to_days(year, month, day) * DAY + hour * 3600 + minute * 60;
	/* Clocks change once at most within two days, and by a day at most. */
	int before = era_at(zone, local - 26 * 3600).offset;
	int after = era_at(zone, local + 26 * 3600).offset;
	int64_t early = local - before, late = local - after;
	bool is_early = era_at(zone, early).offset == before;
	bool is_late = era_at(zone, late).offset == after;

	if (!is_early && !is_late) {
		*when = find_change(zone, late, early, before);
		return ZONE_NEVER;
	}
	*when = is_early ? early : late;
	return is_early && is_late && early != late ? ZONE_TWICE : ZONE_ONCE;
}

/* ---- this machine's ---- */

static bool exists(const char *name)
{
	struct err none;
	struct zone *zone = is_well_formed(name) ? zone_open(name, &none) : NULL;

	zone_free(zone);
	return zone != NULL;
}

/* What is behind "zoneinfo/" in the link; false when that is no zone. */
static bool from_link(char out[ZONE_NAME])
{
	char target[PATH_MAX];
	ssize_t n = readlink("/etc/localtime", target, sizeof(target) - 1);
	const char *name;

	target[n > 0 ? n : 0] = '\0';
	name = strstr(target, "zoneinfo/");
	if (!name)
		return false;
	name += strlen("zoneinfo/");
	if (!strncmp(name, "posix/", 6))
		name += 6;
	if (!exists(name))
		return false;
	strncpy(out, name, ZONE_NAME - 1);
	return true;
}

static bool from_file(char out[ZONE_NAME])
{
	struct err none;
	struct buf file;
	bool good;

	buf_init(&file);
	good = !file_read("/etc/timezone", PATH_MAX, &file, &none);
	if (good) {
		file.data[strcspn(file.data, " \t\r\n")] = '\0';
		good = exists(file.data);
	}
	if (good)
		strncpy(out, file.data, ZONE_NAME - 1);
	buf_clear(&file);
	return good;
}

void zone_system(char out[ZONE_NAME])
{
	memset(out, 0, ZONE_NAME);
	if (!from_link(out) && !from_file(out))
		strcpy(out, "UTC");
}
