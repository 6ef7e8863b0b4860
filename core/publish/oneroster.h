/*
 * The words of OneRoster for what the hub has, and when a row holds together: shared with
 * formats that go by the same rules.
 */
#ifndef PUBLISH_ONEROSTER_H
#define PUBLISH_ONEROSTER_H

#include "publish/format.h"

/* The word of `words` (NULL at the end) that `word` is, in its spelling; NULL: none of them. */
const char *oneroster_word(const char *word, const char *const *words);

/*
 * The role of an enrollment: student, teacher, administrator or proctor. A word outside 1.1's
 * vocabulary ("primaryTeacher", "ext:coTeacher") never makes a student a teacher: students stay
 * students, administrators administrators, others teach.
 */
const char *oneroster_enrollment_role(
	const struct record *enrollment, const struct exported *exported);

/* Whether all that a class, or an enrollment, cannot do without is exported. */
enum row_fate oneroster_class_fate(const struct row_plan *plan, const struct record *record,
	const struct exported *exported);
enum row_fate oneroster_enrollment_fate(const struct row_plan *plan,
	const struct record *record, const struct exported *exported);

#endif
