/* Rows that tests lay over the rendered ones: see snapshot.h. */
#include "snapshot.h"

#include <stdlib.h>

void edits_clear(struct edits *e)
{
	for (size_t i = 0; i < e->count; i++) {
		free(e->all[i].id);
		free(e->all[i].text);
	}
	free(e->all);
	*e = (struct edits){0};
}

static struct edit *edits_find(
	const struct edits *e, enum base base, const char *id, size_t len)
{
	for (size_t i = 0; i < e->count; i++) {
		struct edit *x = &e->all[i];
		if (x->base == base && strlen(x->id) == len && !memcmp(x->id, id, len))
			return x;
	}
	return NULL;
}

void edits_add(struct edits *e, enum base base, enum edit_kind kind, const char *id,
	const char *text, size_t len)
{
	struct edit *x = edits_find(e, base, id, strlen(id));
	if (!x) {
		e->all = sim_realloc(e->all, (e->count + 1) * sizeof(*e->all));
		x = &e->all[e->count++];
		*x = (struct edit){.base = base, .id = sim_strdup(id)};
	}
	free(x->text);
	x->kind = kind;
	x->text = sim_alloc(len + 1);
	memcpy(x->text, text, len);
	x->text[len] = 0;
	x->len = len;
}

static void status_put(struct rows *out, const struct edit *x, const char *row, size_t len)
{
	const char *old;
	size_t old_len;
	if (!json_member(row, len, "status", &old, &old_len)) {
		rows_add(out, row, len);
		return;
	}
	buf_put(&out->text, row, (size_t)(old - row));
	buf_put(&out->text, x->text, x->len);
	rows_add(out, old + old_len, len - (size_t)(old + old_len - row));
}

/* Rows whose id no rendered row bears go behind all others. */
static void edits_append(
	const struct edits *e, enum base base, const bool *used, struct rows *out)
{
	for (size_t i = 0; i < e->count; i++) {
		const struct edit *x = &e->all[i];
		if (x->base == base && x->kind == EDIT_RECORD && !used[i])
			rows_add(out, x->text, x->len);
	}
}

void edits_apply(const struct edits *e, enum base base, struct rows *rows)
{
	if (!e->count)
		return;
	struct rows out = {0};
	bool *used = calloc(e->count, sizeof(*used));
	if (!used)
		abort();
	for (size_t i = 0; i < rows->count; i++) {
		const char *row = rows->text.data + rows->at[i], *id = "";
		size_t len = rows->at[i + 1] - 1 - rows->at[i], id_len = 0;
		json_member(row, len, "sourcedId", &id, &id_len);
		const struct edit *x = edits_find(e, base, id, id_len);
		if (!x)
			rows_add(&out, row, len);
		else if (x->kind == EDIT_RECORD)
			rows_add(&out, x->text, x->len);
		else if (x->kind == EDIT_STATUS)
			status_put(&out, x, row, len);
		if (x)
			used[x - e->all] = true;
	}
	edits_append(e, base, used, &out);
	free(used);
	rows_clear(rows);
	*rows = out;
}
