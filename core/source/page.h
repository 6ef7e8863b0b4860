/*
 * The body of one page taken apart: the envelope found and checked, then one record after the
 * other, each parsed into an arena that is emptied for the next. Knows no entity, no network.
 */
#ifndef SOURCE_PAGE_H
#define SOURCE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct cJSON;
struct plain;

enum { PAGE_DEPTH = 1000 }; /* nested deeper is refused; cJSON's own limit */

/* What the arena of a thread is used for; kept from page to page. */
struct page_memory {
	struct plain *plain; /* owned */
	struct arena arena;
	struct buf repaired;
};

void page_memory_init(struct page_memory *memory);
void page_memory_clear(struct page_memory *memory);

/*
 * Makes cJSON take its memory from the thread's arena while a record is parsed, from malloc at
 * all other times. Process-wide; called once before any other thread uses cJSON.
 */
void page_install_hooks(void);

struct page {
	char *text; /* borrowed; escapes may be replaced in place */
	char *at;   /* where the next record, or the end, is looked for */
	char *end;
	const char *key;            /* borrowed; NULL: any */
	struct page_memory *memory; /* borrowed */
	bool in_object;             /* the array is a member, not the whole */
	bool malformed;             /* somewhere in it UTF-8 is broken */
	bool ended;                 /* the closing bracket was seen */
	int64_t records;            /* handed out, unreadable ones too */
	int64_t repaired;           /* records or escapes that had to be mended */
};

enum page_got {
	PAGE_RECORD,
	PAGE_UNREADABLE, /* this record is no JSON object; the next may be */
	PAGE_END,        /* and all to the last byte is as it should be */
	PAGE_CUT,        /* the text ends too early: it was cut on the way */
	PAGE_BAD = -1,   /* *err says why */
};

/*
 * Looks for the records in `text` (followed by a NUL): the array under `key`, else the only
 * array, else the text is the array. Returns PAGE_RECORD when the records can be asked for,
 * PAGE_CUT, or PAGE_BAD: HTML, no JSON, no array, an error report in place of data.
 */
enum page_got page_open(struct page *page, char *text, size_t length, const char *key,
	struct page_memory *memory, struct err *err);

/* The next record; `json`, `text` and `length` are valid until the next call. */
enum page_got page_next(struct page *page, const struct cJSON **json, const char **text,
	size_t *length, struct err *err);

#endif
