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

/* Courses that the source does not give now are not gone. */
static bool is_out_of_sight(
	const struct intake *intake, enum entity entity, const struct print *print)
{
	return entity == ENTITY_COURSE && print_mark(print) == MARK_NONE &&
	       intake->missing[COLLECTION_COURSES];
}

/* Only of those that are listed the id is read. */
static int keep_one(
	struct intake *intake, enum entity entity, struct print *print, struct err *err)
{
	struct record record = {.sis_id = NULL};

	arena_reset(&intake->arena);
	if (intake->problems.count[PROBLEM_KEPT] < PROBLEMS_KEPT &&
		stage_read(
			intake->stage, entity, print_row(print), &record, &intake->arena, err))
		return -1;
	problems_add(&intake->problems, PROBLEM_KEPT, entity, record.sis_id,
		"it stays until %s", intake->app->rollover.keep.until);
	compare_stay(&intake->compare, entity, print);
	return 0;
}

/* Keeps the records of one type that are gone: deletions are disabled. */
static int keep_gone(struct intake *intake, enum entity entity, struct err *err)
{
	struct compare *compare = &intake->compare;
	struct prints_walk walk = {0};
	struct print *print;

	while ((print = prints_next(&compare->prints[entity], &walk))) {
		bool gone = compare_is_gone(compare, entity, print) &&
			    !is_out_of_sight(intake, entity, print);

		if (gone && keep_one(intake, entity, print, err))
			return -1;
		if (!gone && print_mark(print) == MARK_NONE)
			compare->tally.counts[entity].unchanged++;
	}
	return 0;
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

	*leaving = compare_is_leaving(compare, entity, print) &&
		   !is_out_of_sight(intake, entity, print);
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
		if (intake->compare.leaving == LEAVING_DISABLED
				? keep_gone(intake, e, err)
				: delete_leaving(intake, e, err))
			return -1;
	return 0;
}
