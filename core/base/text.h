/*
 * Text that came from outside: made fit for a terminal, checked, folded for comparison.
 * Knows nothing of what the text is about.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * Writes `in` to `out` (at most `size` bytes with the NUL, never cutting a character), fit to
 * be shown or logged: invalid UTF-8 becomes U+FFFD; C0 (a newline becomes a space), DEL, C1,
 * bidirectional controls, zero-width characters and tags are dropped. Returns `out`.
 */
char *text_clean(const char *in, char *out, size_t size);

/*
 * A JSON text with all that text_clean would drop written as \uXXXX: it means the same, and can
 * be shown. Malformed UTF-8 becomes \ufffd. Caller frees.
 */
char *text_escape_json(const char *json);

/* Whether `length` bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms). */
bool text_is_utf8(const char *text, size_t length);

/* Copies `length` bytes, each malformed sequence becoming U+FFFD; `out` has room for 3 *
 * length. */
size_t text_repair(const char *in, size_t length, char *out);

/*
 * The form in which two texts are compared or searched: Unicode NFKD, case folded, marks
 * stripped, white space runs one blank, trimmed. Caller frees. Malformed input is repaired.
 */
char *text_fold(const char *text);

/* The same of `length` bytes, in an arena: for what is done with every record. */
char *text_fold_in(const char *text, size_t length, struct arena *arena);

bool text_same_folded(const char *a, const char *b);

/*
 * Whether two words are the same when only ASCII letters and digits count and case does not:
 * "toBeDeleted", "TO-BE-DELETED" and "to be deleted" are. For vocabularies, not for names.
 */
bool text_same_word(const char *a, const char *b);

/* Removes white space at both ends, in place. Returns its argument, moved to the first byte
 * kept. */
char *text_trim(char *text);

#endif
