/*
 * Memory that is there or the program ends: abort(), so that whoever drew on the terminal
 * restores it in its SIGABRT handler. No caller checks for NULL.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);                         /* uninitialised; free() it */
void *mem_zero(size_t count, size_t size);            /* zeroed; free() it */
void *mem_grow(void *old, size_t count, size_t size); /* as realloc, overflow checked */
char *mem_strdup(const char *text);                   /* NULL gives NULL */
char *mem_strndup(const char *text, size_t length);
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Frees *field and puts a copy of `text` (may be NULL) there. */
void mem_replace(char **field, const char *text);

#endif
