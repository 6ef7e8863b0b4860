#include "sync/links.h"

#include <string.h>

#include "base/text.h"

/* ---- what waits ---- */

static void set_waiting(struct links *links)
{
	const bool *on = links->on;
	bool by_people = on[LINKED_STUDENT_CLASSES] || on[LINKED_TEACHER_CLASSES];
	bool of_people = on[LINKED_CLASS_STUDENTS] || on[LINKED_CLASS_TEACHERS];

	links->waits[ENTITY_CLASS] = by_people;
	links->waits[ENTITY_COURSE] = on[LINKED_CLASS_COURSES];
	links->waits[ENTITY_STUDENT] = on[LINKED_CLASS_STUDENTS];
	links->waits[ENTITY_TEACHER] = on[LINKED_CLASS_TEACHERS];
	links->waits[ENTITY_ENROLLMENT] = by_people || of_people;
}

void links_init(struct links *links, const bool on[LINKED_COUNT], const struct links_view *view)
{
	memset(links, 0, sizeof(*links));
	links->view = *view;
	memcpy(links->on, on, sizeof(links->on));
	set_waiting(links);
}

void links_clear(struct links *links)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		idset_clear(&links->left_out[e]);
		idset_clear(&links->kept[e]);
		idset_clear(&links->with_class[e]);
	}
	idset_clear(&links->with_student);
	idset_clear(&links->with_teacher);
	idset_clear(&links->contacts);
}

bool links_persons_wait(const struct links *links)
{
	return links->waits[ENTITY_STUDENT] || links->waits[ENTITY_TEACHER];
}

/* ---- who is in ---- */

static uint64_t key_of(const struct links *links, const char *sis_id)
{
	return links->view.key(links->view.arg, sis_id, strlen(sis_id));
}

bool links_is_in(const struct links *links, enum entity entity, uint64_t key)
{
	return idset_has(&links->kept[entity], key) ||
	       links->view.is_in(links->view.arg, entity, key);
}

bool links_is_left_out(const struct links *links, enum entity entity, uint64_t key)
{
	return idset_has(&links->left_out[entity], key) && !links_is_in(links, entity, key);
}

void links_keep(struct links *links, const struct record *record)
{
	idset_add(&links->kept[record->entity], key_of(links, record->sis_id));
}

void links_leave_out(struct links *links, const struct record *record)
{
	const char *list = record->value[ATTR_CONTACT_IDS], *item;
	size_t length;

	if (idset_add(&links->left_out[record->entity], key_of(links, record->sis_id)))
		links->count[record->entity]++;
	if (record->entity == ENTITY_STUDENT)
		while ((item = list_next(&list, &length)))
			idset_add(&links->contacts,
				links->view.key(links->view.arg, item, length));
}

/* ---- as records come ---- */

/* Of the records that a list names: whether some are left out, and whether some are in. */
struct standing {
	bool some_left_out, some_in;
};

static struct standing standing_of(
	const struct links *links, enum entity entity, const char *list)
{
	struct standing standing = {0};
	const char *item;
	size_t length;

	while ((item = list_next(&list, &length))) {
		uint64_t key = links->view.key(links->view.arg, item, length);

		standing.some_left_out |= links_is_left_out(links, entity, key);
		standing.some_in |= links_is_in(links, entity, key);
	}
	return standing;
}

static bool goes_with(const struct links *links, enum linked linked, const char *list)
{
	struct standing standing;

	if (!links->on[linked])
		return false;
	standing = standing_of(links, linked_table[linked].from, list);
	return standing.some_left_out && !standing.some_in;
}

bool links_class_goes(const struct links *links, const struct record *record)
{
	return goes_with(links, LINKED_CALENDAR_CLASSES, record->value[ATTR_CALENDAR_IDS]) ||
	       goes_with(links, LINKED_COURSE_CLASSES, record->value[ATTR_COURSE_ID]);
}

/* What an enrollment's role makes of its person; ENTITY_NONE: anything. */
static enum entity side_of(const struct record *enrollment)
{
	const char *role = enrollment->value[ATTR_ROLE];

	if (role && text_same_word(role, "student"))
		return ENTITY_STUDENT;
	if (role && text_same_word(role, "teacher"))
		return ENTITY_TEACHER;
	if (role && text_same_word(role, "administrator"))
		return ENTITY_ADMIN;
	return ENTITY_NONE;
}

