/*
 * A record's JSON read into cJSON's own tree, several times as fast as cJSON does: for the
 * plain shapes that nearly every record has. What is rare (\u escapes, numbers that are no
 * short integers, deep nesting, great length, any error) is left to cJSON. Pure.
 */
#ifndef SOURCE_PLAIN_H
#define SOURCE_PLAIN_H

#include <cjson/cJSON.h>
#include <stddef.h>

enum {
	PLAIN_ITEMS = 512, /* values in a record */
	PLAIN_TEXT = 16384 /* bytes of its JSON */
};

/* What one record needs; used again for the next. */
struct plain {
	cJSON item[PLAIN_ITEMS];
	char text[PLAIN_TEXT];
};

/*
 * The object that begins at `text`, which ends before `end`, where a byte may be read that is
 * no part of it. The tree lies in `plain`, and equals cJSON_ParseWithLengthOpts's; *behind is
 * the byte after the object. NULL when it is not plain, whether it is JSON or not.
 */
const cJSON *plain_parse(
	struct plain *plain, const char *text, const char *end, const char **behind);

#endif
