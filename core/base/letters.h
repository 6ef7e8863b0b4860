/*
 * Letters of any script: lower and upper case, blanks at the ends. Malformed UTF-8 stays as it
 * is.
 */
#ifndef BASE_LETTERS_H
#define BASE_LETTERS_H

#include "base/arena.h"

/* Unicode's simple mapping, letter by letter. `text` itself, or a copy in `arena`. */
const char *letters_lower(const char *text, struct arena *arena);
const char *letters_upper(const char *text, struct arena *arena);

/* Without white space, controls and zero-width blanks at both ends; NULL: nothing else. */
const char *letters_trim(const char *text, struct arena *arena);

#endif
