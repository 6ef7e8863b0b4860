/*
 * The rule that a time zone goes by after the last change that its file lists: the form of the
 * TZ variable in POSIX (8.3), "PST8PDT,M3.2.0,M11.1.0", with the wider hours of RFC 8536.
 */
#ifndef BASE_ZONE_RULE_H
#define BASE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

enum { ZONE_ABBREVIATION = 12 }; /* bytes with the NUL: "PST", "+1030" */

struct zone_change {
	enum { ZONE_IN_MONTH, ZONE_JULIAN, ZONE_DAY } form; /* Mm.w.d, Jn, n */
	int month, week, day; /* day: of the week, 0 Sunday; or of the year */
	int time;             /* local seconds after midnight; may lie outside the day */
};

struct zone_rule {
	int standard, summer; /* seconds east of UTC */
	char standard_name[ZONE_ABBREVIATION], summer_name[ZONE_ABBREVIATION];
	bool has_summer;
	struct zone_change start, end; /* of summer time, in the local time before each */
};

/* False: it is none. */
bool zone_rule_parse(const char *text, struct zone_rule *rule);

/* Whether summer time is in force at a moment. */
bool zone_rule_is_summer(const struct zone_rule *rule, int64_t when);

#endif
