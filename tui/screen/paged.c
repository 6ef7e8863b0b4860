#include "screen/paged.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/store.h"
#include "term/draw.h"

enum { MARGIN = 64 }; /* rows read above what is seen */

/* What goes to the worker and comes back; while it works nobody else touches it. */
struct paged_job {
	struct paged *paged; /* of it only what does not change meanwhile is read */
	struct paged_view view;
	bool find; /* else only a window of what is found already */
	size_t top;
	struct browse found;
	struct paged_window window;
	struct paged_school *schools;
	size_t school_count, school_room;
	struct arena schools_memory;
};

/* ---- in the worker ------------------------------------------------------------------------
 */

static int compare_schools(const void *a, const void *b)
{
	return strcmp(
		((const struct paged_school *)a)->id, ((const struct paged_school *)b)->id);
}

static int take_school(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct paged_job *job = arg;

	(void)app;
	(void)err;
	if (!record->value[ATTR_NAME])
		return 0;
	if (job->school_count == job->school_room) {
		job->school_room = job->school_room ? 2 * job->school_room : 64;
		job->schools = mem_grow(job->schools, job->school_room, sizeof(*job->schools));
	}
	job->schools[job->school_count++] =
		(struct paged_school){arena_strdup(&job->schools_memory, record->sis_id),
			arena_strdup(&job->schools_memory, record->value[ATTR_NAME])};
	return 0;
}

static int load_schools(struct paged_job *job, struct store *store, struct err *err)
{
	if (store_each(store, ENTITY_SCHOOL, take_school, job, err))
		return -1;
	if (job->school_count)
		qsort(job->schools, job->school_count, sizeof(*job->schools), compare_schools);
	return 0;
}

