/*
 * Include linked: what goes along with records that filters leave out. One text for each entity
 * type, "contacts, classes" or "none"; no text is the default. Pure.
 */
#ifndef SETTINGS_LINKED_H
#define SETTINGS_LINKED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "settings/rule.h"

enum linked {
	LINKED_CALENDAR_CLASSES,
	LINKED_COURSE_CLASSES,
	LINKED_STUDENT_CLASSES,
	LINKED_TEACHER_CLASSES,
	LINKED_CLASS_COURSES,
	LINKED_CLASS_STUDENTS,
	LINKED_CLASS_TEACHERS,
	LINKED_STUDENT_CONTACTS,
	LINKED_COUNT,
};

/*
 * The one table of links, in the order in which they are judged. What leaves by one can take
 * along by those behind it, never by those before.
 */
struct linked_row {
	enum entity from, to;
	bool standard;     /* on, where the rules say nothing */
	const char *label; /* what goes along, in words */
};
extern const struct linked_row linked_table[LINKED_COUNT];

/* Reads the text of one entity type's rule; NULL: the defaults. Only its own rows are set. */
int linked_read(enum entity from, const char *text, bool on[LINKED_COUNT], struct err *err);

/* Writes what linked_read reads; nothing when it is the default. */
void linked_write(enum entity from, const bool on[LINKED_COUNT], struct buf *out);

/* What the rules say of all links. */
int linked_of(const struct rules *rules, bool on[LINKED_COUNT], struct err *err);

#endif
