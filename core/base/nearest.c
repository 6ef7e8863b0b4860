#include "base/nearest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 64 }; /* longer words are not typed, they are pasted */

static size_t least_of(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Edit distance (Levenshtein): insertions, deletions and replacements. */
static size_t distance(const char *a, const char *b)
{
	size_t row[LONGEST + 1], n = strlen(b), before, here, i, j;

	if (strlen(a) > LONGEST || n > LONGEST)
		return LONGEST;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 1; a[i - 1]; i++) {
		before = row[0];
		row[0] = i;
		for (j = 1; j <= n; j++) {
			here = before + (tolower((unsigned char)a[i - 1]) !=
						tolower((unsigned char)b[j - 1]));
			before = row[j];
			row[j] = least_of(row[j] + 1, row[j - 1] + 1, here);
		}
	}
	return row[n];
}

const char *nearest_word(
	const char *word, const char *const *words, size_t count, size_t stride)
{
	size_t best = strlen(word) / 3 + 1, i, d;
	const char *found = NULL;

	for (i = 0; i < count; i++) {
		const char *candidate =
			*(const char *const *)((const char *)words + i * stride);

		d = distance(word, candidate);
		if (d < best || (d == best && !found)) {
			best = d;
			found = candidate;
		}
	}
	return found;
}
