/*
 * The language of Filter Rules: one condition a line, ATTRIBUTE CONDITION [VALUE], as in
 * "gradeLevel is one of 9, 10, 11, 12". What a condition does with a record is said in
 * rules/filters.h. Pure.
 */
#ifndef SETTINGS_FILTER_TEXT_H
#define SETTINGS_FILTER_TEXT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "settings/filter_table.h"

/* One condition, read. */
struct filter_line {
	char *attribute; /* owned */
	const struct condition_row *condition;
	char *value; /* owned: without quotes; a list joined by RECORD_LIST; a date as ISO; ""
		      */
};
void filter_line_clear(struct filter_line *line);

/*
 * Reads one line. ERR_SETTINGS names what is wrong, the conditions that the attribute knows,
 * and an example; `line` is cleared then.
 */
int filter_line_read(
	const char *text, enum entity entity, struct filter_line *line, struct err *err);

/*
 * Writes a line that filter_line_read takes. `value` is as somebody types it; only an attribute
 * with blanks gets quotes.
 */
void filter_line_write(const char *attribute, const struct condition_row *condition,
	const char *value, struct buf *out);

/* A line as an example, of the first condition that the attribute knows when `condition` is
 * NULL. */
void filter_example(enum entity entity, const char *attribute,
	const struct condition_row *condition, struct buf *out);

/* The value of a line as somebody would type it: quotes where they are needed. */
void filter_value_write(const struct filter_line *line, struct buf *out);

/* The next line of a rule's text that is not blank (caller frees); NULL at its end. */
char *filter_next_line(const char **text);

/* Checks a rule: its entity type, its title, every line. ERR_SETTINGS. */
int filter_text_check(enum entity entity, const char *title, const char *text, struct err *err);

#endif
