#include "screen/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/store.h"
#include "term/draw.h"

enum { MARGIN = 64 }; /* rows read above what is seen */

/* What goes to the worker and comes back; while it works nobody else touches it. */
struct pages_job {
	struct pages *pages; /* of it only what does not change meanwhile is read */
	struct pages_view view;
	bool find; /* else only a window of what is found already */
	size_t top;
	struct browse found;
	struct pages_window window;
	struct pages_school *schools;
	size_t school_count, school_room;
	struct arena schools_memory;
};

/* ---- in the worker ------------------------------------------------------------------------
 */

static int compare_schools(const void *a, const void *b)
{
	return strcmp(
		((const struct pages_school *)a)->id, ((const struct pages_school *)b)->id);
}

static int take_school(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct pages_job *job = arg;

	(void)app;
	(void)err;
	if (!record->value[ATTR_NAME])
		return 0;
	if (job->school_count == job->school_room) {
		job->school_room = job->school_room ? 2 * job->school_room : 64;
		job->schools = mem_grow(job->schools, job->school_room, sizeof(*job->schools));
	}
	job->schools[job->school_count++] =
		(struct pages_school){arena_strdup(&job->schools_memory, record->sis_id),
			arena_strdup(&job->schools_memory, record->value[ATTR_NAME])};
	return 0;
}

static int load_schools(struct pages_job *job, struct store *store, struct err *err)
{
	if (store_each(store, ENTITY_SCHOOL, take_school, job, err))
		return -1;
	if (job->school_count)
		qsort(job->schools, job->school_count, sizeof(*job->schools), compare_schools);
	return 0;
}

static const char *school_name(const struct pages_job *job, const char *id)
{
	const struct pages *pages = job->pages;
	const struct pages_school key = {id, NULL}, *found;
	const struct pages_school *schools = job->find ? job->schools : pages->schools;
	size_t known = job->find ? job->school_count : pages->school_count;

	found = known ? bsearch(&key, schools, known, sizeof(key), compare_schools) : NULL;
	return found ? found->name : id;
}

/* "email a -> b, phone c -> d" */
static void describe_update(
	const struct record *before, const struct record *after, char *out, size_t size)
{
	struct difference list[ATTR_COUNT];
	size_t count = record_compare(before, after, list, ATTR_COUNT), i, used = 0;
	char old[ROWS_TEXT], fresh[ROWS_TEXT];

	*out = '\0';
	for (i = 0; i < count && i < ATTR_COUNT && used < size; i++) {
		rows_value(list[i].before, old, sizeof(old));
		rows_value(list[i].after, fresh, sizeof(fresh));
		used += (size_t)snprintf(out + used, size - used, "%s%s: %s %s %s",
			i ? "; " : "", list[i].name, old, draw_glyph(GLYPH_TO), fresh);
	}
}

/* `either` is the one that is there: the newer. */
static void change_cells(struct pages_job *job, struct pages_row *row,
	const struct record *before, const struct record *after, const struct record *either)
{
	struct arena *arena = &job->window.arena;
	const char *school = either->value[ATTR_SCHOOL_ID];
	char text[512];

	row->cell[0] = change_name(!before  ? CHANGE_CREATED
				   : !after ? CHANGE_DELETED
					    : CHANGE_UPDATED);
	rows_name(either, text, sizeof(text));
	row->cell[1] = arena_strdup(arena, text);
	if (before && after) {
		describe_update(before, after, text, sizeof(text));
		row->cell[2] = arena_strdup(arena, text);
	} else if (school) {
		row->cell[2] = arena_strdup(arena, school_name(job, school));
	}
	row->cell[3] = arena_strdup(arena, either->sis_id);
}

static void hub_cells(struct pages_job *job, struct pages_row *row, const struct record *record)
{
	char text[ROWS_TEXT];
	size_t columns, i;

	rows_columns(record->entity, &columns);
	for (i = 0; i < columns; i++) {
		rows_cell(record, i, text, sizeof(text));
		row->cell[i] = arena_strdup(&job->window.arena,
			rows_is_school(record->entity, i) ? school_name(job, text) : text);
	}
}

