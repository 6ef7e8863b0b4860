/*
 * The reason out of an error body, whatever its shape: the imsx status info of OneRoster in its
 * variants, OAuth's error, problem+json (RFC 9457), HTML, plain text. Pure.
 */
#ifndef SOURCE_FAULT_H
#define SOURCE_FAULT_H

#include <stdbool.h>
#include <stddef.h>

struct cJSON;

enum { FAULT_SIZE = 240 };

/* Writes one line fit to be shown; "" when the body says nothing. */
void fault_text(const char *body, size_t length, char out[FAULT_SIZE]);

/*
 * Whether a JSON object of an answer with status 200 reports a failure after all (codeMajor
 * "failure", severity "error", an OAuth error member); its reason goes to `out`.
 */
bool fault_in_object(const struct cJSON *object, char out[FAULT_SIZE]);

/* Whether the body is a web page, not data. */
bool fault_is_html(const char *body, size_t length);

#endif
