/*
 * Moving over JSON text without parsing it: white space, one value, one member name. And the
 * escapes that would make a parser cut a text short, mended in place. Pure.
 */
#ifndef SOURCE_SCAN_H
#define SOURCE_SCAN_H

#include <stddef.h>
#include <stdint.h>

enum scan_result { SCAN_OK, SCAN_CUT, SCAN_BAD, SCAN_DEEP };

/* The first byte at or after `at` that is no white space; `end` when there is none. */
char *scan_space(char *at, char *end);

/*
 * Moves *at over one value, by brackets and quotes only; what is between them is not judged.
 * SCAN_CUT when the text ends within it, SCAN_DEEP when it nests deeper than `depth`.
 */
enum scan_result scan_value(char **at, char *end, int depth);

/* Moves *at over a string; *at is at its opening quote. */
enum scan_result scan_string(char **at, char *end);

/*
 * Replaces escapes of NUL and of lone surrogates by \ufffd, and NUL bytes by spaces, in place.
 * Returns how many.
 */
int64_t scan_mend(char *text, size_t length);

#endif