static int read_row(struct pages_job *job, struct store *store, const struct browse_row *at,
	struct pages_row *row, struct arena *arena, struct err *err)
{
	struct record before, after;
	int result = 1;

	memset(row, 0, sizeof(*row));
	arena_reset(arena);
	if (at->before)
		result = browse_read(
			store, job->view.entity, at->before, &before, NULL, arena, err);
	if (result > 0 && at->after)
		result = browse_read(
			store, job->view.entity, at->after, &after, NULL, arena, err);
	if (result <= 0)
		return result;
	row->there = true;
	if (job->view.sync)
		change_cells(job, row, at->before ? &before : NULL, at->after ? &after : NULL,
			at->after ? &after : &before);
	else
		hub_cells(job, row, &after);
	return 0;
}

static int read_window(struct pages_job *job, struct store *store, struct err *err)
{
	const struct browse *found = job->find ? &job->found : &job->pages->found;
	struct pages_window *window = &job->window;
	struct arena arena;
	size_t i;
	int result = 0;

	window->first = job->top > MARGIN ? job->top - MARGIN : 0;
	if (window->first > found->count)
		window->first = 0;
	window->count = found->count - window->first;
	if (window->count > PAGES_WINDOW)
		window->count = PAGES_WINDOW;
	arena_init(&arena);
	for (i = 0; i < window->count && !result; i++)
		result = read_row(job, store, &found->rows[window->first + i], &window->rows[i],
			&arena, err);
	arena_clear(&arena);
	return result;
}

static int run_job(struct work *work, void *arg, struct err *err)
{
	struct pages_job *job = arg;
	const struct browse_query query = {.entity = job->view.entity,
		.sync = job->view.sync,
		.change = job->view.change,
		.app = job->pages->app,
		.search = job->view.search,
		.cancel = &work->cancel};
	char *path = mem_printf("%s/hub.db", job->pages->state);
	bool there = file_exists(path);
	struct store *store = there ? store_open(job->pages->state, err) : NULL;
	int result = there && !store ? -1 : 0;

	free(path);
	if (!store)
		return result;
	if (job->find)
		result = load_schools(job, store, err) ||
					 browse_find(store, &query, &job->found, err)
				 ? -1
				 : 0;
	if (!result)
		result = read_window(job, store, err);
	store_close(store);
	return result;
}

/* ---- beside it ----------------------------------------------------------------------------
 */

static void job_free(struct pages_job *job)
{
	if (!job)
		return;
	browse_clear(&job->found);
	arena_clear(&job->window.arena);
	arena_clear(&job->schools_memory);
	free(job->schools);
	free(job->view.search);
	free(job);
}

void pages_init(struct pages *pages, int wake, const char *state, const char *app)
{
	memset(pages, 0, sizeof(*pages));
	pages->wake = wake;
	pages->state = state;
	pages->app = app;
	pages->wanted = SIZE_MAX;
	pages->view.search = mem_strdup("");
	arena_init(&pages->window.arena);
	arena_init(&pages->schools_memory);
}

void pages_clear(struct pages *pages)
{
	work_stop(&pages->work);
	job_free(pages->job);
	browse_clear(&pages->found);
	arena_clear(&pages->window.arena);
	arena_clear(&pages->schools_memory);
	free(pages->schools);
	free(pages->view.search);
	memset(pages, 0, sizeof(*pages));
}

static void begin(struct pages *pages)
{
	struct pages_job *job = mem_zero(1, sizeof(*job));

	job->pages = pages;
	job->view = pages->view;
	job->view.search = mem_strdup(pages->view.search);
	job->find = pages->find_again || !pages->known;
	job->top = pages->wanted != SIZE_MAX ? pages->wanted : pages->window.first;
	arena_init(&job->window.arena);
	arena_init(&job->schools_memory);
	pages->job = job;
	pages->find_again = false;
	pages->wanted = SIZE_MAX;
	work_begin(&pages->work, pages->wake, run_job, job);
}

static void take_found(struct pages *pages, struct pages_job *job)
{
	free(pages->schools);
	pages->schools = job->schools;
	pages->school_count = job->school_count;
	arena_clear(&pages->schools_memory);
	pages->schools_memory = job->schools_memory;
	job->schools = NULL;
	arena_init(&job->schools_memory);
	browse_clear(&pages->found);
	pages->found = job->found;
	memset(&job->found, 0, sizeof(job->found));
	pages->known = pages->shown = true;
}

