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
	ends.has_class =
		class_id && compare_is_in(&intake->compare, ENTITY_CLASS, ends.class_key);
	ends.has_person = user_id && compare_is_person_in(&intake->compare, ends.person_key);
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

int enrollments_take(struct intake *intake, struct record *record, struct err *err)
{
	uint64_t key = intake_key(intake, record->sis_id);
	struct ends ends = ends_of(intake, record);

	if (!ends.has_class || !ends.has_person) {
		report_dangling(intake, record, &ends);
		idset_add(&intake->out[COLLECTION_ENROLLMENTS], key);
		compare_mark_removed(&intake->compare, ENTITY_ENROLLMENT, key);
		return 0;
	}
	schools_apply(intake->plan, record, &intake->arena, &intake->problems);
	if (!intake_judge(intake, record, COLLECTION_ENROLLMENTS))
		return 0;
	return intake_keep(intake, record, err);
}

bool enrollments_lost_an_end(const struct intake *intake, const struct record *enrollment)
{
	struct ends ends = ends_of(intake, enrollment);

	return !ends.has_class || !ends.has_person;
}
