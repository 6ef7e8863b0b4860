/*
 * JSON for scripts: one object, or one a line for lists, each with "schema": 1.
 */
#ifndef COMMAND_JSON_H
#define COMMAND_JSON_H

#include <cjson/cJSON.h>

#include "base/err.h"
#include "command/command.h"
#include "roster/record.h"
#include "store/history.h"

cJSON *json_new(void);        /* {"schema":1}; the caller's until json_print */
void json_print(cJSON *json); /* one line to stdout; frees it */

void json_text(cJSON *json, const char *name, const char *text); /* NULL is null */
void json_number(cJSON *json, const char *name, double number);
void json_bool(cJSON *json, const char *name, bool value);
void json_time(cJSON *json, const char *name, int64_t when); /* ISO 8601; null for 0 */
void json_error(cJSON *json, const struct err *err); /* "error": {code, name, message} */

/* The names of "counts": one object for each entity type. */
void json_counts(cJSON *json, const struct counts counts[ENTITY_COUNT]);

/* A whole sync, as run, show, approve, reject and history give it. */
cJSON *json_sync(const struct sync *sync);

/* A value by the type of its attribute: lists are arrays, booleans true or false. */
cJSON *json_value(enum attr_type type, const char *value);

#endif
