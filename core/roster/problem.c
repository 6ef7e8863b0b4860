#include "roster/problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static const struct {
	const char *name;
	const char *title;
} classes[PROBLEM_KINDS] = {
	[PROBLEM_UNUSABLE] = {"unusable_record", "Records that could not be used"},
	[PROBLEM_DUPLICATE_ID] = {"duplicate_id", "Ids that came twice (the last one counts)"},
	[PROBLEM_MISSING_VALUE] = {"missing_value", "Required values that are empty"},
	[PROBLEM_BAD_VALUE] = {"bad_value", "Values that could not be read"},
	[PROBLEM_UNKNOWN_ROLE] = {"unknown_role", "Unknown roles"},
	[PROBLEM_UNKNOWN_STATUS] = {"unknown_status", "Unknown status (taken as active)"},
	[PROBLEM_DANGLING] = {"dangling_reference", "References that lead nowhere"},
	[PROBLEM_DATES_REVERSED] = {"dates_reversed", "End dates before begin dates"},
	[PROBLEM_REPAIRED_TEXT] = {"repaired_text", "Malformed characters replaced"},
	[PROBLEM_MISSING_COLLECTION] = {"missing_collection",
		"Collections the source does not give"},
	[PROBLEM_TOTAL_WRONG] = {"wrong_total", "Totals of the source that do not agree"},
	[PROBLEM_CASCADED] = {"cascaded_enrollment",
		"Enrollments that left with a person or class"},
	[PROBLEM_SKIPPED] = {"skipped_record", "Records left out (Skip if missing)"},
	[PROBLEM_PARTIAL] = {"partial_collection",
		"Collections of which not all is given, or may be"},
	[PROBLEM_CONFLICT] = {"master_conflict",
		"Apps that say different things of one record"},
	[PROBLEM_DUPLICATE] = {"duplicate_record", "Records that look like another one"},
	[PROBLEM_KEPT] = {"kept_record",
		"Records that would be deleted, and stay (deletions are disabled)"},
	[PROBLEM_FORMULA] = {"formula", "Texts that a spreadsheet takes for a formula"},
};

void problems_init(struct problems *problems)
{
	memset(problems, 0, sizeof(*problems));
	arena_init(&problems->arena);
}

void problems_clear(struct problems *problems)
{
	free(problems->kept);
	arena_clear(&problems->arena);
	problems_init(problems);
}

static struct found_problem *make_room(struct problems *problems)
{
	if (problems->kept_count == problems->kept_room) {
		problems->kept_room = problems->kept_room ? problems->kept_room * 2 : 64;
		problems->kept =
			mem_grow(problems->kept, problems->kept_room, sizeof(*problems->kept));
	}
	return &problems->kept[problems->kept_count++];
}

void problems_add(struct problems *problems, enum problem problem, enum entity entity,
	const char *sis_id, const char *fmt, ...)
{
	struct found_problem *kept;
	char detail[300], clean[300];
	va_list ap;

	if (++problems->count[problem] > PROBLEMS_KEPT)
		return;
	va_start(ap, fmt);
	vsnprintf(detail, sizeof(detail), fmt, ap);
	va_end(ap);
	kept = make_room(problems);
	kept->problem = problem;
	kept->entity = entity;
	kept->sis_id = arena_strdup(&problems->arena, sis_id ? sis_id : "");
	text_clean(detail, clean, sizeof(clean));
	/* Most say what the one before said. */
	kept->detail = kept > problems->kept && !strcmp(kept[-1].detail, clean)
			       ? kept[-1].detail
			       : arena_strdup(&problems->arena, clean);
}

void problems_merge(struct problems *problems, const struct problems *other)
{
	int64_t count[PROBLEM_KINDS];
	enum problem p;
	size_t i;

	for (p = 0; p < PROBLEM_KINDS; p++)
		count[p] = problems->count[p] + other->count[p];
	for (i = 0; i < other->kept_count; i++)
		problems_add(problems, other->kept[i].problem, other->kept[i].entity,
			other->kept[i].sis_id, "%s", other->kept[i].detail);
	memcpy(problems->count, count, sizeof(count));
}

const char *problem_attribute(enum entity entity, const char *detail)
{
	size_t length = strcspn(detail, " "), count = 0, i;
	const struct attribute *row = NULL;

	if (entity < ENTITY_COUNT)
		row = schema_of(entity, &count);
	for (i = 0; i < count; i++)
		if (!strncmp(row[i].name, detail, length) && !row[i].name[length])
			return row[i].name;
	return NULL;
}

enum problem problem_by_name(const char *name)
{
	enum problem p;

	for (p = 0; p < PROBLEM_KINDS; p++)
		if (!strcmp(name, classes[p].name))
			break;
	return p;
}

const char *problem_name(enum problem problem)
{
	return classes[problem].name;
}

const char *problem_title(enum problem problem)
{
	return classes[problem].title;
}
