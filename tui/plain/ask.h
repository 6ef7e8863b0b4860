/*
 * Questions and answers in lines, for a screen reader, a serial line or a script: every prompt
 * stands on one line with the default in brackets; nothing moves the cursor.
 */
#ifndef PLAIN_ASK_H
#define PLAIN_ASK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* From now on; `cancel` (borrowed) is what a signal sets. */
void ask_begin(const atomic_bool *cancel);

/* No more answers will come: the input ended, or a signal came. */
bool ask_ended(void);

/*
 * Asks one line. NULL when none will come. The caller frees. An empty answer is `initial`,
 * which may be NULL for "".
 */
char *ask_text(const char *prompt, const char *initial);

/* Prints the choices numbered from 1, asks, and gives the index; -1: none will come. */
int ask_choice(const char *prompt, const char *const *choices, size_t count, size_t initial);

enum ask_yes { ASK_ENDED = -1, ASK_NO, ASK_YES };
enum ask_yes ask_yes(const char *prompt, enum ask_yes initial);

#endif
