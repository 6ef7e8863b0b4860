#include "sync/waiting.h"

#include "sync/catalogue.h"
#include "sync/enrollments.h"
#include "sync/users.h"

typedef int waited_fn(struct intake *intake, struct record *record, struct err *err);

/* Gives all waiting records of one type to `take`. */
static int each(struct intake *intake, enum entity entity, waited_fn *take, struct err *err)
{
	struct spool *spool = &intake->waiting[entity];
	struct record record;
	int result;

	if (spool_rewind(spool, err))
		return -1;
	arena_reset(&intake->arena);
	while ((result = spool_next(spool, &record, &intake->arena, err)) > 0) {
		if (take(intake, &record, err))
			return -1;
		arena_reset(&intake->arena);
	}
	return result;
}

/* All that waited of one type: it goes by links, or comes in. */
static int end(struct intake *intake, enum entity entity, waited_fn *take, struct err *err)
{
	if (each(intake, entity, take, err))
		return -1;
	/* From now on only what came in is in. */
	idset_clear(&intake->links.kept[entity]);
	spool_clear(&intake->waiting[entity]);
	return 0;
}

static bool goes(struct intake *intake, const struct record *record, enum collection collection)
{
	if (!links_goes(&intake->links, record))
		return false;
	intake_leave_out(intake, record, collection);
	return true;
}

static int note_seat(struct intake *intake, struct record *record, struct err *err)
{
	(void)err;
	links_note_seat(&intake->links, record);
	return 0;
}

static int take_person(struct intake *intake, struct record *record, struct err *err)
{
	return goes(intake, record, COLLECTION_USERS) ? 0 : users_keep(intake, record, err);
}

static int take_class(struct intake *intake, struct record *record, struct err *err)
{
	return goes(intake, record, COLLECTION_CLASSES)
		       ? 0
		       : catalogue_keep(intake, COLLECTION_CLASSES, record, err);
}

static int take_course(struct intake *intake, struct record *record, struct err *err)
{
	return goes(intake, record, COLLECTION_COURSES)
		       ? 0
		       : catalogue_keep(intake, COLLECTION_COURSES, record, err);
}

int waiting_end(struct intake *intake, struct err *err)
{
	if (links_persons_wait(&intake->links) &&
		(each(intake, ENTITY_ENROLLMENT, note_seat, err) ||
			end(intake, ENTITY_STUDENT, take_person, err) ||
			end(intake, ENTITY_TEACHER, take_person, err) ||
			users_end(intake, err)))
		return -1;
	if (end(intake, ENTITY_CLASS, take_class, err) ||
		end(intake, ENTITY_COURSE, take_course, err))
		return -1;
	return end(intake, ENTITY_ENROLLMENT, enrollments_keep, err);
}
