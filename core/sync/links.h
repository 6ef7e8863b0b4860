/*
 * Include linked in one run: what goes along with records that filters leave out, and which
 * records therefore must wait until the enrollments have come. Judged once, in the order of
 * linked_table:
 *
 *   as they come     classes by their calendars and their course
 *   at the end       classes by students and teachers, then courses, students and teachers by
 *                    classes, then contacts by students
 *
 * Keeps sets of keys only. Knows neither store nor files: the same for an import and for a look
 * at what filters would do.
 */
#ifndef SYNC_LINKS_H
#define SYNC_LINKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/idset.h"
#include "roster/record.h"
#include "settings/linked.h"

/* What links ask. */
struct links_view {
	uint64_t (*key)(const void *arg, const char *sis_id, size_t length);
	bool (*is_in)(const void *arg, enum entity entity, uint64_t key); /* in the hub to be */
	const void *arg;
};

struct links {
	struct links_view view;
	bool on[LINKED_COUNT];
	bool waits[ENTITY_COUNT]; /* records of it wait for links_goes */

	struct idset left_out[ENTITY_COUNT];
	struct idset kept[ENTITY_COUNT];         /* of those that wait: not left out yet */
	struct idset with_class[ENTITY_COUNT];   /* courses, students, teachers of a class */
	struct idset with_student, with_teacher; /* classes of one who comes in */
	struct idset contacts;                   /* of students who are left out */
	int64_t count[ENTITY_COUNT];             /* left out */
};

/* `on` is that of the ruleset. */
void links_init(
	struct links *links, const bool on[LINKED_COUNT], const struct links_view *view);
void links_clear(struct links *links);

/* Students or teachers wait, and contacts with them. */
bool links_persons_wait(const struct links *links);

/* A record is left out: by its filters, or because links said so. */
void links_leave_out(struct links *links, const struct record *record);

/* Whether a record is in, as far as is known: what waits may still go. */
bool links_is_in(const struct links *links, enum entity entity, uint64_t key);

/* A record was left out, and did not come in under the same id either. */
bool links_is_left_out(const struct links *links, enum entity entity, uint64_t key);

/* A record of a type that waits is in as far as is known. */
void links_keep(struct links *links, const struct record *record);

/* ---- as records come ---- */

/* Whether a class goes with its course or its calendars. */
bool links_class_goes(const struct links *links, const struct record *record);

/* Whether the person of an enrollment, of that key, is in as what its role makes of them. */
bool links_has_person(const struct links *links, const struct record *enrollment, uint64_t key);

/* Whether an enrollment is left out because its class or its person is. */
bool links_enrollment_goes(const struct links *links, const struct record *enrollment);

/* Notes whose class it is: all of them, before anything below. */
void links_note_enrollment(struct links *links, const struct record *enrollment);

/* ---- at the end ---- */

/* Notes that its person is in a class that comes in: all of them again. */
void links_note_seat(struct links *links, const struct record *enrollment);

/* Notes the course of a class that comes in. */
void links_note_course(struct links *links, const char *sis_id);

/* Whether a record that waited goes: persons after links_note_seat, then classes, then courses
 * after links_note_course. */
bool links_goes(const struct links *links, const struct record *record);

/*
 * Whether a contact goes with students who are left out, none of hers being in: when that link
 * is on, or nothing else (a school of her own) lets her in.
 */
bool links_contact_goes(const struct links *links, const struct record *contact);

#endif
