/*
 * Time zones by name, from the system's database (TZif, RFC 8536). The C library knows one zone
 * for the whole process, and the apps of a district may each have their own; so the files are
 * read here, and no clock or environment is looked at. Knows nothing of schedules.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/zone_rule.h"

enum { ZONE_NAME = 64 }; /* bytes of a name, with the NUL */

struct zone;

/* A moment as the clocks of a zone show it. */
struct zone_time {
	int year, month, day, hour, minute, second;
	int weekday;                  /* 0 Monday to 6 Sunday */
	int offset;                   /* seconds east of UTC */
	char name[ZONE_ABBREVIATION]; /* "PST" */
};

/*
 * Reads a zone ("America/Los_Angeles"; "UTC" is there without a file). NULL: ERR_SETTINGS when
 * there is no such zone, naming the one that was probably meant. zone_free it.
 */
struct zone *zone_open(const char *name, struct err *err);
void zone_free(struct zone *zone);
const char *zone_name(const struct zone *zone);

void zone_at(const struct zone *zone, int64_t when, struct zone_time *out);

/* How often the clocks of a zone show a time. */
enum zone_fit {
	ZONE_ONCE,
	ZONE_TWICE, /* set back over it: the first of the two moments is meant */
	ZONE_NEVER, /* set forward over it: the moment is that of the change */
};

/* The moment at which the clocks show a date and time of the calendar. */
enum zone_fit zone_find(const struct zone *zone, int year, int month, int day, int hour,
	int minute, int64_t *when);

/* The zone of this machine (/etc/localtime, else /etc/timezone); "UTC" when it is not known. */
void zone_system(char out[ZONE_NAME]);

/* One zone to choose from. */
struct zone_entry {
	char *name;  /* owned: "America/Los_Angeles" */
	char *about; /* owned: "United States, Pacific"; "" */
};

/* All that the database lists by country, and UTC, by name. Free with zone_list_free. */
struct zone_entry *zone_list(size_t *count);
void zone_list_free(struct zone_entry *list, size_t count);

#endif
