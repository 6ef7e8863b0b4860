/*
 * Numbers and times as people read them.
 */
#ifndef WIDGET_WORDS_H
#define WIDGET_WORDS_H

#include <stddef.h>
#include <stdint.h>

enum { WORDS_SIZE = 32 };

char *words_number(uint64_t n, char out[WORDS_SIZE]);        /* 1,031 */
char *words_duration(int64_t seconds, char out[WORDS_SIZE]); /* 40 s, 2 min, 3 h 5 min */
char *words_short_number(uint64_t n, char out[WORDS_SIZE]);  /* 987, 9.8k, 1.2M */

#endif
