#include "sync/organisations.h"

#include <string.h>

#include "base/mem.h"

void organisations_take(
	struct intake *intake, const struct source_record *source, const struct record *record)
{
	struct school_lists *lists = &intake->schools;
	struct source_school *school;

	lists->source =
		mem_grow(lists->source, lists->source_count + 1, sizeof(*lists->source));
	school = &lists->source[lists->source_count++];
	*school = source_school_of(source);
	if (!record)
		return;
	record_pack(record, &intake->compare.body);
	school->body = mem_alloc(intake->compare.body.used + 1);
	memcpy(school->body, intake->compare.body.data, intake->compare.body.used);
	school->body_length = intake->compare.body.used;
}

static int keep_org(struct intake *intake, const struct source_school *school, struct err *err)
{
	const char *hub_id, *name, *parent;
	struct record record;

	if (!school_plan_provides(intake->plan, school->id, &name))
		return 0;
	school_plan_find(intake->plan, school->id, &hub_id);
	if (!school->body) {
		const struct hub_school *hub = schools_find_hub(&intake->schools, hub_id);

		tally_name_school(&intake->compare.tally, hub_id, hub ? hub->name : NULL);
		return 0;
	}
	arena_reset(&intake->arena);
	if (record_unpack(&record, ENTITY_SCHOOL, hub_id, school->body, school->body_length,
		    &intake->arena))
		return err_set(err, ERR_FAILED, "School %s could not be kept.", school->id);
	if (name)
		record.value[ATTR_NAME] = name;
	if (school->parent &&
		school_plan_find(intake->plan, school->parent, &parent) == STANDING_UNKNOWN)
		intake_dangling(intake, ENTITY_SCHOOL, hub_id, "parentId");
	record.value[ATTR_PARENT_ID] = school->parent ? parent : NULL;
	ruleset_judge(intake->rules, &record, &intake->arena, &intake->problems);
	tally_name_school(&intake->compare.tally, hub_id, record.value[ATTR_NAME]);
	return intake_keep(intake, &record, err);
}

int organisations_end(struct intake *intake, struct err *err)
{
	size_t i;

	school_lists_sort(&intake->schools);
	if (!intake->schools.source_count)
		return err_set(err, ERR_SOURCE,
			"The source shows no school at all. Most often its client has no "
			"permission to read the rosters: ask the vendor's support to grant "
			"them.");
	intake->plan = school_plan_new(intake->app, &intake->schools, err);
	if (!intake->plan)
		return -1;
	intake->maker.plan = intake->plan;
	for (i = 0; i < intake->schools.source_count; i++)
		if (keep_org(intake, &intake->schools.source[i], err))
			return -1;
	return 0;
}
