#include "sync/leaving.h"

#include "sync/enrollments.h"

static int delete_one(struct intake *intake, struct print *print, const struct record *record,
	struct err *err)
{
	if (record->entity == ENTITY_ENROLLMENT && enrollments_lost_an_end(intake, record) &&
		!links_enrollment_goes(&intake->links, record))
		problems_add(&intake->problems, PROBLEM_CASCADED, record->entity,
			record->sis_id, "its person or class left");
	intake->absent[record->entity] += print_mark(print) == MARK_NONE;
	return compare_delete(&intake->compare, print, record, err);
}

/*
 * Whether a record leaves. Where absence says nothing, enrollments are looked at one by one
 * when somebody left, for they leave with their person or class.
 */
static int is_leaving(struct intake *intake, enum entity entity, const struct print *print,
	struct record *record, bool *leaving, struct err *err)
{
	struct compare *compare = &intake->compare;
	bool absent = print_mark(print) == MARK_NONE;
	bool follows = absent && entity == ENTITY_ENROLLMENT && compare->someone_left;

	*leaving = compare_is_leaving(compare, entity, print);
	/* Courses that the source does not give now are not gone. */
	if (absent && entity == ENTITY_COURSE && intake->missing[COLLECTION_COURSES])
		*leaving = false;
	if (!*leaving && !follows)
		return 0;
	arena_reset(&intake->arena);
	if (stage_read(intake->stage, entity, print_row(print), record, &intake->arena, err))
		return -1;
	*leaving = *leaving || enrollments_lost_an_end(intake, record);
	return 0;
}

/* Ends the records of one type that leave; counts those that stay though they did not come. */
static int delete_leaving(struct intake *intake, enum entity entity, struct err *err)
{
	struct compare *compare = &intake->compare;
	struct print *print;
	struct record record;
	struct prints_walk walk = {0};
	bool leaving;

	while ((print = prints_next(&compare->prints[entity], &walk))) {
		if (is_leaving(intake, entity, print, &record, &leaving, err))
			return -1;
		if (!leaving && print_mark(print) == MARK_NONE)
			compare->tally.counts[entity].unchanged++;
		if (leaving && delete_one(intake, print, &record, err))
			return -1;
	}
	return 0;
}

int leaving_delete(struct intake *intake, struct err *err)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		if (delete_leaving(intake, e, err))
			return -1;
	return 0;
}