static void take(struct pages *pages, int result, const struct err *err)
{
	struct pages_job *job = pages->job;

	pages->job = NULL;
	if (!result && job->find && pages->find_again) {
		/* The view changed under it. */
	} else if (!result) {
		if (job->find)
			take_found(pages, job);
		arena_clear(&pages->window.arena);
		pages->window = job->window;
		arena_init(&job->window.arena);
		pages->err = (struct err){0};
	} else if (err->code != ERR_CANCELLED) {
		pages->err = *err;
		pages->known = true; /* not again and again */
	}
	job_free(job);
}

void pages_look(struct pages *pages, enum entity entity, int64_t sync, enum change change)
{
	if (pages->view.entity != entity || pages->view.sync != sync ||
		pages->view.change != change)
		pages->shown = false; /* what is known is of something else altogether */
	pages->view.entity = entity;
	pages->view.sync = sync;
	pages->view.change = change;
	pages_reload(pages);
}

void pages_reload(struct pages *pages)
{
	pages->find_again = true;
	pages->known = false;
	work_cancel(&pages->work);
	pages_tick(pages);
}

bool pages_tick(struct pages *pages)
{
	struct err err = {0};
	bool fresh = false;
	int result;

	if (work_take(&pages->work, &result, &err)) {
		take(pages, result, &err);
		fresh = true;
	}
	if (!work_running(&pages->work) &&
		(pages->find_again || !pages->known || pages->wanted != SIZE_MAX))
		begin(pages);
	return fresh;
}

int pages_wait(const struct pages *pages)
{
	return pages->wanted != SIZE_MAX && !work_running(&pages->work) ? 0 : -1;
}

bool pages_busy(const struct pages *pages)
{
	return !pages->known;
}

bool pages_row(const struct pages *pages, size_t row, struct browse_row *out)
{
	if (!pages->shown || row >= pages->found.count)
		return false;
	*out = pages->found.rows[row];
	return true;
}

/* ---- for the list -------------------------------------------------------------------------
 */

static size_t count(void *data)
{
	const struct pages *pages = data;

	return pages->shown ? pages->found.count : 0;
}

static size_t total(void *data)
{
	const struct pages *pages = data;

	return pages->shown ? pages->found.total : 0;
}

static uint64_t id(void *data, size_t row)
{
	const struct browse_row *at = &((struct pages *)data)->found.rows[row];

	return (uint64_t)at->before << 32 | at->after;
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	static const enum draw_role roles[] = {DRAW_OK, DRAW_WARNING, DRAW_ERROR};
	struct pages *pages = data;
	const struct pages_window *window = &pages->window;
	const struct pages_row *at;

	if (row < window->first || row >= window->first + window->count) {
		if (pages->wanted == SIZE_MAX && !pages->err.code)
			pages->wanted = row;
		if (!column)
			snprintf(
				out->text, sizeof(out->text), "%s", draw_glyph(GLYPH_ELLIPSIS));
		return;
	}
	at = &window->rows[row - window->first];
	if (!at->there && !column)
		snprintf(out->text, sizeof(out->text), "(gone)");
	else if (at->cell[column])
		snprintf(out->text, sizeof(out->text), "%s", at->cell[column]);
	if (pages->view.sync && !column)
		out->role = roles[browse_change(pages->found.rows[row])];
}

static void filter(void *data, const char *text)
{
	struct pages *pages = data;

	if (!strcmp(pages->view.search, text))
		return;
	mem_replace(&pages->view.search, text);
	pages_reload(pages);
}

void pages_refresh(struct pages *pages, struct list *list)
{
	size_t rows = count(pages), row;

	for (row = 0; row < rows && id(pages, row) != list->id; row++)
		;
	if (row == rows)
		list->row = list->top = 0; /* what was searched for stands on top */
	list_refresh(list);
}

const struct list_source pages_source = {
	.count = count,
	.total = total,
	.id = id,
	.cell = cell,
	.filter = filter,
};
