#include "sync/catalogue.h"

#include "sync/references.h"

int catalogue_keep(struct intake *intake, enum collection collection, struct record *record,
	struct err *err)
{
	const char *course = record->value[ATTR_COURSE_ID];

	if (!intake_judge(intake, record, collection))
		return 0;
	if (record->entity == ENTITY_CLASS && course)
		links_note_course(&intake->links, course);
	references_check(intake, record);
	return intake_keep(intake, record, err);
}

int catalogue_take(
	struct intake *intake, enum collection collection, struct made *made, struct err *err)
{
	struct record *record = &made->record;

	if (!made->in) {
		idset_add(&intake->out[collection], intake_key(intake, record->sis_id));
		return 0;
	}
	if (record->entity == ENTITY_CLASS && links_class_goes(&intake->links, record)) {
		intake_leave_out(intake, record, collection);
		return 0;
	}
	if (intake->links.waits[record->entity])
		return intake_wait(intake, record, collection, err);
	return catalogue_keep(intake, collection, record, err);
}
