/*
 * Data masking: what is stored in the place of a value. Masking what is masked changes nothing.
 * Pure, but for the key that a hash is made with.
 */
#ifndef RULES_MASK_H
#define RULES_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "roster/schema.h"
#include "settings/require_text.h"

/* What MASK_FIXED puts; equal values say nothing of equal people. */
#define MASK_FIXED_TEXT "***"

/* Makes hashes that nobody can guess who has not the secret. Used by one thread at a time. */
struct mask_key;
struct mask_key *mask_key_new(const uint8_t *secret, size_t length);
void mask_key_free(struct mask_key *key); /* NULL is fine */

/*
 * The value, of one of the types that the mask fits, masked:
 *   fixed     "***"
 *   initials  the first letter of each word: "M. J."
 *   hash      "x" and 16 letters and digits; of an address, "x..@masked.invalid" (RFC 2606),
 *             which reaches nobody. What differs only in case, accents or blanks has the same
 *             one, but for ids and codes (attr_is_exact)
 *   year      January 1 of its year
 * A list is masked item by item; of an item "type:id" the id. A fixed mask stays one. The
 * result is in `arena` or a literal.
 */
const char *mask_value(enum mask mask, const struct attribute *attribute, const char *value,
	struct mask_key *key, struct arena *arena);

/* Whether many records may have the same value by a mask: a fixed one, or initials. */
bool mask_is_vague(const char *value);

/*
 * The userIds `list` with `with` in the place of an id, whatever its type; NULL: without it. An
 * id that is masked by itself must not be read there. NULL when nothing is left.
 */
const char *mask_id(const char *list, const char *id, const char *with, struct arena *arena);

#endif
