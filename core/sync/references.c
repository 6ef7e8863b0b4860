#include "sync/references.h"

#include <stdlib.h>

#include "base/mem.h"

static void add_pending(
	struct intake *intake, const struct record *record, enum entity target, uint64_t key)
{
	struct pending *pending;

	intake->pending =
		mem_grow(intake->pending, intake->pending_count + 1, sizeof(*intake->pending));
	pending = &intake->pending[intake->pending_count++];
	*pending = (struct pending){record->entity, target, mem_strdup(record->sis_id), key};
}

void references_end_sessions(struct intake *intake)
{
	size_t i;

	for (i = 0; i < intake->pending_count; i++) {
		struct pending *p = &intake->pending[i];

		if (!compare_is_in(&intake->compare, p->target, p->key) &&
			!idset_has(&intake->out[COLLECTION_SESSIONS], p->key))
			intake_dangling(intake, p->entity, p->sis_id, "parentId");
		free(p->sis_id);
	}
	intake->pending_count = 0;
}

/* Reports references of a record that lead to nothing that came. */
static void check_reference(struct intake *intake, const struct record *record,
	const struct attribute *row, enum collection collection)
{
	const char *list = record->value[row->attr], *item;
	size_t length;

	if (intake->missing[collection])
		return;
	while ((item = list_next(&list, &length))) {
		uint64_t key = compare_key(&intake->compare, item, length);

		if (!links_is_in(&intake->links, row->target, key) &&
			!idset_has(&intake->out[collection], key))
			intake_dangling(intake, record->entity, record->sis_id, row->name);
	}
}

void references_check(struct intake *intake, const struct record *record)
{
	enum entity e = record->entity;

	if (e == ENTITY_CALENDAR && record->value[ATTR_PARENT_ID]) {
		add_pending(intake, record, ENTITY_CALENDAR,
			intake_key(intake, record->value[ATTR_PARENT_ID]));
	} else if (e == ENTITY_COURSE) {
		check_reference(intake, record, schema_attribute(e, ATTR_SCHOOL_YEAR_ID),
			COLLECTION_SESSIONS);
	} else if (e == ENTITY_CLASS) {
		check_reference(intake, record, schema_attribute(e, ATTR_COURSE_ID),
			COLLECTION_COURSES);
		check_reference(intake, record, schema_attribute(e, ATTR_CALENDAR_IDS),
			COLLECTION_SESSIONS);
	}
}
