/*
 * The word that was probably meant: for unknown commands, options and keys.
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/*
 * Of `count` words the one nearest to `word` by edit distance (ASCII case does not count), or
 * NULL when none is near enough to be worth a suggestion. `stride` is the distance in bytes
 * from one `const char *` to the next, so that the words may be a field of a table.
 */
const char *nearest_word(
	const char *word, const char *const *words, size_t count, size_t stride);

#endif