static bool is_any_left_out(const struct links *links)
{
	return links->count[ENTITY_STUDENT] || links->count[ENTITY_TEACHER] ||
	       links->count[ENTITY_ADMIN];
}

/*
 * A person who is of several types and left out as what the role says does not come back as
 * another.
 */
bool links_has_person(const struct links *links, const struct record *enrollment, uint64_t key)
{
	enum entity side = is_any_left_out(links) ? side_of(enrollment) : ENTITY_NONE;
	int e;

	if (side != ENTITY_NONE && links_is_left_out(links, side, key))
		return false;
	for (e = ENTITY_STUDENT; e <= ENTITY_CONTACT; e++)
		if (links_is_in(links, (enum entity)e, key))
			return true;
	return false;
}

static bool is_person_left_out(
	const struct links *links, const struct record *enrollment, uint64_t key)
{
	int e;

	if (links_has_person(links, enrollment, key))
		return false;
	for (e = ENTITY_STUDENT; e <= ENTITY_CONTACT; e++)
		if (idset_has(&links->left_out[e], key))
			return true;
	return false;
}

bool links_enrollment_goes(const struct links *links, const struct record *enrollment)
{
	const char *class_id = enrollment->value[ATTR_CLASS_ID];
	const char *user_id = enrollment->value[ATTR_USER_ID];

	if (class_id && links->count[ENTITY_CLASS] &&
		links_is_left_out(links, ENTITY_CLASS, key_of(links, class_id)))
		return true;
	return user_id && is_any_left_out(links) &&
	       is_person_left_out(links, enrollment, key_of(links, user_id));
}

void links_note_enrollment(struct links *links, const struct record *enrollment)
{
	const char *class_id = enrollment->value[ATTR_CLASS_ID];
	const char *user_id = enrollment->value[ATTR_USER_ID];
	enum entity side = side_of(enrollment);

	if (!class_id || !user_id || !links->waits[ENTITY_CLASS] ||
		!links_has_person(links, enrollment, key_of(links, user_id)))
		return;
	if (side == ENTITY_STUDENT)
		idset_add(&links->with_student, key_of(links, class_id));
	else if (side == ENTITY_TEACHER)
		idset_add(&links->with_teacher, key_of(links, class_id));
}

/* ---- at the end ---- */

/* A class of the hub that did not come is not judged. */
static bool class_stays(const struct links *links, uint64_t key)
{
	if (!idset_has(&links->kept[ENTITY_CLASS], key))
		return links->view.is_in(links->view.arg, ENTITY_CLASS, key);
	return (!links->on[LINKED_STUDENT_CLASSES] || idset_has(&links->with_student, key)) &&
	       (!links->on[LINKED_TEACHER_CLASSES] || idset_has(&links->with_teacher, key));
}

void links_note_seat(struct links *links, const struct record *enrollment)
{
	const char *class_id = enrollment->value[ATTR_CLASS_ID];
	const char *user_id = enrollment->value[ATTR_USER_ID];
	enum entity side = side_of(enrollment);
	uint64_t key;

	if (!class_id || !user_id || !class_stays(links, key_of(links, class_id)))
		return;
	key = key_of(links, user_id);
	if (side != ENTITY_TEACHER)
		idset_add(&links->with_class[ENTITY_STUDENT], key);
	if (side != ENTITY_STUDENT)
		idset_add(&links->with_class[ENTITY_TEACHER], key);
}

void links_note_course(struct links *links, const char *sis_id)
{
	if (links->on[LINKED_CLASS_COURSES])
		idset_add(&links->with_class[ENTITY_COURSE], key_of(links, sis_id));
}

bool links_goes(const struct links *links, const struct record *record)
{
	enum entity e = record->entity;
	uint64_t key;

	if (!links->waits[e] || e == ENTITY_ENROLLMENT)
		return false;
	key = key_of(links, record->sis_id);
	return e == ENTITY_CLASS ? !class_stays(links, key)
				 : !idset_has(&links->with_class[e], key);
}

bool links_contact_goes(const struct links *links, const struct record *contact)
{
	bool must = !contact->value[ATTR_SCHOOL_ID];

	if (!must && !links->on[LINKED_STUDENT_CONTACTS])
		return false;
	return idset_has(&links->contacts, key_of(links, contact->sis_id)) ||
	       standing_of(links, ENTITY_STUDENT, contact->value[ATTR_STUDENT_IDS])
		       .some_left_out;
}
