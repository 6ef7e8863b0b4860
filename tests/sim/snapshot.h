/*
 * One state of the source: the rendered collections of a day, made when first asked for, and
 * the filtered views of them. Never changes once made; whoever holds a reference may read its
 * bytes without a lock, also after the simulator has gone on to another day.
 */
#ifndef SIM_SNAPSHOT_H
#define SIM_SNAPSHOT_H

#include "filter.h"
#include "render.h"
#include "settings.h"

/* A row laid over the rendered ones by a test. */
enum edit_kind { EDIT_RECORD, EDIT_DELETE, EDIT_STATUS };

struct edit {
	enum base base;
	enum edit_kind kind;
	char *id;   /* owned, as the text */
	char *text; /* the raw row, or the status */
	size_t len;
};

struct edits {
	struct edit *all; /* owned */
	size_t count;
};

void edits_clear(struct edits *e);
void edits_add(struct edits *e, enum base base, enum edit_kind kind, const char *id,
	const char *text, size_t len);
/* Lays those of one collection over its rows. */
void edits_apply(const struct edits *e, enum base base, struct rows *rows);

struct view {
	struct view *next;
	char *name;              /* owned: collection and filter */
	const struct rows *rows; /* borrowed */
	uint32_t *picked;        /* owned; NULL where the view is all rows */
	size_t count;
};

struct snapshot;

struct snapshot *snapshot_new(
	const struct settings *s, const struct fault_hits *faults, const struct edits *edits);
struct snapshot *snapshot_ref(struct snapshot *s);
void snapshot_unref(struct snapshot *s);

/* NULL where there is no such collection, or the filter is none (then *bad is set). */
const struct view *snapshot_view(
	struct snapshot *s, const char *collection, const char *filter, bool *bad);
/* One row by its id; false where there is none. */
bool snapshot_find(struct snapshot *s, const char *collection, const char *id, size_t idlen,
	const char **row, size_t *len);
/* Keeps bytes made for a name (compressed pages) as long as the snapshot lives; NULL unless
 * kept already. The snapshot takes what is given to it, and gives back what it has for the
 * name. */
const char *snapshot_kept(struct snapshot *s, const char *name, size_t *len);
const char *snapshot_keep(struct snapshot *s, const char *name, char *bytes, size_t *len);

/* The base, envelope key and member name of a single of a collection; -1 where there is none.
 */
int collection_find(const char *name, const char **key, const char **single);

#endif