static const char *school_name(const struct paged_job *job, const char *id)
{
	const struct paged *paged = job->paged;
	const struct paged_school key = {id, NULL}, *found;
	const struct paged_school *schools = job->find ? job->schools : paged->schools;
	size_t known = job->find ? job->school_count : paged->school_count;

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
static void change_cells(struct paged_job *job, struct paged_row *row,
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

static void hub_cells(struct paged_job *job, struct paged_row *row, const struct record *record)
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

static int read_row(struct paged_job *job, struct store *store, const struct browse_row *at,
	struct paged_row *row, struct arena *arena, struct err *err)
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

static int read_window(struct paged_job *job, struct store *store, struct err *err)
{
	const struct browse *found = job->find ? &job->found : &job->paged->found;
	struct paged_window *window = &job->window;
	struct arena arena;
	size_t i;
	int result = 0;

	window->first = job->top > MARGIN ? job->top - MARGIN : 0;
	if (window->first > found->count)
		window->first = 0;
	window->count = found->count - window->first;
	if (window->count > PAGED_WINDOW)
		window->count = PAGED_WINDOW;
	arena_init(&arena);
	for (i = 0; i < window->count && !result; i++)
		result = read_row(job, store, &found->rows[window->first + i], &window->rows[i],
			&arena, err);
	arena_clear(&arena);
	return result;
}

static int run_job(struct work *work, void *arg, struct err *err)
{
	struct paged_job *job = arg;
	const struct browse_query query = {.entity = job->view.entity,
		.sync = job->view.sync,
		.change = job->view.change,
		.app = job->paged->app,
		.search = job->view.search,
		.cancel = &work->cancel};
	char *path = mem_printf("%s/hub.db", job->paged->state);
	bool there = file_exists(path);
	struct store *store = there ? store_open(job->paged->state, err) : NULL;
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

static void job_free(struct paged_job *job)
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

void paged_init(struct paged *paged, int wake, const char *state, const char *app)
{
	memset(paged, 0, sizeof(*paged));
	paged->wake = wake;
	paged->state = state;
	paged->app = app;
	paged->wanted = SIZE_MAX;
	paged->view.search = mem_strdup("");
	arena_init(&paged->window.arena);
	arena_init(&paged->schools_memory);
}

void paged_clear(struct paged *paged)
{
	work_stop(&paged->work);
	job_free(paged->job);
	browse_clear(&paged->found);
	arena_clear(&paged->window.arena);
	arena_clear(&paged->schools_memory);
	free(paged->schools);
	free(paged->view.search);
	memset(paged, 0, sizeof(*paged));
}

static void begin(struct paged *paged)
{
	struct paged_job *job = mem_zero(1, sizeof(*job));

	job->paged = paged;
	job->view = paged->view;
	job->view.search = mem_strdup(paged->view.search);
	job->find = paged->find_again || !paged->known;
	job->top = paged->wanted != SIZE_MAX ? paged->wanted : paged->window.first;
	arena_init(&job->window.arena);
	arena_init(&job->schools_memory);
	paged->job = job;
	paged->find_again = false;
	paged->wanted = SIZE_MAX;
	work_begin(&paged->work, paged->wake, run_job, job);
}

static void take_found(struct paged *paged, struct paged_job *job)
{
	free(paged->schools);
	paged->schools = job->schools;
	paged->school_count = job->school_count;
	arena_clear(&paged->schools_memory);
	paged->schools_memory = job->schools_memory;
	job->schools = NULL;
	arena_init(&job->schools_memory);
	browse_clear(&paged->found);
	paged->found = job->found;
	memset(&job->found, 0, sizeof(job->found));
	paged->known = paged->shown = true;
}

static void take(struct paged *paged, int result, const struct err *err)
{
	struct paged_job *job = paged->job;

	paged->job = NULL;
	if (!result && job->find && paged->find_again) {
		/* The view changed under it. */
	} else if (!result) {
		if (job->find)
			take_found(paged, job);
		arena_clear(&paged->window.arena);
		paged->window = job->window;
		arena_init(&job->window.arena);
		paged->err = (struct err){0};
	} else if (err->code != ERR_CANCELLED) {
		paged->err = *err;
		paged->known = true; /* not again and again */
	}
	job_free(job);
}

void paged_look(struct paged *paged, enum entity entity, int64_t sync, enum change change)
{
	if (paged->view.entity != entity || paged->view.sync != sync ||
		paged->view.change != change)
		paged->shown = false; /* what is known is of something else altogether */
	paged->view.entity = entity;
	paged->view.sync = sync;
	paged->view.change = change;
	paged_reload(paged);
}

void paged_reload(struct paged *paged)
{
	paged->find_again = true;
	paged->known = false;
	work_cancel(&paged->work);
	paged_tick(paged);
}

bool paged_tick(struct paged *paged)
{
	struct err err = {0};
	bool fresh = false;
	int result;

	if (work_take(&paged->work, &result, &err)) {
		take(paged, result, &err);
		fresh = true;
	}
	if (!work_running(&paged->work) &&
		(paged->find_again || !paged->known || paged->wanted != SIZE_MAX))
		begin(paged);
	return fresh;
}

int paged_wait(const struct paged *paged)
{
	return paged->wanted != SIZE_MAX && !work_running(&paged->work) ? 0 : -1;
}

bool paged_busy(const struct paged *paged)
{
	return !paged->known;
}

bool paged_row(const struct paged *paged, size_t row, struct browse_row *out)
{
	if (!paged->shown || row >= paged->found.count)
		return false;
	*out = paged->found.rows[row];
	return true;
}

/* ---- for the list -------------------------------------------------------------------------
 */

static size_t count(void *data)
{
	const struct paged *paged = data;

	return paged->shown ? paged->found.count : 0;
}

static size_t total(void *data)
{
	const struct paged *paged = data;

	return paged->shown ? paged->found.total : 0;
}

static uint64_t id(void *data, size_t row)
{
	const struct browse_row *at = &((struct paged *)data)->found.rows[row];

	return (uint64_t)at->before << 32 | at->after;
}

static void cell(void *data, size_t row, size_t column, struct list_cell *out)
{
	static const enum draw_role roles[] = {DRAW_OK, DRAW_WARNING, DRAW_ERROR};
	struct paged *paged = data;
	const struct paged_window *window = &paged->window;
	const struct paged_row *at;

	if (row < window->first || row >= window->first + window->count) {
		if (paged->wanted == SIZE_MAX && !paged->err.code)
			paged->wanted = row;
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
	if (paged->view.sync && !column)
		out->role = roles[browse_change(paged->found.rows[row])];
}

static void filter(void *data, const char *text)
{
	struct paged *paged = data;

	if (!strcmp(paged->view.search, text))
		return;
	mem_replace(&paged->view.search, text);
	paged_reload(paged);
}

void paged_refresh(struct paged *paged, struct list *list)
{
	size_t rows = count(paged), row;

	for (row = 0; row < rows && id(paged, row) != list->id; row++)
		;
	if (row == rows)
		list->row = list->top = 0; /* what was searched for stands on top */
	list_refresh(list);
}

const struct list_source paged_source = {
	.count = count,
	.total = total,
	.id = id,
	.cell = cell,
	.filter = filter,
};
