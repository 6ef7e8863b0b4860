#include "screen/summary_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "screen/dash.h"
#include "widget/words.h"

/* In the place of a school's index. */
#define HEADING_SCHOOLS SIZE_MAX
#define HEADING_UNCHANGED (SIZE_MAX - 1)

const struct list_column summary_columns[SUMMARY_COLUMNS] = {
	{"Entity type or school", 22, 0, 1, LIST_LEFT},
	{"Created", 8, 1, 0, LIST_RIGHT},
	{"Updated", 8, 1, 0, LIST_RIGHT},
	{"Deleted", 8, 0, 0, LIST_RIGHT},
	{"Unchanged", 9, 3, 0, LIST_RIGHT},
	{"After", 9, 2, 0, LIST_RIGHT},
};

void sync_facts_clear(struct sync_facts *facts)
{
	sync_clear(&facts->sync);
	school_counts_free(facts->schools, facts->school_count);
	memset(facts, 0, sizeof(*facts));
}

int64_t summary_changes(const struct counts *counts)
{
	return counts->changed[CHANGE_CREATED] + counts->changed[CHANGE_UPDATED] +
	       counts->changed[CHANGE_DELETED];
}

bool summary_row_is_heading(const struct summary_row *row)
{
	return row->entity == ENTITY_NONE && row->school >= HEADING_UNCHANGED;
}

static void add_row(struct summary_rows *summary, struct summary_row line)
{
	summary->rows = mem_grow(summary->rows, summary->count + 1, sizeof(*summary->rows));
	summary->rows[summary->count++] = line;
}

/* Most deletions first, then most changes. */
static int compare_schools(const void *a, const void *b)
{
	const struct summary_row *one = a, *two = b;
	int64_t by = two->counts.changed[CHANGE_DELETED] - one->counts.changed[CHANGE_DELETED];

	if (!by)
		by = summary_changes(&two->counts) - summary_changes(&one->counts);
	return by < 0 ? -1 : by > 0;
}

static void add_heading(struct summary_rows *summary, size_t which)
{
	add_row(summary, (struct summary_row){ENTITY_NONE, which, {.unchanged = 0}});
}

static void add_schools(struct summary_rows *summary)
{
	size_t first = summary->count, i;

	for (i = 0; i < summary->facts.school_count; i++) {
		const struct counts sum = dash_sum(summary->facts.schools[i].counts);

		if (!summary_changes(&sum))
			continue;
		if (first == summary->count)
			add_heading(summary, HEADING_SCHOOLS);
		add_row(summary, (struct summary_row){ENTITY_NONE, i, sum});
	}
	if (summary->count > first)
		qsort(summary->rows + first + 1, summary->count - first - 1,
			sizeof(*summary->rows), compare_schools);
}

/* What changes comes first; what does not stands at the end. */
static void make_rows(struct summary_rows *summary)
{
	const struct counts *counts = summary->facts.sync.counts;
	size_t before;
	enum entity e;

	summary->count = 0;
	for (e = 0; e < ENTITY_COUNT; e++)
		if (summary_changes(&counts[e]))
			add_row(summary, (struct summary_row){e, 0, counts[e]});
	add_schools(summary);
	before = summary->count;
	for (e = 0; e < ENTITY_COUNT; e++) {
		if (summary_changes(&counts[e]) || !counts_total(&counts[e]))
			continue;
		if (summary->count == before && before)
			add_heading(summary, HEADING_UNCHANGED);
		add_row(summary, (struct summary_row){e, 0, counts[e]});
	}
}

void summary_rows_init(struct summary_rows *summary)
{
	memset(summary, 0, sizeof(*summary));
}

void summary_rows_clear(struct summary_rows *summary)
{
	sync_facts_clear(&summary->facts);
	free(summary->rows);
	memset(summary, 0, sizeof(*summary));
}

void summary_rows_take(struct summary_rows *summary, struct sync_facts *facts)
{
	sync_facts_clear(&summary->facts);
	summary->facts = *facts;
	memset(facts, 0, sizeof(*facts));
	make_rows(summary);
}

void summary_describe_school(const struct school_counts *school, struct buf *out)
{
	char created[WORDS_SIZE], updated[WORDS_SIZE], deleted[WORDS_SIZE], after[WORDS_SIZE];
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		const struct counts *counts = &school->counts[e];

		if (!summary_changes(counts))
			continue;
		buf_addf(out, "%s%s: %s created, %s updated, %s deleted; %s after",
			out->used ? "\n" : "", dash_title(e),
			words_number((uint64_t)counts->changed[CHANGE_CREATED], created),
			words_number((uint64_t)counts->changed[CHANGE_UPDATED], updated),
			words_number((uint64_t)counts->changed[CHANGE_DELETED], deleted),
			words_number((uint64_t)counts_total(counts), after));
	}
}

/* ---- for the list ---- */

static size_t count(void *data)
{
	return ((struct summary_rows *)data)->count;
}

static uint64_t id(void *data, size_t row)
{
	const struct summary_row *line = &((struct summary_rows *)data)->rows[row];

	return (uint64_t)line->entity << 32 | (uint32_t)line->school;
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	static const enum draw_role roles[] = {DRAW_OK, DRAW_WARNING, DRAW_ERROR};
	const struct summary_rows *summary = data;
	const struct summary_row *line = &summary->rows[row];
	bool heading = summary_row_is_heading(line);
	int64_t number = column == 0   ? 0
			 : column <= 3 ? line->counts.changed[column - 1]
			 : column == 4 ? line->counts.unchanged
				       : counts_total(&line->counts);
	char text[WORDS_SIZE];

	if (!column) {
		snprintf(out->text, sizeof(out->text), "%s",
			heading ? line->school == HEADING_SCHOOLS ? "In these schools:"
								  : "Nothing changes in:"
			: line->entity < ENTITY_NONE ? dash_title(line->entity)
			: summary->facts.schools[line->school].name
				? summary->facts.schools[line->school].name
				: summary->facts.schools[line->school].school);
		out->role = heading ? DRAW_DIM : DRAW_NORMAL;
		return;
	}
	if (heading)
		return;
	snprintf(out->text, sizeof(out->text), "%s", words_number((uint64_t)number, text));
	if (column <= 3 && number)
		out->role = roles[column - 1];
}

const struct list_source summary_source = {.count = count, .id = id, .cell = cell};
