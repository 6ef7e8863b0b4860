/*
 * How text lies in the cells of a terminal: widths, clusters, cuts and line breaks. A cluster
 * is a character with the zero-width marks after it; nothing is ever cut inside one.
 * Widths are those of wcwidth in the running locale. Knows nothing of curses.
 */
#ifndef TERM_CELLS_H
#define TERM_CELLS_H

#include <stddef.h>
#include <stdint.h>

/* Reads one character; a malformed byte is U+FFFD and one byte long. Returns its bytes. */
size_t cells_decode(const char *text, uint32_t *c);

/* Cells of one character: 0, 1 or 2. What the locale cannot show takes one cell, for a "?". */
int cells_of(uint32_t c);

/* Bytes of the cluster at `text` (0 at its end) and, unless NULL, its cells. */
size_t cells_next(const char *text, int *width);

/* Where the cluster before byte `at` starts. */
size_t cells_previous(const char *text, size_t at);

int cells_width(const char *text);

/* Bytes of the clusters from the start of `text` that fit `width` cells, and the cells used. */
size_t cells_fit(const char *text, int width, int *used);

/*
 * One line of `text` broken to `width` cells at blanks (a newline always breaks). Puts the
 * bytes of the line in `length`; returns where the next line starts, NULL after the last.
 */
const char *cells_wrap(const char *text, int width, size_t *length);

/* Lines that cells_wrap will make of it. */
int cells_lines(const char *text, int width);

#endif
