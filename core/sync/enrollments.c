#include "sync/enrollments.h"

/* What an enrollment needs to come in. */
struct ends {
	bool has_class, has_person;
	uint64_t class_key, person_key;
};

static struct ends ends_of(const struct intake *intake, const struct record *record)
{
	const char *class_id = record->value[ATTR_CLASS_ID];
	const char *user_id = record->value[ATTR_USER_ID];
	struct ends ends = {0};

	ends.class_key = class_id ? intake_key(intake, class_id) : 0;
	ends.person_key = user_id ? intake_key(intake, user_id) : 0;
	ends.has_class = class_id && links_is_in(&intake->links, ENTITY_CLASS, ends.class_key);
	ends.has_person = user_id && links_has_person(&intake->links, record, ends.person_key);
	return ends;
}

static void report_dangling(
	struct intake *intake, const struct record *record, const struct ends *ends)
{
	if (record->value[ATTR_CLASS_ID] && !ends->has_class &&
		!idset_has(&intake->out[COLLECTION_CLASSES], ends->class_key))
		intake_dangling(intake, ENTITY_ENROLLMENT, record->sis_id, "classId");
	if (record->value[ATTR_USER_ID] && !ends->has_person &&
		!idset_has(&intake->out[COLLECTION_USERS], ends->person_key))
		intake_dangling(intake, ENTITY_ENROLLMENT, record->sis_id, "userId");
}

static int keep(
	struct intake *intake, struct record *record, const struct ends *ends, struct err *err)
{
	if (!ends->has_class || !ends->has_person) {
		report_dangling(intake, record, ends);
		if (links_enrollment_goes(&intake->links, record))
			links_leave_out(&intake->links, record);
		intake_stay_out(intake, record, COLLECTION_ENROLLMENTS);
		return 0;
	}
	schools_apply(intake->plan, record, &intake->arena, &intake->problems);
	if (!intake_judge(intake, record, COLLECTION_ENROLLMENTS))
		return 0;
	return intake_keep(intake, record, err);
}

int enrollments_keep(struct intake *intake, struct record *record, struct err *err)
{
	struct ends ends = ends_of(intake, record);

	return keep(intake, record, &ends, err);
}

/* Whether only rules leave it out, by its ends: it is kept of the pull, for other rules. */
static bool may_come(
	const struct intake *intake, const struct record *record, const struct ends *ends)
{
	return ((ends->has_class || idset_has(&intake->skipped, ends->class_key)) &&
		       (ends->has_person || idset_has(&intake->skipped, ends->person_key))) ||
	       links_enrollment_goes(&intake->links, record);
}

int enrollments_take(struct intake *intake, struct made *made, struct err *err)
{
	struct record *record = &made->record;
	struct ends ends = ends_of(intake, record);

	made->in = may_come(intake, record, &ends);
	if (!intake->links.waits[ENTITY_ENROLLMENT])
		return keep(intake, record, &ends, err);
	links_note_enrollment(&intake->links, record);
	return spool_put(&intake->waiting[ENTITY_ENROLLMENT], intake->state, record, err);
}

bool enrollments_lost_an_end(const struct intake *intake, const struct record *enrollment)
{
	struct ends ends = ends_of(intake, enrollment);

	return !ends.has_class || !ends.has_person;
}
